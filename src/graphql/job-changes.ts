import type { JobRun } from '../domain/job.ts';
import type { JobView } from '../jobs/job-runner.ts';
import type { JobDryRun } from '../jobs/jobs.ts';
import { builder } from './builder.ts';
import { HeatpumpType } from './heatpump.ts';
import { JobErrorType, JobRunType, JobType, MissedRunsType, WeekdayType } from './job.ts';
import { SensorType } from './sensor.ts';

const WeeklyScheduleInput = builder.inputType('WeeklyScheduleInput', {
  description: 'Times of certain days of the week, on the clock of the time zone.',
  fields: (t) => ({
    days: t.field({ type: [WeekdayType], required: true, description: 'The days, one or more.' }),
    times: t.stringList({ required: true, description: 'The times as "HH:MM", 1 to 24 of them.' }),
  }),
});

const JobScheduleInput = builder.inputType('JobScheduleInput', {
  description: 'When a job is due: one of the two.',
  fields: (t) => ({
    weekly: t.field({ type: WeeklyScheduleInput, description: 'Days and times.' }),
    cron: t.string({
      description:
        'Five fields, e.g. "30 6 * * MON-FRI". With a step, range or star as minute or hour it goes by the running clock when the clock changes.',
    }),
  }),
});

const CreateJobInput = builder.inputType('CreateJobInput', {
  description: 'A new job.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What to call it, 1 to 100 characters.' }),
    heatpumpId: t.id({ description: 'Where to write; may be left out where there is only one heat pump.' }),
    key: t.string({ required: true, description: 'The key of the sensor to write.' }),
    value: t.field({ type: 'SensorValue', required: true, description: 'The value to write.' }),
    schedule: t.field({
      type: JobScheduleInput,
      required: true,
      description: 'When; 5 minutes or more between two runs if every write wears the memory of the heat pump.',
    }),
    timeZone: t.string({ description: 'Whose clock counts, e.g. "Europe/Berlin"; left out: that of the server.' }),
    enabled: t.boolean({ description: 'Whether it runs by itself; left out: true.' }),
    missedRuns: t.field({ type: MissedRunsType, description: 'What becomes of missed runs; left out: RUN_ONCE.' }),
  }),
});

const UpdateJobInput = builder.inputType('UpdateJobInput', {
  description: 'Changes to a job; what is left out stays as it is.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which one.' }),
    name: t.string({ description: 'What to call it, 1 to 100 characters.' }),
    key: t.string({ description: 'The key of the sensor to write.' }),
    value: t.field({ type: 'SensorValue', description: 'The value to write.' }),
    schedule: t.field({ type: JobScheduleInput, description: 'When; from now on.' }),
    timeZone: t.string({ description: 'Whose clock counts.' }),
    enabled: t.boolean({ description: 'Whether it runs by itself.' }),
    missedRuns: t.field({ type: MissedRunsType, description: 'What becomes of missed runs.' }),
  }),
});

const DryRunJobInput = builder.inputType('DryRunJobInput', {
  description: 'A job to look ahead of: one there is, perhaps with changes, or a new one.',
  fields: (t) => ({
    id: t.id({ description: 'A job that exists; what is left out below is as it is there.' }),
    name: t.string({ description: 'What to call it; needed for a new one, as are key, value and schedule.' }),
    heatpumpId: t.id({ description: 'Where to write; may be left out where there is only one heat pump.' }),
    key: t.string({ description: 'The key of the sensor to write.' }),
    value: t.field({ type: 'SensorValue', description: 'The value to write.' }),
    schedule: t.field({ type: JobScheduleInput, description: 'When.' }),
    timeZone: t.string({ description: 'Whose clock counts.' }),
    enabled: t.boolean({ description: 'Makes no difference here.' }),
    missedRuns: t.field({ type: MissedRunsType, description: 'What becomes of missed runs.' }),
  }),
});

const DeleteJobInput = builder.inputType('DeleteJobInput', {
  description: 'A job to delete.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which one.' }) }),
});

const RunJobInput = builder.inputType('RunJobInput', {
  description: 'A job to run.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which one, enabled or not.' }) }),
});

/** A payload type that holds one job. */
function jobPayload(name: string, description: string) {
  return builder.objectRef<{ job: JobView }>(name).implement({
    description,
    fields: (t) => ({ job: t.expose('job', { type: JobType, description: 'As it is now.' }) }),
  });
}

const CreateJobPayload = jobPayload('CreateJobPayload', 'The job that was created.');
const UpdateJobPayload = jobPayload('UpdateJobPayload', 'The job that was changed.');

const DeleteJobPayload = builder.objectRef<{ deletedId: string }>('DeleteJobPayload').implement({
  description: 'The job that was deleted.',
  fields: (t) => ({ deletedId: t.exposeID('deletedId', { description: 'Its id.' }) }),
});

const RunJobPayload = builder.objectRef<{ run: JobRun }>('RunJobPayload').implement({
  description: 'A run whose value was sent or refused.',
  fields: (t) => ({
    run: t.expose('run', { type: JobRunType, description: 'PENDING until the heat pump shows the value.' }),
  }),
});

const JobDryRunType = builder.objectRef<JobDryRun>('JobDryRun').implement({
  description: 'What a job would do.',
  fields: (t) => ({
    dueAt: t.expose('dueAt', {
      type: ['DateTime'],
      description: 'The next 10 times it would be due, if enabled.',
    }),
    heatpump: t.field({
      type: HeatpumpType,
      description: 'Where it would write.',
      resolve: ({ write }, _, { heatpumps }) => heatpumps.info(write.heatpumpId),
    }),
    sensor: t.field({ type: SensorType, description: 'What it would write.', resolve: ({ write }) => write.sensor }),
    value: t.float({ description: 'The number sent, in the unit of the sensor.', resolve: ({ write }) => write.value }),
    refusal: t.field({
      type: JobErrorType,
      nullable: true,
      description: 'Why a run would fail as the heat pump is now; null: it would be sent.',
      // An error that is returned would count as thrown.
      resolve: ({ write: { refusal } }) => refusal && { code: refusal.code, message: refusal.message },
    }),
  }),
});

builder.queryField('dryRunJob', (t) =>
  t.field({
    access: 'OPERATOR',
    type: JobDryRunType,
    description: 'What a job would write, and when. Nothing is written.',
    args: { input: t.arg({ type: DryRunJobInput, required: true, description: 'The job.' }) },
    resolve: (_, { input }, { jobs }) => jobs.dryRun(input),
  }),
);

builder.mutationField('createJob', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'job',
    type: CreateJobPayload,
    description: 'Creates a job.',
    args: { input: t.arg({ type: CreateJobInput, required: true, description: 'The job.' }) },
    resolve: async (_, { input }, { jobs }) => ({ job: await jobs.create(input) }),
  }),
);

builder.mutationField('updateJob', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'job',
    type: UpdateJobPayload,
    description: 'Changes a job. With another schedule, or enabled again, it begins anew: nothing was missed.',
    args: { input: t.arg({ type: UpdateJobInput, required: true, description: 'The changes.' }) },
    resolve: async (_, { input }, { jobs }) => ({ job: await jobs.update(input) }),
  }),
);

builder.mutationField('deleteJob', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'job',
    type: DeleteJobPayload,
    description: 'Deletes a job and its runs for good.',
    args: { input: t.arg({ type: DeleteJobInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { id } }, { jobs }) => {
      await jobs.delete(id);
      return { deletedId: id };
    },
  }),
);

builder.mutationField('runJob', (t) =>
  t.field({
    access: 'OPERATOR',
    audit: 'job',
    type: RunJobPayload,
    description: 'Runs a job now. A refused write is a FAILED run, not an error.',
    args: { input: t.arg({ type: RunJobInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { id } }, { jobs }) => ({ run: await jobs.runNow(id) }),
  }),
);
