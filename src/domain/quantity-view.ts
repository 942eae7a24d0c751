import { cop } from './cop.ts';
import { type Heatpump, readingsOf } from './heatpump.ts';
import { operatingState } from './operating-state.ts';
import { conversionFactor, type Quantity } from './quantity.ts';
import type { QuantityReading } from './quantity-reading.ts';
import type { Sensor } from './sensor.ts';
import type { Reading } from './snapshot.ts';

/** What a heat pump says in the common vocabulary now: each quantity of its sensors, its operating state and its COP. */
export function quantityReadingsOf(heatpump: Heatpump): QuantityReading[] {
  const readings = readingsOf(heatpump);
  const direct = readings.filter(isOfQuantity).map(directQuantity);
  const state = operatingState(heatpump.model.stateRules, readings);
  const find = (quantity: Quantity) =>
    direct.find((candidate) => candidate.quantity === quantity && candidate.circuit === null);
  const thermal = find('THERMAL_POWER');
  const electrical = find('ELECTRICAL_POWER');
  return [...direct, state, ...(thermal && electrical ? [cop(thermal, electrical, state)] : [])];
}

/** The quantities that a heat pump with these sensors provides, among them those that are worked out of several. */
export function quantitiesOf(sensors: readonly Sensor[]): Quantity[] {
  const direct = new Set(sensors.flatMap(({ quantity }) => quantity ?? []));
  const hasCop = direct.has('THERMAL_POWER') && direct.has('ELECTRICAL_POWER');
  return [...direct, ...(hasCop ? (['COP'] as const) : []), 'OPERATING_STATE'];
}

type OfQuantity = Reading & { readonly sensor: Sensor & { readonly quantity: Quantity } };

function isOfQuantity(reading: Reading): reading is OfQuantity {
  return reading.sensor.quantity !== null;
}

function directQuantity({ sensor, value, text, quality, observedAt }: OfQuantity): QuantityReading {
  const { key, quantity, circuit, unit } = sensor;
  const converted = value === null ? null : value * conversionFactor(unit, quantity);
  return { quantity, circuit, value: converted, text, quality, observedAt, keys: [key], reason: null };
}
