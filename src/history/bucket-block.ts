import type { Bucket, Tier } from './buckets.ts';
import { ByteReader, ByteWriter } from './bytes.ts';
import { readColumn, readTimes, writeColumn, writeTimes } from './column.ts';
import type { SeriesKind } from './series.ts';

type Column = 'count' | 'min' | 'max' | 'sum' | 'first' | 'last' | 'consumption' | 'intervalMs';

/** What is kept of each kind; of a state there is no sum, and only counters are consumed. */
const COLUMNS: Record<SeriesKind, readonly Column[]> = {
  ANALOG: ['intervalMs', 'count', 'min', 'max', 'last', 'sum'],
  STATE: ['intervalMs', 'count', 'min', 'max', 'last', 'first'],
  COUNTER: ['intervalMs', 'count', 'min', 'max', 'last', 'sum', 'consumption'],
};

/** Sums of short decimals are short decimals too, but for the noise of binary fractions. */
const SUM_PLACES = 1e6;

/** The stored form of the buckets of one block that begins at `start`. */
export function encodeBuckets(
  buckets: readonly Bucket[],
  kind: SeriesKind,
  { bucketMs }: Tier,
  start: number,
): Uint8Array {
  const writer = new ByteWriter();
  writer.varint(buckets.length);
  writeTimes(
    writer,
    buckets.map(({ at }) => (at - start) / bucketMs),
  );
  for (const name of COLUMNS[kind]) writeColumn(writer, columnOf(buckets, name));
  return writer.finish();
}

function columnOf(buckets: readonly Bucket[], name: Column): number[] {
  return buckets.map((bucket) => {
    const value = bucket[name];
    const rounded = Math.round(value * SUM_PLACES) / SUM_PLACES;
    return (name === 'sum' || name === 'consumption') && Number.isFinite(rounded) ? rounded : value;
  });
}

/** The opposite of {@link encodeBuckets}. Throws RangeError if the block is damaged. */
export function decodeBuckets(block: Uint8Array, kind: SeriesKind, { bucketMs }: Tier, start: number): Bucket[] {
  const reader = new ByteReader(block);
  const count = reader.varint();
  const places = readTimes(reader, count);
  const columns: Partial<Record<Column, Float64Array>> = {};
  for (const name of COLUMNS[kind]) columns[name] = readColumn(reader, count);
  const { intervalMs, min, max, sum, first, last, consumption } = columns;
  const buckets: Bucket[] = [];
  for (let index = 0; index < count; index++) {
    const at = start + (places[index] ?? 0) * bucketMs;
    // Written out, for a year has thousands of them.
    buckets.push({
      at,
      firstAt: at,
      lastAt: at + bucketMs,
      count: columns.count?.[index] ?? 0,
      min: min?.[index] ?? 0,
      max: max?.[index] ?? 0,
      sum: sum?.[index] ?? 0,
      first: (first ?? min)?.[index] ?? 0,
      last: last?.[index] ?? 0,
      consumption: consumption?.[index] ?? 0,
      intervalMs: intervalMs?.[index] ?? 0,
    });
  }
  return buckets;
}
