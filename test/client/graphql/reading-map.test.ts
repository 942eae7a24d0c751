import { describe, expect, it } from 'vitest';
import { ReadingMap, type ToldReading } from '../../../client/src/graphql/reading-map.ts';

const [EARLIER, LATER] = ['2026-01-12T10:00:00.000Z', '2026-01-12T10:00:10.000Z'];
const told = (more: Partial<ToldReading> = {}): ToldReading => {
  return { value: 48, text: null, quality: 'GOOD', observedAt: EARLIER, ...more };
};

describe('readings by key', () => {
  it('say what was told last, and stay the same objects', () => {
    const readings = new ReadingMap();
    expect(readings.get('temp_outside')).toBeUndefined();
    readings.set('temp_outside', told());
    const reading = readings.get('temp_outside');
    expect(reading).toMatchObject({ value: 48, text: null, quality: 'GOOD', observedAt: EARLIER, unit: null });
    readings.set('temp_outside', told({ value: 49, observedAt: LATER }));
    expect(readings.get('temp_outside')).toBe(reading);
    expect(reading).toMatchObject({ value: 49, observedAt: LATER });
    readings.set('temp_outside', told({ value: null, quality: 'MISSING', unit: '°C', reason: 'NOT_HEATING' }));
    expect(reading).toMatchObject({ value: null, quality: 'MISSING', unit: '°C', reason: 'NOT_HEATING' });
  });

  it('are forgotten when they are gone, and come back', () => {
    const readings = new ReadingMap();
    for (const key of ['temp_outside', 'temp_flow']) readings.set(key, told());
    readings.keep(new Set(['temp_flow']));
    expect(readings.get('temp_outside')).toBeUndefined();
    expect(readings.get('temp_flow')).toMatchObject({ value: 48 });
    readings.set('temp_outside', told({ value: 7 }));
    expect(readings.get('temp_outside')).toMatchObject({ value: 7 });
  });
});
