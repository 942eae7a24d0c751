import type { Clock, Timer } from '../domain/clock.ts';
import type { Hold, HoldProblem, HoldRule, HoldState, KeptHold } from '../domain/hold.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { Write } from '../domain/write.ts';
import { shownAs } from './verdict.ts';

/** One value that is held, and what is known of it. */
export class HeldValue {
  readonly sensor: Sensor;
  readonly rule: HoldRule;
  state: HoldState = 'ACTIVE';
  problem: HoldProblem | null = null;
  lastWrittenAt: number | null = null;
  /** The last attempt did not get as far as the device. */
  isUnsent = false;
  /**
   * Before the safe value is written (again): `REACH`: the device is to be reached; `READ`: it was sent but not acknowledged, so
   * a read must show that it is not there; `REFRESH`: it was refused, so some time is to pass.
   */
  releaseWaitsFor: 'REACH' | 'READ' | 'REFRESH' | null = null;
  /** The write whose row the next one renews. */
  write: Write | undefined;
  #kept: KeptHold;
  /** What the heat pump shows since the value was first written; it may have limited it. */
  #accepted: number | null = null;
  #nextRefreshAt: number | null = null;
  #refresh: Timer = null;
  #expiry: Timer = null;

  constructor(sensor: Sensor, rule: HoldRule, kept: KeptHold) {
    this.sensor = sensor;
    this.rule = rule;
    this.#kept = kept;
  }

  get kept(): KeptHold {
    return this.#kept;
  }

  get view(): Hold {
    const { state, lastWrittenAt, problem } = this;
    return { ...this.#kept, state, lastWrittenAt, nextRefreshAt: this.#nextRefreshAt, problem };
  }

  /** Holds another value from now on, or the same for longer; tells whether it is another. */
  change(kept: KeptHold): boolean {
    const isOther = kept.value !== this.#kept.value;
    if (isOther) {
      this.write = undefined;
      this.#accepted = null;
    }
    this.#kept = kept;
    return isOther;
  }

  /** Calls once when the value is to be written again. */
  refreshLater(clock: Clock, refresh: () => void): void {
    clock.clearTimeout(this.#refresh);
    this.#nextRefreshAt = clock.now() + this.rule.refreshMs;
    this.#refresh = clock.setTimeout(refresh, this.rule.refreshMs);
  }

  /** Calls once when the hold is over. */
  expireLater(clock: Clock, ttlMs: number, expire: () => void): void {
    clock.clearTimeout(this.#expiry);
    this.#expiry = clock.setTimeout(expire, ttlMs);
  }

  /** It is to be given back. */
  end(clock: Clock): void {
    this.clearTimers(clock);
    this.write = undefined;
    this.releaseWaitsFor = 'REACH';
    this.state = 'RELEASING';
  }

  /** Nothing is due any more. */
  clearTimers(clock: Clock): void {
    clock.clearTimeout(this.#refresh);
    clock.clearTimeout(this.#expiry);
    this.#nextRefreshAt = null;
  }

  /** What is wrong with it, by readings taken since it was last written. */
  problemIn(reading: Reading | undefined, mode: Reading | undefined): HoldProblem | null {
    if (reading?.quality !== 'GOOD' || reading.value === null) return this.problem;
    const isModeLost = mode?.quality === 'GOOD' && mode.value !== this.sensor.writeMode?.value;
    if (isModeLost || (this.#accepted !== null && reading.value !== this.#accepted)) return 'FOREIGN_WRITE';
    this.#accepted = reading.value;
    return reading.value === shownAs(this.sensor, this.#kept.value) ? null : 'CLAMPED';
  }
}

/** The keys of all that a write of this sensor, or the end of holding it, changes. */
export function keysOf({ key, writeMode, hold }: Sensor): readonly string[] {
  return [key, ...(writeMode ? [writeMode.key] : []), ...(hold ? [hold.release.key] : [])];
}
