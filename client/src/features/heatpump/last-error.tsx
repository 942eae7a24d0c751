import { Show } from 'solid-js';
import type { HeatpumpStateFragment } from '../../graphql/generated/documents.ts';
import { lengthOfTime } from '../../lib/age.ts';
import { useI18n } from '../../lib/i18n/i18n.tsx';
import { useNow } from '../../lib/now.tsx';
import { Notice } from '../../ui/notice.tsx';

/** While something is wrong: the last failure of reading, and when it is tried again. */
export function LastError(props: { status: HeatpumpStateFragment['status'] }) {
  const { t, textOr, format } = useI18n();
  const now = useNow();
  const isTroubled = () => props.status.state === 'OFFLINE' || props.status.state === 'DEGRADED';
  const error = () => (isTroubled() || props.status.consecutiveFailures > 0 ? props.status.lastError : null);
  return (
    <Show when={error()}>
      {(failure) => (
        <Notice
          kind={props.status.state === 'OFFLINE' ? 'bad' : 'warning'}
          title={textOr(`deviceError.${failure().code}`, failure().message)}
        >
          <p class="small muted">
            {t('heatpump.lastError')} {format().time(failure().at, now())}: <span lang="en">{failure().message}</span>
          </p>
          <Show when={props.status.nextAttemptAt}>
            {(at) => (
              <p class="small muted">
                {t('heatpump.nextAttempt')} {t('time.in', lengthOfTime(t, Date.parse(at()) - now()))}
              </p>
            )}
          </Show>
        </Notice>
      )}
    </Show>
  );
}
