import { flatten, translator } from '@solid-primitives/i18n';
import { describe, expect, it } from 'vitest';
import { dayTimeText } from '../../../../client/src/features/jobs/day-time.ts';
import type { JobWords } from '../../../../client/src/features/jobs/job-words.ts';
import { scheduleText } from '../../../../client/src/features/jobs/schedule-text.ts';
import { de } from '../../../../client/src/features/jobs/texts.de.ts';
import { en } from '../../../../client/src/features/jobs/texts.en.ts';
import type { Language, Weekday } from '../../../../client/src/graphql/generated/types.ts';

function i18nIn(language: Language): JobWords {
  const texts = flatten(language === 'EN' ? en : de);
  return { t: translator(() => texts), language: () => language };
}

const EN = i18nIn('EN');
const DE = i18nIn('DE');
const weekly = (days: Weekday[], ...times: string[]) => ({ weekly: { days, times }, cron: null });
const cron = (expression: string) => ({ weekly: null, cron: expression });

describe('a schedule in words', () => {
  it.each([
    [weekly(['MON', 'FRI'], '06:30'), 'every Monday and Friday at 06:30', 'jeden Montag und Freitag um 06:30'],
    [
      weekly(['MON', 'TUE', 'WED', 'THU', 'FRI'], '06:30', '18:00'),
      'from Monday to Friday at 06:30 and 18:00',
      'von Montag bis Freitag um 06:30 und 18:00',
    ],
    [weekly(['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'], '00:00'), 'every day at 00:00', 'täglich um 00:00'],
    [cron('5 7 * * *'), 'every day at 07:05', 'täglich um 07:05'],
    [cron('30 6 * * FRI,MON'), 'every Monday and Friday at 06:30', 'jeden Montag und Freitag um 06:30'],
    [cron('*/15 * * * *'), 'every 15 minutes', 'alle 15 Minuten'],
    [cron('*/25 * * * *'), 'by the expression */25 * * * *', 'nach dem Ausdruck */25 * * * *'],
    [cron('30 6 * * 1-5'), 'by the expression 30 6 * * 1-5', 'nach dem Ausdruck 30 6 * * 1-5'],
    [cron('30 6 1 * MON'), 'by the expression 30 6 1 * MON', 'nach dem Ausdruck 30 6 1 * MON'],
  ])('is plain in both languages (%#)', (schedule, english, german) => {
    expect(scheduleText(schedule, 'Europe/Berlin', EN)).toBe(`${english} (Europe/Berlin)`);
    expect(scheduleText(schedule, 'Europe/Berlin', DE)).toBe(`${german} (Europe/Berlin)`);
  });
});

describe('a time in words', () => {
  // 23:30 on Saturday in Berlin, the night that the clock goes forward.
  const now = Date.parse('2026-03-28T22:30:00Z');

  it('names the day on the calendar of the zone', () => {
    expect(dayTimeText('2026-03-28T22:45:00Z', 'Europe/Berlin', now, EN)).toBe('today at 23:45');
    expect(dayTimeText('2026-03-28T23:15:00Z', 'Europe/Berlin', now, EN)).toBe('tomorrow at 00:15');
    expect(dayTimeText('2026-03-28T23:15:00Z', 'UTC', now, DE)).toBe('heute um 23:15');
    expect(dayTimeText('2026-03-29T20:00:00Z', 'Europe/Berlin', now, DE)).toBe('morgen um 22:00');
    expect(dayTimeText('2026-03-27T06:00:00Z', 'Europe/Berlin', now, DE)).toBe('gestern um 07:00');
  });

  it('is on summer time after the change, with its date where the day has no word', () => {
    expect(dayTimeText('2026-03-31T04:30:00Z', 'Europe/Berlin', now, EN)).toBe('Tue 31 Mar at 06:30');
    expect(dayTimeText('2026-03-31T04:30:00Z', 'Europe/Berlin', now, DE)).toBe('Di., 31. März um 06:30');
    expect(dayTimeText('2027-03-30T04:30:00Z', 'Europe/Berlin', now, EN)).toBe('Tue, 30 Mar 2027 at 06:30');
  });
});
