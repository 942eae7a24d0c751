import { LOCALES } from '../../lib/format.ts';
import type { JobWords } from './job-words.ts';

const DAY_MS = 86_400_000;

/** A time on the clock of a zone, with its day in words: "tomorrow at 06:30", "Sat 28 Nov at 06:30". */
export function dayTimeText(at: string, timeZone: string, now: number, { t, language }: JobWords): string {
  const locale = LOCALES[language()];
  const time = new Intl.DateTimeFormat(locale, { hour: '2-digit', minute: '2-digit', timeZone }).format(new Date(at));
  const days = dayNumber(Date.parse(at), timeZone) - dayNumber(now, timeZone);
  const day =
    Math.abs(days) <= 1
      ? new Intl.RelativeTimeFormat(locale, { numeric: 'auto' }).format(days, 'day')
      : new Intl.DateTimeFormat(locale, {
          weekday: 'short',
          day: 'numeric',
          month: 'short',
          // A day without its year is one of the next or last months.
          ...(Math.abs(days) > 300 ? { year: 'numeric' } : {}),
          timeZone,
        }).format(new Date(at));
  return t('jobs.at', day, time);
}

/** Counts days on the calendar of a zone. */
function dayNumber(at: number, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en-CA', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone });
  return Date.parse(parts.format(at)) / DAY_MS;
}
