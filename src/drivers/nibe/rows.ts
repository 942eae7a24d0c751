import type { Quantity } from '../../domain/quantity.ts';
import type { DataType, Register } from '../../domain/register.ts';
import type { Confidence, Sensor } from '../../domain/sensor.ts';
import { holdFor, type SensorRow, sensorFrom } from '../sensor-row.ts';

/** The lines of models that share a register export, named after the first of their models. */
export const LINES = {
  S1155: ['S1155', 'S1255'],
  S1156: ['S1156', 'S1256'],
  S735: ['S735'],
  'VVM-S320': ['VVM-S320', 'VVM-S325'],
  'VVM-S330': ['VVM-S330', 'SVM-S332'],
  'VVM-S500': ['VVM-S500'],
  'SMO-S40': ['SMO-S40'],
  S2125: ['S2125'],
} as const;
/** One of {@link LINES}. */
export type Line = keyof typeof LINES;

/** What can be added to a unit and has registers of its own, with its English and German label. */
export const ACCESSORIES = {
  'RMU-S40': ['Room unit RMU S40', 'Raumgerät RMU S40'],
  THS10: ['Room sensor THS 10', 'Raumfühler THS 10'],
  HTS: ['Room and humidity sensor HTS', 'Raum- und Feuchtefühler HTS'],
  POOL: ['Pool heating', 'Poolheizung'],
  PCS44: ['Passive cooling PCS 44', 'Passive Kühlung PCS 44'],
  ACS: ['Active cooling ACS', 'Aktive Kühlung ACS'],
  EME20: ['Photovoltaics EME 20', 'Photovoltaik EME 20'],
  ERS: ['Heat recovery ventilation ERS', 'Wärmerückgewinnung ERS'],
  S135: ['Exhaust air module S135', 'Abluftmodul S135'],
} as const;
/** One of {@link ACCESSORIES}. */
export type Accessory = keyof typeof ACCESSORIES;

/** The climate systems a unit can have; their registers mostly lie next to each other, in falling order. */
export const CLIMATE_SYSTEMS = [1, 2, 3, 4, 5, 6, 7, 8] as const;
/** The outdoor units a unit can have, EB101 to EB104. */
export const OUTDOOR_UNITS = [1, 2, 3, 4] as const;

/** What stands in one place. */
export interface Installation {
  /** Null: unknown, so it may be any. */
  readonly line: Line | null;
  readonly climateSystems: readonly number[];
  readonly outdoorUnits: readonly number[];
  readonly accessories: readonly string[];
}

/** One line of the register list, or one that stands for a line per climate system or outdoor unit. */
export interface Row extends SensorRow {
  /** Address on the wire; of a template that of its systems or units 1, 2, 3, …, null for one that has none known. */
  readonly at: number | readonly (number | null)[];
  readonly per?: 'SYSTEM' | 'UNIT';
  /** Key and names of a template hold the number as `{n}`. */
  readonly key: string;
  readonly en: string;
  readonly de: string;
  readonly table: 'INPUT' | 'HOLDING';
  readonly dataType: DataType;
  readonly scale?: number;
  /** What a held value is given back as; left out: no value is known to be safe. */
  readonly safe?: number;
  /** Raw numbers that mean "not available", if not those of the data type. */
  readonly na?: readonly number[];
  /** The lines whose export has it, or those whose has not; without either every export has it. */
  readonly only?: readonly Line[];
  readonly not?: readonly Line[];
  /** Only with one of these. */
  readonly accessories?: readonly Accessory[];
  /** The outdoor unit provides `quantity` where there is one. */
  readonly yields?: boolean;
  /** The lowest firmware that a source names for it. */
  readonly firmware?: string;
  /** Where it is found: the export of a real unit by name, if not the first of them, or what is told here. */
  readonly seen?: string;
  readonly source?: string;
  readonly confidence?: Confidence;
  /** The first system that no export has but only the maker's list. */
  readonly listedFrom?: number;
  readonly note?: string;
}

/** Where the maker lists every symbol, also those of systems and units that no exported unit had. */
export const LISTED = {
  source: 'NIBE "Modbus register S-serien V1.1" (DavidNordin/home-assistant-nibes assets)',
  confidence: 'MANUFACTURER',
} as const;

/** The sensors a row stands for here. */
export function sensorsOf(row: Row, installation: Installation): Sensor[] {
  if (!isOffered(row, installation)) return [];
  const addresses = typeof row.at === 'number' ? [row.at] : row.at;
  return numbersOf(row, installation).flatMap((n) => {
    const address = addresses[n - 1] ?? null;
    return address === null ? [] : [toSensor(row, n, address, quantityOf(row, installation))];
  });
}

function isOffered({ only, not, accessories }: Row, installation: Installation): boolean {
  const { line } = installation;
  const isOfLine = line === null || (only ? only.includes(line) : !not?.includes(line));
  return isOfLine && (!accessories || accessories.some((name) => installation.accessories.includes(name)));
}

function numbersOf({ per }: Row, { climateSystems, outdoorUnits }: Installation): readonly number[] {
  if (per === 'SYSTEM') return climateSystems;
  return per === 'UNIT' ? outdoorUnits : [1];
}

/** Of several outdoor units none speaks for the heat pump as a whole; a single one does, in place of the indoor unit. */
function quantityOf({ per, quantity, yields }: Row, { outdoorUnits }: Installation): Quantity | null {
  const isSingle = outdoorUnits.length === 1;
  if ((per === 'UNIT' && !isSingle) || (yields && isSingle)) return null;
  return quantity ?? null;
}

function toSensor(row: Row, n: number, address: number, quantity: Quantity | null): Sensor {
  const fill = (text: string) => text.replace('{n}', String(n));
  const origin = n >= listedFrom(row) ? LISTED : row;
  return sensorFrom(row, {
    key: fill(row.key),
    name: { EN: fill(row.en), DE: fill(row.de) },
    quantity,
    circuit: row.per === 'SYSTEM' ? String(n) : null,
    hold: holdFor(fill(row.key), row.safe, REFRESH_MS),
    settleMs: SETTLE_MS,
    register: register(row, address),
    source: [origin.source ?? exported(row), row.firmware && `firmware ${row.firmware} or newer`, row.note]
      .filter(Boolean)
      .join(', '),
    confidence: origin.confidence ?? 'FIELD',
  });
}

/** The exports show climate systems 1 to 4 at most, and one outdoor unit. */
function listedFrom({ per, listedFrom: first }: Row): number {
  return first ?? (per === 'UNIT' ? 2 : 5);
}

function exported({ seen }: Row): string {
  return `register export of a real unit, yozik04/nibe nibe/data/${seen ?? 's1155_s1255'}.csv`;
}

/** NIBE documents no watchdog: values stay until the unit restarts. The interval is ours. */
const REFRESH_MS = 300_000;

/** NIBE tells no time; evcc waits this long after a write before it relies on it. */
const SETTLE_MS = 10_000;

/** The number of each type that stands for "not available" (encoders.py of yozik04/nibe); it is the lowest or the highest. */
const NOT_AVAILABLE: Partial<Record<DataType, readonly number[]>> = {
  INT8: [-0x80],
  UINT8: [0xff],
  INT16: [-0x8000],
  UINT16: [0xffff],
  INT32: [-0x8000_0000],
  UINT32: [0xffff_ffff],
};

/** 32-bit values show their low word first, yet take their high word first: the other way is acknowledged and ignored. */
function register({ table, dataType, scale, na }: Row, address: number): Register {
  return {
    table,
    address,
    dataType,
    wordOrder: 'LITTLE',
    writeWordOrder: 'BIG',
    scale: scale ?? 1,
    offset: 0,
    notAvailable: na ?? NOT_AVAILABLE[dataType] ?? [],
    readAlone: false,
  };
}
