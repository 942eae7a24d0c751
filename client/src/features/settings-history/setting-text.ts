import type { SettingSensorFragment } from '../../graphql/generated/types.ts';
import { quantityKind, sensorKind, writtenText } from '../../lib/sensor-value.ts';
import type { SettingsI18n } from './texts.ts';

/** What is known of a sensor whose values are written here. */
export type SettingSensor = Pick<SettingSensorFragment, 'unit' | 'dataType' | 'options' | 'register' | 'key'>;

/** A value of a setting with every digit and its unit, or the label of an option; an en dash where none is known. */
export function settingText(
  sensor: SettingSensor | null | undefined,
  value: number | null,
  { format }: SettingsI18n,
): string {
  if (value === null) return '–';
  return writtenText(sensor ? sensorKind(sensor) : quantityKind(null), value, format());
}
