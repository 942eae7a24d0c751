import type { Timer } from '../domain/clock.ts';
import type { DeviceError } from '../domain/device-error.ts';
import { messageOf } from '../domain/errors.ts';
import type { HeatpumpStatus } from '../domain/heatpump.ts';
import { err, ok, type Result } from '../domain/result.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { UnitLine } from '../modbus/line.ts';
import { backoffMs } from './availability.ts';
import { Health, type HealthDeps, type HealthSubject } from './health.ts';
import type { PollResult } from './poll.ts';
import { settingsTurns } from './poll-plan.ts';
import { readSensor } from './probe.ts';
import type { UnitMap } from './unit-map.ts';

/** What a poller needs of the house. */
export interface PollerDeps extends HealthDeps {
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/** What a poller reads, and how often. */
export interface PollTarget extends HealthSubject {
  readonly unit: UnitMap;
  readonly line: UnitLine;
  readonly control: PollObserver;
}

/** Who goes before a poll, and who is told of it. */
export interface PollObserver {
  /** What must go before an attempt, null: nothing. An error ends the attempt, as that of the device. */
  prepare(): Promise<Result<void, DeviceError>> | null;
  /** True for a sensor that was written and is to be read again. */
  isAwaited(key: string): boolean;
  /** Called with what a poll has read, once that is published. */
  observe(snapshot: Snapshot): void;
}

/** What an attempt came to. */
export type PollOutcome = Result<Snapshot, DeviceError>;

const STOPPED: Result<never, DeviceError> = err({ code: 'CANCELLED', message: 'polling was stopped' });

/** An attempt may end so much later than it was due: it waits for others at its endpoint, and for answers that do not come. */
const LONGEST_ATTEMPT_MS = 60_000;
/** And so many intervals, or times as long as the last poll took. */
const OVERDUE_AFTER_INTERVALS = 3;
/** Polls of all heat pumps begin at common moments so far apart, where their intervals allow: to wake up costs more than a read. */
const COMMON_MOMENTS_MS = 20;

/** Polls one heat pump again and again, and less often while it fails. Its outcomes make up the {@link Health}. */
export class Poller {
  readonly #target: PollTarget;
  readonly #deps: PollerDeps;
  readonly #health: Health;
  readonly #waiting: ((outcome: PollOutcome) => void)[] = [];
  #isAllWanted = false;
  #timer: Timer = null;
  /** When the attempt that has not ended yet was to begin, in the clock's monotonic milliseconds. */
  #dueAt: number;
  /** Polls in turn begin at this moment of the monotonic clock, or whole intervals later. */
  readonly #beat: number;
  #isPolling = false;
  #isStopped = false;

  constructor(target: PollTarget, deps: PollerDeps) {
    this.#target = target;
    this.#deps = deps;
    this.#health = new Health(target, deps);
    this.#dueAt = deps.clock.monotonicMs();
    this.#beat = Math.round(this.#dueAt / COMMON_MOMENTS_MS) * COMMON_MOMENTS_MS;
  }

  get status(): HeatpumpStatus {
    return this.#health.status;
  }

  get snapshot(): Snapshot | null {
    return this.#health.snapshot;
  }

  /** Whether an attempt has not come to its end, good or bad, for far longer than the device can be to blame for. */
  get isOverdue(): boolean {
    const { lastPoll } = this.status;
    const { pollIntervalMs, unit, line } = this.#target;
    const pacedMs = (unit.size.requests / (line.pacer.pace.requestsPerSecond ?? Number.POSITIVE_INFINITY)) * 1_000;
    const usualMs = Math.max(pollIntervalMs, lastPoll?.durationMs ?? 0, pacedMs);
    const lateMs = this.#deps.clock.monotonicMs() - this.#dueAt;
    return !this.#isStopped && lateMs > Math.max(LONGEST_ATTEMPT_MS, OVERDUE_AFTER_INTERVALS * usualMs);
  }

  /** Polls now, and from then on in turn. */
  start(): void {
    this.#schedule(0);
  }

  /** Ends polling; an attempt in flight is not published. */
  stop(): void {
    this.#isStopped = true;
    this.#deps.clock.clearTimeout(this.#timer);
    this.#health.stop();
    for (const settle of this.#waiting.splice(0)) settle(STOPPED);
  }

  /** Reads everything as soon as possible. Resolves with the outcome of an attempt that started after this call. */
  pollNow(): Promise<PollOutcome> {
    this.#isAllWanted = true;
    return this.pollSoon();
  }

  /** The same, but of the settings only those that a poll in turn reads, too. */
  pollSoon(): Promise<PollOutcome> {
    if (this.#isStopped) return Promise.resolve(STOPPED);
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (!this.#isPolling) this.#schedule(0);
    });
  }

  #schedule(delayMs: number): void {
    const { clock } = this.#deps;
    clock.clearTimeout(this.#timer);
    this.#timer = clock.setTimeout(() => void this.#attempt(), delayMs);
    this.#dueAt = clock.monotonicMs() + delayMs;
    this.#health.expect(clock.now() + delayMs);
  }

  async #attempt(): Promise<void> {
    const startedAt = this.#deps.clock.monotonicMs();
    const waiting = this.#waiting.splice(0);
    this.#isPolling = true;
    const isAllWanted = this.#isAllWanted;
    this.#isAllWanted = false;
    const result = await this.#read(isAllWanted).catch(unexpected);
    this.#isPolling = false;
    const outcome = this.#isStopped ? STOPPED : this.#settle(result);
    for (const settle of waiting) settle(outcome);
    if (!this.#isStopped) this.#schedule(this.#delayMs(startedAt));
  }

  /**
   * While it fails, one small read tells whether a poll is worth the while. What comes back may have been updated, so it is
   * asked again what it is; and it may still be starting, so that its refusals prove nothing yet.
   */
  async #read(isAllWanted: boolean): Promise<Result<PollResult, DeviceError>> {
    const { line, unit, control, pollIntervalMs } = this.#target;
    const preparing = control.prepare();
    const prepared = preparing && (await preparing);
    if (prepared?.ok === false) return prepared;
    const isFailing = this.status.consecutiveFailures > 0;
    if (isFailing) {
      const answer = await readSensor(line, unit.probe.sensor);
      if (!answer.ok) return answer;
    }
    if (isFailing || unit.isIdentityDue) {
      const identified = await unit.identify(line);
      if (!identified.ok) return identified;
    }
    line.pacer.begin({ ...unit.size, pollIntervalMs });
    const isTurn = !isFailing && !isAllWanted;
    return unit.poll(line, {
      mayLearn: !isFailing,
      settingsTurns: isTurn ? settingsTurns(pollIntervalMs) : null,
      isAwaited: (key) => control.isAwaited(key),
    });
  }

  #settle(result: Result<PollResult, DeviceError>): PollOutcome {
    if (result.ok) {
      const snapshot = this.#health.succeed(result.value);
      this.#target.control.observe(snapshot);
      return ok(snapshot);
    }
    this.#health.fail(result.error);
    return result;
  }

  #delayMs(startedAt: number): number {
    const { pollIntervalMs } = this.#target;
    const failures = this.status.consecutiveFailures;
    if (this.#waiting.length > 0) return 0;
    if (failures > 0) return backoffMs(failures, pollIntervalMs, this.#deps.random());
    // What was held up goes back to its own beat: otherwise a standstill would put all heat pumps in step for good.
    const beats = Math.round((startedAt - this.#beat) / pollIntervalMs) + 1;
    return Math.max(0, this.#beat + beats * pollIntervalMs - this.#deps.clock.monotonicMs());
  }
}

/** A fault of our own must not end the polling; it is told like a failure of the device. */
function unexpected(thrown: unknown): Result<never, DeviceError> {
  return err({ code: 'PROTOCOL_ERROR', message: messageOf(thrown) });
}
