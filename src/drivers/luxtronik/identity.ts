import type { DeviceError } from '../../domain/device-error.ts';
import type { DeviceIdentity } from '../../domain/model.ts';
import { ok, type Result } from '../../domain/result.ts';
import type { ReadLine } from '../driver.ts';
import { FUNCTIONS, type FunctionName } from './functions.ts';

/** The first firmware with the Smart-Home-Interface. */
const FIRST_FIRMWARE = '3.90.1';

/** Asks for the firmware, which every unit with this interface tells, and for the active functions, which it may refuse. */
export async function identify(line: ReadLine): Promise<Result<DeviceIdentity, DeviceError>> {
  const version = await line.read({ table: 'INPUT', address: 10400, count: 3 });
  if (!version.ok) return version;
  const features = await activeFunctions(line);
  if (!features.ok) return features;
  const firmware = version.value.join('.');
  return ok({ firmware, features: features.value, isExpectedVersion: isAtLeast(firmware, FIRST_FIRMWARE) });
}

/** True if version `a` is `b` or newer, both as in "3.92.1". */
export function isAtLeast(a: string, b: string): boolean {
  return a.localeCompare(b, 'en', { numeric: true }) >= 0;
}

async function activeFunctions(line: ReadLine): Promise<Result<readonly FunctionName[], DeviceError>> {
  const flags = await line.read({ table: 'DISCRETE', address: 10000, count: FUNCTIONS.length });
  if (flags.ok) return ok(FUNCTIONS.map(([name]) => name).filter((_, index) => flags.value[index] === 1));
  return flags.error.code === 'EXCEPTION' ? ok([]) : flags;
}
