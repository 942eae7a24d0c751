import { randomUUID } from 'node:crypto';
import type { Clock, Timer } from '../domain/clock.ts';
import { type DeviceError, wasSent } from '../domain/device-error.ts';
import { AppError } from '../domain/errors.ts';
import { wordCount } from '../domain/register.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { Write } from '../domain/write.ts';
import { decode } from '../modbus/codec.ts';
import type { UnitLine, WriteRequest } from '../modbus/line.ts';
import type { EventBus } from './event-bus.ts';
import type { CheckedValue } from './write-value.ts';

/** What a writer needs of the house. */
export interface WriterDeps {
  readonly clock: Clock;
  readonly bus: EventBus;
}

/** Whose values are written, and what follows a settled write. */
export interface WriterTarget {
  readonly heatpumpId: string;
  readonly line: UnitLine;
  /** Called once the device has shown what it made of a write. */
  readonly onSettled: () => void;
}

/** A write whose read-back is still due. */
interface Pending {
  readonly write: Write;
  readonly timer: Timer;
}

/**
 * Writes values to one heat pump: sends, and when the register has had time to settle, reads back what the device
 * made of it. Every step is published; nothing is ever sent twice.
 */
export class Writer {
  readonly #target: WriterTarget;
  readonly #deps: WriterDeps;
  readonly #pending = new Map<string, Pending>();

  constructor(target: WriterTarget, deps: WriterDeps) {
    this.#target = target;
    this.#deps = deps;
  }

  /**
   * Sends a checked value. Resolves once the device has acknowledged (`PENDING`), refused (`REJECTED`) or failed to
   * answer (`UNKNOWN`). Throws `UNREACHABLE` if the value was certainly not sent.
   */
  async write(sensor: Sensor, { value, words }: CheckedValue, previous: Reading | undefined): Promise<Write> {
    const write: Write = {
      id: randomUUID(),
      heatpumpId: this.#target.heatpumpId,
      key: sensor.key,
      requested: value,
      previous: previous?.value ?? null,
      confirmed: null,
      state: 'PENDING',
      reason: null,
      requestedAt: this.#deps.clock.now(),
      settledAt: null,
    };
    for (const [index, request] of writeRequests(sensor, words).entries()) {
      const sent = await this.#target.line.write(request);
      if (!sent.ok) return this.#failed(write, sent.error, index > 0);
    }
    this.#supersede(sensor.key);
    if (!isReadable(sensor)) return this.#settle(write, 'UNKNOWN', 'acknowledged; this register cannot be read back');
    this.#publish(write);
    const timer = this.#deps.clock.setTimeout(() => void this.#readBack(sensor, write, words), sensor.settleMs);
    this.#pending.set(sensor.key, { write, timer });
    return write;
  }

  /** Ends waiting; what is still pending becomes `UNKNOWN`. */
  stop(): void {
    for (const key of [...this.#pending.keys()]) this.#abandon(key, 'the connection was closed before the read-back');
  }

  #failed(write: Write, error: DeviceError, isModeWritten: boolean): Write {
    if (!wasSent(error) && isModeWritten)
      return this.#settle(write, 'REJECTED', `only its mode was written: ${error.message}`);
    if (!wasSent(error)) throw new AppError('UNREACHABLE', `nothing was written: ${error.message}`);
    if (error.code === 'EXCEPTION')
      return this.#settle(write, 'REJECTED', `refused by the heat pump: ${error.message}`);
    return this.#settle(write, 'UNKNOWN', `it may or may not have taken effect: ${error.message}`);
  }

  #supersede(key: string): void {
    this.#abandon(key, 'another value was written before the read-back');
  }

  #abandon(key: string, reason: string): void {
    const pending = this.#pending.get(key);
    if (!pending) return;
    this.#deps.clock.clearTimeout(pending.timer);
    this.#pending.delete(key);
    this.#settle(pending.write, 'UNKNOWN', reason);
  }

  async #readBack(sensor: Sensor, write: Write, words: readonly number[]): Promise<void> {
    const { table, address, dataType } = sensor.register;
    const answer = await this.#target.line.read({ table, address, count: wordCount(dataType) });
    if (this.#pending.get(sensor.key)?.write !== write) return;
    this.#pending.delete(sensor.key);
    if (answer.ok) this.#compare(sensor, write, words, answer.value);
    else this.#settle(write, 'UNKNOWN', `could not be read back: ${answer.error.message}`);
    this.#target.onSettled();
  }

  /** Compares what was sent with what is there now, both as the device would understand the words. */
  #compare(sensor: Sensor, write: Write, sentWords: readonly number[], nowWords: readonly number[]): Write {
    const now = decode(sensor.register, nowWords);
    if (now.kind !== 'VALUE') return this.#settle(write, 'UNKNOWN', 'the heat pump shows no value for it');
    const sent = decode({ ...sensor.register, wordOrder: sensor.register.writeWordOrder }, sentWords);
    if (sent.kind === 'VALUE' && sent.value === now.value) return this.#settle(write, 'CONFIRMED', null, now.value);
    if (now.value === write.previous) {
      return this.#settle(write, 'REJECTED', `the heat pump kept ${now.value}`, now.value);
    }
    return this.#settle(write, 'CLAMPED', `the heat pump took ${now.value} instead`, now.value);
  }

  #settle(write: Write, state: Write['state'], reason: string | null, confirmed: number | null = null): Write {
    const settled: Write = { ...write, state, reason, confirmed, settledAt: this.#deps.clock.now() };
    this.#publish(settled);
    return settled;
  }

  #publish(write: Write): void {
    this.#deps.bus.emit('write', write);
  }
}

/** The requests that write a value: with its mode in one where they adjoin, else the mode first. */
function writeRequests({ register, writeMode }: Sensor, words: readonly number[]): WriteRequest[] {
  const table = register.table === 'COIL' ? 'COIL' : 'HOLDING';
  const value = { table, address: register.address, words } as const;
  if (!writeMode) return [value];
  const mode = { table, address: writeMode.address, words: [writeMode.value] } as const;
  if (mode.address + 1 !== value.address) return [mode, value];
  return [{ ...mode, words: [...mode.words, ...value.words] }];
}
