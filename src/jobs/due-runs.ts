import type { Job } from '../domain/job.ts';
import { lastRuns, nextRuns } from './schedule.ts';

/** A run that begins no later than this is on time: a restart, or a slow tick, makes nobody miss it. */
const ON_TIME_MS = 60_000;
/** The most runs that are made up for. */
const MAX_MISSED = 100;

/** What to do about the times that a job was due since it was last dealt with. */
export interface DueRuns {
  /** When the runs to make were due, in order. */
  readonly runs: readonly number[];
  /** When the runs were due that are left out, in order. */
  readonly skipped: readonly number[];
}

/** Which runs are due at `nowMs`, as the job's rule for missed runs wants it. Looks at the last hundred at most. */
export function dueRuns(job: Job, nowMs: number): DueRuns {
  const due = dueTimes(job, nowMs);
  const missed = due.filter((at) => at < nowMs - ON_TIME_MS);
  const onTime = due.slice(missed.length);
  if (job.missedRuns === 'RUN_ALL') return { runs: due, skipped: [] };
  if (job.missedRuns === 'SKIP') return { runs: onTime, skipped: missed };
  // One run is as good as several, so one that is on time stands for those that were missed too.
  return { runs: onTime.length > 0 ? onTime : missed.slice(-1), skipped: [] };
}

/** Most jobs were due once or a few times, which is found out much faster than the last hundred times are. */
function dueTimes({ schedule, timeZone, doneUntil }: Job, nowMs: number): number[] {
  for (let count = 2; count < MAX_MISSED; count *= 4) {
    const runs = nextRuns(schedule, timeZone, doneUntil, count);
    const due = runs.filter((at) => at <= nowMs);
    if (due.length < count) return due;
  }
  return lastRuns(schedule, timeZone, nowMs, MAX_MISSED).filter((at) => at > doneUntil);
}
