import { describe, expect, it } from 'vitest';
import type { Job, MissedRuns, Schedule } from '../../src/domain/job.ts';
import { dueRuns } from '../../src/jobs/due-runs.ts';

const hourly: Schedule = { type: 'CRON', expression: '0 * * * *' };
const weekly = (...times: string[]): Schedule => ({
  type: 'WEEKLY',
  days: ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'],
  times,
});

function job(schedule: Schedule, missedRuns: MissedRuns, doneUntil: string): Job {
  return {
    id: 'job',
    name: 'Job',
    heatpumpId: 'hp',
    key: 'key',
    value: 1,
    schedule,
    timeZone: 'Europe/Berlin',
    enabled: true,
    missedRuns,
    doneUntil: Date.parse(doneUntil),
    changedBy: null,
    createdAt: 0,
    updatedAt: 0,
  };
}

const times = (all: readonly number[]) => all.map((at) => new Date(at).toISOString().slice(5, 16).replace('T', ' '));

/** What is run and skipped when the server comes back at `now`, in UTC. */
function after(schedule: Schedule, missedRuns: MissedRuns, doneUntil: string, now: string) {
  const { runs, skipped } = dueRuns(job(schedule, missedRuns, doneUntil), Date.parse(now));
  return [times(runs), times(skipped)];
}

describe('three hours without the server', () => {
  const winter = ['2026-01-15T09:00Z', '2026-01-15T12:30Z'] as const;
  // The clock changes at 01:00 UTC in both nights.
  const spring = ['2026-03-28T23:30Z', '2026-03-29T02:30Z'] as const;
  const autumn = ['2026-10-24T23:30Z', '2026-10-25T02:30Z'] as const;

  it.each<[string, Schedule, readonly [string, string], string[]]>([
    ['each hour, in winter', hourly, winter, ['01-15 10:00', '01-15 11:00', '01-15 12:00']],
    ['each hour, in spring', hourly, spring, ['03-29 00:00', '03-29 01:00', '03-29 02:00']],
    ['each hour, in autumn', hourly, autumn, ['10-25 00:00', '10-25 01:00', '10-25 02:00']],
    ['at 02:30, in spring', weekly('02:30'), spring, ['03-29 01:00']],
    ['at 02:30, in autumn', weekly('02:30'), autumn, ['10-25 00:30']],
    ['at 02:30 and 03:15, in spring', weekly('02:30', '03:15'), spring, ['03-29 01:00', '03-29 01:15']],
    ['at 02:30 and 03:15, in autumn', weekly('02:30', '03:15'), autumn, ['10-25 00:30', '10-25 02:15']],
    ['at 12:00, in winter', weekly('12:00'), winter, ['01-15 11:00']],
    ['at 18:00, in winter', weekly('18:00'), winter, []],
  ])('miss these runs: %s', (_, schedule, [down, up], missed) => {
    expect(after(schedule, 'RUN_ALL', down, up)).toStrictEqual([missed, []]);
    expect(after(schedule, 'RUN_ONCE', down, up)).toStrictEqual([missed.slice(-1), []]);
    expect(after(schedule, 'SKIP', down, up)).toStrictEqual([[], missed]);
  });
});

describe('a run', () => {
  it.each<MissedRuns>(['RUN_ALL', 'RUN_ONCE', 'SKIP'])('is on time up to a minute late: %s', (missedRuns) => {
    const on = after(hourly, missedRuns, '2026-01-15T09:30Z', '2026-01-15T10:01Z');
    expect(on).toStrictEqual([['01-15 10:00'], []]);
    const [runs, skipped] = after(hourly, missedRuns, '2026-01-15T09:30Z', '2026-01-15T10:01:00.001Z');
    expect([...(runs ?? []), ...(skipped ?? [])]).toStrictEqual(['01-15 10:00']);
    expect(skipped).toHaveLength(missedRuns === 'SKIP' ? 1 : 0);
  });

  it('that is on time stands for missed ones, too, if one is enough', () => {
    const [down, up] = ['2026-01-15T09:30Z', '2026-01-15T12:00:20Z'];
    expect(after(hourly, 'RUN_ONCE', down, up)).toStrictEqual([['01-15 12:00'], []]);
    expect(after(hourly, 'SKIP', down, up)).toStrictEqual([['01-15 12:00'], ['01-15 10:00', '01-15 11:00']]);
  });

  it('is never made twice, nor before it is due', () => {
    expect(after(hourly, 'RUN_ALL', '2026-01-15T10:00Z', '2026-01-15T10:59:59Z')).toStrictEqual([[], []]);
    expect(after(hourly, 'RUN_ALL', '2026-01-15T12:00Z', '2026-01-15T10:00Z')).toStrictEqual([[], []]);
  });

  it.each([1, 2, 3, 7, 8, 9, 31, 32, 33, 99, 100])('is found however many were missed: %d', (hours) => {
    const up = Date.parse('2026-10-26T12:30Z');
    const { runs } = dueRuns(job(hourly, 'RUN_ALL', new Date(up - hours * 3_600_000).toISOString()), up);
    const onTheHour = Array.from({ length: hours }, (_, index) => up - 1_800_000 - index * 3_600_000);
    expect(runs).toStrictEqual(onTheHour.reverse());
  });

  it('is made up for among the last hundred only', () => {
    const { runs } = dueRuns(job(hourly, 'RUN_ALL', '2020-01-01T00:00Z'), Date.parse('2026-01-15T12:30Z'));
    expect(runs).toHaveLength(100);
    expect(times(runs.slice(-1))).toStrictEqual(['01-15 12:00']);
    expect(times(runs.slice(0, 1))).toStrictEqual(['01-11 09:00']);
  });
});
