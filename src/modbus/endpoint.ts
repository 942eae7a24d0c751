import { type Clock, sleep } from '../domain/clock.ts';
import type { DeviceError } from '../domain/device-error.ts';
import { messageOf } from '../domain/errors.ts';
import { err, type Result } from '../domain/result.ts';
import { type Network, resolveHost } from './address.ts';
import { type ModbusClient, openClient } from './client.ts';
import type { LineSettings, UnitLine } from './line.ts';
import { Pacer } from './pacer.ts';
import { RateWindow } from './rate-window.ts';

/** Requests that may wait at one endpoint before more are refused. */
const MAX_WAITING = 100;
/** Words per second that reads leave free under a device's limit, so that a write need not wait for its turn. */
const WORDS_KEPT_FOR_WRITES = 4;

/** How to treat a unit, and what is seen of it. */
interface PacedLine extends LineSettings {
  readonly pacer: Pacer;
}

/** One request in the queue. */
interface Job {
  /** Made for one line only, so it also tells whose job this is. */
  readonly line: PacedLine;
  readonly isWrite: boolean;
  readonly words: number;
  readonly run: (client: ModbusClient) => Promise<Result<unknown, DeviceError>>;
  readonly settle: (result: Result<unknown, DeviceError>) => void;
}

/**
 * One `host:port`, shared by all units behind it: one connection, one request in flight, writes ahead of reads,
 * a pause between requests, never more words per second than the device bears. Connects when there is something to send.
 */
export class Endpoint {
  readonly host: string;
  readonly port: number;
  readonly #clock: Clock;
  readonly #network: Network;
  readonly #writes: Job[] = [];
  readonly #reads: Job[] = [];
  readonly #rate = new RateWindow();
  #client: ModbusClient | null = null;
  #ip: string | null = null;
  #lastUsedAt = Number.NEGATIVE_INFINITY;
  #isRunning = false;
  #isClosed = false;
  /** Ends the nap that {@link #drain} is taking; does nothing if it takes none. */
  #wake = () => {};

  constructor(host: string, port: number, clock: Clock, network: Network) {
    this.host = host;
    this.port = port;
    this.#clock = clock;
    this.#network = network;
  }

  /** The address of the last connection; null before there was one. */
  get ip(): string | null {
    return this.#ip;
  }

  /** A line to one unit; `onClose` is called when it is closed. */
  line(settings: LineSettings, onClose: () => void): UnitLine {
    const line = { ...settings, pacer: new Pacer(this.#clock, settings.maxWordsPerSecond) };
    const { pacer, unitId, timeoutMs, oneWordFunction } = line;
    let isClosed = false;
    const submit = <T>(
      isWrite: boolean,
      words: number,
      run: (client: ModbusClient) => Promise<Result<T, DeviceError>>,
    ) => (isClosed ? Promise.resolve(cancelled('the line is closed')) : this.#submit(line, isWrite, words, run));
    return {
      pacer,
      read: (request) => submit(false, request.count, (client) => client.read(unitId, request, timeoutMs)),
      write: (request) =>
        submit(true, request.words.length, (client) => client.write(unitId, request, oneWordFunction, timeoutMs)),
      close: () => {
        if (isClosed) return;
        isClosed = true;
        this.#cancel(line);
        onClose();
      },
    };
  }

  /** Closes the connection for good; a request in flight fails. */
  close(): void {
    this.#isClosed = true;
    this.#disconnect();
  }

  #submit<T>(
    line: PacedLine,
    isWrite: boolean,
    words: number,
    run: (client: ModbusClient) => Promise<Result<T, DeviceError>>,
  ): Promise<Result<T, DeviceError>> {
    const queue = isWrite ? this.#writes : this.#reads;
    if (queue.length >= MAX_WAITING) return Promise.resolve(cancelled('too many requests are waiting'));
    return new Promise((resolve) => {
      queue.push({ line, isWrite, words, run, settle: (result) => resolve(result as Result<T, DeviceError>) });
      if (!this.#isRunning) void this.#drain();
      // It may be waiting until another request may go, and this one may go sooner.
      else this.#wake();
    });
  }

  #cancel(line: PacedLine): void {
    for (const queue of [this.#writes, this.#reads]) {
      const kept = queue.filter((job) => job.line !== line);
      for (const job of queue) if (job.line === line) job.settle(cancelled('the line was closed'));
      queue.splice(0, queue.length, ...kept);
    }
    this.#wake();
  }

  async #drain(): Promise<void> {
    this.#isRunning = true;
    for (;;) {
      const job = this.#writes[0] ?? this.#nextRead();
      if (!job) break;
      const waitMs = Math.max(this.#pauseLeftMs(job), spacingLeftMs(job));
      if (waitMs > 0) {
        await this.#nap(waitMs);
        continue;
      }
      const queue = job.isWrite ? this.#writes : this.#reads;
      queue.splice(queue.indexOf(job), 1);
      const startedAt = this.#clock.monotonicMs();
      const result = await this.#perform(job).catch(unexpected);
      this.#lastUsedAt = this.#clock.monotonicMs();
      if (!job.isWrite) job.line.pacer.ended(job.words, startedAt, result);
      job.settle(result);
    }
    this.#isRunning = false;
  }

  /** The read that may go first; those of a unit that is spared let others go ahead. */
  #nextRead(): Job | undefined {
    const [oldest] = this.#reads;
    if (this.#reads.length < 2) return oldest;
    return this.#reads.reduce((first, job) => (spacingLeftMs(job) < spacingLeftMs(first) ? job : first));
  }

  #nap(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = this.#clock.setTimeout(resolve, ms);
      this.#wake = () => {
        this.#clock.clearTimeout(timer);
        resolve();
      };
    });
  }

  /** How long a request must still wait, by the driver's rules for its unit. */
  #pauseLeftMs(job: Job): number {
    const now = this.#clock.monotonicMs();
    const { pauseMs, maxWordsPerSecond } = job.line;
    const pauseLeftMs = this.#lastUsedAt + pauseMs - now;
    if (maxWordsPerSecond === null) return pauseLeftMs;
    return Math.max(pauseLeftMs, this.#rate.waitMs(now, job.words, maxWordsPerSecond - reserve(job)));
  }

  async #perform(job: Job): Promise<Result<unknown, DeviceError>> {
    if (job.isWrite && this.#mayBeIdledOut(job.line)) this.#disconnect();
    const isReused = this.#client?.isOpen ?? false;
    const result = await this.#attempt(job);
    const wasIdledOut = !result.ok && result.error.code === 'CONNECTION_LOST' && isReused;
    if (!wasIdledOut || job.isWrite) return result;
    await sleep(this.#clock, Math.max(0, this.#pauseLeftMs(job)));
    return this.#attempt(job);
  }

  #mayBeIdledOut(line: LineSettings): boolean {
    return this.#clock.monotonicMs() - this.#lastUsedAt > line.maxIdleMs;
  }

  #disconnect(): void {
    this.#client?.close();
    this.#client = null;
  }

  async #attempt(job: Job): Promise<Result<unknown, DeviceError>> {
    if (this.#isClosed) return cancelled('the line was closed');
    if (!this.#client?.isOpen) {
      const opened = await this.#open(job.line.timeoutMs);
      if (!opened.ok) return opened;
      this.#client = opened.value;
      // Closed while it connected: then nobody else would close the connection, and nothing may be sent any more.
      if (this.#isClosed) {
        this.#disconnect();
        return cancelled('the line was closed');
      }
    }
    if (job.line.maxWordsPerSecond !== null) this.#rate.note(this.#clock.monotonicMs(), job.words);
    job.line.pacer.sending(job.words);
    return job.run(this.#client);
  }

  /** A connection to the first address of the host that takes one; `timeoutMs` is for each. */
  async #open(timeoutMs: number): Promise<Result<ModbusClient, DeviceError>> {
    const ips = await resolveHost(this.host, this.port, this.#network, timeoutMs, this.#clock);
    if (!ips.ok) return ips;
    let opened: Result<ModbusClient, DeviceError> = cancelled('the line was closed');
    for (const ip of ips.value) {
      if (this.#isClosed) break;
      opened = await openClient(ip, this.port, timeoutMs, this.#clock);
      if (!opened.ok) continue;
      this.#ip = ip;
      break;
    }
    return opened;
  }
}

function reserve({ isWrite }: Job): number {
  return isWrite ? 0 : WORDS_KEPT_FOR_WRITES;
}

/** How long a request must wait for the sake of its unit. */
function spacingLeftMs({ isWrite, line }: Job): number {
  return isWrite ? 0 : Math.max(0, line.pacer.waitMs());
}

/** A fault of our own or of a library: told like any other failure, so that whoever waits hears of it. */
function unexpected(thrown: unknown): Result<never, DeviceError> {
  return err({ code: 'PROTOCOL_ERROR', message: messageOf(thrown) });
}

function cancelled(message: string): Result<never, DeviceError> {
  return err({ code: 'CANCELLED', message });
}
