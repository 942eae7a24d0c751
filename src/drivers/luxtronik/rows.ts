import type { HoldRule } from '../../domain/hold.ts';
import type { DataType, Register, RegisterTable } from '../../domain/register.ts';
import type { Confidence, Sensor, WriteMode } from '../../domain/sensor.ts';
import { holdFor, type SensorRow, sensorFrom } from '../sensor-row.ts';
import type { FunctionName } from './functions.ts';

/** One point of the Smart-Home-Interface. */
export interface Row extends SensorRow {
  /** Address on the wire; the three tables are spaces of their own, each from 10000 on. */
  readonly at: number;
  readonly table: RegisterTable;
  readonly key: string;
  readonly en: string;
  readonly de: string;
  readonly dataType: DataType;
  readonly scale?: number;
  /** Raw numbers that mean "not available". */
  readonly na: readonly number[];
  /** The mode that the written value needs. */
  readonly mode?: WriteMode;
  /** What a held value is given back as; one that needs a mode is given back by mode 0. Left out: it is not for holding. */
  readonly safe?: number;
  /** The first firmware that has it; left out: every one that speaks this interface. */
  readonly since?: string;
  /** It means something only while one of these is active; left out: always. */
  readonly functions?: readonly FunctionName[];
  /** The mixing circuit that `quantity` is of. */
  readonly circuit?: string;
  /** What else is known. */
  readonly note?: string;
  readonly source?: string;
  readonly confidence?: Confidence;
}

/** The manual could not be had; projects that own it quote its tables. */
const MANUAL = 'ait 83026900aDE as quoted by Namotion.Interceptor, python-luxtronik';
/** "Wait about a second before reading back" (python-luxtronik). */
const SETTLE_MS = 1_000;
/** Without a request values are forgotten after 10 min (seen on 3.92.1) to 15 min (manual). */
const REFRESH_MS = 300_000;
/** The mode in which a value has no influence; it is the default. */
const NO_INFLUENCE = 0;

/** The sensor a row stands for. What can be written lives in RAM and is forgotten after ten minutes without a request. */
export function toSensor(row: Row): Sensor {
  return sensorFrom(row, {
    key: row.key,
    name: { EN: row.en, DE: row.de },
    circuit: row.circuit ?? null,
    writeHazard: row.access === 'READ_ONLY' ? null : 'CYCLIC',
    writeMode: row.mode ?? null,
    hold: holdRule(row),
    settleMs: SETTLE_MS,
    register: register(row),
    source: [row.source ?? MANUAL, row.note].filter(Boolean).join(', '),
    confidence: row.confidence ?? 'MANUFACTURER',
  });
}

function holdRule({ key, mode, safe }: Row): HoldRule | null {
  return mode ? holdFor(mode.key, NO_INFLUENCE, REFRESH_MS) : holdFor(key, safe, REFRESH_MS);
}

function register({ table, at, dataType, scale, na }: Row): Register {
  return {
    table,
    address: at,
    dataType,
    wordOrder: 'BIG',
    writeWordOrder: 'BIG',
    scale: scale ?? 1,
    offset: 0,
    notAvailable: na,
    readAlone: false,
  };
}
