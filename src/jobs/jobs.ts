import { randomUUID } from 'node:crypto';
import { AppError, type Issue } from '../domain/errors.ts';
import type { Job, JobRun } from '../domain/job.ts';
import { Sequence } from '../domain/sequence.ts';
import type { WriteCheck } from '../domain/write.ts';
import { check, whole } from '../input/check.ts';
import type { ExecutionDeps } from './job-execution.ts';
import { checkJob, type JobInput } from './job-input.ts';
import { JobRunner, type JobView } from './job-runner.ts';
import { nextRuns } from './schedule.ts';

/** What jobs need of the house. */
export interface JobsDeps extends ExecutionDeps {
  /** The time zone of jobs that name none. */
  readonly timeZone: string;
}

/** Changes to a job; what is left out stays. */
export interface UpdateJobInput extends Omit<JobInput, 'heatpumpId'> {
  readonly id: string;
}

/** A job to try without writing: one there is, perhaps with changes, or a new one. */
export interface DryRunInput extends JobInput {
  readonly id?: string | null | undefined;
}

/** What a job would do. */
export interface JobDryRun {
  /** When it would be due next, milliseconds UTC, whether enabled or not. */
  readonly dueAt: readonly number[];
  readonly write: WriteCheck;
}

/** Jobs that one server looks after. */
export const MAX_JOBS = 1_000;
/** Runs that are looked ahead. */
const RUNS_AHEAD = 10;

/** All jobs. Refusals are {@link AppError}s and change nothing. */
export class Jobs {
  readonly #deps: JobsDeps;
  readonly #runner: JobRunner;
  readonly #changes = new Sequence();
  #off = () => {};

  constructor(deps: JobsDeps) {
    this.#deps = deps;
    this.#runner = new JobRunner(deps);
  }

  /** Loads the jobs from the store and begins to run them; heat pumps must be there by then. */
  async start(): Promise<void> {
    const { store, heatpumps } = this.#deps;
    await store.abandonRuns();
    const offs = [
      heatpumps.events.on('write', (write) => this.#runner.decide(write)),
      heatpumps.events.on('removed', ({ heatpumpId }) => this.#runner.removeOf(heatpumpId)),
    ];
    this.#off = () => {
      for (const off of offs) off();
    };
    for (const { job, lastRun } of await store.list()) this.#runner.set(job, lastRun);
    this.#runner.start();
  }

  /** Begins no more runs; resolves when those that are running have ended, at the latest when the heat pumps have stopped. */
  async stop(): Promise<void> {
    this.#off();
    await this.#runner.stop();
    await this.#changes.ended();
  }

  /**
   * Those of one heat pump, or all, oldest first; but for those of heat pumps that could not be loaded. Throws `NOT_FOUND` for an
   * unknown heat pump.
   */
  list(heatpumpId?: string | null): JobView[] {
    const all = this.#runner.list().filter((view) => this.#hasHeatpump(view));
    if (heatpumpId === null || heatpumpId === undefined) return all;
    if (!this.#deps.heatpumps.find(heatpumpId)) throw notFound('no heat pump with this id', ['heatpumpId']);
    return all.filter(({ job }) => job.heatpumpId === heatpumpId);
  }

  /** A job; null if there is none with this id. */
  find(id: string): JobView | null {
    const view = this.#runner.find(id);
    return view && this.#hasHeatpump(view) ? view : null;
  }

  /** The newest runs of a job, newest first; a hundred are kept. Throws `BAD_USER_INPUT` for another number. */
  async runs(id: string, limit = 20): Promise<JobRun[]> {
    return this.#deps.store.runs(id, check(whole(1, 100), limit, ['limit']));
  }

  /** Throws `BAD_USER_INPUT`, `NOT_FOUND`, or `CONFLICT` if there are too many. */
  create(input: JobInput, changedBy: string | null = null): Promise<JobView> {
    return this.#changes.run(async () => {
      const { job: settings } = this.#check(input, null);
      if (this.#runner.list().length >= MAX_JOBS) throw new AppError('CONFLICT', `there are ${MAX_JOBS} jobs already`);
      const now = this.#deps.clock.now();
      const job = { id: randomUUID(), ...settings, doneUntil: now, createdAt: now, updatedAt: now, changedBy };
      await this.#deps.store.insert(job);
      this.#runner.set(job, null);
      return this.#require(job.id);
    });
  }

  /** A job that gets another schedule, or is enabled, begins anew: nothing was missed. Throws `NOT_FOUND` or `BAD_USER_INPUT`. */
  update({ id, ...input }: UpdateJobInput, changedBy: string | null = null): Promise<JobView> {
    return this.#changes.run(async () => {
      const { job: before } = this.#require(id);
      const { job: settings } = this.#check(input, before);
      const now = this.#deps.clock.now();
      const since = isDueAlike(before, settings) ? {} : { doneUntil: now };
      const change = { ...settings, updatedAt: now, changedBy, ...since };
      await this.#deps.store.update({ ...before, ...change });
      // Runs may have begun or ended meanwhile.
      const { job, lastRun } = this.#require(id);
      this.#runner.set({ ...job, ...change }, lastRun);
      return this.#require(id);
    });
  }

  /** Throws `NOT_FOUND`. */
  delete(id: string): Promise<void> {
    return this.#changes.run(async () => {
      this.#require(id);
      await this.#deps.store.delete(id);
      this.#runner.remove(id);
    });
  }

  /** Runs a job now; answers once the value was sent or refused. Throws `NOT_FOUND`, or `CONFLICT` while it is running. */
  async runNow(id: string): Promise<JobRun> {
    const run = await this.#runner.runNow(id);
    return run ?? this.#refuseUnknown();
  }

  /** What a job would write, and when; nothing is written. Throws as {@link create} and {@link update} do. */
  dryRun({ id, ...input }: DryRunInput): JobDryRun {
    const current = id === null || id === undefined ? null : this.#require(id).job;
    const { job, write } = this.#check(input, current);
    return { dueAt: nextRuns(job.schedule, job.timeZone, this.#deps.clock.now(), RUNS_AHEAD), write };
  }

  #hasHeatpump({ job }: JobView): boolean {
    return this.#deps.heatpumps.find(job.heatpumpId) !== null;
  }

  #check(input: JobInput, current: Job | null) {
    return checkJob(input, current, this.#deps.heatpumps, this.#deps.timeZone);
  }

  #require(id: string): JobView {
    return this.#runner.find(id) ?? this.#refuseUnknown();
  }

  #refuseUnknown(): never {
    throw notFound('no job with this id', ['input', 'id']);
  }
}

function notFound(message: string, path: Issue['path']): AppError {
  return new AppError('NOT_FOUND', message, [{ path, message }]);
}

/** True if a job goes on being due as it was. */
function isDueAlike(before: Job, after: Pick<Job, 'enabled' | 'schedule' | 'timeZone'>): boolean {
  const relevant = ({ enabled, schedule, timeZone }: typeof after) => JSON.stringify([enabled, schedule, timeZone]);
  return relevant(before) === relevant(after);
}
