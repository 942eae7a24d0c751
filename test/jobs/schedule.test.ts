import { describe, expect, it } from 'vitest';
import type { Schedule, Weekday } from '../../src/domain/job.ts';
import { cronFault, isTimeZone, lastRuns, nextRuns, shortestGapMs } from '../../src/jobs/schedule.ts';

const BERLIN = 'Europe/Berlin';
const DAILY: Weekday[] = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
const cron = (expression: string): Schedule => ({ type: 'CRON', expression });
const weekly = (days: Weekday[], ...times: string[]): Schedule => ({ type: 'WEEKLY', days, times });

/** The runs from `from` up to and with `to`, all in UTC, as `DD HH:MM`. */
function runsBetween(schedule: Schedule, from: string, to: string, timeZone = BERLIN): string[] {
  const end = Date.parse(to);
  return nextRuns(schedule, timeZone, Date.parse(from) - 1, 200)
    .filter((at) => at <= end)
    .map((at) => new Date(at).toISOString().slice(8, 16).replace('T', ' '));
}

describe('the runs of a week', () => {
  it('are on the days and times given, on the clock of the time zone', () => {
    // 16 November 2026 is a Monday, and Berlin is an hour ahead of UTC.
    const schedule = weekly(['MON', 'FRI', 'SUN'], '06:00', '22:30');
    expect(runsBetween(schedule, '2026-11-16T00:00Z', '2026-11-22T23:59Z')).toStrictEqual([
      '16 05:00',
      '16 21:30',
      '20 05:00',
      '20 21:30',
      '22 05:00',
      '22 21:30',
    ]);
    expect(runsBetween(weekly(['MON'], '06:00'), '2026-11-16T00:00Z', '2026-11-17T00:00Z', 'UTC')).toStrictEqual([
      '16 06:00',
    ]);
  });

  it('may cross midnight in UTC', () => {
    expect(runsBetween(weekly(['MON'], '00:30'), '2026-11-14T00:00Z', '2026-11-17T00:00Z')).toStrictEqual(['15 23:30']);
  });
});

/**
 * Berlin, 29 March 2026: 01:59:59 (UTC+1) is followed by 03:00:00 (UTC+2), at 01:00 UTC.
 * Berlin, 25 October 2026: 02:59:59 (UTC+2) is followed by 02:00:00 (UTC+1), at 01:00 UTC.
 */
const NIGHTS: [string, Schedule, string[], string[]][] = [
  ['01:59', weekly(DAILY, '01:59'), ['29 00:59'], ['24 23:59']],
  ['02:00', weekly(DAILY, '02:00'), ['29 01:00'], ['25 00:00']],
  ['02:30', weekly(DAILY, '02:30'), ['29 01:00'], ['25 00:30']],
  ['02:30 by cron', cron('30 2 * * *'), ['29 01:00'], ['25 00:30']],
  [
    '02:15, 02:45 and 03:00',
    weekly(DAILY, '02:15', '02:45', '03:00'),
    ['29 01:00'],
    ['25 00:15', '25 00:45', '25 02:00'],
  ],
  ['02:00 and 03:00 by cron', cron('0 2,3 * * *'), ['29 01:00'], ['25 00:00', '25 02:00']],
  ['03:00', weekly(DAILY, '03:00'), ['29 01:00'], ['25 02:00']],
  ['03:30', cron('30 3 * * *'), ['29 01:30'], ['25 02:30']],
  [
    'each half hour',
    cron('*/30 * * * *'),
    ['28 23:30', '29 00:00', '29 00:30', '29 01:00', '29 01:30', '29 02:00', '29 02:30'],
    ['24 23:30', '25 00:00', '25 00:30', '25 01:00', '25 01:30', '25 02:00', '25 02:30'],
  ],
  ['each hour', cron('0 * * * *'), ['29 00:00', '29 01:00', '29 02:00'], ['25 00:00', '25 01:00', '25 02:00']],
  ['each half of the hour after two', cron('*/30 2 * * *'), [], ['25 00:00', '25 00:30', '25 01:00', '25 01:30']],
];

describe('the nights when the clock changes', () => {
  it.each(NIGHTS)('have each run once: %s', (_, schedule, spring, autumn) => {
    expect(runsBetween(schedule, '2026-03-28T23:30Z', '2026-03-29T02:30Z')).toStrictEqual(spring);
    expect(runsBetween(schedule, '2026-10-24T23:30Z', '2026-10-25T02:30Z')).toStrictEqual(autumn);
  });

  it('lead back to the usual times', () => {
    const schedule = weekly(DAILY, '02:30');
    expect(runsBetween(schedule, '2026-03-28T00:00Z', '2026-03-31T00:00Z')).toStrictEqual([
      '28 01:30',
      '29 01:00',
      '30 00:30',
    ]);
    expect(runsBetween(schedule, '2026-10-24T00:00Z', '2026-10-27T00:00Z')).toStrictEqual([
      '24 00:30',
      '25 00:30',
      '26 01:30',
    ]);
  });
});

describe('looking back', () => {
  it.each(NIGHTS)('finds the same runs: %s', (_, schedule) => {
    for (const night of ['2026-03-29', '2026-10-25']) {
      const from = Date.parse(`${night}T00:00Z`) - 6 * 3_600_000;
      const to = Date.parse(`${night}T12:00Z`);
      const ahead = nextRuns(schedule, BERLIN, from, 500).filter((at) => at <= to);
      const back = lastRuns(schedule, BERLIN, to, 500).filter((at) => at > from);
      expect(back).toStrictEqual(ahead);
    }
  });

  it('includes a run that is due just then, and looking ahead does not', () => {
    const at = Date.parse('2026-11-16T05:00Z');
    expect(lastRuns(weekly(['MON'], '06:00'), BERLIN, at, 1)).toStrictEqual([at]);
    expect(nextRuns(weekly(['MON'], '06:00'), BERLIN, at, 1)).toStrictEqual([at + 7 * 86_400_000]);
  });
});

describe('the shortest gap', () => {
  const minutes = (schedule: Schedule) => (shortestGapMs(schedule) ?? Number.NaN) / 60_000;

  it.each([
    [cron('* * * * *'), 1],
    [cron('*/5 * * * *'), 5],
    [cron('*/7 * * * *'), 4],
    [cron('0,2 6 1 1 *'), 2],
    [cron('0,58 0,23 * * *'), 2],
    [cron('0 6 * * *'), 1_440],
    [weekly(DAILY, '00:01', '23:59'), 2],
    [weekly(['SUN', 'MON'], '00:00', '23:56'), 4],
    [weekly(['MON'], '06:00'), 10_080],
    [weekly(['MON'], '06:00', '06:05'), 5],
  ])('of %j is %d minutes', (schedule, gap) => {
    expect(minutes(schedule)).toBe(gap);
  });
});

describe('a cron expression', () => {
  it.each([
    ['', /five fields/],
    ['0 6 * *', /five fields/],
    ['0 0 6 * * *', /five fields/],
    ['@daily', /five fields/],
    ['60 6 * * *', /cron expression/],
    ['0 24 * * *', /cron expression/],
    ['a b c d e', /cron expression/],
    ['0 0 31 2 *', /never/],
    ['0,5,10,15,20,25,30 6,7,8,9,10,11,12 * * *', /names 49 times of the day; 48 are allowed/],
  ])('is refused: %s', (expression, fault) => {
    expect(cronFault(expression)).toMatch(fault);
  });

  it.each(['0 6 * * *', ' 30  6 * * MON-FRI ', '*/15 6-22 1,15 1-6 *', '0 0 29 2 *'])('is taken: %s', (expression) => {
    expect(cronFault(expression)).toBeNull();
  });

  it('that names a time again and again names it once', () => {
    const expression = `${'0,'.repeat(30)}30 ${'6,'.repeat(15)}7 * * *`;
    expect(cronFault(expression)).toBeNull();
    expect(runsBetween(cron(expression), '2026-11-16T00:00Z', '2026-11-16T23:59Z', 'UTC')).toStrictEqual([
      '16 06:00',
      '16 06:30',
      '16 07:00',
      '16 07:30',
    ]);
  });
});

describe('a time zone', () => {
  it.each(['Europe/Berlin', 'UTC', 'America/Argentina/Buenos_Aires'])('is known: %s', (name) => {
    expect(isTimeZone(name)).toBe(true);
  });
  it.each(['', 'Berlin', 'Europe/Nowhere', '+02:00', ' Europe/Berlin'])('is none: %s', (name) => {
    expect(isTimeZone(name)).toBe(false);
  });
});
