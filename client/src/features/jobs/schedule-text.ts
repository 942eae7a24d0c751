import type { JobPartsFragment, Weekday } from '../../graphql/generated/types.ts';
import { LOCALES } from '../../lib/format.ts';
import type { JobWords } from './job-words.ts';

/** The days of the week, from Monday on. */
export const WEEKDAYS: readonly Weekday[] = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
const WORKDAYS = WEEKDAYS.slice(0, 5).join();
/** Some Monday. */
const MONDAY_MS = Date.UTC(2024, 0, 1);
const DAY_MS = 86_400_000;

type Schedule = JobPartsFragment['schedule'];

/** When a job is due, in words, e.g. "every Monday and Friday at 06:30 (Europe/Berlin)". */
export function scheduleText(schedule: Schedule, timeZone: string, i18n: JobWords): string {
  return i18n.t('schedule.zone', rhythmText(schedule, i18n), timeZone);
}

/** The name of a day of the week. */
export function weekdayName(day: Weekday, { language }: JobWords, style: 'long' | 'short' = 'long'): string {
  const format = new Intl.DateTimeFormat(LOCALES[language()], { weekday: style, timeZone: 'UTC' });
  return format.format(MONDAY_MS + WEEKDAYS.indexOf(day) * DAY_MS);
}

function rhythmText({ weekly, cron }: Schedule, i18n: JobWords): string {
  const { t } = i18n;
  if (weekly) return weeklyText(weekly, i18n);
  const expression = cron ?? '';
  const minutes = /^\*\/(\d+) \* \* \* \*$/.exec(expression);
  if (minutes && 60 % Number(minutes[1]) === 0) return t('schedule.minutes', Number(minutes[1]));
  const asWeekly = weeklyOf(expression);
  return asWeekly ? weeklyText(asWeekly, i18n) : t('schedule.cron', expression);
}

function weeklyText({ days, times }: NonNullable<Schedule['weekly']>, i18n: JobWords): string {
  const { t, language } = i18n;
  const list = new Intl.ListFormat(LOCALES[language()], { type: 'conjunction' });
  const at = list.format(times);
  if (days.length === WEEKDAYS.length) return t('schedule.daily', at);
  if (days.join() === WORKDAYS) return t('schedule.weekdays', at);
  return t('schedule.days', list.format(days.map((day) => weekdayName(day, i18n))), at);
}

/** The days and times of a plain expression, such as `30 6 * * MON-FRI`; undefined for any other. */
function weeklyOf(expression: string): NonNullable<Schedule['weekly']> | undefined {
  const [, minute, hour, day = ''] = /^(\d{1,2}) (\d{1,2}) \* \* (\S+)$/.exec(expression) ?? [];
  const days = day === '*' ? WEEKDAYS : day === 'MON-FRI' ? WEEKDAYS.slice(0, 5) : day.split(',');
  if (minute === undefined || hour === undefined || !days.every(isWeekday)) return undefined;
  return {
    days: WEEKDAYS.filter((one) => days.includes(one)),
    times: [`${hour.padStart(2, '0')}:${minute.padStart(2, '0')}`],
  };
}

function isWeekday(text: string): text is Weekday {
  return (WEEKDAYS as readonly string[]).includes(text);
}
