import { describe, expect, it } from 'vitest';
import { failedReading, isComparable, type Snapshot } from '../../src/domain/snapshot.ts';
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
