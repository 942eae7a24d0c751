import type { Quantity } from '../domain/quantity.ts';
import type { Sensor } from '../domain/sensor.ts';

/** The quantities that a heat pump with these sensors provides, among them those that are worked out of several. */
export function quantitiesOf(sensors: readonly Sensor[]): Quantity[] {
  const direct = new Set(sensors.flatMap(({ quantity }) => quantity ?? []));
  const hasCop = direct.has('THERMAL_POWER') && direct.has('ELECTRICAL_POWER');
  return [...direct, ...(hasCop ? (['COP'] as const) : []), 'OPERATING_STATE'];
}
