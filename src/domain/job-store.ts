import type { Job, JobOutcome, JobRun, NewJobRun } from './job.ts';
import type { Write } from './write.ts';

/** Where jobs and their last hundred runs are kept. A promise that resolves means that the change is on disk. */
export interface JobStore {
  /** All jobs, oldest first, each with its last run. */
  list(): Promise<{ readonly job: Job; readonly lastRun: JobRun | null }[]>;
  insert(job: Job): Promise<void>;
  /** Replaces the job with the same id. */
  update(job: Job): Promise<void>;
  delete(id: string): Promise<void>;
  /** The newest runs of a job, newest first. */
  runs(jobId: string, limit: number): Promise<JobRun[]>;
  /**
   * Notes that a run begins and, in the same step, until when its job has been dealt with, so that no run ever happens twice. Null if
   * the job is gone.
   */
  beginRun(run: NewJobRun, doneUntil: number): Promise<JobRun | null>;
  /** Notes what came of a run; nothing if its job is gone. */
  endRun(run: JobRun): Promise<void>;
  /** Notes what a later read has shown of a run of `UNKNOWN` outcome, found by its write. Null if there is none. */
  decideRun(jobId: string, write: Write, outcome: JobOutcome): Promise<JobRun | null>;
  /** Makes every run that is still `PENDING` `UNKNOWN`: the server has ended before it could be followed. */
  abandonRuns(): Promise<void>;
}
