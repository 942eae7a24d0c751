import type { Clock } from '../domain/clock.ts';
import type { DeviceError } from '../domain/device-error.ts';
import { AppError, messageOf } from '../domain/errors.ts';
import type { Hold, HoldProblem, HoldStore, KeptHold } from '../domain/hold.ts';
import type { Logger } from '../domain/logger.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Sensor } from '../domain/sensor.ts';
import { Sequence } from '../domain/sequence.ts';
import type { Reading, Snapshot } from '../domain/snapshot.ts';
import type { Write } from '../domain/write.ts';
import type { EventBus } from './event-bus.ts';
import { HeldValue, keysOf } from './held-value.ts';
import { requireHoldRule } from './hold-input.ts';
import { shownAs } from './verdict.ts';

/** What holds need of the house. */
export interface HoldsDeps {
  readonly clock: Clock;
  readonly bus: EventBus;
  readonly logger: Logger;
  readonly holds: HoldStore;
}

/** The heat pump whose values are held. */
export interface HoldsTarget {
  readonly heatpumpId: string;
  readonly find: (key: string) => Sensor | undefined;
  /** Writes a value that was checked before; see {@link Writer.write}. */
  readonly write: (order: HeldWrite) => Promise<Result<Write, DeviceError>>;
  /** True unless a register was written and not read well since. */
  readonly isSeen: (key: string) => boolean;
}

/** A held value, or a safe one, to be written. */
export interface HeldWrite {
  readonly sensor: Sensor;
  readonly value: number;
  readonly origin: string;
  readonly repeats?: Write | undefined;
}

/** Giving everything back may take so long when the connection ends; what is left is given back at the next start. */
const LONGEST_END_MS = 2_000;

/**
 * The values of one heat pump that are held: refreshed at the driver's interval, and given back as the driver's safe value
 * when their time is up, on release, when the connection ends, and before anything else after a crash.
 */
export class Holds {
  readonly #target: HoldsTarget;
  readonly #deps: HoldsDeps;
  readonly #held = new Map<string, HeldValue>();
  readonly #changes = new Sequence();

  constructor(target: HoldsTarget, deps: HoldsDeps) {
    this.#target = target;
    this.#deps = deps;
  }

  /** Those that are not given back yet, oldest first. */
  get all(): readonly Hold[] {
    return [...this.#held.values()].map(({ view }) => view);
  }

  /** Takes over what an earlier process or connection has left; {@link prepare} gives it back. */
  async resume(): Promise<void> {
    const { heatpumpId } = this.#target;
    for (const kept of await this.#deps.holds.list(heatpumpId)) {
      const sensor = this.#target.find(kept.key);
      if (sensor?.hold) this.#add(sensor, kept).end(this.#deps.clock);
      else this.#deps.logger.error({ heatpumpId, key: kept.key }, 'a held value cannot be given back: no such sensor');
    }
  }

  /**
   * Gives back what could not be given back in time, before anything else is asked of the device; null if there is nothing.
   * The error is that of a device that is not reached.
   */
  prepare(): Promise<Result<void, DeviceError>> | null {
    if (![...this.#held.values()].some(isReleaseDue)) return null;
    return this.#changes.run(async () => {
      for (const held of [...this.#held.values()].filter(isReleaseDue)) {
        const released = await this.#giveBack(held);
        if (!released.ok) return released;
      }
      return ok(undefined);
    });
  }

  /** Why a sensor may not be written now, or held by `holder`: it or what it depends on is held already. */
  conflict(sensor: Sensor, holder: string | null): AppError | null {
    const keys = keysOf(sensor);
    const isOwn = (held: HeldValue) => held.sensor === sensor && held.kept.holder === holder && held.state === 'ACTIVE';
    const other = [...this.#held.values()].find(
      (held) => !isOwn(held) && keysOf(held.sensor).some((key) => keys.includes(key)),
    );
    return other ? heldBy(other) : null;
  }

  /**
   * Holds a value for a time, or goes on holding it. Throws `BAD_USER_INPUT` if the sensor is not for holding, `CONFLICT` if
   * somebody else holds it, `UNREACHABLE` if it was not held before and could not be sent.
   */
  hold(sensor: Sensor, value: number, holder: string, ttlMs: number): Promise<Hold> {
    requireHoldRule(sensor);
    return this.#changes.run(async () => {
      const conflict = this.conflict(sensor, holder);
      if (conflict) throw conflict;
      const { heatpumpId } = this.#target;
      const now = this.#deps.clock.now();
      const kept = { heatpumpId, key: sensor.key, value, holder, since: now, expiresAt: now + ttlMs };
      const before = this.#held.get(sensor.key);
      const held = before
        ? await this.#goOn(before, { ...kept, since: before.kept.since })
        : await this.#begin(sensor, kept);
      held.expireLater(this.#deps.clock, ttlMs, () => this.#later(held, () => this.#giveBack(held)));
      this.#announce();
      return held.view;
    });
  }

  /**
   * Gives a value back; one that cannot be sent now is `RELEASING` until it can. Throws `NOT_FOUND` if it is not held,
   * `CONFLICT` if somebody else holds it.
   */
  release(key: string, holder: string): Promise<Hold> {
    return this.#changes.run(async () => {
      const held = this.#held.get(key);
      const message = `${key} is not held`;
      if (!held) throw new AppError('NOT_FOUND', message, [{ path: ['input', 'key'], message }]);
      if (held.kept.holder !== holder) throw heldBy(held);
      if (held.state === 'ACTIVE') await this.#giveBack(held);
      return held.view;
    });
  }

  /** Takes in what a poll has read. */
  observe({ readings }: Snapshot): void {
    if (this.#held.size === 0) return;
    const byKey = new Map(readings.map((reading) => [reading.sensor.key, reading]));
    for (const held of this.#held.values()) {
      if (held.state === 'RELEASING') this.#checkRelease(held, byKey);
      else if (held.isUnsent) this.#later(held, () => this.#send(held));
      else this.#check(held, byKey);
    }
  }

  /** Gives everything back, as far as that is possible in two seconds. */
  async end(): Promise<void> {
    const { clock } = this.#deps;
    if (this.#held.size === 0) return;
    const givenBack = Promise.all(
      [...this.#held.values()].map((held) => this.#changes.run(() => this.#giveBack(held))),
    );
    await new Promise<void>((resolve) => {
      const timer = clock.setTimeout(resolve, LONGEST_END_MS);
      const done = () => {
        clock.clearTimeout(timer);
        resolve();
      };
      void givenBack.then(done, done);
    });
  }

  /** It is on disk before it is sent: whatever happens then, it will be given back. */
  async #begin(sensor: Sensor, kept: KeptHold): Promise<HeldValue> {
    await this.#deps.holds.put(kept);
    const held = this.#add(sensor, kept);
    const sent = await this.#send(held);
    if (sent.ok) return held;
    await this.#forget(held);
    throw new AppError('UNREACHABLE', `nothing was written: ${sent.error.message}`);
  }

  async #goOn(held: HeldValue, kept: KeptHold): Promise<HeldValue> {
    await this.#deps.holds.put(kept);
    if (held.change(kept) || held.isUnsent) await this.#send(held);
    return held;
  }

  #add(sensor: Sensor, kept: KeptHold): HeldValue {
    const held = new HeldValue(sensor, requireHoldRule(sensor), kept);
    this.#held.set(sensor.key, held);
    return held;
  }

  /** Writes a held value, and again when that is due. */
  async #send(held: HeldValue): Promise<Result<Write, DeviceError>> {
    const { sensor, kept, write } = held;
    const sent = await this.#target.write({ sensor, value: kept.value, origin: originOf(held), repeats: write });
    held.refreshLater(this.#deps.clock, () => this.#later(held, () => this.#send(held)));
    held.isUnsent = !sent.ok;
    if (sent.ok) {
      held.write = sent.value;
      held.lastWrittenAt = this.#deps.clock.now();
    }
    this.#note(held, problemOf(sent, held.problem));
    return sent;
  }

  async #giveBack(held: HeldValue): Promise<Result<void, DeviceError>> {
    const { key, value } = held.rule.release;
    const sensor = this.#target.find(key);
    held.end(this.#deps.clock);
    const sent = sensor ? await this.#target.write({ sensor, value, origin: originOf(held) }) : null;
    held.isReleaseUnsure = sent?.ok === true && sent.value.state === 'UNKNOWN' && sent.value.settledAt === null;
    const isDone = !sent || (sent.ok && !held.isReleaseUnsure);
    if (isDone) await this.#forget(held);
    else this.#note(held, 'UNREACHABLE');
    if (sent?.ok !== true || sent.value.state === 'REJECTED') this.#logUnreleased(held, sent);
    this.#announce();
    return sent?.ok === false ? sent : ok(undefined);
  }

  #logUnreleased({ kept, rule }: HeldValue, sent: Result<Write, DeviceError> | null): void {
    const { heatpumpId, key, holder } = kept;
    const reason = sent?.ok ? sent.value.reason : sent?.error.message;
    this.#deps.logger.warn(
      { heatpumpId, key, holder, release: rule.release, reason },
      'a held value was not given back',
    );
  }

  async #forget(held: HeldValue): Promise<void> {
    const { heatpumpId, key } = held.kept;
    held.end(this.#deps.clock);
    held.state = 'RELEASED';
    this.#held.delete(key);
    await this.#deps.holds.delete(heatpumpId, key);
  }

  /** A safe value whose acknowledgement was lost is there, or has to be written once more. */
  #checkRelease(held: HeldValue, readings: ReadonlyMap<string, Reading>): void {
    const { key, value } = held.rule.release;
    const reading = readings.get(key);
    const sensor = this.#target.find(key);
    if (!held.isReleaseUnsure || !sensor || reading?.quality !== 'GOOD' || !this.#target.isSeen(key)) return;
    if (reading.value === shownAs(sensor, value)) this.#later(held, () => this.#forget(held));
    else held.isReleaseUnsure = false;
  }

  #check(held: HeldValue, readings: ReadonlyMap<string, Reading>): void {
    const { key, writeMode } = held.sensor;
    if (!this.#target.isSeen(key) || (writeMode && !this.#target.isSeen(writeMode.key))) return;
    const mode = writeMode ? readings.get(writeMode.key) : undefined;
    this.#note(held, held.problemIn(readings.get(key), mode));
  }

  #note(held: HeldValue, problem: HoldProblem | null): void {
    if (problem === held.problem) return;
    held.problem = problem;
    const { heatpumpId, key, holder } = held.kept;
    if (problem) this.#deps.logger.warn({ heatpumpId, key, holder, problem }, 'a held value is in trouble');
    this.#announce();
  }

  /** What a timer or a poll sets going has nobody to tell of a failure. */
  #later(held: HeldValue, change: () => Promise<unknown>): void {
    const isCurrent = () => this.#held.get(held.kept.key) === held;
    void this.#changes
      .run(async () => isCurrent() && change())
      .catch((thrown: unknown) => {
        const { heatpumpId, key } = held.kept;
        this.#deps.logger.error({ heatpumpId, key, error: messageOf(thrown) }, 'a held value was not written');
      });
  }

  #announce(): void {
    this.#deps.bus.emit('heatpump', { heatpumpId: this.#target.heatpumpId });
  }
}

function isReleaseDue({ state, isReleaseUnsure }: HeldValue): boolean {
  return state === 'RELEASING' && !isReleaseUnsure;
}

/** What an attempt to write says of a hold; what a device has made of a value it took, a read must tell. */
function problemOf(sent: Result<Write, DeviceError>, before: HoldProblem | null): HoldProblem | null {
  if (!sent.ok || sent.value.state === 'UNKNOWN') return 'UNREACHABLE';
  if (sent.value.state === 'REJECTED') return 'REJECTED';
  return before === 'UNREACHABLE' || before === 'REJECTED' ? null : before;
}

function originOf({ kept }: HeldValue): string {
  return `hold:${kept.holder}`;
}

function heldBy({ kept: { key, holder, expiresAt }, state }: HeldValue): AppError {
  const until = state === 'ACTIVE' ? `until ${new Date(expiresAt).toISOString()}` : 'and is yet to be given back';
  const message = `${key} is held by ${holder} ${until}`;
  return new AppError('CONFLICT', message, [{ path: ['input', 'key'], message }]);
}
