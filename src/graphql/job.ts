import { isAtLeast } from '../domain/access.ts';
import type { Job, JobError, JobOutcome, JobRun, MissedRuns, Schedule, Weekday } from '../domain/job.ts';
import type { ScheduleInput } from '../jobs/job-input.ts';
import { scheduleInput } from '../jobs/job-input.ts';
import type { JobView } from '../jobs/job-runner.ts';
import { builder, enumType } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';
import { WriteType } from './write.ts';

export const WeekdayType = enumType<Weekday>('Weekday', 'A day of the week.', {
  MON: 'Monday.',
  TUE: 'Tuesday.',
  WED: 'Wednesday.',
  THU: 'Thursday.',
  FRI: 'Friday.',
  SAT: 'Saturday.',
  SUN: 'Sunday.',
});

export const MissedRunsType = enumType<MissedRuns>(
  'MissedRuns',
  'What becomes of runs that were due while the server was not running, more than a minute ago.',
  {
    RUN_ONCE: 'One run for all of them, at once.',
    SKIP: 'None.',
    RUN_ALL: 'All of them one after the other, at most the last 100; not for values whose memory wears.',
  },
);

const JobOutcomeType = enumType<JobOutcome>('JobOutcome', 'What came of a run.', {
  PENDING: 'The heat pump has not shown yet what it made of the value.',
  SUCCEEDED: 'The heat pump shows the value.',
  FAILED: 'Nothing was written, or the heat pump shows another value; "error" or "write" says why.',
  UNKNOWN: 'It may or may not have taken effect.',
  SKIPPED: 'It was missed, and missed runs are left out.',
});

const WeeklyScheduleType = builder.objectRef<NonNullable<ScheduleInput['weekly']>>('WeeklySchedule').implement({
  description: 'Times of certain days of the week, on the clock of the time zone.',
  fields: (t) => ({
    days: t.expose('days', { type: [WeekdayType], description: 'The days, from Monday on.' }),
    times: t.exposeStringList('times', { description: 'The times as "HH:MM", ascending.' }),
  }),
});

const JobScheduleType = builder.objectRef<Schedule>('JobSchedule').implement({
  description:
    'When a job is due: weekly, or by a cron expression. A time of the day that the clock leaves out in spring is due right after the gap; one that comes twice in autumn is due the first time.',
  fields: (t) => ({
    weekly: t.field({
      type: WeeklyScheduleType,
      nullable: true,
      description: 'Days and times; null: see "cron".',
      resolve: (schedule) => scheduleInput(schedule).weekly ?? null,
    }),
    cron: t.string({
      nullable: true,
      description: 'Five fields: minute, hour, day of the month, month, day of the week; null: see "weekly".',
      resolve: (schedule) => scheduleInput(schedule).cron ?? null,
    }),
  }),
});

export const JobErrorType = builder.objectRef<JobError>('JobError').implement({
  description: 'Why nothing was written.',
  fields: (t) => ({
    code: t.exposeString('code', { description: 'As of a refused "writeSensor", or MISSED.' }),
    message: t.string({
      description: 'What happened, in English; with the address only for the role OPERATOR.',
      resolve: ({ code, message }, _, { access }) =>
        code !== 'UNREACHABLE' || isAtLeast(access.role, 'OPERATOR') ? message : 'the heat pump was not reached',
    }),
  }),
});

export const JobRunType = builder.objectRef<JobRun>('JobRun').implement({
  description: 'One time that a job was due, and what came of it.',
  fields: (t) => ({
    dueAt: t.expose('dueAt', { type: 'DateTime', description: 'When it was due, or asked for.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it began.' }),
    outcome: t.expose('outcome', { type: JobOutcomeType, description: 'What came of it.' }),
    write: t.expose('write', { type: WriteType, nullable: true, description: 'What was sent; null if nothing was.' }),
    error: t.expose('error', { type: JobErrorType, nullable: true, description: 'Why nothing was written.' }),
  }),
});

/** Exposes a field of the job within its view. */
const of = <K extends keyof Job>(key: K) => ({ resolve: ({ job }: JobView): Job[K] => job[key] });

export const JobType = builder.objectRef<JobView>('Job').implement({
  description: 'A value that is written again and again by itself, by every rule of a write by hand.',
  fields: (t) => ({
    id: t.id({ description: 'Identifier.', ...of('id') }),
    name: t.string({ description: 'What it is called.', ...of('name') }),
    heatpump: t.field({
      type: HeatpumpType,
      description: 'The heat pump it writes to and is removed with.',
      resolve: ({ job }, _, { heatpumps }) => heatpumps.info(job.heatpumpId),
    }),
    key: t.string({ description: 'The key of the sensor it writes.', ...of('key') }),
    value: t.field({ type: 'SensorValue', description: 'The value it writes.', ...of('value') }),
    schedule: t.field({ type: JobScheduleType, description: 'When it is due.', ...of('schedule') }),
    timeZone: t.string({ description: 'Whose clock counts, e.g. "Europe/Berlin".', ...of('timeZone') }),
    enabled: t.boolean({ description: 'Whether it runs by itself.', ...of('enabled') }),
    missedRuns: t.field({ type: MissedRunsType, description: 'What becomes of missed runs.', ...of('missedRuns') }),
    nextRunAt: t.expose('nextRunAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is due next; null while it is disabled.',
    }),
    lastRun: t.expose('lastRun', { type: JobRunType, nullable: true, description: 'Its last run; null: none yet.' }),
    runs: t.field({
      type: [JobRunType],
      description: 'Its last runs, newest first.',
      args: { limit: t.arg.int({ defaultValue: 20, description: 'How many, 1 to 100.' }) },
      resolve: ({ job }, { limit }, { jobs }) => jobs.runs(job.id, limit ?? undefined),
    }),
    createdAt: t.field({ type: 'DateTime', description: 'When it was created.', ...of('createdAt') }),
    updatedAt: t.field({ type: 'DateTime', description: 'When it was last changed.', ...of('updatedAt') }),
    changedBy: t.string({
      nullable: true,
      description: 'Who has last made or changed it, e.g. "user:<name>", or "import"; null: nobody knows.',
      ...of('changedBy'),
    }),
  }),
});

builder.objectField(HeatpumpType, 'jobs', (t) =>
  t.field({
    type: [JobType],
    description: 'The jobs that write to it, oldest first.',
    resolve: ({ settings }, _, { jobs }) => jobs.list(settings.id),
  }),
);

builder.queryField('job', (t) =>
  t.field({
    access: 'VIEWER',
    type: JobType,
    nullable: true,
    description: 'One job, null if there is none.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_, { id }, { jobs }) => jobs.find(id),
  }),
);

builder.queryField('jobs', (t) =>
  t.field({
    access: 'VIEWER',
    type: [JobType],
    description: 'Jobs, oldest first.',
    args: { heatpumpId: t.arg.id({ description: 'Only those that write to this heat pump.' }) },
    resolve: (_, { heatpumpId }, { jobs }) => jobs.list(heatpumpId),
  }),
);
