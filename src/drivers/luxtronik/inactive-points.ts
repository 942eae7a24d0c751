import type { Reading } from '../../domain/snapshot.ts';
import { FUNCTIONS } from './functions.ts';
import { isAtLeast } from './identity.ts';
import { ROWS } from './luxtronik-2-1-rows.ts';

/** From here on a point that is not active says so itself. */
const FIRST_WITH_SENTINELS = '3.92.0';

const FUNCTIONS_OF = Object.fromEntries(ROWS.map(({ key, functions }) => [key, functions]));

/**
 * Before firmware 3.92 the points of a function that is not active read 0 or a default. Where the function flags of the
 * same poll say so, these are missing, not values.
 */
export function withoutInactivePoints(readings: readonly Reading[]): readonly Reading[] {
  const byKey = new Map(readings.map((reading) => [reading.sensor.key, reading]));
  const valueAt = (key: string) => byKey.get(key)?.value ?? null;
  const version = ['major', 'minor', 'patch'].map((part) => valueAt(`firmware_${part}`));
  if (version.includes(null) || isAtLeast(version.join('.'), FIRST_WITH_SENTINELS)) return readings;
  const inactive = new Set(FUNCTIONS.map(([name]) => name).filter((name) => valueAt(`function_${name}`) === 0));
  return readings.map((reading): Reading => {
    const functions = FUNCTIONS_OF[reading.sensor.key];
    const isMeaningless = reading.quality === 'GOOD' && functions?.every((name) => inactive.has(name));
    return isMeaningless ? { ...reading, value: null, text: null, quality: 'MISSING' } : reading;
  });
}
