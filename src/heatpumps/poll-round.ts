import type { Clock } from '../domain/clock.ts';
import { type DeviceError, wasSent } from '../domain/device-error.ts';
import type { Register } from '../domain/register.ts';
import type { Result } from '../domain/result.ts';
import type { Sensor } from '../domain/sensor.ts';
import { failedReading, type Reading } from '../domain/snapshot.ts';
import type { ReadLine } from '../drivers/driver.ts';
import type { ReadBlock } from '../modbus/read-plan.ts';
import type { ReadingDecoder } from './reading-decoder.ts';

/** A sensor and its place among the readings of a poll. */
export interface PlannedSensor {
  readonly sensor: Sensor;
  readonly register: Register;
  readonly index: number;
}

/** One read request of a poll. */
export type PollBlock = ReadBlock<PlannedSensor>;

/** One poll on its way: what it has read so far, and what that took. */
export class PollRound {
  /** Each at its sensor's index. */
  readonly readings: Reading[];
  requests = 0;
  registers = 0;
  lastError: DeviceError | null = null;
  readonly #line: ReadLine;
  readonly #decoder: ReadingDecoder;
  readonly #clock: Clock;
  #isForgiven = false;

  /** `known` are the readings of what this poll may leave out. */
  constructor(line: ReadLine, decoder: ReadingDecoder, clock: Clock, known: readonly Reading[] = []) {
    this.readings = [...known];
    this.#line = line;
    this.#decoder = decoder;
    this.#clock = clock;
  }

  /** Asks the device for a block; hand the answer to {@link take}. Apart from it to spare a promise with every request. */
  ask(block: PollBlock): Promise<Result<readonly number[], DeviceError>> {
    this.requests++;
    return this.#line.read(block);
  }

  /** Takes an answer into the readings. If there was none they are `FAILED`, and the reason is returned. */
  take(block: PollBlock, words: Result<readonly number[], DeviceError>): DeviceError | null {
    if (words.ok) {
      this.registers += block.count;
      this.#decode(block, words.value);
      return null;
    }
    for (const { sensor, index } of block.items) this.readings[index] = failedReading(sensor);
    this.lastError = words.error;
    return words.error;
  }

  /**
   * True if after this failure the device counts as gone: there is no connection, or it is the second block without a
   * usable answer.
   */
  isGoneAfter(error: DeviceError): boolean {
    if (!wasSent(error)) return true;
    if (error.code === 'EXCEPTION') return false;
    const wasForgiven = this.#isForgiven;
    this.#isForgiven = true;
    return wasForgiven;
  }

  #decode(block: PollBlock, words: readonly number[]): void {
    const observedAt = this.#clock.now();
    for (const { sensor, register, index } of block.items) {
      this.readings[index] = this.#decoder.decode(sensor, words, register.address - block.address, observedAt);
    }
  }
}
