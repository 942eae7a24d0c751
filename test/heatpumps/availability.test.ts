import { describe, expect, it } from 'vitest';
import { backoffMs, staleAfterMs, stateOf } from '../../src/heatpumps/availability.ts';

describe('the state of a heat pump', () => {
  const well = { hasReadings: true, isStale: false, failures: 0, isPartial: false };
  it.each([
    [{ ...well }, 'ONLINE'],
    [{ ...well, isPartial: true }, 'DEGRADED'],
    [{ ...well, failures: 1 }, 'DEGRADED'],
    [{ ...well, failures: 5, isStale: true }, 'OFFLINE'],
    [{ ...well, isStale: true }, 'OFFLINE'],
    [{ ...well, hasReadings: false }, 'CONNECTING'],
    [{ ...well, hasReadings: false, failures: 1 }, 'OFFLINE'],
  ])('%o is %s', (availability, state) => {
    expect(stateOf(availability)).toBe(state);
  });
});

describe('the pause before the next attempt', () => {
  it('doubles from the poll interval up to a minute', () => {
    expect([1, 2, 3, 4, 5, 100].map((failures) => backoffMs(failures, 10_000, 0))).toStrictEqual([
      10_000, 20_000, 40_000, 60_000, 60_000, 60_000,
    ]);
    expect([1, 2, 3].map((failures) => backoffMs(failures, 1_000, 0))).toStrictEqual([1_000, 2_000, 4_000]);
    expect(backoffMs(1, 300_000, 0)).toBe(60_000);
  });

  it('is shortened by chance, by a tenth at most', () => {
    expect(backoffMs(1, 10_000, 1)).toBe(9_000);
    expect(backoffMs(9, 10_000, 0.5)).toBe(57_000);
  });
});

it('calls readings stale after three intervals, or three polls where those take longer', () => {
  expect(staleAfterMs(10_000, 800)).toBe(30_000);
  expect(staleAfterMs(1_000, 7_000)).toBe(21_000);
});
