import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { HistoryStep } from '../../../../client/src/features/chart/series.ts';
import { beginOf, bucketsOf, bucketWidth } from '../../../../client/src/features/dashboards/local-buckets.ts';

const before = process.env.TZ;
beforeAll(() => {
  process.env.TZ = 'Europe/Berlin';
});
afterAll(() => {
  process.env.TZ = before;
});

const step = (at: string, value: number | null, count = 1, consumption: number | null = null): HistoryStep => ({
  ...{ at: Date.parse(at), value, min: value, max: value, count, consumption, text: null },
});
const history = (kind: 'ANALOG' | 'COUNTER', steps: HistoryStep[]) => ({
  kind,
  unit: 'kWh',
  stepMs: 3_600_000,
  isMean: false,
  steps,
});

describe('parts of a time by the calendar of the reader', () => {
  it('begins days at local midnight, also when the clocks change', () => {
    // On 29 March 2026 Berlin goes from +01:00 to +02:00, on 25 October back.
    expect(beginOf(Date.parse('2026-03-29T00:30:00Z'), 'DAY')).toBe(Date.parse('2026-03-28T23:00:00Z'));
    expect(beginOf(Date.parse('2026-03-29T21:59:00Z'), 'DAY')).toBe(Date.parse('2026-03-28T23:00:00Z'));
    expect(beginOf(Date.parse('2026-03-29T22:00:00Z'), 'DAY')).toBe(Date.parse('2026-03-29T22:00:00Z'));
    expect(beginOf(Date.parse('2026-10-25T22:30:00Z'), 'DAY')).toBe(Date.parse('2026-10-24T22:00:00Z'));
    expect(beginOf(Date.parse('2026-10-25T23:00:00Z'), 'DAY')).toBe(Date.parse('2026-10-25T23:00:00Z'));
    expect(beginOf(Date.parse('2026-10-31T23:30:00Z'), 'MONTH')).toBe(Date.parse('2026-10-31T23:00:00Z'));
  });

  it('adds up what was consumed on the local day, and leaves a day without data empty', () => {
    const steps = [
      step('2026-01-09T22:00:00Z', 100, 10, 1.5),
      step('2026-01-09T23:00:00Z', 101, 10, 2),
      step('2026-01-10T22:00:00Z', 103, 10, 0.25),
      step('2026-01-10T23:00:00Z', null, 0),
    ];
    expect(bucketsOf(history('COUNTER', steps), 'DAY')).toStrictEqual([
      { at: Date.parse('2026-01-08T23:00:00Z'), value: 1.5 },
      { at: Date.parse('2026-01-09T23:00:00Z'), value: 2.25 },
      { at: Date.parse('2026-01-10T23:00:00Z'), value: null },
    ]);
  });

  it('weighs means by how many values they stand for', () => {
    const steps = [step('2026-01-10T10:00:00Z', 20, 30), step('2026-01-10T11:00:00Z', 40, 10)];
    expect(bucketsOf(history('ANALOG', steps), 'DAY')).toStrictEqual([
      { at: Date.parse('2026-01-09T23:00:00Z'), value: 25 },
    ]);
  });

  it('takes parts that can be told apart', () => {
    expect([24, 48, 49, 1_488, 1_489].map(bucketWidth)).toStrictEqual(['HOUR', 'HOUR', 'DAY', 'DAY', 'MONTH']);
  });
});
