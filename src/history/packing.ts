import { bucketsOf, HOUR_MS, TIERS } from './buckets.ts';
import { consumptionOf } from './consumption.ts';
import { blockId } from './history-file.ts';
import { encodeAxis, encodeValues } from './raw-block.ts';
import type { Scan } from './scan-table.ts';
import type { StoredSeries } from './series-table.ts';
import { lastBefore, type Tables } from './tables.ts';

/** The hour that a time lies in. */
export function hourOf(time: number): number {
  return time - (time % HOUR_MS);
}

/** Packs the scans of a heat pump that are older than `before` into a block for each series and hour. */
export class Packing {
  readonly #tables: Tables;
  readonly #insert;
  readonly #isTaken;
  readonly #markHour;
  readonly #hours;
  readonly #unmarkHour;

  constructor(tables: Tables) {
    const { database } = tables;
    this.#tables = tables;
    this.#insert = database.prepare<[number, Uint8Array]>('INSERT INTO raw (id, block) VALUES (?, ?)');
    this.#isTaken = database.prepare<[number], number>('SELECT 1 FROM raw WHERE id = ?').pluck();
    this.#markHour = database.prepare<[number, number]>('INSERT OR IGNORE INTO unrolled (axis, hour) VALUES (?, ?)');
    this.#hours = database
      .prepare<[number, number], number>('SELECT hour FROM unrolled WHERE axis = ? AND hour < ? ORDER BY hour')
      .pluck();
    this.#unmarkHour = database.prepare<[number, number]>('DELETE FROM unrolled WHERE axis = ? AND hour = ?');
  }

  /** Packs; the hours concerned are left for {@link rollUp}. */
  pack(axis: number, before: number): void {
    const scans = this.#tables.scans.between(axis, 0, before);
    for (let start = 0; start < scans.length; ) {
      const hour = hourOf(scans[start]?.at ?? 0);
      const next = scans.findIndex(({ at }, index) => index > start && at >= hour + HOUR_MS);
      const end = next === -1 ? scans.length : next;
      this.#packBlock(axis, scans.slice(start, end));
      this.#markHour.run(axis, hour);
      start = end;
    }
    this.#tables.scans.deleteBefore(axis, before);
  }

  /** Rolls up every packed hour of a heat pump that has ended before `hour`. */
  rollUp(axis: number, series: readonly StoredSeries[], hour: number): void {
    for (const due of this.#hours.all(axis, hour)) {
      this.#rollUpHour(axis, series, due);
      this.#unmarkHour.run(axis, due);
    }
  }

  #packBlock(axis: number, scans: readonly Scan[]): void {
    const times = Float64Array.from(scans, ({ at }) => at);
    const intervalsMs = Float64Array.from(scans, ({ intervalMs }) => intervalMs);
    let start = times[0] ?? 0;
    while (this.#isTaken.get(blockId(axis, start))) start += 1_000;
    this.#insert.run(blockId(axis, start), encodeAxis({ times, intervalsMs }));
    for (const [id, values] of columnsOf(scans)) {
      const block = encodeValues(values);
      if (block) this.#insert.run(blockId(id, start), block);
    }
  }

  #rollUpHour(axis: number, series: readonly StoredSeries[], hour: number): void {
    const { samples, buckets, corrections } = this.#tables;
    const ids = series.map(({ id }) => id);
    for (const [index, columns] of samples.read(axis, ids, hour, hour + HOUR_MS).entries()) {
      const one = series[index];
      if (!one) continue;
      const consumed =
        one.kind === 'COUNTER'
          ? consumptionOf(
              columns.times,
              columns.values,
              lastBefore(this.#tables, axis, one, hour),
              corrections.between(one.id, hour, hour + HOUR_MS),
            )
          : null;
      buckets.MINUTE.put(one, bucketsOf(columns, TIERS.MINUTE.bucketMs, consumed));
      buckets.HOUR.put(one, bucketsOf(columns, TIERS.HOUR.bucketMs, consumed));
    }
  }
}

/** The numbers of each series over all scans; layouts may differ between them. */
function columnsOf(scans: readonly Scan[]): Map<number, Float64Array> {
  const ids = new Set(scans.flatMap(({ series }) => series));
  const columns = new Map([...ids].map((id) => [id, new Float64Array(scans.length).fill(Number.NaN)]));
  for (const [row, { series, readings }] of scans.entries()) {
    for (const [place, id] of series.entries()) columns.get(id)?.fill(readings[place] ?? Number.NaN, row, row + 1);
  }
  return columns;
}
