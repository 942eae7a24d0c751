import { type Bucket, meanOf, type Samples } from './buckets.ts';
import { withoutNoise } from './consumption.ts';
import type { SeriesKind } from './series.ts';

/** The points of a series, column by column, ready to be handed to another thread. A NaN mean says that there is no data. */
export interface Points {
  /** Milliseconds UTC, ascending. */
  readonly at: Float64Array;
  readonly mean: Float64Array;
  readonly min: Float64Array;
  readonly max: Float64Array;
  readonly last: Float64Array;
  /** Samples a point stands for. */
  readonly count: Float64Array;
  /** Of counters; else 0. */
  readonly consumption: Float64Array;
}

/** The time that points are wanted of, from `from` up to, not including, `to`. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Without a sample for longer than so many poll intervals, there is a gap. */
const INTERVALS_TO_GAP = 3;

interface Seen {
  readonly at: number;
  readonly value: number;
  readonly intervalMs: number;
}

/** Collects points, one number behind the other. */
class PointList {
  #numbers = new Float64Array(WIDTH * 512);
  #length = 0;

  add(at: number, mean: number, min: number, max: number, last: number, count: number, consumption: number): void {
    if (this.#length === this.#numbers.length) {
      const larger = new Float64Array(2 * this.#length);
      larger.set(this.#numbers);
      this.#numbers = larger;
    }
    const [numbers, start] = [this.#numbers, this.#length];
    numbers[start] = at;
    numbers[start + 1] = mean;
    numbers[start + 2] = min;
    numbers[start + 3] = max;
    numbers[start + 4] = last;
    numbers[start + 5] = count;
    numbers[start + 6] = consumption;
    this.#length += WIDTH;
  }

  addGap(at: number): void {
    this.add(at, Number.NaN, Number.NaN, Number.NaN, Number.NaN, 0, 0);
  }

  finish(): Points {
    const column = (place: number) => {
      const numbers = new Float64Array(this.#length / WIDTH);
      for (let row = 0; row < numbers.length; row++) numbers[row] = this.#numbers[row * WIDTH + place] ?? 0;
      return numbers;
    };
    return {
      ...{ at: column(0), mean: column(1), min: column(2), max: column(3) },
      ...{ last: column(4), count: column(5), consumption: column(6) },
    };
  }
}

/** Numbers of a point. */
const WIDTH = 7;

/**
 * A point for every sample, or with `changesOnly` for the first and for each that differs from the one before, and one
 * without data where each gap begins.
 */
export function pointsOfSamples(
  samples: Samples,
  consumed: Float64Array | null,
  span: Span,
  changesOnly: boolean,
): Points {
  const { times, intervalsMs, values } = samples;
  const list = new PointList();
  let before = null as Seen | null;
  for (const [index, value] of values.entries()) {
    if (Number.isNaN(value)) continue;
    const [at, intervalMs] = [times[index] ?? 0, intervalsMs[index] ?? 0];
    const limitMs = INTERVALS_TO_GAP * Math.max(intervalMs, before?.intervalMs ?? 0);
    const isAfterGap = at - (before?.at ?? span.from) > limitMs;
    if (isAfterGap) list.addGap(before ? before.at + before.intervalMs : span.from);
    if (!changesOnly || isAfterGap || before?.value !== value) {
      list.add(at, value, value, value, value, 1, consumed?.[index] ?? 0);
    }
    before = { at, value, intervalMs };
  }
  if (!before) list.addGap(span.from);
  else if (span.to - before.at > INTERVALS_TO_GAP * before.intervalMs) list.addGap(before.at + before.intervalMs);
  return list.finish();
}

/** A point for every step that has data, and one without for every step that lies in a gap. The span begins with a step. */
export function pointsOfSteps(steps: readonly Bucket[], kind: SeriesKind, stepMs: number, span: Span): Points {
  const list = new PointList();
  let before: Bucket | null = null;
  for (const step of steps) {
    if (isGap(before, step, span)) addEmptySteps(list, before, step.at, stepMs, span);
    const { min, max, last, count } = step;
    const consumption = withoutNoise(step.consumption);
    list.add(step.at, meanOf(step, kind), min, max, last, count, consumption);
    before = step;
  }
  if (isGap(before, null, span)) addEmptySteps(list, before, span.to, stepMs, span);
  return list.finish();
}

/** True if there is a gap between two neighbours, or between one and the border of the span. */
function isGap(before: Bucket | null, after: Bucket | null, span: Span): boolean {
  const limitMs = INTERVALS_TO_GAP * Math.max(before?.intervalMs ?? 0, after?.intervalMs ?? 0);
  return (after?.firstAt ?? span.to) - (before?.lastAt ?? span.from) > limitMs;
}

function addEmptySteps(list: PointList, before: Bucket | null, end: number, stepMs: number, { from }: Span): void {
  for (let at = before ? before.at + stepMs : from; at < end; at += stepMs) list.addGap(at);
}
