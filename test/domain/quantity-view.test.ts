import { describe, expect, it } from 'vitest';
import type { Heatpump } from '../../src/domain/heatpump.ts';
import { conversionFactor } from '../../src/domain/quantity.ts';
import { quantityReadingsOf } from '../../src/domain/quantity-view.ts';
import type { Quality, Reading } from '../../src/domain/snapshot.ts';
import { navigator20 } from '../../src/drivers/idm/navigator-2-0.ts';

const config = { circuits: ['A', 'B'], zones: [] };
const sensors = navigator20.sensors(config);

type Shown = Readonly<Record<string, number | null | readonly [number | null, Quality, number?]>>;

/** An iDM whose sensors show these values, all good and of time 1000 unless said otherwise; the rest is missing. */
function showing(shown: Shown): Heatpump {
  const readings = sensors.map((sensor): Reading => {
    const given = shown[sensor.key];
    const [value, quality, observedAt] = Array.isArray(given)
      ? given
      : [given ?? null, given === undefined ? 'MISSING' : 'GOOD'];
    return { sensor, value, text: null, quality, observedAt: observedAt ?? 1_000 };
  });
  return {
    model: navigator20,
    sensors,
    snapshot: { heatpumpId: 'hp', revision: 1, observedAt: 1_000, readings },
  } as unknown as Heatpump;
}

function quantity(shown: Shown, name: string, circuit: string | null = null) {
  return quantityReadingsOf(showing(shown)).find((reading) => reading.quantity === name && reading.circuit === circuit);
}

describe('a quantity', () => {
  it('comes from its sensor, for the heat pump and for each circuit', () => {
    const shown = { temp_heat_pump_flow: 34.5, temp_flow_current_circuit_b: 31.2 };
    expect(quantity(shown, 'FLOW_TEMPERATURE')).toMatchObject({
      value: 34.5,
      quality: 'GOOD',
      keys: ['temp_heat_pump_flow'],
    });
    expect(quantity(shown, 'FLOW_TEMPERATURE', 'B')).toMatchObject({
      value: 31.2,
      keys: ['temp_flow_current_circuit_b'],
    });
    expect(quantity(shown, 'FLOW_TEMPERATURE', 'A')).toMatchObject({ value: null, quality: 'MISSING', reason: null });
    expect(quantity(shown, 'FLOW_TEMPERATURE', 'C')).toBeUndefined();
  });

  it.each([
    ['W', 'THERMAL_POWER', 0.001],
    ['kW', 'THERMAL_POWER', 1],
    ['MWh', 'HEAT_ENERGY', 1_000],
    ['s', 'COMPRESSOR_RUN_TIME', 1 / 3_600],
    ['min', 'COMPRESSOR_RUN_TIME', 1 / 60],
    ['L/min', 'FLOW_RATE', 1],
    ['m³/h', 'FLOW_RATE', 16.666_666_666_666_668],
  ] as const)('in %s is turned into the unit of %s', (unit, name, factor) => {
    expect(conversionFactor(unit, name)).toBeCloseTo(factor, 12);
  });

  it('has no unit that is none of its own', () => {
    expect(() => conversionFactor('bar', 'OUTDOOR_TEMPERATURE')).toThrow(RangeError);
  });
});

describe('the operating state', () => {
  const running = { failure_heat_pump: 0, evu_lock_status: 1, status_system: 1 };
  it.each([
    ['a fault goes before all', { ...running, failure_heat_pump: 1, status_heat_pump: 1 }, 'FAULT', 8],
    ['defrosting while heating', { ...running, status_heat_pump: 9 }, 'DEFROST', 6],
    ['hot water', { ...running, status_heat_pump: 4 }, 'HOT_WATER', 3],
    ['cooling', { ...running, status_heat_pump: 2 }, 'COOLING', 4],
    ['heating', { ...running, status_heat_pump: 1 }, 'HEATING', 2],
    ['locked by the utility', { ...running, evu_lock_status: 0, status_heat_pump: 0 }, 'BLOCKED', 7],
    ['standby', { ...running, status_system: 0, status_heat_pump: 0 }, 'OFF', 0],
    ['no demand', { ...running, status_heat_pump: 0 }, 'IDLE', 1],
    ['no lock contact installed', { failure_heat_pump: 0, status_heat_pump: 1 }, 'HEATING', 2],
  ] as const)('is worked out: %s', (_, shown, text, value) => {
    expect(quantity(shown, 'OPERATING_STATE')).toMatchObject({ text, value, quality: 'GOOD', reason: null });
  });

  it('is not guessed where the sensor that decides could not be read', () => {
    const shown = { ...running, failure_heat_pump: [null, 'FAILED'], status_heat_pump: 1 } as const;
    const unknown = { value: null, text: null, quality: 'FAILED', reason: 'SOURCE_NOT_GOOD' };
    expect(quantity(shown, 'OPERATING_STATE')).toMatchObject(unknown);
  });

  it('is stale and as old as the oldest value it took', () => {
    const shown = { failure_heat_pump: [0, 'STALE', 700], status_heat_pump: [1, 'STALE', 900] } as const;
    expect(quantity(shown, 'OPERATING_STATE')).toMatchObject({ text: 'HEATING', quality: 'STALE', observedAt: 700 });
  });

  it('is missing where no rule fits', () => {
    expect(quantity({}, 'OPERATING_STATE')).toMatchObject({ value: null, quality: 'MISSING', reason: 'NO_RULE_FITS' });
  });
});

describe('the COP', () => {
  const heating = { failure_heat_pump: 0, status_heat_pump: 1 };
  it('is thermal over electrical power while the machine heats', () => {
    const shown = { ...heating, power_current: 8.4, power_current_draw: 2.1 };
    expect(quantity(shown, 'COP')).toMatchObject({
      value: 4,
      quality: 'GOOD',
      reason: null,
      keys: ['power_current', 'power_current_draw', 'failure_heat_pump', 'status_heat_pump'],
    });
  });

  it.each([
    ['defrosting', { ...heating, status_heat_pump: 9, power_current: -3, power_current_draw: 1.1 }, 'NOT_HEATING'],
    ['idle', { ...heating, status_heat_pump: 0, power_current: 0, power_current_draw: 0.02 }, 'NOT_HEATING'],
    ['cooling', { ...heating, status_heat_pump: 2, power_current: -5, power_current_draw: 1.5 }, 'NOT_HEATING'],
    ['just starting', { ...heating, power_current: 0, power_current_draw: 0.49 }, 'TOO_LITTLE_POWER'],
    ['a spike of one power', { ...heating, power_current: 8, power_current_draw: 0.52 }, 'IMPLAUSIBLE'],
    ['heat that flows backwards', { ...heating, power_current: -1, power_current_draw: 2 }, 'IMPLAUSIBLE'],
    ['a power not measured', { ...heating, power_current: 8 }, 'SOURCE_NOT_GOOD'],
    ['a stale power', { ...heating, power_current: [8, 'STALE'], power_current_draw: 2 }, 'SOURCE_NOT_GOOD'],
    [
      'a state not read',
      { failure_heat_pump: [null, 'FAILED'], power_current: 8, power_current_draw: 2 },
      'SOURCE_NOT_GOOD',
    ],
  ] as const)('has no value but a reason: %s', (_, shown, reason) => {
    expect(quantity(shown, 'COP')).toMatchObject({ value: null, quality: 'MISSING', reason });
  });
});
