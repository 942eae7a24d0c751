import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { createSensorBook } from '../../graphql/sensor-book.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Told } from '../../ui/told.tsx';
import { createJobActions } from './job-actions.ts';
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
  const deletedText = () => {
    const job = actions.deleted();
    return job && t('jobs.deleted', job.name);
  };
  return (
    <div class="entries">
      <Told deleted={deletedText()} undoHelp={t('jobs.undoHelp')} error={actions.error()} onUndo={actions.undo} />
      <QueryState query={query}>
        {() => (
          <Show when={jobs().length > 0} fallback={<NoJobs addAddress={addAddress()} />}>
            <AddLink address={addAddress()} />
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

function NoJobs(props: { addAddress: string }) {
  const { t } = jobsTexts.use();
  return (
    <div class="card entries-empty">
      <div>
        <h2>{t('jobs.none')}</h2>
        <p class="muted">{t('jobs.noneHelp')}</p>
      </div>
      <AddLink address={props.addAddress} />
    </div>
  );
}

function AddLink(props: { address: string }) {
  const { t } = jobsTexts.use();
  const { may } = useViewer();
  return (
    <Show when={may('ADMIN')}>
      <A class="button primary entries-add" href={props.address}>
        {t('jobs.add')}
      </A>
    </Show>
  );
}
