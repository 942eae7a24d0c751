import type { DeviceError } from '../domain/device-error.ts';
import { AppError, messageOf } from '../domain/errors.ts';
import type { Hold, KeptHold } from '../domain/hold.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Sensor } from '../domain/sensor.ts';
import { Sequence } from '../domain/sequence.ts';
import type { Reading, Snapshot } from '../domain/snapshot.ts';
import type { Write } from '../domain/write.ts';
import { HeldValue, keysOf } from './held-value.ts';
import { HeldWrites, type HoldsDeps, type HoldsTarget } from './held-writes.ts';
import type { HoldTerms } from './hold-input.ts';
import { requireHoldRule } from './hold-input.ts';
import { shownAs } from './verdict.ts';

/** Giving everything back may take so long when the connection ends; what is left is given back at the next start. */
const LONGEST_RELEASE_MS = 2_000;

/**
 * The values of one heat pump that are held: refreshed at the driver's interval, and given back as the driver's safe value
 * when their time is up, on release, when the connection ends, and before anything else after a crash.
 */
export class Holds {
  readonly #target: HoldsTarget;
  readonly #deps: HoldsDeps;
  readonly #held = new Map<string, HeldValue>();
  readonly #changes = new Sequence();
  readonly #writes: HeldWrites;
  #isClosed = false;

  constructor(target: HoldsTarget, deps: HoldsDeps) {
    this.#target = target;
    this.#deps = deps;
    this.#writes = new HeldWrites(target, deps);
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
    const isDue = ({ releaseWaitsFor }: HeldValue) => releaseWaitsFor === 'REACH';
    if (![...this.#held.values()].some(isDue)) return null;
    return this.#changes.run(async () => {
      for (const held of [...this.#held.values()].filter(isDue)) {
        const released = await this.#giveBack(held);
        if (!released.ok) return released;
      }
      return ok(undefined);
    });
  }

  /** Why a sensor may not be written now, or held by `holder`: it or what it depends on is held already. */
  conflict(sensor: Sensor, holder: string | null): AppError | null {
    const keys = keysOf(sensor);
    const isOwn = (held: HeldValue) =>
      held.kept.key === sensor.key && held.kept.holder === holder && held.state === 'ACTIVE';
    const other = [...this.#held.values()].find(
      (held) => !isOwn(held) && keysOf(held.sensor).some((key) => keys.includes(key)),
    );
    return other ? heldBy(other) : null;
  }

  /**
   * Holds a value for a time, or goes on holding it. Throws `BAD_USER_INPUT` if the sensor is not for holding, `CONFLICT` if
   * somebody else holds it, `UNREACHABLE` if it was not held before and could not be sent.
   */
  hold(sensor: Sensor, value: number, { holder, ttlMs, actor }: HoldTerms): Promise<Hold> {
    requireHoldRule(sensor);
    return this.#changes.run(async () => {
      const refusal = this.#isClosed ? closed() : this.conflict(sensor, holder);
      if (refusal) throw refusal;
      const { heatpumpId } = this.#target;
      const now = this.#deps.clock.now();
      const kept = { heatpumpId, key: sensor.key, value, holder, actor, since: now, expiresAt: now + ttlMs };
      const before = this.#held.get(sensor.key);
      const held = before
        ? await this.#goOn(before, { ...kept, since: before.kept.since })
        : await this.#begin(sensor, kept);
      held.expireLater(this.#deps.clock, ttlMs, () => this.#whileActive(held, () => this.#giveBack(held)));
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
      else if (held.isUnsent) this.#whileActive(held, () => this.#send(held));
      else this.#check(held, byKey);
    }
  }

  /** Gives everything back, as far as that is possible in two seconds. */
  async releaseAll(): Promise<void> {
    const { clock } = this.#deps;
    if (this.#held.size === 0) return;
    const isDue = ({ state, releaseWaitsFor }: HeldValue) => state === 'ACTIVE' || releaseWaitsFor === 'REACH';
    const released = this.#changes.run(async () => {
      for (const held of [...this.#held.values()].filter(isDue)) await this.#giveBack(held);
    });
    await new Promise<void>((resolve) => {
      const timer = clock.setTimeout(resolve, LONGEST_RELEASE_MS);
      const done = () => {
        clock.clearTimeout(timer);
        resolve();
      };
      void released.then(done, done);
    });
  }

  /** Ends all holding; what is not given back is kept for whoever opens the next connection. */
  close(): void {
    this.#isClosed = true;
    for (const held of this.#held.values()) held.clearTimers(this.#deps.clock);
  }

  /** It is on disk before it is sent: whatever happens then, it will be given back. */
  async #begin(sensor: Sensor, kept: KeptHold): Promise<HeldValue> {
    await this.#deps.holds.put(kept);
    const held = this.#add(sensor, kept);
    const sent = await this.#send(held).catch((thrown: unknown) => {
      held.end(this.#deps.clock);
      throw thrown;
    });
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

  /** Writes a held value, and again when that is due, whatever comes of it. */
  async #send(held: HeldValue): Promise<Result<Write, DeviceError>> {
    if (!this.#isClosed) held.refreshLater(this.#deps.clock, () => this.#whileActive(held, () => this.#send(held)));
    return this.#writes.send(held);
  }

  async #giveBack(held: HeldValue): Promise<Result<void, DeviceError>> {
    const sent = await this.#writes.giveBack(held);
    if (held.state === 'RELEASED') await this.#forget(held);
    else if (held.releaseWaitsFor === 'REFRESH' && !this.#isClosed)
      held.refreshLater(this.#deps.clock, () => this.#later(held, () => this.#giveBack(held)));
    return sent;
  }

  async #forget(held: HeldValue): Promise<void> {
    const { heatpumpId, key } = held.kept;
    held.clearTimers(this.#deps.clock);
    held.state = 'RELEASED';
    this.#held.delete(key);
    await this.#deps.holds.delete(heatpumpId, key);
    this.#announce();
  }

  /** A safe value whose acknowledgement was lost is there, or has to be written once more. */
  #checkRelease(held: HeldValue, readings: ReadonlyMap<string, Reading>): void {
    const { key, value } = held.rule.release;
    const reading = readings.get(key);
    const sensor = this.#target.find(key);
    if (held.releaseWaitsFor !== 'READ' || !sensor || reading?.quality !== 'GOOD' || !this.#target.isSeen(key)) return;
    if (reading.value === shownAs(sensor, value)) this.#later(held, () => this.#forget(held));
    else held.end(this.#deps.clock);
  }

  #check(held: HeldValue, readings: ReadonlyMap<string, Reading>): void {
    const { key, writeMode } = held.sensor;
    if (!this.#target.isSeen(key) || (writeMode && !this.#target.isSeen(writeMode.key))) return;
    const mode = writeMode ? readings.get(writeMode.key) : undefined;
    this.#writes.note(held, held.problemIn(readings.get(key), mode));
  }

  #whileActive(held: HeldValue, change: () => Promise<unknown>): void {
    this.#later(held, async () => held.state === 'ACTIVE' && change());
  }

  /** What a timer or a poll sets going has nobody to tell of a failure. */
  #later(held: HeldValue, change: () => Promise<unknown>): void {
    const isCurrent = () => !this.#isClosed && this.#held.get(held.kept.key) === held;
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

function closed(): AppError {
  return new AppError('UNREACHABLE', 'nothing was written: the connection was closed');
}

function heldBy({ kept: { key, holder, expiresAt }, state }: HeldValue): AppError {
  const until = state === 'ACTIVE' ? `until ${new Date(expiresAt).toISOString()}` : 'and is yet to be given back';
  const message = `${key} is held by ${holder} ${until}`;
  return new AppError('CONFLICT', message, [{ path: ['input', 'key'], message }]);
}
