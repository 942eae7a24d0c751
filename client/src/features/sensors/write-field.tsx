import { For, Show } from 'solid-js';
import type { WritableSensor } from './detail-sensor.ts';
import { sensorsTexts } from './texts.ts';
import { isAllowed } from './write-value.ts';

/** Where a new value is entered: a choice of options, or a number with its unit. */
export function WriteField(props: {
  id: string;
  describedBy: string;
  sensor: WritableSensor;
  draft: string;
  isInvalid: boolean;
  onInput: (draft: string) => void;
}) {
  const { t } = sensorsTexts.use();
  const numberInput = () => (
    <>
      <input
        id={props.id}
        type="number"
        inputMode="decimal"
        min={props.sensor.min ?? undefined}
        max={props.sensor.max ?? undefined}
        step={props.sensor.step ?? 'any'}
        value={props.draft}
        aria-describedby={props.describedBy}
        aria-invalid={props.isInvalid}
        onInput={(event) => props.onInput(event.currentTarget.value)}
      />
      <Show when={props.sensor.unit}>{(unit) => <span class="muted">{unit()}</span>}</Show>
    </>
  );
  return (
    <Show when={props.sensor.options.length > 0} fallback={numberInput()}>
      <select
        id={props.id}
        aria-describedby={props.describedBy}
        aria-invalid={props.isInvalid}
        onChange={(event) => props.onInput(event.currentTarget.value)}
      >
        <option value="" disabled selected={props.draft === ''}>
          {t('write.choose')}
        </option>
        <For each={props.sensor.options.filter(({ value }) => isAllowed(props.sensor, value))}>
          {(option) => (
            <option value={option.name} selected={props.draft === option.name}>
              {option.label}
            </option>
          )}
        </For>
      </select>
    </Show>
  );
}
