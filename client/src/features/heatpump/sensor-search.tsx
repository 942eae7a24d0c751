import { onCleanup, onMount } from 'solid-js';
import { isTyping } from '../../lib/keyboard.ts';
import { heatpumpTexts } from './texts.ts';

/** What is looked for. */
export interface SensorFilter {
  readonly text: string;
  readonly onlyWritable: boolean;
}

/** Looks for sensors; "/" leads here. */
export function SensorSearch(props: { filter: SensorFilter; onChange: (filter: SensorFilter) => void }) {
  const { t } = heatpumpTexts.use();
  let input: HTMLInputElement | undefined;
  onMount(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event)) return;
      event.preventDefault();
      input?.focus();
    };
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
  return (
    <search class="sensors-search">
      <input
        ref={input}
        type="search"
        aria-label={t('heatpump.search')}
        aria-keyshortcuts="/"
        placeholder={`${t('heatpump.search')}  ( / )`}
        value={props.filter.text}
        onInput={(event) => props.onChange({ ...props.filter, text: event.currentTarget.value })}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={props.filter.onlyWritable}
          onChange={(event) => props.onChange({ ...props.filter, onlyWritable: event.currentTarget.checked })}
        />
        {t('heatpump.onlyWritable')}
      </label>
    </search>
  );
}
