import type { JobOutcome, JobRunPartsFragment } from '../../graphql/generated/types.ts';
import type { NamedSensor } from '../../graphql/sensor-book.ts';
import { quantityKind, sensorKind, writtenText } from '../../lib/sensor-value.ts';
import type { IconName } from '../../ui/icon.tsx';
import type { MarkKind } from '../../ui/mark.tsx';
import type { JobsI18n } from './texts.ts';

/** The shape and the meaning of each outcome. */
export const OUTCOME_MARKS: Readonly<Record<JobOutcome, { readonly kind: MarkKind; readonly icon: IconName }>> = {
  PENDING: { kind: 'neutral', icon: 'CONNECTING' },
  SUCCEEDED: { kind: 'good', icon: 'ONLINE' },
  FAILED: { kind: 'bad', icon: 'OFFLINE' },
  UNKNOWN: { kind: 'warning', icon: 'DEGRADED' },
  SKIPPED: { kind: 'neutral', icon: 'DISABLED' },
};

/** What came of a run, in a sentence. */
export function runText(
  { outcome, write, error }: JobRunPartsFragment,
  sensor: NamedSensor | undefined,
  i18n: JobsI18n,
) {
  const { t, textOr, format } = i18n;
  const kind = sensor ? sensorKind(sensor) : quantityKind(null);
  const text = (value: number | null | undefined) => (value == null ? '–' : writtenText(kind, value, format()));
  if (error) return textOr(`runError.${error.code}`, error.message);
  if (outcome === 'SKIPPED') return t('outcomeHelp.SKIPPED');
  if (outcome === 'PENDING') return t('outcomeHelp.PENDING', text(write?.requested));
  if (outcome === 'SUCCEEDED') return t('outcomeHelp.SUCCEEDED', text(write?.confirmed ?? write?.requested));
  if (outcome === 'UNKNOWN') return t('outcomeHelp.UNKNOWN', text(write?.requested));
  return write?.state === 'CLAMPED'
    ? t('outcomeHelp.CLAMPED', text(write.confirmed), text(write.requested))
    : t('outcomeHelp.REJECTED', text(write?.requested));
}

/** A value that a job writes: the label of an option, or the number with its unit. */
export function jobValueText(value: unknown, sensor: NamedSensor | undefined, { format }: JobsI18n): string {
  const number = typeof value === 'boolean' ? Number(value) : value;
  if (!sensor) return String(value);
  const kind = sensorKind(sensor);
  if (typeof number === 'number') return writtenText(kind, number, format());
  return kind.options.find(({ name }) => name === number)?.label ?? String(number);
}
