import { describe, expect, it } from 'vitest';
import {
  failedReading,
  isComparable,
  oldestObservation,
  type Reading,
  type Snapshot,
} from '../../src/domain/snapshot.ts';
import { navigator20 } from '../../src/drivers/idm/navigator-2-0.ts';

const [a, b, c] = navigator20.sensors({ circuits: ['A'], zones: [] });
if (!a || !b || !c) throw new Error('three sensors are needed');
const snapshot = (...sensors: (typeof a)[]): Snapshot => {
  return { heatpumpId: 'hp-1', revision: 1, observedAt: 0, readings: sensors.map(failedReading) };
};

describe('two snapshots', () => {
  it.each([
    ['of the same sensors', snapshot(a, b), snapshot(a, b), true],
    ['of none', snapshot(), snapshot(), true],
    ['with a sensor less', snapshot(a, b), snapshot(a), false],
    ['with a sensor more', snapshot(a), snapshot(a, b), false],
    ['with another sensor at the end', snapshot(a, b), snapshot(a, c), false],
    ['in another order', snapshot(a, b, c), snapshot(a, c, b), false],
    ['of sensors that changed', snapshot(a, b), snapshot(a, { ...b }), false],
  ])('%s can be compared or not', (_, before, after, expected) => {
    expect(isComparable(before, after)).toBe(expected);
  });
});

describe('the oldest observation of a snapshot', () => {
  const of = (sensor: typeof a, more: Partial<Reading>): Reading => {
    return { sensor, value: 1, text: null, quality: 'GOOD', observedAt: 0, ...more };
  };
  const live = { ...a, pollGroup: 'LIVE' as const };
  const setting = { ...b, pollGroup: 'SETTING' as const };

  it('is of the poll group alone', () => {
    const readings = [of(live, { observedAt: 60 }), of(setting, { observedAt: 20 }), of(setting, { observedAt: 10 })];
    expect(oldestObservation({ readings }, 'LIVE')).toBe(60);
    expect(oldestObservation({ readings }, 'SETTING')).toBe(10);
  });

  it('counts what is good alone, and is none where nothing is', () => {
    const readings = [
      of(live, { observedAt: 10, quality: 'MISSING', value: null }),
      of(live, { observedAt: 20, quality: 'STALE' }),
      failedReading(live),
      of(live, { observedAt: 30 }),
    ];
    expect(oldestObservation({ readings }, 'LIVE')).toBe(30);
    expect(oldestObservation({ readings: readings.slice(0, 3) }, 'LIVE')).toBeNull();
    expect(oldestObservation({ readings: [] }, 'SETTING')).toBeNull();
  });
});
