import { A } from '@solidjs/router';
import { Match, Show, Switch } from 'solid-js';
import { HeatpumpConnectionDocument } from '../../graphql/generated/heatpump.ts';
import type { HeatpumpStateFragment } from '../../graphql/generated/types.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { lengthOfTime } from '../../lib/age.ts';
import { useNow } from '../../lib/now.tsx';
import { Notice } from '../../ui/notice.tsx';
import { sectionAddress } from './section-tabs.tsx';
import { heatpumpTexts } from './texts.ts';

/** While it is not read as it should be: why, since it last went well, and when it is tried again. */
export function Trouble(props: { id: string; status: HeatpumpStateFragment['status'] }) {
  const { t, textOr, format } = heatpumpTexts.use();
  const { may } = useViewer();
  const now = useNow();
  const failure = () => (props.status.consecutiveFailures > 0 ? props.status.lastError : null);
  const nextAttempt = (at: string) => t('time.in', lengthOfTime(t, Date.parse(at) - now()));
  return (
    <Switch>
      <Match when={failure()}>
        {(error) => (
          <Notice
            kind={props.status.state === 'OFFLINE' ? 'bad' : 'warning'}
            title={textOr(`deviceError.${error().code}`, error().code)}
          >
            <p class="small muted">
              {format().time(error().at, now())}
              <Show when={may('OPERATOR')}>
                <Message id={props.id} at={error().at} />
              </Show>
            </p>
            <Show when={props.status.nextAttemptAt}>
              {(at) => (
                <p class="small muted">
                  {t('heatpump.nextAttempt')} {nextAttempt(at())}
                </p>
              )}
            </Show>
          </Notice>
        )}
      </Match>
      <Match when={props.status.state === 'DISABLED'}>
        <Notice kind="info" title={t('heatpump.disabled')}>
          <Show when={may('ADMIN')}>
            <p class="small">
              <A href={sectionAddress(props.id, 'edit')}>{t('heatpump.enableInSettings')}</A>
            </p>
          </Show>
        </Notice>
      </Match>
      <Match when={props.status.state === 'DEGRADED'}>
        <Notice kind="warning" title={t('heatpump.incomplete')}>
          <p class="small muted">{t('heatpump.incompleteHelp')}</p>
        </Notice>
      </Match>
    </Switch>
  );
}

/** What went wrong to the word, asked for anew with each failure. */
function Message(props: { id: string; at: string }) {
  const query = createPageQuery(HeatpumpConnectionDocument, () => {
    void props.at;
    return { id: props.id };
  });
  return (
    <Show when={query.data()?.heatpump?.status.lastError}>
      {(error) => (
        <>
          : <span lang="en">{error().message}</span>
        </>
      )}
    </Show>
  );
}
