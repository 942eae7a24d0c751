import type { Decimal } from './export-request.ts';
import type { Export, ExportColumn } from './export-rows.ts';

/** The forms of an export. */
export const EXPORT_FORMATS = {
  csv: { contentType: 'text/csv; charset=utf-8', write: toCsv },
  json: { contentType: 'application/json; charset=utf-8', write: toJson },
} as const;

/** Told to programs that would else guess another encoding. */
const BYTE_ORDER_MARK = '\u{FEFF}';

/** A table for spreadsheets: times in UTC, a first row with units. */
async function* toCsv({ columns, rows }: Export, decimal: Decimal): AsyncGenerator<string> {
  const separator = decimal === 'comma' ? ';' : ',';
  const cellText =
    decimal === 'comma' ? (cell: Cell) => csvCell(cell, commaNumber) : (cell: Cell) => csvCell(cell, String);
  yield `${BYTE_ORDER_MARK}${['time (UTC)', ...columns.map(titleOf)].map(csvText).join(separator)}\r\n`;
  for await (const some of rows) {
    yield some.map(({ at, cells }) => `${[isoTime(at), ...cells.map(cellText)].join(separator)}\r\n`).join('');
  }
}

type Cell = number | string | null;

function commaNumber(value: number): string {
  return String(value).replace('.', ',');
}

/** One object: the columns, and rows of a time and a value for each column. */
async function* toJson({ columns, rows }: Export): AsyncGenerator<string> {
  yield `{"columns":${JSON.stringify(columns)},"rows":[`;
  let separator = '\n';
  for await (const some of rows) {
    if (some.length === 0) continue;
    yield separator + some.map(({ at, cells }) => JSON.stringify([isoTime(at), ...cells])).join(',\n');
    separator = ',\n';
  }
  yield '\n]}\n';
}

function titleOf({ heatpump, key, unit, measure }: ExportColumn): string {
  const words = [heatpump, key, ...(measure === 'value' ? [] : [measure]), ...(unit === null ? [] : [`(${unit})`])];
  return words.join(' ');
}

function isoTime(at: number): string {
  return new Date(at).toISOString();
}

function csvCell(cell: Cell, numberText: (value: number) => string): string {
  if (cell === null) return '';
  return typeof cell === 'string' ? csvText(cell) : numberText(cell);
}

/** A spreadsheet takes text that begins like this for a formula, and runs it. */
const LOOKS_LIKE_FORMULA = /^[=+\-@\t\r]/;

function csvText(text: string): string {
  const harmless = LOOKS_LIKE_FORMULA.test(text) ? `'${text}` : text;
  return /[",;\r\n]/.test(harmless) ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
