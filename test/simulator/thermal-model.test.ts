import { describe, expect, it } from 'vitest';
import { ThermalModel, type ThermalState } from '../../src/simulator/thermal-model.ts';

const START = Date.UTC(2026, 0, 12);
const HOUR_MS = 3_600_000;

/** The states of a run, one a minute. */
function run(seed: number, hours: number, prepare: (model: ThermalModel) => void = () => {}): ThermalState[] {
  const model = new ThermalModel(seed, START);
  prepare(model);
  return Array.from({ length: hours * 60 }, (_, minute) => {
    model.advanceTo(START + minute * 60_000);
    return { ...model.state };
  });
}

const last = <T>(items: readonly T[]): T => items[items.length - 1] as T;
const mean = (values: readonly number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;

describe('the thermal model', () => {
  const week = run(1, 7 * 24);

  it('gives the same course for the same seed, and another for another', () => {
    expect(last(run(1, 24))).toStrictEqual(week[24 * 60 - 1]);
    expect(last(run(2, 24))).not.toStrictEqual(week[24 * 60 - 1]);
  });

  it('does not depend on how often it is asked', () => {
    const model = new ThermalModel(1, START);
    model.advanceTo(START + 36 * HOUR_MS);
    expect(model.state).toStrictEqual(week[36 * 60]);
  });

  it('looks like a heat pump in winter', () => {
    expect(new Set(week.map(({ activity }) => activity))).toStrictEqual(
      new Set(['IDLE', 'HEATING', 'HOT_WATER', 'DEFROST']),
    );
    const day = week.slice(24 * 60);
    expect(Math.min(...day.map(({ roomC }) => roomC))).toBeGreaterThan(18);
    expect(Math.max(...day.map(({ roomC }) => roomC))).toBeLessThan(24);
    expect(Math.max(...day.map(({ hotWaterTopC }) => hotWaterTopC))).toBeLessThan(53);
    expect(Math.min(...day.map(({ hotWaterTopC }) => hotWaterTopC))).toBeGreaterThan(38);
    const heating = day.filter(({ activity, thermalKw }) => activity === 'HEATING' && thermalKw > 3);
    expect(heating.length).toBeGreaterThan(1_000);
    expect(heating.every(({ flowC, returnC }) => flowC > returnC)).toBe(true);
    const starts = day.filter(({ activity }, i) => activity !== 'IDLE' && day[i - 1]?.activity === 'IDLE').length;
    expect(starts / 6).toBeLessThan(24);
  });

  it('has counters that integrate its powers', () => {
    const first = week[0] as ThermalState;
    const end = last(week);
    const counted = (s: ThermalState) => s.heatHeatingKwh + s.heatHotWaterKwh;
    const integrated = week.reduce((sum, { thermalKw }) => sum + Math.max(0, thermalKw) / 60, 0);
    expect(counted(end) - counted(first)).toBeGreaterThan(300);
    expect((counted(end) - counted(first)) / integrated).toBeCloseTo(1, 1);
    const taken = week.reduce((sum, { thermalKw }) => sum + Math.max(0, -thermalKw) / 60, 0);
    expect((end.heatDefrostKwh - first.heatDefrostKwh) / taken).toBeCloseTo(1, 1);
    const drawn = (s: ThermalState) => s.electricHeatingKwh + s.electricHotWaterKwh;
    const electrical = week.reduce((sum, { electricalKw }) => sum + electricalKw / 60, 0);
    expect((drawn(end) - drawn(first)) / electrical).toBeCloseTo(1, 1);
    const hours = (s: ThermalState) => s.runHeatingHours + s.runHotWaterHours;
    const running = week.filter(({ activity }) => activity !== 'IDLE').length / 60;
    expect((hours(end) - hours(first)) / running).toBeCloseTo(1, 1);
    const starts = week.filter(({ activity }, i) => activity !== 'IDLE' && week[i - 1]?.activity === 'IDLE').length;
    // Between two looks a minute apart it may have stopped and started again.
    expect(end.starts - first.starts).toBeGreaterThanOrEqual(starts);
    expect(end.starts - first.starts).toBeLessThan(starts + 5);
  });

  it('has counters that never fall', () => {
    for (const key of ['heatHeatingKwh', 'heatHotWaterKwh', 'heatDefrostKwh'] as const) {
      expect(week.every((state, i) => i === 0 || state[key] >= (week[i - 1] as ThermalState)[key])).toBe(true);
    }
  });

  it('needs less electricity than it gives heat, and more of it in the cold', () => {
    const cop = (states: ThermalState[]) =>
      mean(states.map((s) => s.thermalKw)) / mean(states.map((s) => s.electricalKw));
    const heating = week.filter(({ activity, thermalKw }) => activity === 'HEATING' && thermalKw > 3);
    const sorted = [...heating].sort((a, b) => a.outdoorC - b.outdoorC);
    const quarter = Math.floor(sorted.length / 4);
    const cold = cop(sorted.slice(0, quarter));
    const mild = cop(sorted.slice(-quarter));
    expect(cold).toBeGreaterThan(2);
    expect(mild).toBeLessThan(7);
    expect(mild).toBeGreaterThan(cold);
  });

  it('follows its settings', () => {
    const warm = run(1, 48, ({ settings }) => {
      settings.roomTargetC = 23;
    });
    expect(last(warm).flowTargetC - (week[48 * 60 - 1] as ThermalState).flowTargetC).toBeCloseTo(2 + 2 * 0.5, 1);
    const off = run(1, 24, ({ settings }) => {
      settings.heatingAllowed = false;
      settings.hotWaterAllowed = false;
    });
    expect(off.every(({ activity, thermalKw }) => activity === 'IDLE' && thermalKw === 0)).toBe(true);
  });

  it('is done with a single hot-water charge when the tank is hot', () => {
    const model = new ThermalModel(1, START);
    model.settings.hotWaterOnce = true;
    model.advanceTo(START + 3 * HOUR_MS);
    expect(model.settings.hotWaterOnce).toBe(false);
    expect(model.state.heatHotWaterKwh).toBeGreaterThan(new ThermalModel(1, START).state.heatHotWaterKwh + 0.5);
  });

  it('does not catch up more than two days after its clock has jumped', () => {
    const model = new ThermalModel(1, START);
    const before = model.state.heatHeatingKwh;
    model.advanceTo(START + 365 * 24 * HOUR_MS);
    expect(model.state.heatHeatingKwh - before).toBeLessThan(48 * 10);
    expect(model.state.timeMs).toBeGreaterThan(START + 364 * 24 * HOUR_MS);
  });
});
