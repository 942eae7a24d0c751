import type { SensorOption } from '../domain/sensor.ts';

/** The values of a state, one line each: number, name, English and German label. */
export function options(...lines: readonly (readonly [number, string, string, string])[]): readonly SensorOption[] {
  return lines.map(([value, name, en, de]) => ({ value, name, label: { EN: en, DE: de } }));
}

export const OFF_ON = options([0, 'off', 'Off', 'Aus'], [1, 'on', 'On', 'Ein']);
