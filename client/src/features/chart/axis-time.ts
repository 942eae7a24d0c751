import type { Language } from '../../graphql/generated/types.ts';
import { LOCALES } from '../../lib/format.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** Writes the marks of a time axis that are `stepMs` apart. */
export type AxisTime = (at: number, stepMs: number) => string;

/** Marks as short as they can be told apart: seconds, minutes, days or months; midnight is written as its day. */
export function createAxisTime(language: Language): AxisTime {
  const format = (options: Intl.DateTimeFormatOptions) => new Intl.DateTimeFormat(LOCALES[language], options);
  const seconds = format({ hour: '2-digit', minute: '2-digit', second: '2-digit' });
  const minutes = format({ hour: '2-digit', minute: '2-digit' });
  const days = format({ day: 'numeric', month: 'short' });
  const months = format({ month: 'short', year: 'numeric' });
  return (at, stepMs) => {
    const date = new Date(at);
    const isMidnight = date.getHours() === 0 && date.getMinutes() === 0 && date.getSeconds() === 0;
    if (stepMs >= 28 * DAY_MS) return months.format(date);
    if (stepMs >= DAY_MS || isMidnight) return days.format(date);
    return (stepMs >= MINUTE_MS ? minutes : seconds).format(date);
  };
}
