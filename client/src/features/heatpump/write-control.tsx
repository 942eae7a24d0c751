import { createSignal, createUniqueId, For, Show, untrack } from 'solid-js';
import { useI18n } from '../../lib/i18n/i18n.tsx';
import { sensorKind, writtenText } from '../../lib/sensor-value.ts';
import type { DetailSensor } from './heatpump-detail.ts';
import type { WriteProgress, WriteValue } from './live-writes.ts';
import { WriteOutcome } from './write-outcome.tsx';

/** Changes the value of one sensor: what is allowed, what it costs, and what has become of it. */
export function WriteControl(props: {
  sensor: DetailSensor;
  /** The present value; null if there is none. */
  current: number | null;
  progress: WriteProgress | undefined;
  /** Why it cannot be changed now; null if it can. */
  locked: string | null;
  onSend: (value: WriteValue) => Promise<void>;
}) {
  const { t, format } = useI18n();
  const id = createUniqueId();
  // What is typed stays, whatever the machine says meanwhile; the present value is shown beside it.
  const [draft, setDraft] = createSignal(untrack(() => draftOf(props.sensor, props.current)));
  const [problem, setProblem] = createSignal<string>();
  const isSending = () => props.progress?.kind === 'SENDING';
  const exact = (value: number) => writtenText({ ...sensorKind(props.sensor), options: [] }, value, format());
  const range = () => {
    const { min, max, step } = props.sensor;
    const ends =
      min !== null && max !== null
        ? t('write.range', format().number(min, 0, 4), exact(max))
        : min !== null
          ? t('write.from', exact(min))
          : max !== null
            ? t('write.upTo', exact(max))
            : null;
    return [ends, step === null ? null : t('write.step', exact(step))].filter((text) => text !== null).join(', ');
  };
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const value = valueToSend(props.sensor, draft());
    setProblem(
      value === null
        ? t('write.notNumber')
        : isAllowed(props.sensor, value)
          ? undefined
          : t('write.outOfRange', range()),
    );
    if (value !== null && !problem()) void props.onSend(value);
  };
  return (
    <form class="write-control" noValidate onSubmit={send}>
      <fieldset disabled={props.locked !== null || isSending()}>
        <label for={id}>{t('write.newValue')}</label>
        <div class="write-input">
          <Show
            when={props.sensor.options.length > 0}
            fallback={
              <>
                <input
                  id={id}
                  type="number"
                  inputMode="decimal"
                  min={props.sensor.min ?? undefined}
                  max={props.sensor.max ?? undefined}
                  step={props.sensor.step ?? 'any'}
                  value={draft()}
                  aria-describedby={`${id}-range ${id}-outcome`}
                  aria-invalid={problem() !== undefined}
                  onInput={(event) => setDraft(event.currentTarget.value)}
                />
                <Show when={props.sensor.unit}>{(unit) => <span class="muted">{unit()}</span>}</Show>
              </>
            }
          >
            <select
              id={id}
              value={draft()}
              aria-describedby={`${id}-outcome`}
              aria-invalid={problem() !== undefined}
              onChange={(event) => setDraft(event.currentTarget.value)}
            >
              <option value="" disabled>
                {t('write.choose')}
              </option>
              <For each={props.sensor.options.filter(({ value }) => isAllowed(props.sensor, value))}>
                {(option) => <option value={option.name}>{option.label}</option>}
              </For>
            </select>
          </Show>
          <button type="submit" class="primary">
            {t(isSending() ? 'write.sending' : 'write.send')}
          </button>
        </div>
      </fieldset>
      <Show when={props.sensor.options.length === 0 && range()}>
        {(text) => (
          <p id={`${id}-range`} class="small muted">
            {text()}
          </p>
        )}
      </Show>
      <Show when={props.sensor.writeHazard}>
        {(hazard) => <p class="small write-hazard">{t(`write.${hazard()}`)}</p>}
      </Show>
      <div id={`${id}-outcome`} class="write-outcome" aria-live="polite">
        <Show when={props.locked}>{(reason) => <p class="small muted">{reason()}</p>}</Show>
        <Show when={problem()} fallback={<WriteOutcome {...props} range={range()} />}>
          {(text) => <p class="write-problem">{text()}</p>}
        </Show>
      </div>
    </form>
  );
}

/** What the field holds for a value: the name of an option, or digits. */
function draftOf({ options }: DetailSensor, value: number | null): string {
  if (value === null) return '';
  if (options.length > 0) return options.find((option) => option.value === value)?.name ?? '';
  return String(Number(value.toFixed(4)));
}

function valueToSend({ options }: DetailSensor, draft: string): WriteValue | null {
  if (options.length > 0) return draft || null;
  return draft.trim() === '' || !Number.isFinite(Number(draft)) ? null : Number(draft);
}

function isAllowed({ min, max }: DetailSensor, value: WriteValue): boolean {
  if (typeof value === 'string') return true;
  return value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY);
}
