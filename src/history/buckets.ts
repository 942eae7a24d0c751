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
export function bucketsOf(
  { times, intervalsMs, values }: Samples,
  bucketMs: number,
  consumed: Float64Array | null,
): Bucket[] {
  const buckets: Bucket[] = [];
  for (let index = 0; index < times.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const time = times[index] ?? 0;
    const consumption = consumed?.[index] ?? 0;
    const sample = {
      at: time - (time % bucketMs),
      ...{ firstAt: time, lastAt: time, count: 1, consumption, intervalMs: intervalsMs[index] ?? 0 },
      ...{ min: value, max: value, sum: value, first: value, last: value },
    };
    add(buckets, sample);
  }
  return buckets;
}

/** The same as wider buckets. */
export function widen(buckets: readonly Bucket[], bucketMs: number): Bucket[] {
  const wider: Bucket[] = [];
  for (const bucket of buckets) add(wider, { ...bucket, at: bucket.at - (bucket.at % bucketMs) });
  return wider;
}

/** Adds to the last bucket if it is of the same span. */
function add(buckets: Bucket[], next: Bucket): void {
  const before = buckets.at(-1);
  if (before?.at === next.at) buckets[buckets.length - 1] = join(before, next);
  else buckets.push(next);
}

function join(a: Bucket, b: Bucket): Bucket {
  return {
    at: a.at,
    firstAt: a.firstAt,
    lastAt: b.lastAt,
    count: a.count + b.count,
    min: Math.min(a.min, b.min),
    max: Math.max(a.max, b.max),
    sum: a.sum + b.sum,
    first: a.first,
    last: b.last,
    consumption: a.consumption + b.consumption,
    intervalMs: Math.max(a.intervalMs, b.intervalMs),
  };
}

/** What a bucket shows as its mean: of a state the one it begins with, for nobody has seen a state between two. */
export function meanOf({ first, sum, count, min, max }: Bucket, kind: SeriesKind): number {
  return kind === 'STATE' ? first : Math.min(max, Math.max(min, sum / count));
}
