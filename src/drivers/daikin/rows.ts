import type { DataType, RegisterTable } from '../../domain/register.ts';
import type { Confidence, Sensor } from '../../domain/sensor.ts';
import { holdFor, type SensorRow, sensorFrom } from '../sensor-row.ts';

/** The interfaces an Altherma is reached through; they number the same values differently. */
export const VARIANTS = ['homehub', 'homehub-a2a', 'altherma4', 'dcom'] as const;
/** One of {@link VARIANTS}. */
export type Variant = (typeof VARIANTS)[number];

/** One line of the maker's register table. */
export interface Row extends SensorRow {
  /** Address on the wire. */
  readonly at: number;
  readonly table: RegisterTable;
  readonly key: string;
  readonly en: string;
  readonly de: string;
  readonly dataType: DataType;
  readonly scale?: number;
  /** What a held value is given back as; left out: no value is known to be safe. */
  readonly safe?: number;
  /** Only with this version of the user interface (MMI) of an Altherma 4. */
  readonly mmi?: '<4' | '>=4';
  readonly circuit?: 'main' | 'additional';
  /** Where it is found, if not where its variant's others are. */
  readonly source?: string;
  readonly note?: string;
  /** If not that of its variant's others. */
  readonly confidence?: Confidence;
}

/** The sensor that a row is in this variant. */
export function sensorOf(row: Row, variant: Variant): Sensor {
  const { source, confidence } = SOURCES[variant];
  return sensorFrom(row, {
    key: row.key,
    name: { EN: row.en, DE: row.de },
    circuit: row.circuit ?? null,
    hold: holdFor(row.key, row.safe, REFRESH_MS),
    settleMs: SETTLE_MS,
    register: {
      table: row.table,
      address: row.at,
      dataType: row.dataType,
      wordOrder: 'BIG',
      writeWordOrder: 'BIG',
      scale: row.scale ?? 1,
      offset: 0,
      notAvailable: row.dataType === 'BOOL' ? [] : NOT_AVAILABLE,
      readAlone: false,
    },
    source: [row.source ?? source(row), row.note].filter(Boolean).join(', '),
    confidence: row.confidence ?? confidence,
  });
}

/** Not loaded yet, not available in this configuration, not supported by the device (9.2.3); −32768 is none of them. */
const NOT_AVAILABLE = [32765, 32766, 32767];

/** Requests are to be refreshed now and then (9.1); the maker gives no interval, so this is ours. */
const REFRESH_MS = 300_000;

/** The maker gives no time. A gateway passes a value on to the unit and asks for it again, so this is generous. */
const SETTLE_MS = 15_000;

/** Where a variant's rows are from; all documents but that of the DCOM count registers from 1. */
const SOURCES: Record<Variant, { readonly source: (row: Row) => string; readonly confidence: Confidence }> = {
  homehub: {
    source: ({ table, at }) => `Daikin 4P744838-1D, ${table === 'HOLDING' ? '9.2.1' : '9.2.2'} no. ${at + 1}`,
    confidence: 'MANUFACTURER',
  },
  'homehub-a2a': { source: ({ at }) => `Daikin 4P744838-1D, 10.2.1 no. ${at + 1}`, confidence: 'MANUFACTURER' },
  altherma4: {
    source: ({ table, at }) => `joklee/ha_daikin_altherma4_modbus, ${table.toLowerCase()} ${at + 1}`,
    confidence: 'COMMUNITY',
  },
  dcom: {
    source: ({ table, at }) => `Lenti84/Tasmota_for_UniGateway, ${table.toLowerCase()} ${at}`,
    confidence: 'COMMUNITY',
  },
};
