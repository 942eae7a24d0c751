import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { startTestSimulator } from '../support/simulator.ts';

const RUN = 'dueAt at outcome error { code message } write { key requested state confirmed heatpump { id } }';
const FIELDS = `id name key value timeZone enabled missedRuns nextRunAt heatpump { id }
  schedule { cron weekly { days times } } lastRun { ${RUN} } createdAt updatedAt`;
const CREATE = `mutation ($input: CreateJobInput!) { createJob(input: $input) { job { ${FIELDS} } } }`;
const UPDATE = `mutation ($input: UpdateJobInput!) { updateJob(input: $input) { job { ${FIELDS} } } }`;
const DELETE = 'mutation ($input: DeleteJobInput!) { deleteJob(input: $input) { deletedId } }';
const RUN_JOB = `mutation ($input: RunJobInput!) { runJob(input: $input) { run { ${RUN} } } }`;
const DRY_RUN = `query ($input: DryRunJobInput!) { dryRunJob(input: $input) {
  dueAt value heatpump { id } sensor { key unit } refusal { code message } } }`;
const LIST = `query ($heatpumpId: ID) { jobs(heatpumpId: $heatpumpId) { ${FIELDS} } }`;

const weekly = { weekly: { days: ['SUN', 'MON'], times: ['22:00', '06:00', '06:00'] } };
const job = { name: 'Warm', key: 'temp_water_target', value: 48, schedule: weekly, timeZone: 'Europe/Berlin' };

let api: Api;
let simulator: Simulator;
let id: string;

beforeAll(async () => {
  simulator = await startTestSimulator();
  api = await startApi();
  id = await addOnline(api, simulator.port);
});

afterAll(async () => {
  await api?.close();
  await simulator?.close();
});

async function create(more: object = {}) {
  const { data, errors } = await api.query(CREATE, { input: { ...job, ...more } });
  expect(errors).toBeUndefined();
  return data.createJob.job;
}

/** The code and the paths of a refusal. */
async function refusal(query: string, input: object) {
  const { errors } = await api.query(query, { input });
  const { code, issues } = errors?.[0]?.extensions ?? {};
  return { code, issues: issues?.map(({ path, message }) => [path.join('.'), message]) };
}

const all = async () => (await api.query(LIST)).data.jobs;

describe('a job', () => {
  it('is created, read, changed and deleted', async () => {
    const created = await create();
    expect(created).toStrictEqual({
      id: expect.any(String),
      name: 'Warm',
      key: 'temp_water_target',
      value: 48,
      timeZone: 'Europe/Berlin',
      enabled: true,
      missedRuns: 'RUN_ONCE',
      nextRunAt: expect.stringMatching(/T(04|05|20|21):00:00\.000Z$/),
      heatpump: { id },
      schedule: { cron: null, weekly: { days: ['MON', 'SUN'], times: ['06:00', '22:00'] } },
      lastRun: null,
      createdAt: expect.stringMatching(/^\d{4}-/),
      updatedAt: created.createdAt,
    });
    expect(await all()).toStrictEqual([created]);
    const ONE = 'query ($id: ID!) { job(id: $id) { name } }';
    expect((await api.query(ONE, { id: created.id })).data).toStrictEqual({ job: { name: 'Warm' } });
    expect((await api.query(ONE, { id: 'nothing' })).data).toStrictEqual({ job: null });
    const own = await api.query('query ($id: ID!) { heatpump(id: $id) { jobs { name } } }', { id });
    expect(own.data.heatpump.jobs).toStrictEqual([{ name: 'Warm' }]);

    const change = { key: 'mode_circuit_a', value: 'eco', schedule: { cron: '30 6 * * MON-FRI' }, missedRuns: 'SKIP' };
    const { data } = await api.query(UPDATE, { input: { id: created.id, ...change, enabled: false } });
    expect(data.updateJob.job).toStrictEqual({
      ...created,
      ...change,
      schedule: { weekly: null, cron: '30 6 * * MON-FRI' },
      enabled: false,
      nextRunAt: null,
      updatedAt: expect.any(String),
    });
    expect((await api.query(DELETE, { input: { id: created.id } })).data.deleteJob.deletedId).toBe(created.id);
    expect(await all()).toStrictEqual([]);
  });

  it('has the time zone of the server if none is given, and only the one heat pump to write to', async () => {
    const created = await create({ timeZone: null, heatpumpId: null, key: 'request_cooling', value: true });
    expect(created.timeZone).toBe(Intl.DateTimeFormat().resolvedOptions().timeZone);
    expect(created).toMatchObject({ heatpump: { id }, value: true });
    await api.query(DELETE, { input: { id: created.id } });
  });

  it('can be run now, and keeps the run', async () => {
    const created = await create({ enabled: false });
    const { data } = await api.query(RUN_JOB, { input: { id: created.id } });
    expect(data.runJob.run).toMatchObject({
      outcome: 'PENDING',
      error: null,
      write: { key: 'temp_water_target', requested: 48, state: 'PENDING', heatpump: { id } },
    });
    expect(simulator.device.writes).toStrictEqual([{ table: 'HOLDING', address: 1032, words: [48] }]);
    const RUNS = `{ jobs { lastRun { ${RUN} } runs { ${RUN} } } }`;
    const [{ lastRun, runs }] = (await api.query(RUNS)).data.jobs;
    expect(runs).toStrictEqual([data.runJob.run]);
    expect(lastRun).toStrictEqual(data.runJob.run);
    const { errors } = await api.query('{ jobs { runs(limit: 101) { at } } }');
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', issues: [{ path: ['limit'] }] });
    await api.query(DELETE, { input: { id: created.id } });
  });

  it('that is refused by the heat pump is a failed run, not an error', async () => {
    const READ_ONLY = 'mutation ($input: UpdateHeatpumpInput!) { updateHeatpump(input: $input) { heatpump { id } } }';
    const created = await create({ enabled: false });
    await api.query(READ_ONLY, { input: { id, readOnly: true } });
    const { data, errors } = await api.query(RUN_JOB, { input: { id: created.id } });
    expect(errors).toBeUndefined();
    expect(data.runJob.run).toMatchObject({ outcome: 'FAILED', write: null, error: { code: 'FORBIDDEN' } });
    const dry = await api.query(DRY_RUN, { input: { id: created.id } });
    expect(dry.data.dryRunJob.refusal).toMatchObject({
      code: 'FORBIDDEN',
      message: expect.stringMatching(/read-only/),
    });
    await api.query(READ_ONLY, { input: { id, readOnly: false } });
    await api.query(DELETE, { input: { id: created.id } });
  });
});

describe('a dry run', () => {
  it('of a job that is not kept tells ten times and the number', async () => {
    const writes = simulator.device.writes.length;
    const { data } = await api.query(DRY_RUN, { input: { ...job, schedule: { cron: '*/10 * * * *' } } });
    expect(data.dryRunJob).toMatchObject({
      value: 48,
      heatpump: { id },
      sensor: { key: 'temp_water_target', unit: '°C' },
      refusal: null,
    });
    const times = data.dryRunJob.dueAt.map((at: string) => Date.parse(at) / 600_000);
    expect(times).toHaveLength(10);
    expect(times).toStrictEqual(Array.from({ length: 10 }, (_, index) => times[0] + index));
    expect(Number.isInteger(times[0])).toBe(true);
    expect(simulator.device.writes).toHaveLength(writes);
    expect(await all()).toStrictEqual([]);
  });
});

describe('bad input', () => {
  const cases: [string, object, string, RegExp][] = [
    ['an empty name', { name: ' ' }, 'input.name', /empty/],
    ['a long name', { name: 'x'.repeat(101) }, 'input.name', /100 characters/],
    ['no schedule', { schedule: {} }, 'input.schedule', /either/],
    ['two schedules', { schedule: { ...weekly, cron: '0 6 * * *' } }, 'input.schedule', /either/],
    ['no day', { schedule: { weekly: { days: [], times: ['06:00'] } } }, 'input.schedule.weekly.days', /1 or more/],
    ['no time', { schedule: { weekly: { days: ['MON'], times: [] } } }, 'input.schedule.weekly.times', /1 or more/],
    [
      'no time of the day',
      { schedule: { weekly: { days: ['MON'], times: ['06:00', '24:00'] } } },
      'input.schedule.weekly.times.1',
      /HH:MM/,
    ],
    ['a bad expression', { schedule: { cron: '61 * * * *' } }, 'input.schedule.cron', /cron expression/],
    ['six fields', { schedule: { cron: '0 0 6 * * *' } }, 'input.schedule.cron', /five fields/],
    ['an expression that never comes', { schedule: { cron: '0 0 30 2 *' } }, 'input.schedule.cron', /never/],
    ['an unknown time zone', { timeZone: 'Europe/Atlantis' }, 'input.timeZone', /Europe\/Berlin/],
    ['a value out of range', { value: 96 }, 'input.value', /from 35 to 95/],
    ['a value between steps', { value: 48.5 }, 'input.value', /multiple/],
    ['an unknown option', { key: 'mode_circuit_a', value: 'turbo' }, 'input.value', /eco/],
    ['a sensor that is read-only', { key: 'temp_outside', value: 5 }, 'input.key', /read-only/],
    [
      'wear, each four minutes',
      { schedule: { cron: '*/4 * * * *' } },
      'input.schedule',
      /5 minutes .*wears the memory/,
    ],
    [
      'wear, twice within a minute of midnight',
      { schedule: { weekly: { days: ['MON', 'TUE'], times: ['00:00', '23:59'] } } },
      'input.schedule',
      /wears the memory/,
    ],
    ['wear, all that was missed', { missedRuns: 'RUN_ALL' }, 'input.missedRuns', /wears the memory/],
  ];

  it.each(cases)('is refused: %s', async (_, bad, path, message) => {
    const { code, issues } = await refusal(CREATE, { ...job, ...bad });
    expect([code, issues?.[0]?.[0]]).toStrictEqual(['BAD_USER_INPUT', path]);
    expect(issues?.[0]?.[1]).toMatch(message);
    expect(await refusal(DRY_RUN, { ...job, ...bad })).toStrictEqual({ code, issues });
    expect(await all()).toStrictEqual([]);
  });

  it('changes nothing in an update either', async () => {
    const created = await create();
    for (const [, bad, path] of cases) {
      const { code, issues } = await refusal(UPDATE, { id: created.id, ...bad });
      expect([code, issues?.[0]?.[0]]).toStrictEqual(['BAD_USER_INPUT', path]);
    }
    expect(await all()).toStrictEqual([created]);
    await api.query(DELETE, { input: { id: created.id } });
  });

  it('may write as often as it likes where nothing wears', async () => {
    const created = await create({
      key: 'power_solar_surplus',
      value: 2.5,
      schedule: { cron: '* * * * *' },
      missedRuns: 'RUN_ALL',
      enabled: false,
    });
    expect(created.missedRuns).toBe('RUN_ALL');
    await api.query(DELETE, { input: { id: created.id } });
  });

  it.each([
    ['createJob, heat pump', CREATE, { ...job, heatpumpId: 'nobody' }, 'input.heatpumpId'],
    ['createJob, sensor', CREATE, { ...job, key: 'no_such' }, 'input.key'],
    ['updateJob', UPDATE, { id: 'nothing', name: 'x' }, 'input.id'],
    ['deleteJob', DELETE, { id: 'nothing' }, 'input.id'],
    ['runJob', RUN_JOB, { id: 'nothing' }, 'input.id'],
    ['dryRunJob', DRY_RUN, { id: 'nothing' }, 'input.id'],
  ])('is NOT_FOUND for what is not there: %s', async (_, query, input, path) => {
    expect(await refusal(query, input)).toMatchObject({ code: 'NOT_FOUND', issues: [[path, expect.any(String)]] });
  });

  it('is NOT_FOUND in questions too', async () => {
    const { errors } = await api.query(LIST, { heatpumpId: 'nobody' });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', issues: [{ path: ['heatpumpId'] }] });
  });
});

describe('with several heat pumps', () => {
  it('a job has to say where it writes, and goes with its heat pump', async () => {
    const other = await startTestSimulator();
    const otherId = await addOnline(api, other.port);
    expect(await refusal(CREATE, job)).toMatchObject({
      code: 'BAD_USER_INPUT',
      issues: [['input.heatpumpId', expect.stringMatching(/several/)]],
    });
    const created = await create({ heatpumpId: otherId });
    expect((await api.query(LIST, { heatpumpId: otherId })).data.jobs).toStrictEqual([created]);
    expect((await api.query(LIST, { heatpumpId: id })).data.jobs).toStrictEqual([]);
    const REMOVE = 'mutation ($input: RemoveHeatpumpInput!) { removeHeatpump(input: $input) { removedId } }';
    await api.query(REMOVE, { input: { id: otherId } });
    expect(await all()).toStrictEqual([]);
    expect(await refusal(RUN_JOB, { id: created.id })).toMatchObject({ code: 'NOT_FOUND' });
    await other.close();
  });
});
