import type { Clock } from '../domain/clock.ts';
import type { DeviceError } from '../domain/device-error.ts';
import type { HoldProblem, HoldStore } from '../domain/hold.ts';
import type { Logger } from '../domain/logger.ts';
import { ok, type Result } from '../domain/result.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { Write } from '../domain/write.ts';
import type { EventBus } from './event-bus.ts';
import type { HeldValue } from './held-value.ts';

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

/** Writes held values and safe ones, and notes on each hold what came of it. */
export class HeldWrites {
  readonly #target: HoldsTarget;
  readonly #deps: HoldsDeps;

  constructor(target: HoldsTarget, deps: HoldsDeps) {
    this.#target = target;
    this.#deps = deps;
  }

  /** Writes a held value. The error tells why it was certainly not sent. */
  async send(held: HeldValue): Promise<Result<Write, DeviceError>> {
    const sent = await this.#write(held, held.sensor, held.kept.value);
    held.isUnsent = !sent.ok;
    if (sent.ok) held.lastWrittenAt = this.#deps.clock.now();
    this.note(held, problemOf(sent, held.problem));
    return sent;
  }

  /** Writes the safe value, and notes what giving it back still waits for, if anything. The error is as of {@link send}. */
  async giveBack(held: HeldValue): Promise<Result<void, DeviceError>> {
    const { key, value } = held.rule.release;
    const sensor = this.#target.find(key);
    if (held.state === 'ACTIVE') held.end(this.#deps.clock);
    const sent = sensor ? await this.#write(held, sensor, value) : null;
    held.releaseWaitsFor = sent ? stepAfter(sent) : 'REFRESH';
    if (held.releaseWaitsFor === null) held.state = 'RELEASED';
    else this.note(held, sent ? problemOf(sent, null) : 'UNREACHABLE');
    return sent?.ok === false ? sent : ok(undefined);
  }

  /** Notes what is wrong with a hold; logged and told when it changes. */
  note(held: HeldValue, problem: HoldProblem | null): void {
    if (problem === held.problem) return;
    held.problem = problem;
    const { heatpumpId, key, holder } = held.kept;
    if (problem) this.#deps.logger.warn({ heatpumpId, key, holder, problem }, 'a held value is in trouble');
    this.#deps.bus.emit('heatpump', { heatpumpId });
  }

  async #write(held: HeldValue, sensor: Sensor, value: number): Promise<Result<Write, DeviceError>> {
    const sent = await this.#target.write({ sensor, value, origin: `hold:${held.kept.holder}`, repeats: held.write });
    if (sent.ok) held.write = sent.value;
    return sent;
  }
}

/** What an attempt to write says of a hold; what a device has made of a value it took, a read must tell. */
function problemOf(sent: Result<Write, DeviceError>, before: HoldProblem | null): HoldProblem | null {
  if (!sent.ok || sent.value.state === 'UNKNOWN') return 'UNREACHABLE';
  if (sent.value.state === 'REJECTED') return 'REJECTED';
  return before === 'UNREACHABLE' || before === 'REJECTED' ? null : before;
}

/** What has to happen before a safe value is written again; null: it was taken, or nobody can tell. */
function stepAfter(sent: Result<Write, DeviceError>): HeldValue['releaseWaitsFor'] {
  if (!sent.ok) return 'REACH';
  if (sent.value.state === 'REJECTED') return 'REFRESH';
  return sent.value.state === 'UNKNOWN' && sent.value.settledAt === null ? 'READ' : null;
}
