import { describe, expect, it } from 'vitest';
import { fromText, toText } from '../../../../client/src/features/chart/ref-text.ts';
import { pointAt, type Series } from '../../../../client/src/features/chart/series.ts';
import { statisticsOf } from '../../../../client/src/features/chart/statistics.ts';
import { fixed, fromParams, last, toParams } from '../../../../client/src/features/chart/time-range.ts';

const INFO = {
  name: '',
  heatpumpName: '',
  kind: { unit: null, decimals: 1, options: [] },
  quantity: null,
  isBoolean: false,
};
const REF = { heatpumpId: 'hp-1', key: 'temp_outside', quantity: null, circuit: null };

function series(kind: Series['kind'], points: [at: number, value: number | null][], until = 0): Series {
  const shown = { id: '', ref: REF, info: INFO, unit: null, stepMs: 1_000, isMean: false };
  return { ...shown, kind, until, points: points.map(([at, value]) => ({ at, value, text: null })) };
}

describe('the point at a time', () => {
  it('is the nearest of a measured value, but never one that is far away', () => {
    const measured = series('ANALOG', [
      [10_000, 1],
      [11_000, 2],
      [30_000, 3],
    ]);
    expect(pointAt(measured, 10_400)?.value).toBe(1);
    expect(pointAt(measured, 10_600)?.value).toBe(2);
    expect(pointAt(measured, 14_000)?.value).toBe(2);
    expect(pointAt(measured, 20_000)).toBeUndefined();
  });

  it('is the last one of a state, as long as it is known to hold', () => {
    const state = series(
      'STATE',
      [
        [10_000, 1],
        [20_000, 0],
      ],
      25_000,
    );
    expect(pointAt(state, 9_000)).toBeUndefined();
    expect(pointAt(state, 19_999)?.value).toBe(1);
    expect(pointAt(state, 25_000)?.value).toBe(0);
    expect(pointAt(state, 25_001)).toBeUndefined();
  });

  it('says that there is no data within a gap', () => {
    expect(
      pointAt(
        series('ANALOG', [
          [10_000, 1],
          [11_000, null],
          [20_000, 3],
        ]),
        11_400,
      )?.value,
    ).toBeNull();
  });
});

describe('what a series was over a time', () => {
  const step = (value: number | null, count: number, min = value, max = value, consumption: number | null = null) => ({
    ...{ at: 0, text: null, value, count, min, max, consumption },
  });

  it('is the mean of all polled values, and the ends that were really measured', () => {
    const steps = [step(10, 3, 8, 15), step(20, 1), step(null, 0)];
    expect(statisticsOf({ kind: 'ANALOG', unit: '°C', stepMs: 1, isMean: false, steps })).toStrictEqual({
      ...{ min: 8, mean: 12.5, max: 20, total: null },
    });
  });

  it('is what was consumed of a counter, and nothing of a state or of no data', () => {
    const counted = [step(100, 1, 100, 100, 1.5), step(102, 1, 102, 102, 2)];
    const nothing = { min: null, mean: null, max: null, total: null };
    expect(statisticsOf({ kind: 'COUNTER', unit: 'kWh', stepMs: 1, isMean: false, steps: counted }).total).toBe(3.5);
    expect(statisticsOf({ kind: 'STATE', unit: null, stepMs: 1, isMean: false, steps: counted })).toStrictEqual(
      nothing,
    );
    expect(
      statisticsOf({ kind: 'ANALOG', unit: null, stepMs: 1, isMean: false, steps: [step(null, 0)] }),
    ).toStrictEqual(nothing);
  });
});

describe('an address', () => {
  it('holds a range and gives it back', () => {
    const span = fixed(Date.parse('2026-01-10T10:00:00Z'), Date.parse('2026-01-10T11:30:00Z'));
    expect(toParams(span)).toStrictEqual({
      range: '',
      from: '2026-01-10T10:00:00.000Z',
      to: '2026-01-10T11:30:00.000Z',
    });
    expect(fromParams(toParams(span))).toStrictEqual(span);
    expect(fromParams(toParams(last(168)))).toStrictEqual({ kind: 'LAST', hours: 168 });
  });

  it.each([
    { range: '0h' },
    { range: 'soon' },
    { from: '2026-01-10T10:00:00Z' },
    { from: '2026-01-10T10:00:00Z', to: '2026-01-10T10:00:05Z' },
    { from: 'x', to: 'y' },
    {},
  ])('without a range that can be understood means none: %o', (params) => {
    expect(fromParams(params)).toBeUndefined();
  });

  it('holds values and gives them back', () => {
    const refs = [
      { heatpumpId: 'hp-1', key: 'temp_outside', quantity: null, circuit: null },
      { heatpumpId: 'hp-1', key: null, quantity: 'COP' as const, circuit: null },
      { heatpumpId: 'hp-1', key: null, quantity: 'FLOW_TEMPERATURE' as const, circuit: 'A' },
    ];
    const text = refs.map(toText).join(',');
    expect(text).toBe('temp_outside,COP,FLOW_TEMPERATURE:A');
    expect(fromText(text, 'hp-1')).toStrictEqual(refs);
  });
});
