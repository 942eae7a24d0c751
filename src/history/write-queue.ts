import type { Worker } from 'node:worker_threads';
import type { Clock, Timer } from '../domain/clock.ts';
import type { Logger } from '../domain/logger.ts';
import type { Batch } from './batch-buffer.ts';
import type { CounterCorrection } from './counter-watch.ts';
import type { Layout } from './layout-table.ts';
import type { WriterAnswer, WriterData, WriterTask } from './worker-messages.ts';
import { startThread } from './worker-thread.ts';

/** How recording is doing. */
export interface RecordingStatus {
  /** Why nothing can be recorded now, as an English sentence; null if all is well. */
  readonly problem: string | null;
  /** Values waiting to be written, and values lost because they could not be kept any longer. */
  readonly waitingValues: number;
  readonly lostValues: number;
}

/** What the queue needs of the house. */
export interface WriteQueueDeps extends WriterData {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly onCorrections: (corrections: readonly CounterCorrection[]) => void;
}

type Entry = { readonly type: 'batch'; readonly batch: Batch } | Extract<WriterTask, { type: 'remove' | 'keep' }>;

/** Batches that may wait while the disk is full: hours of a house, a minute of five hundred heat pumps. */
const MAX_WAITING_BYTES = 64 * 1024 * 1024;
const FIRST_RETRY_MS = 1_000;
const LAST_RETRY_MS = 60_000;
/** How long the end of the server waits for the last batches. */
const CLOSING_MS = 5_000;

/**
 * Hands batches to the writing thread, one at a time and in order. While they cannot be written they wait and are tried
 * again; when too many wait, the oldest are lost, and counted.
 */
export class WriteQueue {
  readonly #deps: WriteQueueDeps;
  readonly #entries: Entry[] = [];
  #worker: Worker | null = null;
  #known = new WeakSet<Layout>();
  #current: Entry | null = null;
  #waitingBytes = 0;
  #lostValues = 0;
  #failures = 0;
  #problem: string | null = null;
  #retry: Timer = undefined;
  #isRetrying = false;
  #onIdle: (() => void) | null = null;

  constructor(deps: WriteQueueDeps) {
    this.#deps = deps;
  }

  get status(): RecordingStatus {
    const waitingValues = this.#waiting.reduce((sum, { values }) => sum + values, 0);
    return { problem: this.#problem, waitingValues, lostValues: this.#lostValues };
  }

  /** The time of the oldest scan that is not on disk yet; infinite if all are. */
  get oldestWaitingAt(): number {
    return this.#waiting.reduce((oldest, { oldestAt }) => Math.min(oldest, oldestAt), Number.POSITIVE_INFINITY);
  }

  get #waiting(): Batch[] {
    return [this.#current, ...this.#entries].flatMap((entry) => (entry?.type === 'batch' ? [entry.batch] : []));
  }

  /** Adds a task at the end. */
  push(entry: Entry): void {
    this.#entries.push(entry);
    if (entry.type === 'batch') this.#waitingBytes += entry.batch.scans.byteLength;
    this.#dropOldest();
    this.#next();
  }

  /** Waits a while for what is queued, and ends the thread. */
  async close(): Promise<void> {
    const { clock } = this.#deps;
    clock.clearTimeout(this.#retry);
    this.#isRetrying = false;
    this.#next();
    await new Promise<void>((resolve) => {
      const deadline = clock.setTimeout(resolve, this.#problem === null ? CLOSING_MS : FIRST_RETRY_MS);
      this.#onIdle = () => {
        clock.clearTimeout(deadline);
        resolve();
      };
      if (!this.#current) this.#onIdle();
    });
    const worker = this.#worker;
    this.#worker = null;
    worker?.removeAllListeners();
    if (!worker) return;
    const ended = new Promise((resolve) => worker.once('exit', resolve));
    worker.postMessage({ type: 'close' } satisfies WriterTask);
    await ended;
  }

  #next(): void {
    if (this.#current || this.#isRetrying) return;
    const entry = this.#entries.shift();
    if (entry) {
      this.#current = entry;
      this.#send(entry);
    } else this.#onIdle?.();
  }

  #send(entry: Entry): void {
    this.#worker ??= this.#start();
    const worker = this.#worker;
    if (entry.type !== 'batch') {
      worker.postMessage(entry);
      return;
    }
    const { scans, layouts } = entry.batch;
    const unknown = [...layouts].filter((layout) => !this.#known.has(layout));
    for (const layout of unknown) this.#known.add(layout);
    const task = { type: 'write', batch: scans, layouts: unknown, now: this.#deps.clock.now() } satisfies WriterTask;
    worker.postMessage(task, [scans.buffer]);
  }

  #start(): Worker {
    const worker = startThread('write-worker', this.#deps);
    this.#known = new WeakSet();
    worker.on('message', (answer: WriterAnswer) => this.#settle(answer));
    worker.on('error', (error) => this.#lose(worker, error.message));
    worker.on('exit', (code) => this.#lose(worker, `the writing thread ended with ${code}`));
    return worker;
  }

  #settle(answer: WriterAnswer): void {
    const entry = this.#current;
    this.#current = null;
    if (answer.type === 'done') {
      if (entry?.type === 'batch') this.#waitingBytes -= entry.batch.scans.byteLength;
      this.#deps.onCorrections(answer.corrections);
      this.#tell(answer.problem);
      this.#failures = 0;
      this.#next();
    } else {
      const isBack = entry?.type === 'batch' && answer.batch;
      if (isBack) this.#entries.unshift({ ...entry, batch: { ...entry.batch, scans: answer.batch } });
      else if (entry) this.#entries.unshift(entry);
      this.#fail(answer.problem);
    }
  }

  /** The thread is gone, and with it the batch it had. */
  #lose(worker: Worker, problem: string): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    const entry = this.#current;
    this.#current = null;
    if (entry?.type === 'batch') this.#lostValues += entry.batch.values;
    else if (entry) this.#entries.unshift(entry);
    this.#fail(problem);
  }

  #fail(problem: string): void {
    this.#tell(problem);
    if (this.#onIdle) {
      this.#onIdle();
      return;
    }
    const delayMs = Math.min(LAST_RETRY_MS, FIRST_RETRY_MS * 2 ** this.#failures++);
    this.#isRetrying = true;
    this.#retry = this.#deps.clock.setTimeout(() => {
      this.#isRetrying = false;
      this.#next();
    }, delayMs);
    this.#dropOldest();
  }

  /** One line when trouble begins, one when it is over. */
  #tell(problem: string | null): void {
    const { logger, file } = this.#deps;
    if (problem !== null && this.#problem === null) {
      logger.error({ file, problem }, 'history cannot be recorded; polling goes on, and recording resumes by itself');
    } else if (problem === null && this.#problem !== null) {
      logger.info({ file, lostValues: this.#lostValues }, 'history is recorded again');
    }
    this.#problem = problem;
  }

  #dropOldest(): void {
    while (this.#waitingBytes > MAX_WAITING_BYTES) {
      const index = this.#entries.findIndex(({ type }) => type === 'batch');
      const [dropped] = index === -1 ? [] : this.#entries.splice(index, 1);
      if (dropped?.type !== 'batch') return;
      this.#waitingBytes -= dropped.batch.scans.byteLength;
      this.#lostValues += dropped.batch.values;
    }
  }
}
