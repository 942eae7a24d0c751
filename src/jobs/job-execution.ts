import type { Clock } from '../domain/clock.ts';
import { AppError, messageOf } from '../domain/errors.ts';
import type { Job, JobError, JobOutcome, JobRun } from '../domain/job.ts';
import type { JobStore } from '../domain/job-store.ts';
import type { Logger } from '../domain/logger.ts';
import { Sequence } from '../domain/sequence.ts';
import type { Write, WriteState } from '../domain/write.ts';
import type { JobHeatpumps } from './job-heatpumps.ts';

/** What executing jobs needs of the house. */
export interface ExecutionDeps {
  readonly store: JobStore;
  readonly heatpumps: JobHeatpumps;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A run whose value was sent or refused. */
export interface StartedRun {
  readonly run: JobRun;
  /** The same run once it is known what the heat pump made of the value. */
  readonly ended: Promise<JobRun>;
}

/** How long a write is followed at most; every heat pump settles sooner, or its connection ends. */
const MAX_SETTLE_MS = 600_000;

/** Ahead of the id of a job where it is told who asked for a write. */
const ORIGIN = 'job:';

const OUTCOMES: Record<WriteState, JobOutcome> = {
  PENDING: 'PENDING',
  CONFIRMED: 'SUCCEEDED',
  CLAMPED: 'FAILED',
  REJECTED: 'FAILED',
  UNKNOWN: 'UNKNOWN',
};

/** Makes runs of jobs: one at a time for each heat pump, each noted before it is sent and never sent twice. */
export class JobExecution {
  readonly #deps: ExecutionDeps;
  readonly #lines = new Map<string, Sequence>();

  constructor(deps: ExecutionDeps) {
    this.#deps = deps;
  }

  /**
   * When it is the run's turn, takes the job from `claim` as it is then, notes the run and until when the job has been dealt
   * with, and writes; a refused write is a `FAILED` run. Null if the claim is, or the job is gone. Rejects if the run cannot
   * be noted; then nothing is sent.
   */
  start(heatpumpId: string, dueAt: number, claim: () => Job | null): Promise<StartedRun | null> {
    return this.#lineOf(heatpumpId).run(async () => {
      const { store, clock } = this.#deps;
      const job = claim();
      if (!job) return null;
      const at = clock.now();
      const noted = { jobId: job.id, dueAt, at, outcome: 'PENDING', write: null, error: null } as const;
      const begun = await store.beginRun(noted, job.doneUntil);
      if (!begun) return null;
      const run = { ...begun, ...(await this.#send(job)) };
      // Before it is noted, for it may settle meanwhile.
      const ended = this.#follow(run);
      ended.catch(() => undefined);
      await store.endRun(run);
      return { run, ended };
    });
  }

  /**
   * Takes in a write that has settled: it may be that of a run which ended as `UNKNOWN`, also in an earlier process. Null if it
   * is not.
   */
  async decide(write: Write): Promise<JobRun | null> {
    if (write.settledAt === null || !write.origin.startsWith(ORIGIN)) return null;
    return this.#deps.store.decideRun(write.origin.slice(ORIGIN.length), write, OUTCOMES[write.state]);
  }

  /** Notes that runs were left out, the last of them due at `dueAt`. Null if the job is gone. */
  skip({ id: jobId }: Job, count: number, dueAt: number): Promise<JobRun | null> {
    const message = `${count === 1 ? 'this run was' : `${count} runs were`} missed, and are left out as the job says`;
    const at = this.#deps.clock.now();
    const error = { code: 'MISSED', message };
    return this.#deps.store.beginRun({ jobId, dueAt, at, outcome: 'SKIPPED', write: null, error }, dueAt);
  }

  /** Forgets a heat pump that is gone. */
  forget(heatpumpId: string): void {
    this.#lines.delete(heatpumpId);
  }

  #lineOf(heatpumpId: string): Sequence {
    const line = this.#lines.get(heatpumpId) ?? new Sequence();
    this.#lines.set(heatpumpId, line);
    return line;
  }

  async #send({ id, heatpumpId, key, value }: Job): Promise<Pick<JobRun, 'outcome' | 'write' | 'error'>> {
    try {
      const write = await this.#deps.heatpumps.write({ heatpumpId, key, value }, `${ORIGIN}${id}`);
      return { outcome: OUTCOMES[write.state], write, error: null };
    } catch (thrown) {
      return { outcome: 'FAILED', write: null, error: this.#errorOf(thrown) };
    }
  }

  #errorOf(thrown: unknown): JobError {
    if (thrown instanceof AppError) return { code: thrown.code, message: thrown.message };
    this.#deps.logger.error({ error: messageOf(thrown) }, 'a job failed unexpectedly');
    return { code: 'INTERNAL_SERVER_ERROR', message: 'an unexpected fault of the server; its log says more' };
  }

  async #follow(run: JobRun): Promise<JobRun> {
    if (run.write?.state !== 'PENDING') return run;
    const write = await this.#settled(run.write);
    const ended = { ...run, write, outcome: OUTCOMES[write.state] };
    await this.#deps.store.endRun(ended);
    return ended;
  }

  /** Resolves when the write has settled, or is followed no longer. */
  #settled(sent: Write): Promise<Write> {
    const { clock, heatpumps } = this.#deps;
    return new Promise((resolve) => {
      const end = (write: Write) => {
        clock.clearTimeout(timer);
        off();
        resolve(write);
      };
      const timer = clock.setTimeout(() => end({ ...sent, state: 'UNKNOWN', reason: NOT_FOLLOWED }), MAX_SETTLE_MS);
      const off = heatpumps.events.on('write', (write) => {
        if (write.id === sent.id && write.state !== 'PENDING') end(write);
      });
    });
  }
}

const NOT_FOLLOWED = 'the heat pump has not shown within ten minutes what it made of the value';
