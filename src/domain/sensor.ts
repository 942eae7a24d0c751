import type { HoldRule } from './hold.ts';
import type { Localized } from './localized.ts';
import type { Quantity } from './quantity.ts';
import type { DataType, Register } from './register.ts';

/** What kind of value a sensor has; clients group by it. */
export const SENSOR_CATEGORIES = [
  'TEMPERATURE',
  'HUMIDITY',
  'POWER',
  'ENERGY',
  'PRICE',
  'STATUS',
  'BINARY',
  'SETPOINT',
  'CONTROL',
] as const;
/** One of {@link SENSOR_CATEGORIES}. */
export type SensorCategory = (typeof SENSOR_CATEGORIES)[number];

/** Whether a sensor can be read, written, or both. */
export const ACCESS_MODES = ['READ_ONLY', 'READ_WRITE', 'WRITE_ONLY'] as const;
/** One of {@link ACCESS_MODES}. */
export type AccessMode = (typeof ACCESS_MODES)[number];

/**
 * What a write costs. `EEPROM`: every write wears the device's memory, so write on change only.
 * `CYCLIC`: the device expects the value to be refreshed again and again.
 */
export const WRITE_HAZARDS = ['EEPROM', 'CYCLIC'] as const;
/** One of {@link WRITE_HAZARDS}. */
export type WriteHazard = (typeof WRITE_HAZARDS)[number];

/**
 * How well a sensor's facts are founded. `MANUFACTURER`: in the maker's document. `FIELD`: seen on a real device.
 * `COMMUNITY`: in public code only. `ASSUMED`: our own guess.
 */
export const CONFIDENCES = ['MANUFACTURER', 'FIELD', 'COMMUNITY', 'ASSUMED'] as const;
/** One of {@link CONFIDENCES}. */
export type Confidence = (typeof CONFIDENCES)[number];

/**
 * How often a sensor is read. `LIVE`: with every poll. `SETTING`: it changes only when somebody changes it, so it is read in
 * turn, after six polls or a minute, whichever is sooner; at once after a write to it and whenever the heat pump is reached anew.
 */
export const POLL_GROUPS = ['LIVE', 'SETTING'] as const;
/** One of {@link POLL_GROUPS}. */
export type PollGroup = (typeof POLL_GROUPS)[number];

/** One of the values an option sensor can take, or one bit of a bit field. */
export interface SensorOption {
  /** The number on the wire; the mask for a bit field. */
  readonly value: number;
  /** Stable identifier in snake_case, used as `Reading.text` and accepted when writing. */
  readonly name: string;
  readonly label: Localized;
}

/** A mode that a written value needs: sent in one request with it where the registers adjoin, else right before it. */
export interface WriteMode {
  /** Key of the sensor that holds the mode, for people to know what else is written. */
  readonly key: string;
  /** Address of that holding register, one word long. */
  readonly address: number;
  readonly value: number;
}

/** One value of a heat pump: what it means, where it lies, what may be written and who says so. */
export interface Sensor {
  /** Stable identifier, unique within a heat pump. */
  readonly key: string;
  readonly name: Localized;
  readonly category: SensorCategory;
  /** The word of the common vocabulary this sensor is the source of, if any. */
  readonly quantity: Quantity | null;
  /** The circuit that `quantity` is of, as the maker counts them; null: of the heat pump as a whole. */
  readonly circuit: string | null;
  /** Unit of the value after scaling, null if it has none. */
  readonly unit: string | null;
  readonly access: AccessMode;
  readonly pollGroup: PollGroup;
  /** Smallest and largest value that may be written, in `unit`; null: not limited by the source. */
  readonly min: number | null;
  readonly max: number | null;
  /** Values written must be multiples of it, counted from 0; null: any. */
  readonly step: number | null;
  /** Empty unless the value is one of a few. */
  readonly options: readonly SensorOption[];
  readonly writeHazard: WriteHazard | null;
  /** Set where the written value acts only in a certain mode; the device then wants both together. */
  readonly writeMode: WriteMode | null;
  /** How its value can be held; null where that is not for holding, or no value is known to be safe. */
  readonly hold: HoldRule | null;
  /** Key of a sensor that does the same without wearing the device's memory; null: none is known. */
  readonly volatileTwin: string | null;
  /** How long after a write the device may take to show the new value, in milliseconds. */
  readonly settleMs: number;
  /**
   * The "not available" number is also a value the sensor can really have, so it counts as missing only once it
   * has persisted.
   */
  readonly ambiguousNotAvailable: boolean;
  readonly register: Register;
  /** Document and page, or the public code, that the facts come from. */
  readonly source: string;
  readonly confidence: Confidence;
}

/** True if the sensor's value can be read from the device. */
export function isReadable(sensor: Sensor): boolean {
  return sensor.access !== 'WRITE_ONLY';
}

/** True if the sensor's value can be written to the device. */
export function isWritable(sensor: Sensor): boolean {
  return sensor.access !== 'READ_ONLY';
}

/** The text of a value: the option's name, or the names of all set bits; null where no option is known. */
export function optionText(sensor: Sensor, value: number): string | null {
  if (sensor.options.length === 0) return null;
  const exact = sensor.options.find((option) => option.value === value);
  if (exact) return exact.name;
  return BITFIELDS.includes(sensor.register.dataType) ? bitNames(sensor.options, value) : null;
}

const BITFIELDS: readonly DataType[] = ['BITFIELD16', 'BITFIELD32'];

function bitNames(options: readonly SensorOption[], value: number): string | null {
  const set = options.filter((option) => option.value !== 0 && hasBits(value, option.value));
  const known = set.reduce((bits, option) => (bits | option.value) >>> 0, 0);
  return set.length > 0 && known === value ? set.map((option) => option.name).join('+') : null;
}

function hasBits(value: number, mask: number): boolean {
  return (value & mask) >>> 0 === mask;
}
