import type { DeviceError } from '../domain/device-error.ts';
import type { ModelConfig } from '../domain/model.ts';
import { wordCount } from '../domain/register.ts';
import type { Result } from '../domain/result.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { Driver, ReadLine } from '../drivers/driver.ts';

/** One small read that tells whether the heat pump is there, and whether it is one of this model. */
export interface Probe {
  readonly sensor: Sensor;
  /** A value outside of this means that something else answers. */
  readonly plausible: readonly [lowest: number, highest: number];
}

/** The driver's probe among `sensors`. Throws RangeError if it is not one of them: then the driver is wrong. */
export function probeAmong(sensors: readonly Sensor[], driver: Driver, config: ModelConfig): Probe {
  const { key, plausible } = driver.probe(config);
  const sensor = sensors.find((candidate) => candidate.key === key && isReadable(candidate));
  if (!sensor) throw new RangeError(`${driver.id} has no sensor ${key}`);
  return { sensor, plausible };
}

/** Reads the words of one sensor alone. */
export function readSensor(line: ReadLine, { register }: Sensor): Promise<Result<readonly number[], DeviceError>> {
  const { table, address, dataType } = register;
  return line.read({ table, address, count: wordCount(dataType) });
}

/** True if the probe's reading is one that this model may give. */
export function isPlausible({ plausible: [lowest, highest] }: Probe, { value }: Reading): boolean {
  return value !== null && value >= lowest && value <= highest;
}
