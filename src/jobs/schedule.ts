import { Cron } from 'croner';
import type { Schedule } from '../domain/job.ts';

/** Looked at to find how closely runs follow each other: more than a day of runs five minutes apart. */
const RUNS_LOOKED_AT = 300;

/**
 * The next times after `afterMs` that a schedule is due, at most `count`, ascending. Daylight saving: a time of the day that
 * the clock leaves out is due at the first instant after the gap; one that comes twice is due the first time only. A cron
 * expression that names no fixed times of the day (a step, range or star for minute or hour) is due by the running clock
 * instead: nothing in the gap, and both times in the hour that comes twice.
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
  const runs = nextRuns(schedule, 'UTC', 0, RUNS_LOOKED_AT);
  const gaps = runs.slice(1).map((at, index) => at - (runs[index] ?? at));
  return gaps.length === 0 ? null : Math.min(...gaps);
}

/** What is wrong with a cron expression; null if nothing is. */
export function cronFault(expression: string): string | null {
  if (!/^\s*\S+(\s+\S+){4}\s*$/.test(expression)) {
    return 'must have five fields: minute, hour, day of the month, month, day of the week';
  }
  try {
    const [next] = nextRuns({ type: 'CRON', expression }, 'UTC', 0, 1);
    return next === undefined ? 'never comes due' : null;
  } catch {
    return 'must be a cron expression, e.g. "30 6 * * MON-FRI"';
  }
}

/** True if this is a time zone with a name of its own, like "Europe/Berlin". */
export function isTimeZone(name: string): boolean {
  try {
    return /^[A-Za-z]/.test(name) && new Intl.DateTimeFormat('en', { timeZone: name }).format(0) !== '';
  } catch {
    return false;
  }
}

/** One for each time of the day, for only then every one of them is a fixed time. */
function cronsOf(schedule: Schedule, timeZone: string): Cron[] {
  const options = { timezone: timeZone, mode: '5-part' } as const;
  if (schedule.type === 'CRON') return [new Cron(schedule.expression.trim(), options)];
  return schedule.times.map((time) => {
    const [hour, minute] = time.split(':').map(Number);
    return new Cron(`${minute} ${hour} * * ${schedule.days.join(',')}`, options);
  });
}

function merged(dates: readonly Date[]): number[] {
  return [...new Set(dates.map((date) => date.getTime()))].sort((a, b) => a - b);
}
