import { Match, Show, Switch } from 'solid-js';
import { errorCode, errorText } from '../../graphql/error-text.ts';
import type { WriteOutcomeFragment } from '../../graphql/generated/documents.ts';
import { useI18n } from '../../lib/i18n/i18n.tsx';
import { useNow } from '../../lib/now.tsx';
import { sensorKind, writtenText } from '../../lib/sensor-value.ts';
import type { DetailSensor } from './heatpump-detail.ts';
import type { WriteProgress, WriteValue } from './live-writes.ts';

/** After the time to settle, how long the outcome may still take before it counts as unknown. */
const GRACE_MS = 15_000;

/** What has become of the last write, and the way back. */
export function WriteOutcome(props: {
  sensor: DetailSensor;
  progress: WriteProgress | undefined;
  locked: string | null;
  range: string;
  onSend: (value: WriteValue) => Promise<void>;
}) {
  const i18n = useI18n();
  const { t, format } = i18n;
  const now = useNow();
  const sent = () => (props.progress?.kind === 'SENT' ? props.progress : undefined);
  const failure = () => (props.progress?.kind === 'FAILED' ? props.progress.error : undefined);
  const state = () => {
    const current = sent();
    const isOverdue = current && now() > current.receivedAt + props.sensor.settleMs + GRACE_MS;
    return current?.write.state === 'PENDING' && isOverdue ? 'UNKNOWN' : current?.write.state;
  };
  const text = (write: WriteOutcomeFragment): string => {
    const value = (number: number | null) =>
      number === null ? '–' : writtenText(sensorKind(props.sensor), number, format());
    const time = (at: string | null) => (at === null ? '' : format().time(at, now()));
    switch (state()) {
      case 'PENDING':
        return t('write.pending', value(write.requested), time(write.requestedAt));
      case 'CONFIRMED':
        return t('write.CONFIRMED', value(write.confirmed), time(write.settledAt));
      case 'CLAMPED':
        return t('write.CLAMPED', value(write.confirmed), value(write.requested), time(write.settledAt));
      case 'REJECTED':
        return write.confirmed === null
          ? t('write.REJECTED', value(write.requested))
          : t('write.kept', value(write.confirmed), value(write.requested));
      default:
        return t('write.UNKNOWN', value(write.requested));
    }
  };
  return (
    <Switch>
      <Match when={failure()}>
        {(error) => (
          <p class="write-problem">
            {errorCode(error()) === 'BAD_USER_INPUT' && props.range
              ? t('write.outOfRange', props.range)
              : errorCode(error()) === 'UNREACHABLE'
                ? t('write.unreachable')
                : errorText(i18n, error())}
          </p>
        )}
      </Match>
      <Match when={sent()}>
        {(current) => (
          <div class={`write-state ${state()?.toLowerCase()}`} data-state={state()}>
            <p>{text(current().write)}</p>
            <Show when={(state() === 'REJECTED' || state() === 'UNKNOWN') && current().write.reason}>
              {(reason) => (
                <p class="small muted" lang="en">
                  {reason()}
                </p>
              )}
            </Show>
            <Show when={props.locked === null && previousOf(current().write)}>
              {(previous) => (
                <button type="button" onClick={() => void props.onSend(previous().value)}>
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

/** The value to go back to, where the machine took another one. */
function previousOf({ state, previous, confirmed }: WriteOutcomeFragment): { readonly value: number } | null {
  const hasChanged = state === 'CONFIRMED' || state === 'CLAMPED';
  return hasChanged && previous !== null && previous !== confirmed ? { value: previous } : null;
}
