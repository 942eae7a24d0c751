import type { Clock } from '../domain/clock.ts';
import type { DeviceError } from '../domain/device-error.ts';
import type { KeptPace, Pace } from '../domain/pace.ts';
import type { Result } from '../domain/result.ts';
import { type GovernorState, govern, MEMORY_MS, type Sign, unknownUnit } from './governor.ts';
import { LatencyWatch } from './latency-watch.ts';
import { RateWindow } from './rate-window.ts';

/** A poll is to be over after this part of its interval, … */
const POLL_SHARE = 0.8;
/** … and after this time, however long the interval is. */
const LONGEST_POLL_MS = 8_000;
/** The highest rate of so many milliseconds is the one that trouble is put down to. */
const PEAK_LASTS_MS = 10_000;
/** What goes wrong later than this after the last answer of the same poll has nothing to do with the load. */
const LOAD_LASTS_MS = 5_000;
const MINUTE_MS = 60_000;
/** "Acknowledge" (it takes a while) and "server device busy". */
const BUSY_EXCEPTIONS: readonly (number | undefined)[] = [5, 6];
/** A gateway does not reach the unit, or gets no answer from it. */
const GATEWAY_EXCEPTIONS: readonly (number | undefined)[] = [10, 11];
/** How much each missing answer says; with three, the unit is gone. Other failures say nothing of the load. */
const ABSENCE: Partial<Record<DeviceError['code'], 1 | 3>> = {
  NO_ANSWER: 1,
  CONNECTION_LOST: 1,
  REFUSED: 3,
  TIMEOUT: 3,
};
const GONE = 3;
/** A poll that was cut short: twice within an hour counts as gone, also if the unit is back at the next attempt. */
const CUT_SHORT = 2;
const CUT_AGAIN_WITHIN_MS = 3_600_000;

/** The requests that read a unit once, and how often that is wanted. */
export interface Demand {
  readonly requests: number;
  /** Words. */
  readonly registers: number;
  readonly pollIntervalMs: number;
}

/**
 * Paces the reads of one unit: sees how it bears them, and by the governor's limit spaces them evenly. Writes count, but never
 * wait. A request of the usual size counts as one, half for itself and half for its words.
 */
export class Pacer {
  /** Called whenever the limit or its reason has changed. */
  onChange: () => void = () => {};
  readonly #clock: Clock;
  readonly #driverLimit: number | null;
  readonly #latency = new LatencyWatch();
  readonly #sent = new RateWindow();
  #state: GovernorState;
  /** The rate that keeps the poll interval; null: nobody polls. */
  #need: number | null = null;
  #wordsPerRequest = 1;
  #peak = { rate: 0, at: Number.NEGATIVE_INFINITY };
  #nextAt = Number.NEGATIVE_INFINITY;
  #answeredAt = Number.NEGATIVE_INFINITY;
  #seenAt: number;
  /** Within this poll. */
  #hasAnswered = false;
  #absence = 0;
  /** That of the moment when the first answer was missing. */
  #rateThen = 0;
  #cutAt = Number.NEGATIVE_INFINITY;
  #isUnderLoad = false;

  /** `driverLimit` is the words per second that its maker allows, if any. */
  constructor(clock: Clock, driverLimit: number | null) {
    this.#clock = clock;
    this.#driverLimit = driverLimit;
    this.#state = unknownUnit(clock.now());
    this.#seenAt = clock.monotonicMs();
  }

  /** How fast the unit is read now, and why. */
  get pace(): Pace {
    const { limit, reason, since, troubleAt, lostAt } = this.#state;
    const registers = [limit === null ? null : limit * this.#wordsPerRequest, this.#driverLimit].filter(isKnown);
    return {
      reason,
      since,
      requestsPerSecond: limit,
      registersPerSecond: registers.length > 0 ? Math.min(...registers) : null,
      troubleAt: reason === 'FREE' ? null : troubleAt,
      sparedUntil: reason === 'LOST' && this.#clock.now() - lostAt <= MEMORY_MS ? lostAt + MEMORY_MS : null,
    };
  }

  /** What is to be remembered; null: nothing. */
  get kept(): Omit<KeptPace, 'device'> | null {
    const { limit, ceiling, troubleAt, liftedAt, lostAt } = this.#state;
    return limit === null || !Number.isFinite(ceiling) ? null : { limit, ceiling, troubleAt, liftedAt, lostAt };
  }

  /** Goes on from what was remembered. */
  restore(kept: Omit<KeptPace, 'device'>): void {
    const now = this.#clock.now();
    const lostAt = Math.min(kept.lostAt, now);
    this.#state = { ...unknownUnit(now), ...kept, lostAt, reason: 'LOST', since: lostAt };
  }

  /** A poll begins: takes in what it reads, and how often that is wanted. */
  begin({ requests, registers, pollIntervalMs }: Demand): void {
    this.#hasAnswered = false;
    this.#wordsPerRequest = registers / Math.max(1, requests);
    this.#need = requests / (Math.min(POLL_SHARE * pollIntervalMs, LONGEST_POLL_MS) / 1_000);
  }

  /** How long the next read must wait. */
  waitMs(): number {
    return this.#state.limit === null ? 0 : this.#nextAt - this.#clock.monotonicMs();
  }

  /** A request for `words` words goes out. */
  sending(words: number): void {
    const now = this.#clock.monotonicMs();
    const weight = (1 + words / this.#wordsPerRequest) / 2;
    this.#sent.note(now, weight);
    const rate = this.#sent.words(now);
    if (rate >= this.#peak.rate || now - this.#peak.at > PEAK_LASTS_MS) this.#peak = { rate, at: now };
    if (this.#state.limit !== null) this.#nextAt = now + (weight / this.#state.limit) * 1_000;
  }

  /** A read of `words` words that went out at `startedAt` (monotonic) has ended. */
  ended(words: number, startedAt: number, result: Result<unknown, DeviceError>): void {
    const absence = result.ok ? 0 : absenceBy(result.error);
    if (absence > 0) this.#missed(startedAt, absence);
    else if (result.ok || result.error.code === 'EXCEPTION') this.#answered(words, startedAt, result);
  }

  #answered(words: number, startedAt: number, result: Result<unknown, DeviceError>): void {
    const now = this.#clock.monotonicMs();
    if (this.#isUnderLoad && this.#absence === CUT_SHORT) this.#cutShort(now);
    this.#answeredAt = now;
    this.#hasAnswered = true;
    this.#absence = 0;
    if (!result.ok && BUSY_EXCEPTIONS.includes(result.error.exceptionCode)) this.#see('BUSY');
    else if (result.ok && this.#latency.isStrained(words, now - startedAt)) this.#see('SLOW');
    else if (now - this.#seenAt >= MINUTE_MS) this.#see('WELL');
  }

  #missed(startedAt: number, absence: number): void {
    if (this.#absence === 0) {
      this.#isUnderLoad = this.#hasAnswered && startedAt - this.#answeredAt < LOAD_LASTS_MS;
      this.#rateThen = this.#rate;
    }
    const wasGone = this.#absence >= GONE;
    this.#absence += absence;
    if (!this.#isUnderLoad || wasGone) return;
    if (this.#absence >= GONE) this.#see('LOST', this.#rateThen);
    else if (this.#latency.isStrainedByNone()) this.#see('SLOW');
  }

  #cutShort(now: number): void {
    const isAgain = now - this.#cutAt < CUT_AGAIN_WITHIN_MS;
    this.#cutAt = now;
    if (isAgain) this.#see('LOST', this.#rateThen);
  }

  /** The rate at which the unit was asked lately. */
  get #rate(): number {
    const { limit } = this.#state;
    return limit === null ? this.#peak.rate : Math.min(limit, this.#peak.rate);
  }

  #see(kind: Sign['kind'], rate = this.#rate): void {
    if (this.#need === null) return;
    const before = this.#state;
    this.#seenAt = this.#clock.monotonicMs();
    this.#state = govern(before, { kind, rate }, this.#need, this.#clock.now());
    if (before.limit !== this.#state.limit || before.lostAt !== this.#state.lostAt) this.onChange();
  }
}

function absenceBy({ code, exceptionCode }: DeviceError): number {
  return GATEWAY_EXCEPTIONS.includes(exceptionCode) ? 1 : (ABSENCE[code] ?? 0);
}

function isKnown(limit: number | null): limit is number {
  return limit !== null;
}
