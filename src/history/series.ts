import { type DataType, wordCount } from '../domain/register.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import type { CounterRules } from './counter-guard.ts';

/**
 * How the values of a series are summed up. `ANALOG`: averaged. `STATE`: never averaged, a value holds until the next.
 * `COUNTER`: it only grows, and what it grows by is consumption.
 */
export const SERIES_KINDS = ['ANALOG', 'STATE', 'COUNTER'] as const;
/** One of {@link SERIES_KINDS}. */
export type SeriesKind = (typeof SERIES_KINDS)[number];

/** What is recorded of one sensor. */
export interface Series {
  /** The sensor's key, or the name of a quantity that is worked out. */
  readonly key: string;
  readonly kind: SeriesKind;
  readonly unit: string | null;
  /** With counters only. */
  readonly rules: CounterRules | null;
}

/** The quantities that no sensor has, so that they are recorded as they were worked out; their names are their keys. */
export const DERIVED_SERIES: readonly Series[] = [
  { key: 'OPERATING_STATE', kind: 'STATE', unit: null, rules: null },
  { key: 'COP', kind: 'ANALOG', unit: null, rules: null },
];

/** The series of a sensor; null for texts, of which there is nothing to sum up, and for what cannot be read. */
export function seriesOf(sensor: Sensor): Series | null {
  if (!isReadable(sensor) || sensor.register.dataType === 'TEXT16') return null;
  const { key, unit } = sensor;
  const kind = kindOf(sensor);
  return { key, kind, unit, rules: kind === 'COUNTER' ? counterRules(sensor) : null };
}

const STATE_TYPES: readonly DataType[] = ['BOOL', 'BITFIELD16', 'BITFIELD32'];
const COUNTED = /^(HEAT_ENERGY|ELECTRICAL_ENERGY)|^COMPRESSOR_(STARTS|RUN_TIME)$/;

function kindOf({ category, quantity, unit, options, register }: Sensor): SeriesKind {
  if (quantity !== null && COUNTED.test(quantity)) return 'COUNTER';
  if (category === 'ENERGY' && unit !== null && unit in MOST_PER_HOUR) return 'COUNTER';
  if (options.length > 0 || STATE_TYPES.includes(register.dataType)) return 'STATE';
  return category === 'BINARY' || (category === 'STATUS' && unit === null) ? 'STATE' : 'ANALOG';
}

/**
 * What no heat pump exceeds in an hour, by unit: 200 kW, and four compressors' run time. Without a unit it is starts, of
 * which even a machine that cycles makes a dozen.
 */
const MOST_PER_HOUR: Readonly<Record<string, number>> = { kWh: 200, MWh: 0.2, Wh: 200_000, h: 4, min: 240, s: 14_400 };
const MOST_STARTS_PER_HOUR = 120;

function counterRules({ unit, register: { dataType, scale } }: Sensor): CounterRules {
  const isWhole = dataType !== 'FLOAT32';
  return {
    maxPerHour: (unit === null ? undefined : MOST_PER_HOUR[unit]) ?? MOST_STARTS_PER_HOUR,
    resolution: isWhole ? scale : 0,
    wrapsAt: isWhole ? scale * 2 ** (dataType.endsWith('8') ? 8 : 16 * wordCount(dataType)) : null,
  };
}
