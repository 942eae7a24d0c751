import { readFileSync } from 'node:fs';

/** One row of a register map, as text. */
export type FactRow = Readonly<Record<string, string>>;

/** The rows of a CSV file beside the tests; fields may be quoted. */
export function readFacts(path: string): FactRow[] {
  const text = readFileSync(new URL(`../${path}`, import.meta.url), 'utf8');
  const [header = [], ...rows] = text.trimEnd().split('\n').map(splitLine);
  return rows.map((fields) => Object.fromEntries(header.map((name, index) => [name, fields[index] ?? ''])));
}

function splitLine(line: string): string[] {
  return [...line.matchAll(/(?:^|,)(?:"((?:[^"]|"")*)"|([^,]*))/g)].map(([, quoted, plain]) =>
    quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'),
  );
}

const ZONES = [0, 1, 2, 3, 4, 5, 6, 7, 8, 9];
const ROOMS = [1, 2, 3, 4, 5, 6, 7, 8];

/** The rows of the iDM map with the zone templates written out: address + 65 per zone + 7 per room. */
export function expandZones(rows: readonly FactRow[]): FactRow[] {
  return rows.flatMap((row) => {
    if (!row.applies?.startsWith('zone:')) return [row];
    const rooms = row.applies.includes('room:') ? ROOMS : [1];
    return ZONES.flatMap((zone) => rooms.map((room) => placed(row, zone, room)));
  });
}

function placed(row: FactRow, zone: number, room: number): FactRow {
  const entries = Object.entries(row).map(([name, text]) => [
    name,
    text.replaceAll('{zone}', String(zone + 1)).replaceAll('{room}', String(room)),
  ]);
  return { ...Object.fromEntries(entries), address: String(Number(row.address) + 65 * zone + 7 * (room - 1)) };
}
