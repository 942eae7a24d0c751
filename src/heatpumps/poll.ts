import type { Clock } from '../domain/clock.ts';
import { type DeviceError, wasSent } from '../domain/device-error.ts';
import type { PollStats } from '../domain/heatpump.ts';
import type { Register } from '../domain/register.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import { failedReading, type Reading } from '../domain/snapshot.ts';
import type { UnitLine } from '../modbus/line.ts';
import { planReads, type ReadBlock, type ReadRules } from '../modbus/read-plan.ts';
import type { ReadingDecoder } from './reading-decoder.ts';

/** A sensor and its place among the readings of a snapshot. */
interface PlannedSensor {
  readonly sensor: Sensor;
  readonly register: Register;
  readonly index: number;
}

/** The requests that read a heat pump once. */
export type PollPlan = readonly ReadBlock<PlannedSensor>[];

/** What one complete poll brought. */
export interface PollResult {
  /** One per readable sensor, in the sensors' order. */
  readonly readings: readonly Reading[];
  readonly stats: PollStats;
}

/** The cheapest plan that reads every readable one of `sensors`. */
export function planPoll(sensors: readonly Sensor[], rules: ReadRules): PollPlan {
  const planned = sensors.filter(isReadable).map((sensor, index) => ({ sensor, register: sensor.register, index }));
  return planReads(planned, rules);
}

/**
 * Reads the whole plan. A block the device refuses fails alone. A block that gets no usable answer is forgiven once;
 * after a second one, or when there is no connection, the device counts as gone and the poll fails as a whole.
 */
export async function poll(
  plan: PollPlan,
  line: UnitLine,
  decoder: ReadingDecoder,
  clock: Clock,
): Promise<Result<PollResult, DeviceError>> {
  const startedAt = clock.now();
  const readings: Reading[] = [];
  let registers = 0;
  let lastError: DeviceError | null = null;
  let isForgiven = false;
  for (const block of plan) {
    const words = await line.read(block);
    if (words.ok) {
      registers += block.count;
      decodeBlock(block, words.value, readings, decoder, clock.now());
      continue;
    }
    lastError = words.error;
    if (!wasSent(lastError)) return err(lastError);
    if (lastError.code !== 'EXCEPTION') {
      if (isForgiven) return err(lastError);
      isForgiven = true;
    }
    for (const { sensor, index } of block.items) readings[index] = failedReading(sensor);
  }
  if (registers === 0 && lastError) return err(lastError);
  return ok({ readings, stats: { durationMs: clock.now() - startedAt, requests: plan.length, registers } });
}

function decodeBlock(
  block: ReadBlock<PlannedSensor>,
  words: readonly number[],
  readings: Reading[],
  decoder: ReadingDecoder,
  observedAt: number,
): void {
  for (const { sensor, register, index } of block.items) {
    readings[index] = decoder.decode(sensor, words, register.address - block.address, observedAt);
  }
}
