import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { errorText } from '../../graphql/error-text.ts';
import { createSensorBook } from '../../graphql/sensor-book.ts';
import { Notice } from '../../ui/notice.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { createJobActions, type JobActions } from './job-actions.ts';
import { JobCard } from './job-card.tsx';
import { createLiveJobs } from './live-jobs.ts';
import { jobsTexts } from './texts.ts';
import './jobs.css';
import '../../ui/entry.css';

/** The jobs of one heat pump, or of all. */
export function JobList(props: { heatpumpId?: string }) {
  const { t, language } = jobsTexts.use();
  const query = createLiveJobs(() => props.heatpumpId);
  const actions = createJobActions(query.refetch);
  const jobs = () => query.data()?.jobs ?? [];
  // Cards go by id, so that they stay as they are when the jobs are asked for anew.
  const byId = createMemo(() => new Map(jobs().map((job) => [job.id, job])));
  const sensors = createSensorBook(() => jobs().map(({ key }) => key), language);
  const addAddress = () => (props.heatpumpId ? `/jobs/new?heatpump=${props.heatpumpId}` : '/jobs/new');
  return (
    <div class="entries">
      <Told actions={actions} />
      <QueryState query={query}>
        {() => (
          <Show when={jobs().length > 0} fallback={<NoJobs addAddress={addAddress()} />}>
            <A class="button primary entries-add" href={addAddress()}>
              {t('jobs.add')}
            </A>
            <For each={[...byId().keys()]}>
              {(id) => (
                <Show when={byId().get(id)}>
                  {(job) => (
                    <JobCard
                      job={job()}
                      sensor={sensors.find(job().heatpump.id, job().key)}
                      actions={actions}
                      isOfPage={props.heatpumpId !== undefined}
                    />
                  )}
                </Show>
              )}
            </For>
          </Show>
        )}
      </QueryState>
    </div>
  );
}

/** What was deleted and can be brought back, and what was refused. */
function Told(props: { actions: JobActions }) {
  const i18n = jobsTexts.use();
  const { t } = i18n;
  return (
    <>
      <div role="status">
        <Show when={props.actions.deleted()}>
          {(job) => (
            <Notice kind="info" title={t('jobs.deleted', job().name)}>
              <p class="small muted">{t('jobs.undoHelp')}</p>
              <button type="button" onClick={() => void props.actions.undo()}>
                {t('jobs.undo')}
              </button>
            </Notice>
          )}
        </Show>
      </div>
      <div role="alert">
        <Show when={props.actions.error()}>
          {(error) => (
            <Notice kind="bad" title={errorText(i18n, error())}>
              <p lang="en">{error().graphQLErrors[0]?.message}</p>
            </Notice>
          )}
        </Show>
      </div>
    </>
  );
}

function NoJobs(props: { addAddress: string }) {
  const { t } = jobsTexts.use();
  return (
    <div class="card entries-empty">
      <div>
        <h2>{t('jobs.none')}</h2>
        <p class="muted">{t('jobs.noneHelp')}</p>
      </div>
      <A class="button primary" href={props.addAddress}>
        {t('jobs.add')}
      </A>
    </div>
  );
}
