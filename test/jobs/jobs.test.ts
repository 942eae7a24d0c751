import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { MissedRuns, Weekday } from '../../src/domain/job.ts';
import type { JobInput } from '../../src/jobs/job-input.ts';
import type { JobView } from '../../src/jobs/job-runner.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse, type House, makeTempDir } from '../support/house.ts';
import { HURRIED_DRIVERS } from '../support/hurried-drivers.ts';
import { readAnswer, startScriptedServer, writeAnswer } from '../support/scripted-server.ts';
import { startTestSimulator } from '../support/simulator.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const SETTLE_MS = 15_000;
/** Longer than any test lasts, so that polls do not mix in. */
const POLL_INTERVAL_MS = 400 * 24 * HOUR_MS;
const DAILY: Weekday[] = ['MON', 'TUE', 'WED', 'THU', 'FRI', 'SAT', 'SUN'];
/** In the memory that wears, and not. */
const TARGET = { key: 'temp_water_target', value: 48 };
const SURPLUS = { key: 'power_solar_surplus', value: 2.5 };

let directory: ReturnType<typeof makeTempDir>;
let clock: FakeClock;
let house: House;
let simulator: Simulator;

beforeEach(async () => {
  // A Thursday, 13:00 in Berlin.
  clock = new FakeClock(Date.UTC(2026, 0, 15, 12));
  directory = makeTempDir();
  simulator = await startTestSimulator();
  await open();
});

afterEach(async () => {
  await house.close();
  await simulator.close();
  directory.remove();
});

/** Opens the house, also anew after it was closed. */
async function open(): Promise<void> {
  house = await buildHouse(clock, POLL_INTERVAL_MS, HURRIED_DRIVERS, { path: directory.path, remove: () => {} });
  await house.manager.initialize();
  await house.jobs.start();
}

async function add(port = simulator.port, more: object = {}): Promise<string> {
  const connection = { host: '127.0.0.1', port, timeoutMs: 200 };
  const { settings } = await house.manager.add({
    name: 'Home',
    manufacturer: 'idm',
    model: 'navigator_2_0',
    connection,
    ...more,
  });
  return settings.id;
}

const weekly = (...times: string[]) => ({ weekly: { days: DAILY, times } });

async function create(more: Partial<JobInput> = {}): Promise<string> {
  const { job } = await house.jobs.create({ name: 'Warm', ...TARGET, schedule: weekly('14:00'), ...more });
  return job.id;
}

const view = (id: string): JobView => {
  const found = house.jobs.list().find(({ job }) => job.id === id);
  if (!found) throw new Error('no such job');
  return found;
};

/** Lets writes settle until the last run of a job has come to this. */
async function outcome(id: string, wanted: string) {
  const look = () => {
    const { lastRun } = view(id);
    if (lastRun?.outcome !== wanted && lastRun?.write?.state === 'PENDING') clock.advance(SETTLE_MS);
    return view(id).lastRun?.outcome;
  };
  await expect.poll(look, { timeout: 10_000 }).toBe(wanted);
  return view(id).lastRun;
}

/** Waits until the value of a job has been sent. */
async function sent(id: string): Promise<void> {
  await expect.poll(() => view(id).lastRun?.write?.state, { timeout: 10_000 }).toBe('PENDING');
}

/** Lets real sockets and files do what they have to. */
const pause = (ms = 60) => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets time pass minute by minute, as the runner looks at it. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= MINUTE_MS) {
    clock.advance(MINUTE_MS);
    await pause(2);
  }
  await pause();
}

function count(sql: string): unknown {
  const database = new Database(house.databaseFile, { readonly: true });
  try {
    return database.prepare(sql).pluck().get();
  } finally {
    database.close();
  }
}

describe('a job', () => {
  it('writes when it is due, not before, and tells what became of it', async () => {
    const heatpumpId = await add();
    const id = await create();
    expect(view(id)).toMatchObject({ nextRunAt: clock.now() + HOUR_MS, lastRun: null });
    clock.advance(HOUR_MS - 1);
    await pause();
    expect(simulator.device.writes).toStrictEqual([]);
    clock.advance(1);
    const dueAt = clock.now();
    await sent(id);
    expect(view(id).lastRun).toMatchObject({ dueAt, at: dueAt, outcome: 'PENDING', error: null });
    expect(simulator.device.writes).toStrictEqual([{ table: 'HOLDING', address: 1032, words: [48] }]);
    const write = { heatpumpId, key: 'temp_water_target', requested: 48, state: 'CONFIRMED', confirmed: 48 };
    expect(await outcome(id, 'SUCCEEDED')).toMatchObject({ dueAt, write });
    expect(view(id).nextRunAt).toBe(dueAt + 24 * HOUR_MS);
    expect(await house.jobs.runs(id)).toStrictEqual([view(id).lastRun]);
  });

  it('runs again the next day', async () => {
    await add();
    const id = await create();
    clock.advance(HOUR_MS);
    const first = await outcome(id, 'SUCCEEDED');
    clock.advance(24 * HOUR_MS);
    await expect.poll(() => view(id).lastRun?.id).not.toBe(first?.id);
    await outcome(id, 'SUCCEEDED');
    const dueAts = (await house.jobs.runs(id)).map(({ dueAt }) => new Date(dueAt).toISOString());
    expect(dueAts).toStrictEqual(['2026-01-16T13:00:00.000Z', '2026-01-15T13:00:00.000Z']);
  });

  it('keeps no timer longer than a minute, however far its next run is', async () => {
    await add();
    await create({ schedule: { cron: '0 0 1 8 *' } });
    const timers = clock.pendingMs.filter((ms) => ms < POLL_INTERVAL_MS / 2);
    expect(Math.max(...timers)).toBeLessThanOrEqual(MINUTE_MS);
  });

  it('is not run while it is disabled, and begins anew when it is enabled', async () => {
    await add();
    const id = await create({ enabled: false, schedule: { cron: '0 * * * *' } });
    expect(view(id).nextRunAt).toBeNull();
    clock.advance(5 * HOUR_MS);
    await pause();
    await house.jobs.update({ id, enabled: true });
    expect(view(id)).toMatchObject({ nextRunAt: clock.now() + HOUR_MS, lastRun: null });
    clock.advance(0);
    await pause();
    expect(simulator.device.writes).toStrictEqual([]);
  });

  it('writes a changed value, and has another next run with another schedule', async () => {
    await add();
    const id = await create();
    await house.jobs.update({ id, value: 49 });
    expect(view(id).nextRunAt).toBe(clock.now() + HOUR_MS);
    await house.jobs.update({ id, schedule: weekly('13:30') });
    clock.advance(HOUR_MS / 2);
    await expect.poll(() => simulator.device.writes).toMatchObject([{ address: 1032, words: [49] }]);
  });

  it('may be run by hand, also while disabled, but only once at a time', async () => {
    await add();
    const id = await create({ enabled: false });
    const run = await house.jobs.runNow(id);
    expect(run).toMatchObject({ dueAt: clock.now(), outcome: 'PENDING', write: { requested: 48 } });
    await expect(house.jobs.runNow(id)).rejects.toMatchObject({ code: 'CONFLICT' });
    await outcome(id, 'SUCCEEDED');
    expect(view(id).nextRunAt).toBeNull();
    await expect(house.jobs.runNow('nothing')).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is not put off by a run by hand', async () => {
    await add();
    const id = await create();
    await house.jobs.runNow(id);
    await outcome(id, 'SUCCEEDED');
    expect(view(id).nextRunAt).toBe(Date.UTC(2026, 0, 15, 13));
  });

  it('keeps its last hundred runs', async () => {
    await add(simulator.port, { readOnly: true });
    const id = await create();
    for (let run = 0; run < 103; run++) {
      await house.jobs.runNow(id);
      await pause(0);
    }
    expect(await house.jobs.runs(id, 100)).toHaveLength(100);
    expect(count('SELECT COUNT(*) FROM JobRun')).toBe(100);
    expect(count('SELECT MIN(id) FROM JobRun')).toBe(4);
  });
});

describe('a run that fails', () => {
  it.each([
    ['read-only', { readOnly: true }, 'FORBIDDEN', /read-only/],
    ['disabled', { enabled: false }, 'CONFLICT', /disabled/],
    ['without the sensor', { config: { circuits: [] } }, 'NOT_FOUND', /mode_circuit_a/],
  ])('says why: the heat pump is %s', async (_, change, code, message) => {
    const heatpumpId = await add();
    const id = await create({ key: 'mode_circuit_a', value: 'eco' });
    await house.manager.update({ id: heatpumpId, ...change });
    clock.advance(HOUR_MS);
    expect(await outcome(id, 'FAILED')).toMatchObject({
      write: null,
      error: { code, message: expect.stringMatching(message) },
    });
    expect(simulator.device.writes).toStrictEqual([]);
    expect(view(id).nextRunAt).toBe(clock.now() + 24 * HOUR_MS);
    expect(house.log.lines.filter((line) => line.startsWith('error'))).toStrictEqual([]);
  });

  it('says that the heat pump is not reached', async () => {
    await add();
    const id = await create();
    await simulator.close();
    clock.advance(HOUR_MS);
    expect(await outcome(id, 'FAILED')).toMatchObject({ write: null, error: { code: 'UNREACHABLE' } });
  });

  it('says that the heat pump took another value', async () => {
    await add();
    const id = await create({ value: 75 });
    clock.advance(HOUR_MS);
    expect(await outcome(id, 'FAILED')).toMatchObject({
      write: { state: 'CLAMPED', confirmed: 60, reason: 'the heat pump took 60 instead' },
      error: null,
    });
  });
});

describe('three hours without the server', () => {
  const hourly = { ...SURPLUS, schedule: { cron: '0 * * * *' } };
  // 12:30 UTC to 15:30 UTC: 13:00, 14:00 and 15:00 are missed.
  const HOURS = [13, 14, 15].map((hour) => Date.UTC(2026, 0, 15, hour));

  it.each<[MissedRuns, number[], string]>([
    ['RUN_ONCE', HOURS.slice(-1), 'SUCCEEDED'],
    ['RUN_ALL', HOURS, 'SUCCEEDED'],
    ['SKIP', [], 'SKIPPED'],
  ])('are made up for as the job says: %s', async (missedRuns, expected, last) => {
    await add();
    const id = await create({ ...hourly, missedRuns });
    clock.advance(HOUR_MS / 2);
    await house.close();
    clock.advance(3 * HOUR_MS);
    await open();
    clock.advance(0);
    await expect.poll(() => view(id).lastRun?.dueAt).toBe(missedRuns === 'RUN_ALL' ? HOURS[0] : HOURS[2]);
    await expect.poll(() => outcome(id, last).then((run) => run?.dueAt)).toBe(HOURS[2]);
    const runs = (await house.jobs.runs(id)).filter(({ outcome }) => outcome === 'SUCCEEDED').reverse();
    expect(runs.map(({ dueAt }) => dueAt)).toStrictEqual(expected);
    expect(simulator.device.writes).toHaveLength(expected.length);
    expect(view(id).nextRunAt).toBe(Date.UTC(2026, 0, 15, 16));
    if (missedRuns === 'SKIP') {
      const error = { code: 'MISSED', message: '3 runs were missed, and are left out as the job says' };
      expect(view(id).lastRun).toMatchObject({ dueAt: HOURS[2], write: null, error });
    }

    // Whatever was made up for, or left out, is not so again.
    await house.close();
    await open();
    await pass(MINUTE_MS);
    expect(simulator.device.writes).toHaveLength(expected.length);
  });

  it('are made up for to the end by the next start, or not if the job is disabled meanwhile', async () => {
    await add();
    const id = await create({ ...hourly, missedRuns: 'RUN_ALL' });
    await house.close();
    clock.advance(3.5 * HOUR_MS);
    await open();
    await sent(id);
    await house.close();
    expect(simulator.device.writes).toHaveLength(1);
    await open();
    await sent(id);
    expect(view(id).lastRun?.dueAt).toBe(HOURS[1]);
    await house.jobs.update({ id, enabled: false });
    await outcome(id, 'SUCCEEDED');
    await pass(2 * MINUTE_MS);
    expect(simulator.device.writes).toHaveLength(2);
  });

  it('are the same as three hours of sleep, or of a clock set forward', async () => {
    await add();
    const id = await create(hourly);
    clock.stepWallClock(3.5 * HOUR_MS);
    clock.advance(MINUTE_MS);
    expect(await outcome(id, 'SUCCEEDED')).toMatchObject({ dueAt: HOURS[2] });
    expect(simulator.device.writes).toHaveLength(1);
  });
});

describe('a clock that was wrong', () => {
  it('by a year does not stop a job for a year', async () => {
    await add();
    const id = await create({ ...SURPLUS, schedule: { cron: '0 * * * *' } });
    clock.stepWallClock(365 * 24 * HOUR_MS);
    clock.advance(MINUTE_MS);
    await outcome(id, 'SUCCEEDED');
    clock.stepWallClock(-365 * 24 * HOUR_MS);
    clock.advance(MINUTE_MS);
    expect(house.log.lines).toContain('warn the clock was set back; the job goes on from now');
    expect(view(id).nextRunAt).toBe(Date.UTC(2026, 0, 15, 13));
    clock.advance(HOUR_MS);
    await expect.poll(() => simulator.device.writes).toHaveLength(2);
  });

  it('by an hour makes no run twice', async () => {
    await add();
    const id = await create();
    clock.advance(HOUR_MS);
    await outcome(id, 'SUCCEEDED');
    clock.stepWallClock(-HOUR_MS);
    await pass(HOUR_MS + MINUTE_MS);
    expect(simulator.device.writes).toHaveLength(1);
  });
});

describe('runs', () => {
  it('are sent one at a time to a heat pump, and others do not wait for it', async () => {
    const held: (() => void)[] = [];
    const slow = await startScriptedServer(async (request) => {
      if (request.functionCode !== 16) return readAnswer(3, Array(request.pdu.readUInt16BE(3)).fill(0));
      await new Promise<void>((resolve) => held.push(resolve));
      return writeAnswer(request);
    });
    const slowId = await add(slow.port, { connection: { host: '127.0.0.1', port: slow.port, timeoutMs: 5_000 } });
    const quickId = await add();
    const slowJobs = [await create({ heatpumpId: slowId }), await create({ heatpumpId: slowId })];
    const disabledJob = await create({ heatpumpId: slowId });
    const quickJob = await create({ heatpumpId: quickId });
    clock.advance(HOUR_MS);
    await sent(quickJob);
    await expect.poll(() => held.length).toBe(1);
    await pause();
    expect(held).toHaveLength(1);
    expect(count('SELECT COUNT(*) FROM JobRun')).toBe(2);
    await house.jobs.update({ id: disabledJob, enabled: false });
    held[0]?.();
    await expect.poll(() => held.length).toBe(2);
    held[1]?.();
    for (const id of slowJobs) await expect.poll(() => view(id).lastRun?.write?.state).toMatch(/PENDING|UNKNOWN/);
    await pause();
    expect(held).toHaveLength(2);
    expect(view(disabledJob).lastRun).toBeNull();
    await house.manager.remove(slowId);
    await slow.close();
  });

  it('that the server could not follow to their end are of unknown outcome, until a later read tells', async () => {
    await add();
    const id = await create();
    clock.advance(HOUR_MS);
    await sent(id);
    await house.close();
    await open();
    expect(view(id).lastRun).toMatchObject({ outcome: 'UNKNOWN', write: { requested: 48, state: 'UNKNOWN' } });
    await pass(MINUTE_MS);
    expect(simulator.device.writes).toHaveLength(1);
    const decided = { outcome: 'SUCCEEDED', write: { state: 'CONFIRMED', confirmed: 48 } };
    await expect.poll(() => view(id).lastRun, { timeout: 10_000 }).toMatchObject(decided);
    expect(await house.jobs.runs(id)).toStrictEqual([view(id).lastRun]);
  });

  it('that a crash cut off are of unknown outcome, and not repeated', async () => {
    await add();
    const id = await create();
    clock.advance(HOUR_MS);
    await sent(id);
    await house.close();
    const database = new Database(house.databaseFile);
    database.exec(`UPDATE JobRun SET outcome = 'PENDING', "write" = NULL`);
    database.close();
    await open();
    expect(view(id).lastRun).toMatchObject({ outcome: 'UNKNOWN', write: null });
    await pass(MINUTE_MS);
    expect(simulator.device.writes).toHaveLength(1);
  });

  it('are told from those of jobs that go away meanwhile', async () => {
    const heatpumpId = await add();
    const other = await create({ name: 'Deleted' });
    await create({ name: 'Removed', ...SURPLUS });
    clock.advance(HOUR_MS);
    await sent(other);
    await house.jobs.delete(other);
    await house.manager.remove(heatpumpId);
    expect(house.jobs.list()).toStrictEqual([]);
    await pause();
    expect([count('SELECT COUNT(*) FROM Job'), count('SELECT COUNT(*) FROM JobRun')]).toStrictEqual([0, 0]);
    const writes = simulator.device.writes.length;
    clock.advance(48 * HOUR_MS);
    await pause();
    expect(simulator.device.writes).toHaveLength(writes);
    expect(house.log.lines.filter((line) => line.startsWith('error'))).toStrictEqual([]);
  });
});

describe('jobs', () => {
  it('are a thousand at most', async () => {
    await add();
    const id = await create();
    await house.close();
    const database = new Database(house.databaseFile);
    const columns =
      'name, heatpumpId, key, value, schedule, timeZone, enabled, missedRuns, doneUntil, createdAt, updatedAt';
    const copy = database.prepare(`INSERT INTO Job (id, ${columns}) SELECT ?, ${columns} FROM Job WHERE id = ?`);
    database.transaction(() => {
      for (let index = 0; index < 999; index++) copy.run(`copy-${index}`, id);
    })();
    database.close();
    await open();
    expect(house.jobs.list()).toHaveLength(1_000);
    await expect(create()).rejects.toMatchObject({ code: 'CONFLICT' });
    await house.jobs.delete('copy-0');
    await create();
  });
});

describe('a dry run', () => {
  it('tells what would be written and when, and writes nothing', async () => {
    const heatpumpId = await add();
    const plan = house.jobs.dryRun({ name: 'x', key: 'mode_circuit_a', value: 'eco', schedule: { cron: '0 6 * * *' } });
    expect(plan.write).toMatchObject({ heatpumpId, value: 3, refusal: null, sensor: { key: 'mode_circuit_a' } });
    // Six in Berlin is five in UTC.
    expect(plan.dueAt).toStrictEqual(Array.from({ length: 10 }, (_, day) => Date.UTC(2026, 0, 16 + day, 5)));
    await house.manager.update({ id: heatpumpId, readOnly: true });
    const id = await create({ enabled: false });
    expect(house.jobs.dryRun({ id, value: 52 }).write).toMatchObject({ value: 52, refusal: { code: 'FORBIDDEN' } });
    clock.advance(HOUR_MS);
    await pause();
    expect(simulator.device.writes).toStrictEqual([]);
    expect(view(id).job.value).toBe(48);
    expect(() => house.jobs.dryRun({ id: 'nothing' })).toThrow(/no job/);
  });
});
