import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { consumptionOf } from '../../src/history/consumption.ts';
import {
  type Correction,
  type CounterRules,
  type CounterState,
  guardCounter,
} from '../../src/history/counter-guard.ts';

const POLL_MS = 10_000;
const START = Date.UTC(2026, 0, 15, 12);
const KWH: CounterRules = { maxPerHour: 200, resolution: 0, wrapsAt: null };
const KWH_16_BIT: CounterRules = { maxPerHour: 200, resolution: 0.1, wrapsAt: 6553.6 };

/** What the guard makes of values polled one after the other; null is a poll that failed. */
function guarded(rules: CounterRules, values: readonly (number | null)[]) {
  const times = values.map((_, index) => START + index * POLL_MS);
  const corrections = new Map<number, Correction>();
  let state: CounterState | null = null;
  for (const [index, value] of values.entries()) {
    if (value === null) continue;
    const verdict = guardCounter(rules, state, times[index] ?? 0, value);
    state = verdict.state;
    if (verdict.correction) corrections.set(verdict.correction.at, verdict.correction);
  }
  const consumed = consumptionOf(
    Float64Array.from(times),
    Float64Array.from(values, (value) => value ?? Number.NaN),
    null,
    [...corrections.values()],
  );
  return { consumed, total: consumed.reduce((sum, one) => sum + one, 0), corrections: [...corrections.values()] };
}

describe('a counter', () => {
  it('that shows zero twice has consumed nothing', () => {
    const { total, corrections } = guarded(KWH, [81_250, 81_250, 0, 0, 81_250, 81_251.69]);
    expect(total).toBeCloseTo(1.69, 6);
    expect(corrections).toStrictEqual([
      {
        kind: 'TRANSIENT',
        at: START + 2 * POLL_MS,
        until: START + 4 * POLL_MS,
        before: 81_250,
        odd: 0,
        after: 81_250,
        counted: 0,
      },
    ]);
  });

  it('has consumed what it grew by while it showed something else', () => {
    const { consumed, corrections } = guarded(KWH, [500, 500.1, 0, 0, 500.2, 500.3]);
    expect(Array.from(consumed, (one) => Number(one.toFixed(6)))).toStrictEqual([0, 0.1, 0, 0, 0.1, 0.1]);
    expect(corrections).toHaveLength(1);
  });

  it('that overflows goes on', () => {
    const { total, corrections } = guarded(KWH_16_BIT, [6553.3, 6553.4, 0.1, 0.2]);
    expect(total).toBeCloseTo(0.5, 6);
    expect(corrections.map(({ kind }) => kind)).toStrictEqual(['WRAP']);
  });

  it('that begins anew is believed when it has risen twice, and nothing is lost by that', () => {
    const { consumed, corrections } = guarded(KWH, [9_000, 9_000.2, 0.1, 0.1, 0.3, 0.4, 0.6]);
    expect(Array.from(consumed, (one) => Number(one.toFixed(6)))).toStrictEqual([0, 0.2, 0, 0, 0, 0.4, 0.2]);
    expect(corrections.map(({ kind }) => kind)).toStrictEqual(['RESET']);
  });

  it('that jumps by more than any heat pump can is not believed', () => {
    const { total, corrections } = guarded(KWH, [100, 100.1, 50_000, 50_000.1, 50_000.2, 50_000.3]);
    expect(total).toBeCloseTo(0.1 + 0.3, 1);
    expect(corrections.map(({ kind }) => kind)).toStrictEqual(['JUMP']);
  });

  it('whose odd values never make sense is held without an end, and that is one correction', () => {
    const garbage = Array.from({ length: 200 }, (_, index) => (index % 2 === 0 ? 4e9 : 17));
    const { total, corrections } = guarded(KWH, [100, 100.1, ...garbage]);
    expect(total).toBeCloseTo(0.1, 6);
    expect(corrections).toMatchObject([{ kind: 'HELD', until: null, before: 100.1, odd: 4e9 }]);
  });

  it('was watched by a clock that was set back, and goes on', () => {
    const first = guardCounter(KWH, null, START, 100).state;
    const { state, correction } = guardCounter(KWH, first, START - 86_400_000, 100.2);
    expect(correction).toBeNull();
    expect(state.level).toBe(100.2);
  });

  it('is right whatever happens to it', () => {
    const step = fc.integer({ min: 0, max: 5 }).map((tenths) => tenths / 10);
    const clean = fc.record({
      type: fc.constant('clean' as const),
      steps: fc.array(step, { minLength: 1, maxLength: 20 }),
    });
    const length = fc.integer({ min: 1, max: 6 });
    const fault = fc.oneof(
      fc.record({ type: fc.constant('zero' as const), length }),
      fc.record({ type: fc.constant('spike' as const), length, size: fc.integer({ min: 1_000, max: 4_294_967 }) }),
      fc.record({ type: fc.constant('lost' as const), length }),
      fc.record({ type: fc.constant('frozen' as const), length }),
      fc.record({ type: fc.constant('reset' as const) }),
      fc.record({ type: fc.constant('jump' as const), size: fc.integer({ min: 1_000, max: 100_000 }) }),
    );
    const story = fc.array(fc.oneof(clean, fault), { minLength: 1, maxLength: 30 });
    fc.assert(
      fc.property(fc.integer({ min: 3_000, max: 6_553_500 / 100 }), story, (first, chapters) => {
        const values: (number | null)[] = [];
        let shown = first;
        let truth = 0;
        const run = (amount: number, show: (value: number) => number | null) => {
          truth += amount;
          shown += amount;
          const value = show(Number(shown.toFixed(1)));
          values.push(value);
        };
        // Between two faults a counter rises often enough to be known for one.
        const settle = () => {
          for (let count = 0; count < 4; count++) run(0.2, (value) => value);
        };
        settle();
        truth = 0;
        const begin = values[values.length - 1] ?? 0;
        values.splice(0, values.length, begin);
        settle();
        for (const chapter of chapters) {
          if (chapter.type === 'clean') for (const amount of chapter.steps) run(amount, (value) => value);
          else if (chapter.type === 'reset') {
            shown = 0;
            settle();
          } else if (chapter.type === 'jump') {
            shown += chapter.size;
            run(0, (value) => value);
            settle();
          } else {
            const before = Number(shown.toFixed(1));
            const wrong = { zero: () => 0, spike: () => before + (chapter as { size: number }).size };
            const show = { ...wrong, lost: () => null, frozen: () => before }[chapter.type];
            for (let count = 0; count < chapter.length; count++) run(0.2, show);
            settle();
          }
        }
        const { total } = guarded(KWH, values);
        expect(Math.abs(total - truth)).toBeLessThan(1e-6 * values.length);
      }),
      { numRuns: 2_000 },
    );
  });

  it('of 16 bits is right whatever happens to it', () => {
    const step = fc.integer({ min: 0, max: 4 }).map((tenths) => tenths / 10);
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 65_535 }),
        fc.array(step, { minLength: 500, maxLength: 2_000 }),
        (first, steps) => {
          let raw = first;
          const values = [raw / 10];
          for (const amount of steps) {
            raw = (raw + Math.round(amount * 10)) % 65_536;
            values.push(raw / 10);
          }
          const truth = steps.reduce((sum, amount) => sum + amount, 0);
          expect(guarded(KWH_16_BIT, values).total).toBeCloseTo(truth, 4);
        },
      ),
      { numRuns: 100 },
    );
  });
});
