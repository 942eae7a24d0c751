import type { SeriesKind } from './series.ts';

/** What the samples of a span of time come to. Times are milliseconds UTC, values in the unit of the series. */
export interface Bucket {
  /** Where the span begins. */
  readonly at: number;
  /** Where its samples begin and end; of a roll-up that was stored, its own borders. */
  readonly firstAt: number;
  readonly lastAt: number;
  readonly count: number;
  readonly min: number;
  readonly max: number;
  readonly sum: number;
  readonly first: number;
  readonly last: number;
  /** Of a counter, what was consumed up to its last sample since the one before its first; else 0. */
  readonly consumption: number;
  /** The longest poll interval within, in milliseconds. */
  readonly intervalMs: number;
}

/** Values of one series along the times at which its heat pump was read; NaN where there is none. */
export interface Samples {
  readonly times: Float64Array;
  readonly intervalsMs: Float64Array;
  readonly values: Float64Array;
}

/** A roll-up that is kept: the width of its buckets, and what one stored block spans. */
export interface Tier {
  readonly name: 'MINUTE' | 'HOUR';
  readonly bucketMs: number;
  readonly blockMs: number;
}

const MINUTE_MS = 60_000;
/** Raw values are rolled up an hour at a time. */
export const HOUR_MS = 60 * MINUTE_MS;

/** The roll-ups, finest first. */
export const TIERS = {
  MINUTE: { name: 'MINUTE', bucketMs: MINUTE_MS, blockMs: HOUR_MS },
  HOUR: { name: 'HOUR', bucketMs: HOUR_MS, blockMs: 48 * HOUR_MS },
} as const satisfies Record<string, Tier>;

/** Sums up samples by spans of `bucketMs`; empty ones are left out. `consumed` holds each sample's consumption. */
export function bucketsOf(samples: Samples, bucketMs: number, consumed: Float64Array | null): Bucket[] {
  const { times, intervalsMs, values } = samples;
  const buckets: MutableBucket[] = [];
  for (let index = 0; index < times.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const time = times[index] ?? 0;
    const sample = bucketOf(time - (time % bucketMs), time, value, intervalsMs[index] ?? 0, consumed?.[index] ?? 0);
    const last = buckets[buckets.length - 1];
    if (last?.at === sample.at) include(last, sample);
    else buckets.push(sample);
  }
  return buckets;
}

/** A bucket of one sample. Written out, for it is made for every value. */
function bucketOf(at: number, time: number, value: number, intervalMs: number, consumption: number): MutableBucket {
  return {
    at,
    firstAt: time,
    lastAt: time,
    count: 1,
    min: value,
    max: value,
    sum: value,
    first: value,
    last: value,
    consumption,
    intervalMs,
  };
}

/** The same as wider buckets. */
export function widen(buckets: readonly Bucket[], bucketMs: number): Bucket[] {
  const wider: MutableBucket[] = [];
  for (const bucket of buckets) {
    const at = bucket.at - (bucket.at % bucketMs);
    const last = wider[wider.length - 1];
    if (last?.at === at) include(last, bucket);
    else wider.push({ ...bucket, at });
  }
  return wider;
}

type MutableBucket = { -readonly [K in keyof Bucket]: Bucket[K] };

/** Extends a bucket by what comes after it. In place, for there are many. */
function include(bucket: MutableBucket, next: Bucket): void {
  bucket.lastAt = next.lastAt;
  bucket.intervalMs = Math.max(bucket.intervalMs, next.intervalMs);
  bucket.count += next.count;
  bucket.min = Math.min(bucket.min, next.min);
  bucket.max = Math.max(bucket.max, next.max);
  bucket.sum += next.sum;
  bucket.last = next.last;
  bucket.consumption += next.consumption;
}

/** What a bucket shows as its mean: of a state the one it begins with, for nobody has seen a state between two. */
export function meanOf({ first, sum, count, min, max }: Bucket, kind: SeriesKind): number {
  return kind === 'STATE' ? first : Math.min(max, Math.max(min, sum / count));
}
