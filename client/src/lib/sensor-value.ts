import type { LiveReadingFragment, SensorFormatFragment } from '../graphql/generated/types.ts';
import type { Format } from './format.ts';

/** How values of one kind are written. */
export interface ValueKind {
  readonly unit: string | null;
  /** Digits after the point; null: as many as there are, up to two. */
  readonly decimals: number | null;
  /** Empty unless a value is one of a few. */
  readonly options: SensorFormatFragment['options'];
}

/** Digits after the point that measured floats really have, by unit. */
const DECIMALS: Readonly<Record<string, number>> = {
  '°C': 1,
  K: 1,
  kW: 2,
  W: 0,
  kWh: 1,
  '%': 0,
  bar: 1,
  Hz: 0,
  h: 0,
  'l/min': 1,
  'EUR/kWh': 4,
};
/** Of a value that is written, no digit is hidden. */
const WRITTEN_DECIMALS = 4;

/** How values of a sensor are written: integers with the digits of their scale, floats with those of their unit. */
export function sensorKind({ unit, dataType, register, options }: SensorFormatFragment): ValueKind {
  if (dataType === 'FLOAT32') return { ...quantityKind(unit), options };
  return { unit, decimals: Math.max(0, Math.ceil(-Math.log10(register.scale))), options };
}

/** How values in a unit are written. */
export function quantityKind(unit: string | null): ValueKind {
  return { unit, decimals: unit === null ? null : (DECIMALS[unit] ?? null), options: [] };
}

/** What a reading says, without its unit; null if it carries no value. */
export function readingText(
  kind: ValueKind,
  { value, text }: Pick<LiveReadingFragment, 'value' | 'text'>,
  format: Format,
): string | null {
  if (text !== null) return kind.options.length > 0 ? labelsOf(kind, text) : text;
  if (value === null) return null;
  return kind.decimals === null ? format.number(value, 0, 2) : format.number(value, kind.decimals);
}

/** A value that was or will be written: the label of an option, or every digit and the unit. */
export function writtenText(kind: ValueKind, value: number, format: Format): string {
  const label = kind.options.find((option) => option.value === value)?.label;
  if (label) return label;
  const digits = format.number(value, 0, WRITTEN_DECIMALS);
  return kind.unit ? `${digits}\u00a0${kind.unit}` : digits;
}

/** The labels of one option, or of several bits joined by "+". */
function labelsOf({ options }: ValueKind, text: string): string {
  const names = options.some(({ name }) => name === text) ? [text] : text.split('+');
  return names.map((name) => options.find((option) => option.name === name)?.label ?? name).join(' + ');
}
