import { type Accessor, createEffect, onCleanup } from 'solid-js';
import { JobsDocument, JobWritesDocument } from '../../graphql/generated/jobs.ts';
import type { JobPartsFragment, JobsQuery } from '../../graphql/generated/types.ts';
import { createLive } from '../../graphql/live.ts';
import { createPageQuery, type PageQuery } from '../../graphql/page-query.ts';

/** Writes come in several steps: they are asked about once. */
const SWARM_MS = 200;
/** After a job was due, until what came of it is there; also the shortest time between two questions. */
const SETTLE_MS = 2_000;
/** The longest time that a browser's timer holds. */
const LONGEST_MS = 2 ** 31 - 1;

/** The jobs of one heat pump, or of all, as they are now: asked for again when one was due, and when it has written. */
export function createLiveJobs(heatpumpId: Accessor<string | undefined>): PageQuery<JobsQuery> {
  const query = createPageQuery(JobsDocument, () => ({ heatpumpId: heatpumpId() ?? null }));
  let swarm: ReturnType<typeof setTimeout> | undefined;
  createLive(
    JobWritesDocument,
    () => {
      const id = heatpumpId();
      return id === undefined ? {} : { heatpumpIds: [id] };
    },
    ({ writes }) => {
      if (!writes.origin.startsWith('job:')) return;
      clearTimeout(swarm);
      swarm = setTimeout(query.refetch, SWARM_MS);
    },
  );
  onCleanup(() => clearTimeout(swarm));
  createEffect(() => {
    const next = nextDueAt(query.data()?.jobs ?? []);
    if (next === undefined) return;
    const waitMs = Math.max(0, next - Date.now()) + SETTLE_MS;
    const timer = setTimeout(query.refetch, Math.min(waitMs, LONGEST_MS));
    onCleanup(() => clearTimeout(timer));
  });
  return query;
}

function nextDueAt(jobs: readonly JobPartsFragment[]): number | undefined {
  const times = jobs.flatMap(({ nextRunAt }) => (nextRunAt === null ? [] : [Date.parse(nextRunAt)]));
  return times.length === 0 ? undefined : Math.min(...times);
}
