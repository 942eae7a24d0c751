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
function guarded(rules: CounterRules, values: readonly (number | null)[], pollMs = POLL_MS) {
  const times = values.map((_, index) => START + index * pollMs);
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

/** What can happen to a counter. */
type Chapter =
  | { readonly type: 'clean'; readonly steps: readonly number[] }
  | { readonly type: 'zero' | 'lost' | 'frozen'; readonly length: number }
  | { readonly type: 'spike'; readonly length: number; readonly size: number }
  | { readonly type: 'jump'; readonly size: number }
  | { readonly type: 'reset' };

const length = fc.integer({ min: 1, max: 6 });
const chapter: fc.Arbitrary<Chapter> = fc.oneof(
  fc.record({
    type: fc.constant('clean' as const),
    steps: fc.array(
      fc.integer({ min: 0, max: 5 }).map((tenths) => tenths / 10),
      { maxLength: 20 },
    ),
  }),
  fc.record({ type: fc.constantFrom('zero' as const, 'lost' as const, 'frozen' as const), length }),
  fc.record({ type: fc.constant('spike' as const), length, size: fc.integer({ min: 1_000, max: 4_294_967 }) }),
  fc.record({ type: fc.constant('jump' as const), size: fc.integer({ min: 1_000, max: 100_000 }) }),
  fc.record({ type: fc.constant('reset' as const) }),
);

/** A counter, what it really counted, and what it showed instead. */
class CounterLife {
  readonly shown: (number | null)[];
  consumed = 0;
  #level: number;

  constructor(first: number) {
    this.#level = first;
    this.shown = [first];
    this.#settle();
  }

  live(chapter: Chapter): void {
    if (chapter.type === 'clean') {
      for (const amount of chapter.steps) this.#count(amount);
      return;
    }
    const before = this.#level;
    if (chapter.type === 'reset') this.#level = 0;
    else if (chapter.type === 'jump') {
      // What it counted in that moment nobody can know.
      this.#level += chapter.size;
      this.#count(0);
    } else {
      const shows = { zero: 0, lost: null, frozen: before, spike: before + ('size' in chapter ? chapter.size : 0) };
      for (let count = 0; count < chapter.length; count++) this.#count(0.2, () => shows[chapter.type]);
    }
    this.#settle();
  }

  /** Between two faults a counter rises often enough to be known for one. */
  #settle(): void {
    for (let count = 0; count < 4; count++) this.#count(0.2);
  }

  #count(amount: number, show: (level: number) => number | null = (level) => level): void {
    this.consumed += amount;
    this.#level = Number((this.#level + amount).toFixed(1));
    this.shown.push(show(this.#level));
  }
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

  it('that jumps and then stands still has not counted the jump, however long it stands', () => {
    const anHour = Array.from({ length: 400 }, () => 150);
    const { total, corrections } = guarded(KWH, [100, 100.1, ...anHour, 150.1, 150.2, 150.3]);
    expect(total).toBeCloseTo(0.1 + 0.3, 6);
    expect(corrections.map(({ kind, odd, after }) => ({ kind, odd, after }))).toStrictEqual([
      { kind: 'JUMP', odd: 150, after: 150.2 },
    ]);
  });

  it('that shows too much for an hour and comes back has counted what it grew by, no more', () => {
    const anHour = Array.from({ length: 400 }, () => 150);
    const { total, corrections } = guarded(KWH, [100, 100.1, ...anHour, 100.4, 100.5]);
    expect(total).toBeCloseTo(0.5, 6);
    expect(corrections.map(({ kind }) => kind)).toStrictEqual(['TRANSIENT']);
  });

  it('that stood still for a month has not counted a jump, nor what another counter shows in its place', () => {
    const aMonth = Array.from({ length: 30 * 24 }, () => 9_000);
    const kinds = ({ corrections }: ReturnType<typeof guarded>) => corrections.map(({ kind }) => kind);
    const jumped = guarded(KWH, [...aMonth, 99_000, 99_001, 99_002], 3_600_000);
    expect([jumped.total, kinds(jumped)]).toStrictEqual([2, ['JUMP']]);
    const replaced = guarded(KWH, [...aMonth, 5_000, 5_001, 5_002], 3_600_000);
    expect([replaced.total, kinds(replaced)]).toStrictEqual([2, ['RESET']]);
  });

  it('that stood still for hours makes up for them, and after a time that nobody looked has counted on', () => {
    const sixHours = Array.from({ length: 36 }, () => 9_000);
    const frozen = guarded(KWH, [...sixHours, 9_300, 9_301, 9_302], 600_000);
    expect([frozen.total, frozen.corrections.map(({ kind }) => kind)]).toStrictEqual([302, ['CAUGHT_UP']]);
    const aMonthLost = Array.from({ length: 30 * 24 }, () => null);
    const { total, corrections } = guarded(KWH, [9_000, ...aMonthLost, 14_000], 3_600_000);
    expect([total, corrections]).toStrictEqual([5_000, []]);
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
    fc.assert(
      fc.property(fc.integer({ min: 3_000, max: 100_000 }), fc.array(chapter, { maxLength: 30 }), (first, story) => {
        const life = new CounterLife(first);
        for (const one of story) life.live(one);
        const { total } = guarded(KWH, life.shown);
        expect(Math.abs(total - life.consumed)).toBeLessThan(1e-6 * life.shown.length);
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
