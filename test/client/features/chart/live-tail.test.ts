import { describe, expect, it } from 'vitest';
import { grown, type Tail, withTail } from '../../../../client/src/features/chart/live-tail.ts';
import type { SeriesHistory } from '../../../../client/src/features/chart/series.ts';

const STEP_MS = 5_000;

function record(kind: SeriesHistory['kind'], steps: readonly [at: number, value: number | null][]): SeriesHistory {
  const rest = { text: null, min: null, max: null, count: 1, consumption: null };
  return {
    ...{ kind, unit: null, stepMs: STEP_MS, isMean: false },
    steps: steps.map(([at, value]) => ({ ...rest, at, value })),
  };
}

const points = (...pairs: readonly [at: number, value: number | null][]): Tail =>
  pairs.map(([at, value]) => ({ at, value, text: null }));
const pairsOf = (tail: Tail) => tail.map(({ at, value }) => [at, value]);

/** The tail after a poll in each second from `from` up to `to`, the value of which is its second. */
function polled(tail: Tail, from: number, to: number, history: SeriesHistory | undefined): Tail {
  let now = tail;
  for (let at = from; at < to; at += 1_000)
    now = grown(now, { at, value: at / 1_000, text: null }, history, history?.steps.at(-1)?.at ?? 0);
  return now;
}

describe('what comes live of a series', () => {
  it('has points a step apart, and the newest', () => {
    const history = record('ANALOG', [[100_000, 1]]);
    const tail = polled([], 101_000, 113_000, history);
    expect(pairsOf(tail)).toStrictEqual([
      [101_000, 101],
      [105_000, 105],
      [109_000, 109],
      [112_000, 112],
    ]);
  });

  it('is forgotten as far as it has been recorded', () => {
    let tail: Tail = [];
    let longest = 0;
    for (let minute = 1; minute <= 300; minute++) {
      const at = minute * 60_000;
      tail = polled(tail, at + 1_000, at + 61_000, record('ANALOG', [[at, 1]]));
      longest = Math.max(longest, tail.length);
    }
    // Fifteen of a minute, four seconds apart, and the newest.
    expect(longest).toBe(16);
    expect(pairsOf(tail).at(-1)).toStrictEqual([18_060_000, 18_060]);
  });

  it('is bounded while the server does not answer', () => {
    const tail = polled([], 0, 2_500_000, undefined);
    expect([tail.length, tail[0]?.at, tail.at(-1)?.at]).toStrictEqual([2_000, 500_000, 2_499_000]);
  });

  it('has only the changes of a state, also when those before have been recorded', () => {
    const before = record('STATE', [[10_000, 2]]);
    const state = (tail: Tail, at: number, value: number, history = before) =>
      grown(tail, { at, value, text: null }, history, 20_000);
    const changed = state(state(state([], 11_000, 2), 12_000, 2), 13_000, 3);
    expect(pairsOf(changed)).toStrictEqual([
      [11_000, 2],
      [13_000, 3],
    ]);
    const after = record('STATE', [
      [10_000, 2],
      [13_000, 3],
    ]);
    const later = state(changed, 14_000, 3, after);
    expect(pairsOf(later)).toStrictEqual([[14_000, 3]]);
    expect(state(later, 15_000, 3, after)).toBe(later);
    expect(pairsOf(withTail(after, later, 20_000))).toStrictEqual([
      [10_000, 2],
      [13_000, 3],
    ]);
  });
});

describe('a series with its tail', () => {
  it('goes on where the record ends', () => {
    const tail = points([9_000, 8], [10_000, 9], [11_000, 7]);
    expect(pairsOf(withTail(record('ANALOG', [[10_000, 1]]), tail, 10_500))).toStrictEqual([
      [10_000, 1],
      [11_000, 7],
    ]);
  });

  it('has no gap because the last polls were not recorded yet, but one where nothing was', () => {
    const ending = record('ANALOG', [
      [8_000, 1],
      [10_000, null],
    ]);
    const tail = points([9_000, 2], [11_000, 3]);
    expect(pairsOf(withTail(ending, tail, 14_000))).toStrictEqual([
      [8_000, 1],
      [9_000, 2],
      [11_000, 3],
    ]);
    expect(pairsOf(withTail(ending, tail, 15_000))).toStrictEqual([
      [8_000, 1],
      [10_000, null],
      [11_000, 3],
    ]);
    const next = grown(tail, { at: 12_000, value: 4, text: null }, ending, 14_000);
    expect(pairsOf(withTail(ending, next, 14_000))).toStrictEqual([
      [8_000, 1],
      [9_000, 2],
      [12_000, 4],
    ]);
  });

  it('is the record alone where nothing came', () => {
    const ending = record('STATE', [
      [8_000, 1],
      [10_000, null],
    ]);
    expect(pairsOf(withTail(ending, [], 10_000))).toStrictEqual([
      [8_000, 1],
      [10_000, null],
    ]);
  });
});
