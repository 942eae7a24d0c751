import { useLocation } from '@solidjs/router';
import { onMount } from 'solid-js';
import { sensorsTexts } from './texts.ts';

/** What is looked for. */
export interface SensorFilter {
  readonly text: string;
  readonly onlyWritable: boolean;
}

/** Looks for sensors; "/" leads here, from any section of the page. */
export function SensorSearch(props: { filter: SensorFilter; onChange: (filter: SensorFilter) => void }) {
  const { t } = sensorsTexts.use();
  const location = useLocation<{ search?: boolean }>();
  let input: HTMLInputElement | undefined;
  onMount(() => {
    if (location.state?.search) input?.focus();
  });
  return (
    <search class="sensors-search">
      <input
        ref={input}
        type="search"
        aria-label={t('sensors.search')}
        aria-keyshortcuts="/"
        placeholder={`${t('sensors.search')}  ( / )`}
        value={props.filter.text}
        onInput={(event) => props.onChange({ ...props.filter, text: event.currentTarget.value })}
      />
      <label class="check">
        <input
          type="checkbox"
          checked={props.filter.onlyWritable}
          onChange={(event) => props.onChange({ ...props.filter, onlyWritable: event.currentTarget.checked })}
        />
        {t('sensors.onlyWritable')}
      </label>
    </search>
  );
}
