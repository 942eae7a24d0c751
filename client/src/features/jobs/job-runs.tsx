import { createEffect, For, on } from 'solid-js';
import { JobRunsDocument } from '../../graphql/generated/jobs.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import type { NamedSensor } from '../../graphql/sensor-book.ts';
import { QueryState } from '../../ui/query-state.tsx';
import { JobRunRow } from './job-run-row.tsx';
import { jobsTexts } from './texts.ts';

/** The last runs of a job, newest first; asked for again whenever its last run has become another. */
export function JobRuns(props: { id: string; lastRun: string; sensor: NamedSensor | undefined }) {
  const { t } = jobsTexts.use();
  const query = createPageQuery(JobRunsDocument, () => ({ id: props.id }));
  createEffect(on(() => props.lastRun, query.refetch, { defer: true }));
  return (
    <QueryState query={query}>
      {(data) => (
        <ol class="job-runs">
          <For each={data().job?.runs} fallback={<li class="muted small">{t('jobs.never')}</li>}>
            {(run) => (
              <li>
                <JobRunRow run={run} sensor={props.sensor} />
              </li>
            )}
          </For>
        </ol>
      )}
    </QueryState>
  );
}
