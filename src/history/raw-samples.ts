import { HOUR_MS, type Samples } from './buckets.ts';
import { blockId, blockStart, type HistoryFile } from './history-file.ts';
import { decodeAxis, decodeValues, type TimeAxis } from './raw-block.ts';
import type { ScanTable } from './scan-table.ts';

interface BlockRow {
  readonly id: number;
  readonly block: Buffer;
}

/** A stretch of time with the numbers of some series. */
interface Piece extends TimeAxis {
  readonly columns: readonly Float64Array[];
}

/** Blocks never span more than their hour; a few that would begin in the same second begin a little later. */
const BLOCK_REACH_MS = HOUR_MS + 60_000;

/** Reads what was polled: packed blocks, and scans that are not packed yet. */
export class RawSamples {
  readonly #scans: ScanTable;
  readonly #blocks;
  readonly #lastBlock;
  readonly #axisBlock;

  constructor(database: HistoryFile, scans: ScanTable) {
    this.#scans = scans;
    this.#blocks = database.prepare<[number, number], BlockRow>('SELECT id, block FROM raw WHERE id BETWEEN ? AND ?');
    this.#lastBlock = database.prepare<[number, number], BlockRow>(
      'SELECT id, block FROM raw WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1',
    );
    this.#axisBlock = database.prepare<[number], Buffer>('SELECT block FROM raw WHERE id = ?').pluck();
  }

  /** The samples of some series of one heat pump from one time up to, not including, another; all have the same times. */
  read(axis: number, series: readonly number[], from: number, to: number): Samples[] {
    const pieces = [...this.#packed(axis, series, from, to), ...this.#unpacked(axis, series, from, to)];
    const whole = inOrder(concatenate(pieces, series.length));
    const begin = lowerBound(whole.times, from);
    const end = lowerBound(whole.times, to);
    const times = whole.times.subarray(begin, end);
    const intervalsMs = whole.intervalsMs.subarray(begin, end);
    return whole.columns.map((values) => ({ times, intervalsMs, values: values.subarray(begin, end) }));
  }

  /** The last value of a series before a time; null if none is kept. */
  lastBefore(axis: number, series: number, before: number): number | null {
    const from = before - 2 * HOUR_MS;
    const recent = this.read(axis, [series], from, before)[0]?.values;
    const value = recent?.findLast((candidate) => !Number.isNaN(candidate));
    if (value !== undefined) return value;
    const row = this.#lastBlock.get(blockId(series, 0), blockId(series, from));
    if (!row) return null;
    const block = this.#axisBlock.get(blockId(axis, blockStart(row.id)));
    const values = block && decodeValues(row.block, decodeAxis(block).times.length);
    return values?.findLast((candidate) => !Number.isNaN(candidate)) ?? null;
  }

  /** The newest packed stretch of a time axis; null if there is none. */
  lastAxis(axis: number): TimeAxis | null {
    const row = this.#lastBlock.get(blockId(axis, 0), blockId(axis, Number.MAX_SAFE_INTEGER));
    return row ? decodeAxis(row.block) : null;
  }

  #packed(axis: number, series: readonly number[], from: number, to: number): Piece[] {
    const rows = (id: number) => this.#blocks.all(blockId(id, from - BLOCK_REACH_MS), blockId(id, to + 60_000));
    const columns = series.map((id) => new Map(rows(id).map((row) => [blockStart(row.id), row.block])));
    return rows(axis).flatMap((row) => {
      const { times, intervalsMs } = decodeAxis(row.block);
      if ((times.at(-1) ?? 0) < from || (times[0] ?? 0) >= to) return [];
      const values = columns.map((blocks) => valuesOf(blocks.get(blockStart(row.id)), times.length));
      return [{ times, intervalsMs, columns: values }];
    });
  }

  #unpacked(axis: number, series: readonly number[], from: number, to: number): Piece[] {
    const scans = this.#scans.between(axis, from, to);
    const columns = series.map((id) =>
      Float64Array.from(scans, (scan) => scan.readings[scan.series.indexOf(id)] ?? Number.NaN),
    );
    const times = Float64Array.from(scans, ({ at }) => at);
    const intervalsMs = Float64Array.from(scans, ({ intervalMs }) => intervalMs);
    return [{ times, intervalsMs, columns }];
  }
}

function valuesOf(block: Buffer | undefined, count: number): Float64Array {
  return block ? decodeValues(block, count) : new Float64Array(count).fill(Number.NaN);
}

function concatenate(pieces: readonly Piece[], width: number): Piece {
  const join = (partOf: (piece: Piece) => Float64Array) => {
    const whole = new Float64Array(pieces.reduce((sum, piece) => sum + piece.times.length, 0));
    let offset = 0;
    for (const piece of pieces) {
      const part = partOf(piece);
      whole.set(part, offset);
      offset += part.length;
    }
    return whole;
  };
  return {
    times: join(({ times }) => times),
    intervalsMs: join(({ intervalsMs }) => intervalsMs),
    columns: Array.from({ length: width }, (_, index) => join(({ columns }) => columns[index] ?? new Float64Array())),
  };
}

/** Pieces follow each other in time, unless the clock of the server was set back. */
function inOrder(piece: Piece): Piece {
  const { times } = piece;
  if (times.every((time, index) => index === 0 || time >= (times[index - 1] ?? 0))) return piece;
  const order = Array.from(times.keys()).sort((a, b) => (times[a] ?? 0) - (times[b] ?? 0));
  const sorted = (column: Float64Array) => Float64Array.from(order, (index) => column[index] ?? Number.NaN);
  return { times: sorted(times), intervalsMs: sorted(piece.intervalsMs), columns: piece.columns.map(sorted) };
}

/** The index of the first time that is not before `time`. */
function lowerBound(times: Float64Array, time: number): number {
  let low = 0;
  let high = times.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((times[middle] ?? 0) < time) low = middle + 1;
    else high = middle;
  }
  return low;
}
