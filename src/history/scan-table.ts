import type { HistoryFile } from './history-file.ts';
import type { LayoutTable } from './layout-table.ts';

/** One poll as it lies in the file until its hour is packed into blocks. */
export interface Scan {
  /** End of the poll, milliseconds UTC. */
  readonly at: number;
  readonly intervalMs: number;
  /** Ids of the series that the numbers are of. */
  readonly series: readonly number[];
  /** NaN where there was no good reading. */
  readonly readings: Float64Array;
}

interface Row {
  readonly at: number;
  readonly interval_ms: number;
  readonly layout: number;
  readonly readings: Buffer;
}

/** The newest polls of each heat pump, each written as it came. */
export class ScanTable {
  readonly #layouts: LayoutTable;
  readonly #insert;
  readonly #select;
  readonly #delete;
  readonly #summary;

  constructor(database: HistoryFile, layouts: LayoutTable) {
    this.#layouts = layouts;
    this.#insert = database.prepare<[number, number, number, number, Buffer]>(
      'INSERT OR REPLACE INTO scan (axis, at, interval_ms, layout, readings) VALUES (?, ?, ?, ?, ?)',
    );
    this.#select = database.prepare<[number, number, number], Row>(
      'SELECT at, interval_ms, layout, readings FROM scan WHERE axis = ? AND at >= ? AND at < ? ORDER BY at',
    );
    this.#delete = database.prepare<[number, number]>('DELETE FROM scan WHERE axis = ? AND at < ?');
    this.#summary = database.prepare<[], { axis: number; count: number; oldestAt: number }>(
      'SELECT axis, COUNT(*) AS count, MIN(at) AS oldestAt FROM scan GROUP BY axis',
    );
  }

  insert(axis: number, at: number, intervalMs: number, layout: number, readings: Float64Array): void {
    const bytes = Buffer.from(readings.buffer, readings.byteOffset, readings.byteLength);
    this.#insert.run(axis, Math.round(at), Math.round(intervalMs), layout, bytes);
  }

  /** The scans of a heat pump from one time up to, not including, another, in order. */
  between(axis: number, from: number, to: number): Scan[] {
    return this.#select.all(axis, from, to).map((row) => ({
      at: row.at,
      intervalMs: row.interval_ms,
      series: this.#layouts.seriesIds(row.layout),
      readings: toNumbers(row.readings),
    }));
  }

  deleteBefore(axis: number, before: number): void {
    this.#delete.run(axis, before);
  }

  /** How many scans each heat pump has, and its oldest. */
  summary(): readonly { readonly axis: number; readonly count: number; readonly oldestAt: number }[] {
    return this.#summary.all();
  }
}

/** A copy, for floats have to lie at multiples of eight bytes. */
function toNumbers(bytes: Buffer): Float64Array {
  return new Float64Array(new Uint8Array(bytes).buffer);
}
