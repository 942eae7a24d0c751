import { type DataType, type Register, wordCount } from '../../domain/register.ts';
import type { Confidence, Sensor } from '../../domain/sensor.ts';
import { holdFor, type SensorRow, sensorFrom } from '../sensor-row.ts';

/** The heating circuits a Navigator can have; their registers follow each other. */
export const CIRCUITS = ['A', 'B', 'C', 'D', 'E', 'F', 'G'] as const;
/** The zone modules, as the config counts them; keys and names count from 1. */
export const ZONES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
/** The rooms of a zone module. */
export const ROOMS = [1, 2, 3, 4, 5, 6, 7, 8] as const;

const WORDS_PER_ZONE = 65;
const WORDS_PER_ROOM = 7;

/** One line of the manual's register table, or one that stands for a line per circuit, zone or room. */
export interface Row extends SensorRow {
  /** Address on the wire; of circuit A, of the first zone, of its room 1. */
  readonly at: number;
  /** May hold `{circuit}`, `{zone}`, `{room}`; names and codes also `{CIRCUIT}` and its number `{n}`. */
  readonly key: string;
  readonly en: string;
  readonly de: string;
  readonly dataType: DataType;
  readonly scale?: number;
  /** What a held value is given back as; left out: no value is known to be safe. */
  readonly safe?: number;
  /** Key of the row that does the same without wearing the memory. */
  readonly twin?: string;
  /** Raw numbers that mean "not available". */
  readonly na: readonly number[];
  /** `na` is also a real value here. */
  readonly naAmbiguous?: boolean;
  readonly readAlone?: boolean;
  readonly per?: 'CIRCUIT' | 'ZONE' | 'ROOM';
  /** Page and parameter code in the manual, and what else is known. */
  readonly page: string;
  readonly code?: string;
  readonly note?: string;
  readonly confidence?: Confidence;
}

/** A place a row is repeated at: what to fill into its texts, and how far its address moves. */
interface Place {
  readonly texts: Readonly<Record<string, string>>;
  readonly shift: number;
}

/** The sensors a row stands for with these circuits and zones. */
export function sensorsOf(row: Row, circuits: readonly string[], zones: readonly number[]): Sensor[] {
  return places(row, circuits, zones).map((place) => toSensor(row, place));
}

function places(row: Row, circuits: readonly string[], zones: readonly number[]): Place[] {
  switch (row.per) {
    case 'CIRCUIT':
      return CIRCUITS.flatMap((circuit, index) =>
        circuits.includes(circuit) ? [circuitPlace(circuit, index, wordCount(row.dataType))] : [],
      );
    case 'ZONE':
      return zones.map(zonePlace);
    case 'ROOM':
      return zones.map(zonePlace).flatMap((zone) => ROOMS.map((room) => roomPlace(zone, room)));
    default:
      return [{ texts: {}, shift: 0 }];
  }
}

function circuitPlace(circuit: string, index: number, words: number): Place {
  const texts = { circuit: circuit.toLowerCase(), CIRCUIT: circuit, n: String(index + 1) };
  return { texts, shift: index * words };
}

function zonePlace(zone: number): Place {
  return { texts: { zone: String(zone + 1) }, shift: zone * WORDS_PER_ZONE };
}

function roomPlace(zone: Place, room: number): Place {
  return { texts: { ...zone.texts, room: String(room) }, shift: zone.shift + (room - 1) * WORDS_PER_ROOM };
}

function toSensor(row: Row, { texts, shift }: Place): Sensor {
  const fill = (text: string) => text.replace(/\{(\w+)\}/g, (_, name: string) => texts[name] ?? name);
  return sensorFrom(row, {
    key: fill(row.key),
    name: { EN: fill(row.en), DE: fill(row.de) },
    circuit: row.per === 'CIRCUIT' ? (texts.CIRCUIT ?? null) : null,
    hold: holdFor(fill(row.key), row.safe, REFRESH_MS),
    volatileTwin: row.twin ?? null,
    settleMs: SETTLE_MS,
    ambiguousNotAvailable: row.naAmbiguous ?? false,
    register: register(row, row.at + shift),
    source: ['iDM 812170', `p. ${row.page}`, row.code && fill(row.code), row.note].filter(Boolean).join(', '),
    confidence: row.confidence ?? 'MANUFACTURER',
  });
}

/** Demands must be renewed every ten minutes (manual p. 20, note 7); PV values as often as idm-heatpump-hass does. */
const REFRESH_MS = 300_000;

/** Values refresh cyclically; a write can take about 15 s to show (manual p. 33). */
const SETTLE_MS = 15_000;

function register(row: Row, address: number): Register {
  return {
    table: 'HOLDING',
    address,
    dataType: row.dataType,
    wordOrder: 'LITTLE',
    writeWordOrder: 'LITTLE',
    scale: row.scale ?? 1,
    offset: 0,
    notAvailable: row.na,
    readAlone: row.readAlone ?? false,
  };
}
