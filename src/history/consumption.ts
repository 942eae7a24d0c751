import type { Correction } from './counter-guard.ts';

/**
 * What was consumed up to each sample since the one before it, as the guard judged: the growth of the counter, nothing
 * while it was held, and what was found at the end of that. NaN samples consume nothing. `before` is the last value
 * ahead of the samples, null if there is none; `corrections` are in order of time.
 */
export function consumptionOf(
  times: Float64Array,
  values: Float64Array,
  before: number | null,
  corrections: readonly Correction[],
): Float64Array {
  const consumed = new Float64Array(values.length);
  let previous = before;
  let next = 0;
  for (let index = 0; index < values.length; index++) {
    const value = values[index] ?? Number.NaN;
    if (Number.isNaN(value)) continue;
    const time = times[index] ?? 0;
    while (next < corrections.length && (corrections[next]?.until ?? time) < time) next++;
    const correction = corrections[next];
    if (correction && correction.at <= time) consumed[index] = correction.until === time ? correction.counted : 0;
    else if (previous !== null) consumed[index] = withoutNoise(value - previous);
    previous = value;
  }
  return consumed;
}

/** Counters show at most six decimals; what a difference has beyond them is the noise of binary fractions. */
export function withoutNoise(consumption: number): number {
  return Math.round(consumption * 1e6) / 1e6;
}
