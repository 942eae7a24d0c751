import { SCAN_HEADER } from './batch-buffer.ts';
import { HOUR_MS } from './buckets.ts';
import { type CounterCorrection, CounterWatch } from './counter-watch.ts';
import { blockId, type HistoryFile } from './history-file.ts';
import type { Layout, StoredLayout } from './layout-table.ts';
import { hourOf, Packing } from './packing.ts';
import { Retention, type RetentionRules } from './retention.ts';
import { type Tables, tablesOf } from './tables.ts';

/** What became of a batch. */
export interface Written {
  readonly values: number;
  /** Corrections of counters that began or ended with it. */
  readonly corrections: readonly CounterCorrection[];
}

/** Scans of a heat pump that are not packed yet. */
interface Open {
  count: number;
  oldestAt: number;
}

/** So many scans make a block; fewer would waste space, more would make reading the newest ones slow. */
const SCANS_PER_BLOCK = 256;
/** Heat pumps packed after one batch, so that packing many at once does not hold up the next batch for long. */
const PACKED_AT_ONCE = 8;

/** The one writer of a file. After any error it must be thrown away: what it remembers may be ahead of the file. */
export class HistoryWriter {
  readonly database: HistoryFile;
  readonly #tables: Tables;
  readonly #counters: CounterWatch;
  readonly #packing: Packing;
  readonly #retention: Retention;
  readonly #stored = new Map<number, StoredLayout & { readonly heatpumpId: string }>();
  readonly #open: Map<number, Open>;
  readonly #countValues;
  readonly #heatpumpOf;
  #enforcedAt = 0;

  constructor(database: HistoryFile, rules: RetentionRules) {
    this.database = database;
    this.#tables = tablesOf(database);
    this.#counters = new CounterWatch(this.#tables, database);
    this.#packing = new Packing(this.#tables);
    this.#retention = new Retention(this.#tables, rules);
    this.#open = new Map(this.#tables.scans.summary().map(({ axis, ...open }) => [axis, open]));
    this.#heatpumpOf = new Map(this.#tables.series.axes().map(({ id, heatpumpId }) => [id, heatpumpId]));
    this.#countValues = database.prepare<[number]>(
      "INSERT INTO total VALUES ('values', ?) ON CONFLICT (name) DO UPDATE SET value = value + excluded.value",
    );
  }

  /**
   * Writes a batch in one transaction: scan after scan, each {@link SCAN_HEADER} numbers and its readings. When it returns
   * the batch is on disk.
   */
  write(batch: Float64Array, layouts: ReadonlyMap<number, Layout>): Written {
    return this.database.transaction(() => {
      const corrections: CounterCorrection[] = [];
      let values = 0;
      for (let offset = 0; offset < batch.length; ) {
        const [layoutId = 0, at = 0, intervalMs = 0] = batch.subarray(offset, offset + SCAN_HEADER);
        const layout = this.#layout(layoutId, layouts);
        const begin = offset + SCAN_HEADER;
        offset = begin + layout.series.length;
        values += this.#writeScan(layout, at, intervalMs, batch.subarray(begin, offset), corrections);
      }
      this.#countValues.run(values);
      return { values, corrections };
    })();
  }

  /** Packs and rolls up what is due, and once an hour drops what is too old. `now` is in milliseconds UTC. */
  maintain(now: number): void {
    const due = [...this.#open].filter(([, { count, oldestAt }]) => count >= SCANS_PER_BLOCK || oldestAt < hourOf(now));
    for (const [axis] of due.slice(0, PACKED_AT_ONCE)) this.database.transaction(() => this.#pack(axis, now))();
    if (Math.abs(now - this.#enforcedAt) < HOUR_MS) return;
    this.database.transaction(() => this.#rollUpAll(now))();
    this.#retention.enforce(now);
    this.#enforcedAt = now;
  }

  /** Nothing may be dropped that is not rolled up, also of a heat pump that has not been read for long. */
  #rollUpAll(now: number): void {
    for (const { id, heatpumpId } of this.#tables.series.axes()) {
      this.#packing.rollUp(id, this.#tables.series.ofHeatpump(heatpumpId), hourOf(now));
    }
  }

  /** Drops everything of a heat pump, in one transaction. */
  remove(heatpumpId: string): void {
    this.database.transaction(() => this.#remove(heatpumpId))();
    for (const [id, layout] of this.#stored) if (layout.heatpumpId === heatpumpId) this.#stored.delete(id);
  }

  /** The heat pumps of which anything is recorded. */
  heatpumpIds(): string[] {
    return this.#tables.series.axes().map(({ heatpumpId }) => heatpumpId);
  }

  #layout(id: number, layouts: ReadonlyMap<number, Layout>): StoredLayout & { readonly heatpumpId: string } {
    const known = this.#stored.get(id);
    if (known) return known;
    const layout = layouts.get(id);
    if (!layout) throw new RangeError(`a batch refers to the unknown layout ${id}`);
    const stored = { ...this.#tables.layouts.store(layout), heatpumpId: layout.heatpumpId };
    this.#stored.set(id, stored);
    this.#heatpumpOf.set(stored.axis, layout.heatpumpId);
    return stored;
  }

  #writeScan(
    { id, axis, series, heatpumpId }: StoredLayout & { readonly heatpumpId: string },
    at: number,
    intervalMs: number,
    readings: Float64Array,
    corrections: CounterCorrection[],
  ): number {
    this.#tables.scans.insert(axis, at, intervalMs, id, readings);
    const open = this.#open.get(axis) ?? { count: 0, oldestAt: at };
    this.#open.set(axis, { count: open.count + 1, oldestAt: Math.min(open.oldestAt, at) });
    let values = 0;
    for (const [index, one] of series.entries()) {
      const value = readings[index] ?? Number.NaN;
      if (Number.isNaN(value)) continue;
      values++;
      const correction = one.rules ? this.#counters.judge(axis, one, at, value) : null;
      if (correction) corrections.push({ ...correction, heatpumpId, key: one.key, unit: one.unit });
    }
    return values;
  }

  /** A block never spans two hours, and the running hour is packed only when there is enough of it. */
  #pack(axis: number, now: number): void {
    const open = this.#open.get(axis);
    const heatpumpId = this.#heatpumpOf.get(axis);
    if (!open || heatpumpId === undefined) return;
    const isFull = open.count >= SCANS_PER_BLOCK;
    this.#counters.save();
    this.#packing.pack(axis, isFull ? Number.MAX_SAFE_INTEGER : hourOf(now));
    this.#packing.rollUp(axis, this.#tables.series.ofHeatpump(heatpumpId), hourOf(now));
    const [left, ...more] = isFull ? [] : this.#tables.scans.between(axis, 0, Number.MAX_SAFE_INTEGER);
    if (left) this.#open.set(axis, { count: more.length + 1, oldestAt: left.at });
    else this.#open.delete(axis);
  }

  #remove(heatpumpId: string): void {
    const { series, scans } = this.#tables;
    const axis = series.findAxis(heatpumpId);
    if (axis === null) return;
    for (const id of [axis, ...series.ofHeatpump(heatpumpId).map((one) => one.id)]) {
      for (const table of ['raw', 'minute', 'hour']) {
        this.database
          .prepare(`DELETE FROM ${table} WHERE id BETWEEN ? AND ?`)
          .run(blockId(id, 0), blockId(id, Number.MAX_SAFE_INTEGER));
      }
      for (const table of ['counter', 'correction']) {
        this.database.prepare(`DELETE FROM ${table} WHERE series = ?`).run(id);
      }
    }
    scans.deleteBefore(axis, Number.MAX_SAFE_INTEGER);
    for (const table of ['unrolled', 'layout']) this.database.prepare(`DELETE FROM ${table} WHERE axis = ?`).run(axis);
    this.database.prepare('DELETE FROM series WHERE heatpump_id = ?').run(heatpumpId);
    this.#open.delete(axis);
  }
}
