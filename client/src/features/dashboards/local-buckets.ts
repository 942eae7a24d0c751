import type { HistoryStep, SeriesHistory } from '../chart/series.ts';
import { HOUR_MS } from '../chart/time-range.ts';

/** Into what a time is divided, by the calendar of the reader. */
export type BucketWidth = 'HOUR' | 'DAY' | 'MONTH';

/** A part of a time, and what a series was in it; null: no data. */
export interface LocalBucket {
  /** Its begin in milliseconds UTC. */
  readonly at: number;
  readonly value: number | null;
}

/** Hours that history is asked for at once; the API answers no more points. */
export const MAX_HOURS = 9_000;
const MAX_HOUR_BUCKETS = 48;
const MAX_DAY_BUCKETS = 62;

/** Few enough parts to be told apart. */
export function bucketWidth(hours: number): BucketWidth {
  if (hours <= MAX_HOUR_BUCKETS) return 'HOUR';
  return hours <= MAX_DAY_BUCKETS * 24 ? 'DAY' : 'MONTH';
}

/** The begin of the part that a time lies in; a day begins at the reader's midnight, also when clocks change. */
export function beginOf(at: number, width: BucketWidth): number {
  const date = new Date(at);
  if (width === 'HOUR') return Math.floor(at / HOUR_MS) * HOUR_MS;
  const day = width === 'DAY' ? date.getDate() : 1;
  return new Date(date.getFullYear(), date.getMonth(), day).getTime();
}

/** Sums up steps of an hour at most: of a counter what was consumed, else the mean, weighed by the values polled. */
export function bucketsOf({ kind, steps }: SeriesHistory, width: BucketWidth): LocalBucket[] {
  const parts = new Map<number, HistoryStep[]>();
  for (const step of steps) {
    const begin = beginOf(step.at, width);
    const part = parts.get(begin) ?? [];
    part.push(step);
    parts.set(begin, part);
  }
  return [...parts].map(([at, part]) => ({ at, value: kind === 'COUNTER' ? consumptionOf(part) : meanOf(part) }));
}

function consumptionOf(steps: readonly HistoryStep[]): number | null {
  const filled = steps.flatMap(({ consumption }) => consumption ?? []);
  return filled.length > 0 ? filled.reduce((sum, one) => sum + one, 0) : null;
}

function meanOf(steps: readonly HistoryStep[]): number | null {
  const filled = steps.filter(({ value, count }) => value !== null && count > 0);
  const count = filled.reduce((sum, step) => sum + step.count, 0);
  return count > 0 ? filled.reduce((sum, step) => sum + (step.value ?? 0) * step.count, 0) / count : null;
}
