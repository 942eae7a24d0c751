import { describe, expect, it } from 'vitest';
import { addedWear, projectedYears, type RegisterWear, unitAt, worn } from '../../src/domain/wear.ts';

const DAY_MS = 86_400_000;
const PLACE = { unit: 'pump:502 unit 1', table: 'HOLDING', address: 1032 } as const;
const BUDGET = { writes: 300_000, source: 'a manual' };

/** The wear of a register written so often on each of the days. */
function wearOf(writesByDay: Readonly<Record<number, number>>): RegisterWear {
  let wear: RegisterWear | null = null;
  for (const [day, writes] of Object.entries(writesByDay)) {
    for (let n = 0; n < writes; n++) wear = worn(wear, PLACE, 0, Number(day) * DAY_MS + n);
  }
  if (!wear) throw new Error('nothing was written');
  return wear;
}

describe('the wear of a register', () => {
  it('counts every write, and those of the last thirty days by day', () => {
    expect(wearOf({ 100: 2, 101: 1, 135: 3 })).toStrictEqual({
      ...PLACE,
      writes: 6,
      firstAt: 100 * DAY_MS,
      lastAt: 135 * DAY_MS + 2,
      bucketFullAt: 0,
      days: [[135, 3]],
    });
  });

  it('lasts as long as the rate of the last thirty days lets it', () => {
    // 300 in 30 days are 10 a day; 299,400 more at that rate are 29,940 days.
    const wear = wearOf({ 100: 300, 200: 300 });
    expect(projectedYears(wear, BUDGET, 201 * DAY_MS)).toBeCloseTo(29_940 / 365.25, 6);
  });

  it('is judged by the days since the first write where there are fewer', () => {
    // 40 in two days.
    expect(projectedYears(wearOf({ 100: 40 }), BUDGET, 102 * DAY_MS)).toBeCloseTo(299_960 / 20 / 365.25, 6);
  });

  it('tells no years without a budget, a day to go by, or writes', () => {
    const wear = wearOf({ 100: 40 });
    expect(projectedYears(wear, null, 102 * DAY_MS)).toBeNull();
    expect(projectedYears(wear, BUDGET, 100.9 * DAY_MS)).toBeNull();
    expect(projectedYears(wear, BUDGET, 140 * DAY_MS)).toBeNull();
  });

  it('has no years left once the budget is used up', () => {
    expect(projectedYears({ ...wearOf({ 100: 2 }), writes: 300_001 }, BUDGET, 102 * DAY_MS)).toBe(0);
  });

  it('adds up where a register was counted in two places', () => {
    const [a, b] = [wearOf({ 100: 2, 101: 1 }), wearOf({ 99: 1, 101: 4 })];
    expect(addedWear({ ...a, bucketFullAt: 5 }, { ...b, bucketFullAt: 9 })).toStrictEqual({
      ...PLACE,
      writes: 8,
      firstAt: 99 * DAY_MS,
      lastAt: 101 * DAY_MS + 3,
      bucketFullAt: 9,
      days: [
        [99, 1],
        [100, 2],
        [101, 5],
      ],
    });
  });

  it('is of the unit at an address', () => {
    expect(unitAt({ host: 'pump.lan', port: 502, unitId: 3 })).toBe('pump.lan:502 unit 3');
  });
});
