import type { Translate } from './i18n/i18n.tsx';

/** Units of time, largest first, each with its length in seconds. */
const UNITS = [
  { key: 'time.days', seconds: 86_400 },
  { key: 'time.hours', seconds: 3_600 },
  { key: 'time.minutes', seconds: 60 },
] as const;

/** A length of time in its largest unit, rounded down, e.g. "3 min"; never negative, for clocks differ. */
export function lengthOfTime(t: Translate, ms: number): string {
  const seconds = Math.max(0, Math.floor(ms / 1_000));
  const unit = UNITS.find((candidate) => seconds >= candidate.seconds);
  return unit ? t(unit.key, Math.floor(seconds / unit.seconds)) : t('time.seconds', seconds);
}
