import { For, Show } from 'solid-js';
import { compareTexts } from './texts.ts';

/** Something that can be chosen. */
interface Option<T> {
  readonly value: T;
  readonly label: string;
  readonly hint?: string;
}

/** Chooses some of many. */
export function Choices<T extends string>(props: {
  legend: string;
  options: readonly Option<T>[];
  chosen: readonly T[];
  most: number;
  onChange: (chosen: T[]) => void;
}) {
  const { t } = compareTexts.use();
  const isFull = () => props.chosen.length >= props.most;
  const toggle = (value: T, isOn: boolean) => {
    const others = props.chosen.filter((one) => one !== value);
    props.onChange(isOn ? [...others, value] : others);
  };
  return (
    <fieldset class="choices">
      <legend>{props.legend}</legend>
      <div class="choices-list">
        <For each={props.options}>
          {(option) => (
            <label class="choice-chip" title={option.hint}>
              <input
                type="checkbox"
                checked={props.chosen.includes(option.value)}
                disabled={isFull() && !props.chosen.includes(option.value)}
                onChange={(event) => toggle(option.value, event.currentTarget.checked)}
              />
              {option.label}
            </label>
          )}
        </For>
      </div>
      <Show when={isFull()}>
        <p class="muted small">{t('compare.most', props.most)}</p>
      </Show>
    </fieldset>
  );
}
