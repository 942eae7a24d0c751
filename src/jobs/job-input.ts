import { z } from 'zod';
import { badInput, type Issue } from '../domain/errors.ts';
import { type Job, MISSED_RUNS, type MissedRuns, type Schedule, WEEKDAYS, type Weekday } from '../domain/job.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { WriteCheck, WriteInput } from '../domain/write.ts';
import { check, line, list, oneOf, optional } from '../input/check.ts';
import type { JobHeatpumps } from './job-heatpumps.ts';
import { cronFault, isTimeZone, shortestGapMs } from './schedule.ts';

/** A schedule as a user gives it: one of the two. */
export interface ScheduleInput {
  readonly weekly?: { readonly days: readonly Weekday[]; readonly times: readonly string[] } | null | undefined;
  readonly cron?: string | null | undefined;
}

/** What a user may say of a job; null and undefined both mean "left out". */
export interface JobInput {
  readonly name?: string | null | undefined;
  readonly heatpumpId?: string | null | undefined;
  readonly key?: string | null | undefined;
  readonly value?: WriteInput | null | undefined;
  readonly schedule?: ScheduleInput | null | undefined;
  readonly timeZone?: string | null | undefined;
  readonly enabled?: boolean | null | undefined;
  readonly missedRuns?: MissedRuns | null | undefined;
}

/** What users choose of a job. */
export type UserJob = Omit<Job, 'id' | 'doneUntil' | 'createdAt' | 'updatedAt' | 'changedBy'>;

/** A job that may be kept, and what its write would be. */
export interface CheckedJob {
  readonly job: UserJob;
  readonly write: WriteCheck;
}

/** What a memory that wears must be spared at least. */
const MIN_EEPROM_GAP_MS = 300_000;

const weekly = z.object({
  days: list(oneOf(WEEKDAYS), 1, 7).transform((days) => WEEKDAYS.filter((day) => days.includes(day))),
  times: list(
    z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, { error: 'must be a time from 00:00 to 23:59, as HH:MM' }),
    1,
    24,
  ).transform((times) => [...new Set(times)].sort()),
});

const cron = line(100).superRefine((expression, context) => {
  const message = cronFault(expression);
  if (message) context.addIssue({ code: 'custom', message });
});

const schedule = z
  .object({ weekly: optional(weekly, null), cron: optional(cron, null) }, { error: 'is required' })
  .refine(({ weekly, cron }) => (weekly === null) !== (cron === null), { error: 'needs either weekly or cron' })
  .transform(
    ({ weekly, cron }): Schedule => (weekly ? { type: 'WEEKLY', ...weekly } : { type: 'CRON', expression: cron ?? '' }),
  );

const settings = z.object({
  name: line(100),
  key: line(100),
  value: z.union([z.number(), z.boolean(), z.string()], { error: 'is required' }),
  schedule,
  timeZone: z.string().refine(isTimeZone, { error: 'must be the name of a time zone, e.g. "Europe/Berlin"' }),
  enabled: z.boolean(),
  missedRuns: oneOf(MISSED_RUNS),
});

/**
 * The job that results from `input` over the `current` one, or over the defaults for a new one; `timeZone` is that of the
 * server. A job stays with its heat pump. Throws `BAD_USER_INPUT` with every offending field below `input`, or `NOT_FOUND`.
 */
export function checkJob(
  input: JobInput,
  current: Job | null,
  heatpumps: Pick<JobHeatpumps, 'checkWrite'>,
  timeZone: string,
): CheckedJob {
  const checked = check(settings, {
    name: input.name ?? current?.name,
    key: input.key ?? current?.key,
    value: input.value ?? current?.value,
    schedule: input.schedule ?? (current ? scheduleInput(current.schedule) : undefined),
    timeZone: input.timeZone ?? current?.timeZone ?? timeZone,
    enabled: input.enabled ?? current?.enabled ?? true,
    missedRuns: input.missedRuns ?? current?.missedRuns ?? 'RUN_ONCE',
  });
  const write = heatpumps.checkWrite({ ...checked, heatpumpId: current?.heatpumpId ?? input.heatpumpId });
  const [first, ...rest] = hazards(checked, write.sensor);
  if (first) throw badInput(first, ...rest);
  return { job: { ...checked, heatpumpId: write.heatpumpId }, write };
}

/** A schedule as it would be given. */
export function scheduleInput(schedule: Schedule): ScheduleInput {
  return schedule.type === 'CRON' ? { cron: schedule.expression } : { weekly: schedule };
}

/** Why a job would wear out the memory that its sensor is kept in. */
function hazards({ schedule, missedRuns }: Pick<Job, 'schedule' | 'missedRuns'>, sensor: Sensor): Issue[] {
  if (sensor.writeHazard !== 'EEPROM') return [];
  const wears = `every write of ${sensor.key} wears the memory of the heat pump`;
  const gapMs = shortestGapMs(schedule);
  return [
    ...(gapMs !== null && gapMs < MIN_EEPROM_GAP_MS
      ? [{ path: ['input', 'schedule'], message: `must leave 5 minutes or more between two runs: ${wears}` }]
      : []),
    ...(missedRuns === 'RUN_ALL' ? [{ path: ['input', 'missedRuns'], message: `must not be RUN_ALL: ${wears}` }] : []),
  ];
}
