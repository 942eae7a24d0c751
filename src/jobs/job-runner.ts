import type { Timer } from '../domain/clock.ts';
import { AppError, messageOf } from '../domain/errors.ts';
import type { Job, JobRun } from '../domain/job.ts';
import type { Write } from '../domain/write.ts';
import { dueRuns } from './due-runs.ts';
import { type ExecutionDeps, JobExecution, type StartedRun } from './job-execution.ts';
import { nextRuns } from './schedule.ts';

/** A job with what is known of its runs. */
export interface JobView {
  readonly job: Job;
  /** Null while it is disabled. */
  readonly nextRunAt: number | null;
  readonly lastRun: JobRun | null;
}

/** A job as the runner keeps it; another version of the job is another entry. */
interface Entry {
  job: Job;
  lastRun: JobRun | null;
  /** When it is due next, perhaps in the past. Infinite: never. */
  dueAt: number;
  isBusy: boolean;
}

/** The clock on the wall is looked at this often, for it may be set, or stand still while the computer sleeps. */
const MAX_WAIT_MS = 60_000;
/** Done until later than this from now: the clock on the wall was far ahead when that was noted. */
const MAX_AHEAD_MS = 86_400_000;

/** Makes jobs run when they are due. What comes due while a job is busy counts as missed once it is late. */
export class JobRunner {
  readonly #deps: ExecutionDeps;
  readonly #execution: JobExecution;
  readonly #entries = new Map<string, Entry>();
  readonly #running = new Set<Promise<unknown>>();
  #timer: Timer | null = null;
  #state: 'NEW' | 'RUNNING' | 'STOPPED' = 'NEW';

  constructor(deps: ExecutionDeps) {
    this.#deps = deps;
    this.#execution = new JobExecution(deps);
  }

  /** Every job, oldest first. */
  list(): JobView[] {
    return [...this.#entries.values()].map((entry) => this.#view(entry));
  }

  /** Null if there is none with this id. */
  find(id: string): JobView | null {
    const entry = this.#entries.get(id);
    return entry ? this.#view(entry) : null;
  }

  /** Takes over a job, new or changed. */
  set(job: Job, lastRun: JobRun | null): void {
    this.#entries.set(job.id, { job, lastRun, dueAt: dueAfter(job), isBusy: false });
    this.#arm();
  }

  /** Forgets a job that is gone. */
  remove(id: string): void {
    this.#entries.delete(id);
  }

  /** Forgets the jobs of a heat pump that is gone. */
  removeOf(heatpumpId: string): void {
    for (const { job } of this.list()) if (job.heatpumpId === heatpumpId) this.remove(job.id);
    this.#execution.forget(heatpumpId);
  }

  /** Begins to run jobs, and makes up for what was missed. */
  start(): void {
    this.#state = 'RUNNING';
    this.#tick();
  }

  /** Begins no more runs; resolves when those that are running have ended. */
  async stop(): Promise<void> {
    this.#state = 'STOPPED';
    this.#deps.clock.clearTimeout(this.#timer);
    await Promise.all(this.#running);
  }

  /** Runs a job now, enabled or not. Null if it is gone. Throws `CONFLICT` while it is running already. */
  async runNow(id: string): Promise<JobRun | null> {
    const entry = this.#entries.get(id);
    if (!entry) return null;
    if (entry.isBusy || this.#state === 'STOPPED')
      throw new AppError('CONFLICT', `${entry.job.name} is running already, or the server is stopping`);
    entry.isBusy = true;
    // Of whatever version the job is by then.
    const started = this.#run(entry, this.#deps.clock.now(), () => this.#entries.get(id)?.job ?? null);
    this.#track(started.then((run) => run?.ended).finally(() => this.#free(entry)));
    return (await started)?.run ?? null;
  }

  /** Takes in that a write has settled, which a run may have been left in doubt about. */
  decide(write: Write): void {
    this.#track(this.#execution.decide(write).then((run) => run && this.#show(run)));
  }

  #tick(): void {
    const now = this.#deps.clock.now();
    for (const entry of this.#entries.values()) {
      this.#forgetFuture(entry, now);
      if (entry.isBusy || entry.dueAt > now) continue;
      entry.isBusy = true;
      this.#track(this.#catchUp(entry).finally(() => this.#free(entry)));
    }
    this.#arm();
  }

  /** Makes the runs that are due, one after the other. */
  async #catchUp(entry: Entry): Promise<void> {
    const { runs, skipped } = dueRuns(entry.job, this.#deps.clock.now());
    const lastSkipped = skipped.at(-1);
    if (lastSkipped !== undefined) {
      entry.job = { ...entry.job, doneUntil: lastSkipped };
      const run = await this.#execution.skip(entry.job, skipped.length, lastSkipped);
      if (run) this.#show(run);
    }
    for (const dueAt of runs) {
      const started = await this.#run(entry, dueAt, () => this.#claim(entry, dueAt));
      if (!started) return;
      await started.ended;
    }
  }

  /** The job if it is still this version of it that runs; whoever changes it from now on finds that it has been dealt with. */
  #claim(entry: Entry, doneUntil: number): Job | null {
    if (this.#state !== 'RUNNING' || this.#entries.get(entry.job.id) !== entry) return null;
    entry.job = { ...entry.job, doneUntil };
    return entry.job;
  }

  async #run({ job }: Entry, dueAt: number, claim: () => Job | null): Promise<StartedRun | null> {
    const started = await this.#execution.start(job.heatpumpId, dueAt, claim);
    if (!started) return null;
    this.#show(started.run);
    return { ...started, ended: started.ended.then((run) => this.#show(run)) };
  }

  /** The job may have been changed since, so that its entry is another one. */
  #show(run: JobRun): JobRun {
    const entry = this.#entries.get(run.jobId);
    if (entry && run.id >= (entry.lastRun?.id ?? 0)) entry.lastRun = run;
    return run;
  }

  #free(entry: Entry): void {
    entry.isBusy = false;
    entry.dueAt = dueAfter(entry.job);
    this.#arm();
  }

  /** Keeps hold of a run until it has ended; a failure to note it concerns nobody else. */
  #track(run: Promise<unknown>): void {
    const tracked = run
      .catch((thrown) => this.#deps.logger.error({ error: messageOf(thrown) }, 'a run of a job could not be noted'))
      .finally(() => this.#running.delete(tracked));
    this.#running.add(tracked);
  }

  #forgetFuture(entry: Entry, now: number): void {
    if (entry.job.doneUntil <= now + MAX_AHEAD_MS) return;
    this.#deps.logger.warn({ job: entry.job.name }, 'the clock was set back; the job goes on from now');
    entry.job = { ...entry.job, doneUntil: now };
    entry.dueAt = dueAfter(entry.job);
  }

  #arm(): void {
    this.#deps.clock.clearTimeout(this.#timer);
    const waiting = [...this.#entries.values()].filter(({ isBusy, job }) => job.enabled && !isBusy);
    if (this.#state !== 'RUNNING' || waiting.length === 0) return;
    const waitMs = Math.min(...waiting.map(({ dueAt }) => dueAt)) - this.#deps.clock.now();
    this.#timer = this.#deps.clock.setTimeout(() => this.#tick(), Math.min(Math.max(waitMs, 0), MAX_WAIT_MS));
  }

  #view({ job, lastRun, dueAt }: Entry): JobView {
    const now = this.#deps.clock.now();
    const nextRunAt = dueAt > now ? dueAt : (nextRuns(job.schedule, job.timeZone, now, 1)[0] ?? null);
    return { job, lastRun, nextRunAt: job.enabled && nextRunAt !== Number.POSITIVE_INFINITY ? nextRunAt : null };
  }
}

function dueAfter({ enabled, schedule, timeZone, doneUntil }: Job): number {
  if (!enabled) return Number.POSITIVE_INFINITY;
  return nextRuns(schedule, timeZone, doneUntil, 1)[0] ?? Number.POSITIVE_INFINITY;
}
