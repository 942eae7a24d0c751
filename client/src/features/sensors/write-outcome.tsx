import { Match, Show, Switch } from 'solid-js';
import { errorCode, errorText } from '../../graphql/error-text.ts';
import type { WriteOutcomeFragment } from '../../graphql/generated/types.ts';
import { useNow } from '../../lib/now.tsx';
import { sensorKind, writtenText } from '../../lib/sensor-value.ts';
import type { DetailSensor } from './detail-sensor.ts';
import type { WriteProgress, WriteValue } from './live-writes.ts';
import { type SensorsI18n, sensorsTexts } from './texts.ts';

/** After the time to settle, how long the outcome may still take before it counts as unknown. */
const GRACE_MS = 15_000;

/** What has become of the last write, and the way back. */
export function WriteOutcome(props: {
  sensor: DetailSensor;
  progress: WriteProgress | undefined;
  locked: string | null;
  /** What is allowed, in words. */
  range: string;
  onSend: (value: WriteValue) => Promise<void>;
  onUndo: (write: WriteOutcomeFragment) => Promise<void>;
}) {
  const i18n = sensorsTexts.use();
  const { t, format } = i18n;
  const now = useNow();
  const failure = () => (props.progress?.kind === 'FAILED' ? props.progress.error : undefined);
  // What was missed while the connection was lost will not be told again.
  const write = () => {
    if (props.progress?.kind !== 'SENT') return undefined;
    const isOverdue = now() > props.progress.receivedAt + props.sensor.settleMs + GRACE_MS;
    const { write: last } = props.progress;
    return last.state === 'PENDING' && isOverdue ? { ...last, state: 'UNKNOWN' as const } : last;
  };
  const obstacle = () => (props.progress?.kind === 'KEPT' ? props.progress.obstacle : undefined);
  // A value that wants to be refreshed has no way back; the one before is sent like any other.
  const takeBack = (last: WriteOutcomeFragment, value: number) =>
    props.sensor.writeHazard === 'CYCLIC' ? props.onSend(value) : props.onUndo(last);
  const failureText = (code: string | undefined) => {
    if (code === 'BAD_USER_INPUT' && props.range) return t('write.outOfRange', props.range);
    return code === 'UNREACHABLE' ? t('write.unreachable') : undefined;
  };
  return (
    <Switch>
      <Match when={failure()}>
        {(error) => <p class="write-problem">{failureText(errorCode(error())) ?? errorText(i18n, error())}</p>}
      </Match>
      <Match when={obstacle()}>{(why) => <p class="write-problem">{t(`obstacle.${why()}`)}</p>}</Match>
      <Match when={write()}>
        {(current) => (
          <div class={`write-state ${current().state.toLowerCase()}`}>
            <p>{outcomeText(current(), props.sensor, i18n, now())}</p>
            <Show when={current().reason && (current().state === 'REJECTED' || current().state === 'UNKNOWN')}>
              <p class="small muted" lang="en">
                {current().reason}
              </p>
            </Show>
            <Show when={props.locked === null && previousOf(current())}>
              {(previous) => (
                <button type="button" onClick={() => void takeBack(current(), previous().value)}>
                  {t('write.undo', writtenText(sensorKind(props.sensor), previous().value, format()))}
                </button>
              )}
            </Show>
          </div>
        )}
      </Match>
    </Switch>
  );
}

function outcomeText(
  write: WriteOutcomeFragment,
  sensor: DetailSensor,
  { t, format }: SensorsI18n,
  now: number,
): string {
  const text = (value: number | null) => (value === null ? '–' : writtenText(sensorKind(sensor), value, format()));
  const time = (at: string | null) => (at === null ? '' : format().time(at, now));
  const { state, requested, confirmed, requestedAt, settledAt } = write;
  switch (state) {
    case 'PENDING':
      return t('write.pending', text(requested), time(requestedAt));
    case 'CONFIRMED':
      return t('write.CONFIRMED', text(confirmed), time(settledAt));
    case 'CLAMPED':
      return t('write.CLAMPED', text(confirmed), text(requested), time(settledAt));
    case 'REJECTED':
      return confirmed === null
        ? t('write.REJECTED', text(requested))
        : t('write.kept', text(confirmed), text(requested));
    case 'UNKNOWN':
      return t('write.UNKNOWN', text(requested));
  }
}

/** The value to go back to, where the machine took another one. */
function previousOf({ state, previous, confirmed }: WriteOutcomeFragment): { readonly value: number } | null {
  const hasChanged = state === 'CONFIRMED' || state === 'CLAMPED';
  return hasChanged && previous !== null && previous !== confirmed ? { value: previous } : null;
}
