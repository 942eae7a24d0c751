import { OPERATING_STATES } from '../domain/quantity.ts';
import { optionText } from '../domain/sensor.ts';
import type { SelectedSeries } from './selection.ts';

/** The name of a state; null if it has none. */
export function stateText({ sensor, key }: Pick<SelectedSeries, 'sensor' | 'key'>, value: number): string | null {
  if (sensor) return optionText(sensor, value);
  return key === 'OPERATING_STATE' ? (OPERATING_STATES[value] ?? null) : null;
}
