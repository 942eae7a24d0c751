import { badInput, type Issue } from '../domain/errors.ts';
import { isWritable, type Sensor } from '../domain/sensor.ts';
import type { WriteInput } from '../domain/write.ts';
import { encode } from '../modbus/codec.ts';

export type { WriteInput } from '../domain/write.ts';

/** A value that may be written, and the words it is sent as. */
export interface CheckedValue {
  readonly value: number;
  readonly words: readonly number[];
}

/** Where the offending fields are found in the input. */
interface Paths {
  readonly key: Issue['path'];
  readonly value: Issue['path'];
}

/** Checks access, option, range and step. Throws `BAD_USER_INPUT` naming what is allowed. */
export function checkWriteValue(sensor: Sensor, input: WriteInput, paths: Paths): CheckedValue {
  if (!isWritable(sensor)) throw badInput({ path: paths.key, message: `${sensor.key} is read-only` });
  const refuse = (message: string) => badInput({ path: paths.value, message: `${sensor.key} ${message}` });
  const value = toNumber(sensor, input);
  if (value === null) throw refuse(`must be ${expected(sensor)}`);
  if (!isInRange(sensor, value)) throw refuse(`must be ${expected(sensor)}`);
  if (sensor.step !== null && !isMultiple(value, sensor.step)) throw refuse(`must be a multiple of ${sensor.step}`);
  const words = encode(sensor.register, value);
  if (!words.ok) throw refuse(words.error);
  return { value, words: words.value };
}

/** The number an input stands for; null if the sensor does not take this kind of input. */
function toNumber(sensor: Sensor, input: WriteInput): number | null {
  if (typeof input === 'boolean') return isSwitch(sensor) ? Number(input) : null;
  if (typeof input === 'string') return sensor.options.find((option) => option.name === input)?.value ?? null;
  if (sensor.options.length > 0 && !sensor.options.some((option) => option.value === input)) return null;
  return input;
}

/** Off and on, whether the maker keeps them in a bit or in a number. */
function isSwitch({ register, options }: Sensor): boolean {
  return register.dataType === 'BOOL' || options.map(({ value, name }) => `${value} ${name}`).join() === '0 off,1 on';
}

function isInRange({ min, max }: Sensor, value: number): boolean {
  return value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY);
}

/** Binary fractions do not hit decimal steps exactly. */
function isMultiple(value: number, step: number): boolean {
  const steps = value / step;
  return Math.abs(steps - Math.round(steps)) < 1e-6;
}

function expected(sensor: Sensor): string {
  const options = sensor.options.filter((option) => isInRange(sensor, option.value));
  if (options.length > 0) return `one of ${options.map(({ name, value }) => `${name} (${value})`).join(', ')}`;
  const unit = sensor.unit ? ` ${sensor.unit}` : '';
  if (sensor.min !== null && sensor.max !== null) return `a number from ${sensor.min} to ${sensor.max}${unit}`;
  return 'a number';
}
