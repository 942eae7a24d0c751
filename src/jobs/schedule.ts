import { Cron } from 'croner';
import type { Schedule } from '../domain/job.ts';

/** Runs looked at to find how closely they follow each other: more than a day of them, five minutes apart. */
const RUNS_LOOKED_AT = 300;
/** The same for each fixed time of the day: more than a week of them. */
const DAYS_LOOKED_AT = 8;
/** Times of the day that an expression may name, for each is looked for by itself. */
const MAX_TIMES = 48;

/**
 * The next times after `afterMs` that a schedule is due, at most `count`, ascending. Daylight saving: a time of the day that
 * the clock leaves out is due at the first instant after the gap; one that comes twice is due the first time only. A cron
 * expression that has more than numbers for minute and hour (a step, range or star) goes by the running clock instead: it is
 * not due for what is left out, and both times in the hour that comes twice.
 */
export function nextRuns(schedule: Schedule, timeZone: string, afterMs: number, count: number): number[] {
  const after = new Date(afterMs);
  return merged(cronsOf(schedule, timeZone).flatMap((cron) => cron.nextRuns(count, after))).slice(0, count);
}

/** The last times up to `untilMs`, itself included, that a schedule was due, at most `count`, ascending. */
export function lastRuns(schedule: Schedule, timeZone: string, untilMs: number, count: number): number[] {
  const before = new Date(untilMs + 1);
  return merged(cronsOf(schedule, timeZone).flatMap((cron) => cron.previousRuns(count, before))).slice(-count);
}

/** The shortest time between two runs that follow each other, in milliseconds; null if there is one run at most. */
export function shortestGapMs(schedule: Schedule): number | null {
  const crons = cronsOf(schedule, 'UTC');
  const count = hasFixedTimes(schedule) ? DAYS_LOOKED_AT : RUNS_LOOKED_AT;
  const runs = merged(crons.flatMap((cron) => cron.nextRuns(count, new Date(0))));
  const gaps = runs.slice(1).map((at, index) => at - (runs[index] ?? at));
  return gaps.length === 0 ? null : Math.min(...gaps);
}

/** What is wrong with a cron expression; null if nothing is. */
export function cronFault(expression: string): string | null {
  if (!/^\s*\S+(\s+\S+){4}\s*$/.test(expression)) {
    return 'must have five fields: minute, hour, day of the month, month, day of the week';
  }
  const { length } = expressionsOf({ type: 'CRON', expression });
  if (length > MAX_TIMES) {
    return `names ${length} times of the day; ${MAX_TIMES} are allowed, or a range or step, e.g. "*/10 6-21 * * *"`;
  }
  try {
    const [next] = nextRuns({ type: 'CRON', expression }, 'UTC', 0, 1);
    return next === undefined ? 'never comes due' : null;
  } catch {
    return 'must be a cron expression, e.g. "30 6 * * MON-FRI"';
  }
}

/** The time zone of this computer. */
export function localTimeZone(): string {
  return new Intl.DateTimeFormat().resolvedOptions().timeZone;
}

/** True if this is a time zone with a name of its own, like "Europe/Berlin". */
export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

function cronsOf(schedule: Schedule, timeZone: string): Cron[] {
  return expressionsOf(schedule).map((expression) => new Cron(expression, { timezone: timeZone, mode: '5-part' }));
}

/** One for each time of the day where times are named, for croner takes only a single one as fixed. */
function expressionsOf(schedule: Schedule): string[] {
  if (schedule.type === 'WEEKLY') {
    return schedule.times.map((time) => {
      const [hour, minute] = time.split(':').map(Number);
      return `${minute} ${hour} * * ${schedule.days.join(',')}`;
    });
  }
  if (!hasFixedTimes(schedule)) return [schedule.expression];
  const [minute = '', hour = '', ...days] = schedule.expression.trim().split(/\s+/);
  const named = (field: string) => [...new Set(field.split(',').map(Number))];
  return named(hour).flatMap((h) => named(minute).map((m) => [m, h, ...days].join(' ')));
}

/** True if times of the day are named, not a rhythm. */
function hasFixedTimes(schedule: Schedule): boolean {
  return schedule.type === 'WEEKLY' || /^\s*\d+(,\d+)*\s+\d+(,\d+)*\s/.test(schedule.expression);
}

function merged(dates: readonly Date[]): number[] {
  return [...new Set(dates.map((date) => date.getTime()))].sort((a, b) => a - b);
}
