import { decodeBuckets, encodeBuckets } from './bucket-block.ts';
import type { Bucket, Tier } from './buckets.ts';
import { blockId, blockStart, type HistoryFile } from './history-file.ts';
import type { StoredSeries } from './series-table.ts';

/** The roll-ups of one tier in the file. */
export class BucketTable {
  readonly #tier: Tier;
  readonly #put;
  readonly #between;
  readonly #lastBlock;

  constructor(database: HistoryFile, tier: Tier) {
    const table = tier.name.toLowerCase();
    this.#tier = tier;
    this.#put = database.prepare<[number, Uint8Array]>(`INSERT OR REPLACE INTO ${table} (id, block) VALUES (?, ?)`);
    this.#between = database.prepare<[number, number], { id: number; block: Buffer }>(
      `SELECT id, block FROM ${table} WHERE id BETWEEN ? AND ?`,
    );
    this.#lastBlock = database.prepare<[number, number], { id: number; block: Buffer }>(
      `SELECT id, block FROM ${table} WHERE id BETWEEN ? AND ? ORDER BY id DESC LIMIT 1`,
    );
  }

  /** Keeps buckets of one hour, in place of those of the same time. */
  put(series: StoredSeries, buckets: readonly Bucket[]): void {
    const { blockMs } = this.#tier;
    const [first] = buckets;
    if (!first) return;
    const start = first.at - (first.at % blockMs);
    const kept = this.between(series, start, start + blockMs);
    const added = new Set(buckets.map(({ at }) => at));
    const all = [...kept.filter(({ at }) => !added.has(at)), ...buckets].sort((a, b) => a.at - b.at);
    this.#put.run(blockId(series.id, start), encodeBuckets(all, series.kind, this.#tier, start));
  }

  /** The last bucket of a series that begins before a time; null if there is none. */
  lastBefore({ id, kind }: Pick<StoredSeries, 'id' | 'kind'>, before: number): Bucket | null {
    const row = this.#lastBlock.get(blockId(id, 0), blockId(id, before - 1));
    const buckets = row ? decodeBuckets(row.block, kind, this.#tier, blockStart(row.id)) : [];
    return buckets.findLast(({ at }) => at < before) ?? null;
  }

  /** The buckets of a series that begin from one time up to, not including, another. */
  between({ id, kind }: Pick<StoredSeries, 'id' | 'kind'>, from: number, to: number): Bucket[] {
    const { blockMs } = this.#tier;
    return this.#between
      .all(blockId(id, Math.max(0, from - (from % blockMs))), blockId(id, to))
      .flatMap((row) => decodeBuckets(row.block, kind, this.#tier, blockStart(row.id)))
      .filter(({ at }) => at >= from && at < to);
  }
}
