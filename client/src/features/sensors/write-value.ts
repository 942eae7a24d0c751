import { sensorKind, writtenText } from '../../lib/sensor-value.ts';
import type { WritableSensor } from './detail-sensor.ts';
import type { WriteValue } from './live-writes.ts';
import type { SensorsI18n } from './texts.ts';

/** What a field holds for a value: the name of an option, or digits; empty: none. */
export function draftOf({ options }: WritableSensor, value: number | null): string {
  if (value === null) return '';
  if (options.length > 0) return options.find((option) => option.value === value)?.name ?? '';
  return String(Number(value.toFixed(4)));
}

/** What is sent for what a field holds; null if that is no value. */
export function valueOfDraft({ options }: WritableSensor, draft: string): WriteValue | null {
  if (options.length > 0) return draft || null;
  return draft.trim() === '' || !Number.isFinite(Number(draft)) ? null : Number(draft);
}

/** True unless a number lies outside the range of the sensor; the server checks the rest. */
export function isAllowed({ min, max }: WritableSensor, value: WriteValue): boolean {
  if (typeof value === 'string') return true;
  return value >= (min ?? Number.NEGATIVE_INFINITY) && value <= (max ?? Number.POSITIVE_INFINITY);
}

/** The range and step of a sensor in words; empty if it has neither. */
export function rangeText(sensor: WritableSensor, { t, format }: SensorsI18n): string {
  const { min, max, step } = sensor;
  const exact = (value: number) => writtenText({ ...sensorKind(sensor), options: [] }, value, format());
  const parts = [
    min !== null && max !== null ? t('write.range', format().number(min, 0, 4), exact(max)) : '',
    min !== null && max === null ? t('write.from', exact(min)) : '',
    min === null && max !== null ? t('write.upTo', exact(max)) : '',
    step !== null ? t('write.step', exact(step)) : '',
  ];
  return parts.filter((part) => part !== '').join(', ');
}
