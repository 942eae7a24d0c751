import { createSignal, createUniqueId, Show, untrack } from 'solid-js';
import type { WriteOutcomeFragment } from '../../graphql/generated/types.ts';
import type { DetailSensor } from './detail-sensor.ts';
import type { WriteProgress, WriteValue } from './live-writes.ts';
import { sensorsTexts } from './texts.ts';
import { WriteField } from './write-field.tsx';
import { WriteOutcome } from './write-outcome.tsx';
import { draftOf, isAllowed, rangeText, valueOfDraft } from './write-value.ts';

/** Changes the value of one sensor: what is allowed, what it costs, and what has become of it. */
export function WriteControl(props: {
  sensor: DetailSensor;
  /** The present value; null if there is none. */
  current: number | null;
  progress: WriteProgress | undefined;
  /** Why it cannot be changed now; null if it can. */
  locked: string | null;
  onSend: (value: WriteValue) => Promise<void>;
  onUndo: (write: WriteOutcomeFragment) => Promise<void>;
}) {
  const i18n = sensorsTexts.use();
  const { t } = i18n;
  const id = createUniqueId();
  // What is typed stays, whatever the machine says meanwhile; the present value is shown beside it.
  const [draft, setDraft] = createSignal(untrack(() => draftOf(props.sensor, props.current)));
  const [problem, setProblem] = createSignal<'NO_NUMBER' | 'OUT_OF_RANGE'>();
  const isSending = () => props.progress?.kind === 'SENDING';
  const range = () => rangeText(props.sensor, i18n);
  const send = (event: SubmitEvent) => {
    event.preventDefault();
    const value = valueOfDraft(props.sensor, draft());
    const isGood = value !== null && isAllowed(props.sensor, value);
    setProblem(isGood ? undefined : value === null ? 'NO_NUMBER' : 'OUT_OF_RANGE');
    if (isGood) void props.onSend(value);
  };
  return (
    <form class="write-control" noValidate onSubmit={send}>
      <fieldset disabled={props.locked !== null || isSending()}>
        <label for={id}>{t('write.newValue')}</label>
        <div class="write-input">
          <WriteField
            id={id}
            describedBy={`${id}-range ${id}-outcome`}
            sensor={props.sensor}
            draft={draft()}
            isInvalid={problem() !== undefined}
            onInput={setDraft}
          />
          <button type="submit" class="primary">
            {t(isSending() ? 'write.sending' : 'write.send')}
          </button>
        </div>
      </fieldset>
      <Show when={props.sensor.options.length === 0}>
        <p id={`${id}-range`} class="small muted">
          {range()}
        </p>
      </Show>
      <Show when={props.sensor.writeHazard}>
        {(hazard) => <p class="small write-hazard">{t(`write.${hazard()}`)}</p>}
      </Show>
      <div id={`${id}-outcome`} aria-live="polite">
        <Show when={props.locked}>{(reason) => <p class="small muted">{reason()}</p>}</Show>
        <Show when={problem()} fallback={<WriteOutcome {...props} range={range()} />}>
          {(what) => (
            <p class="write-problem">
              {what() === 'NO_NUMBER' ? t('write.notNumber') : t('write.outOfRange', range())}
            </p>
          )}
        </Show>
      </div>
    </form>
  );
}
