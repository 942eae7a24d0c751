import type { LiveReadingFragment, SensorFormatFragment } from '../graphql/generated/documents.ts';
import type { Format } from './format.ts';

/** What is needed of a sensor to show its values. */
export type SensorFormat = Pick<SensorFormatFragment, 'unit' | 'dataType' | 'options' | 'register'>;

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

/** A number of the sensor as text, without its unit: the label of an option, or digits. */
export function numberText(sensor: SensorFormat, value: number, format: Format): string {
  const label = sensor.options.find((option) => option.value === value)?.label;
  if (label) return label;
  const decimals = decimalsOf(sensor);
  return decimals === null ? format.number(value, 0, 2) : format.number(value, decimals);
}

/** A value that was or will be written, with its unit and every digit. */
export function writtenText(sensor: SensorFormat, value: number, format: Format): string {
  const label = sensor.options.find((option) => option.value === value)?.label;
  return label ?? withUnit(sensor, format.number(value, 0, WRITTEN_DECIMALS));
}

/** Text and unit, held together by a no-break space. */
export function withUnit({ unit }: SensorFormat, text: string): string {
  return unit ? `${text}\u00a0${unit}` : text;
}

/** What a reading says, without its unit; null if it carries no value. */
export function readingText(sensor: SensorFormat, reading: LiveReadingFragment, format: Format): string | null {
  const { value, text } = reading;
  if (text !== null && sensor.options.length > 0) return labelsOf(sensor, text);
  if (text !== null) return text;
  return value === null ? null : numberText(sensor, value, format);
}

/** The labels of one option, or of several bits joined by "+". */
function labelsOf({ options }: SensorFormat, text: string): string {
  const names = options.some(({ name }) => name === text) ? [text] : text.split('+');
  return names.map((name) => options.find((option) => option.name === name)?.label ?? name).join(' + ');
}

/** Integers have the digits of their scale, floats those of their unit; null: as many as are there, up to two. */
function decimalsOf({ dataType, register, unit }: SensorFormat): number | null {
  if (dataType !== 'FLOAT32') return Math.max(0, Math.ceil(-Math.log10(register.scale)));
  return unit === null ? null : (DECIMALS[unit] ?? null);
}
