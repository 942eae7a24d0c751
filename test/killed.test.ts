import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADD, addInput } from './support/api.ts';
import { FakeClock } from './support/fake-clock.ts';
import { HOLD, NO_SURPLUS, SURPLUS } from './support/held-surplus.ts';
import { buildHouse, makeTempDir } from './support/house.ts';
import { HURRIED_DRIVERS } from './support/hurried-drivers.ts';
import type { Program } from './support/program.ts';
import { type RecordingUnit, startRecordingUnit } from './support/recording-unit.ts';
import { askAsAdmin as ask, startServerProgram, urlOf } from './support/server-program.ts';

const MINUTE_MS = 60_000;
const HALF_DAY_MS = 12 * 60 * MINUTE_MS;
/** 25 years of 365.25 days over 300,000 writes. */
const REFILL_MS = 2_629_800;
const WRITE =
  'mutation ($key: String!, $value: SensorValue!) { writeSensor(input: { key: $key, value: $value }) { write { state reason } } }';

let directory: ReturnType<typeof makeTempDir>;
let unit: RecordingUnit;
let server: Program | null = null;

beforeEach(async () => {
  directory = makeTempDir();
  unit = await startRecordingUnit();
});
afterEach(async () => {
  await server?.end('SIGKILL');
  server = null;
  await unit.close();
  directory.remove();
});

/** A server of its own process over the database of this test. */
async function start(): Promise<Program & { readonly url: string }> {
  const env = { DATA_DIR: directory.path, POLL_INTERVAL_MS: '300' };
  server = startServerProgram({ ...env, DATABASE_URL: `file:${join(directory.path, 'test.db')}` });
  return Object.assign(server, { url: await urlOf(server) });
}

const add = (url: string) => ask(url, ADD, addInput(unit.port));

describe('a server that is killed while it holds a value', () => {
  it('writes the safe value before anything else when it is back, and once', async () => {
    const first = await start();
    await add(first.url);
    expect(await ask(first.url, HOLD)).toStrictEqual({ holdValue: { hold: { state: 'ACTIVE' } } });
    await first.end('SIGKILL');
    const seen = unit.log.length;
    const second = await start();
    await expect.poll(() => unit.log.length, { timeout: 10_000 }).toBeGreaterThan(seen + 100);
    expect(unit.log[seen]).toBe(NO_SURPLUS);
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS]);
    expect(
      await ask(second.url, '{ heatpump { holds { key } } writes { writes { origin requested } } }'),
    ).toStrictEqual({
      heatpump: { holds: [] },
      writes: {
        writes: [
          { origin: 'hold:pv', requested: 0 },
          { origin: 'hold:pv', requested: 4.5 },
        ],
      },
    });
    await second.end('SIGKILL');
    const more = unit.log.length;
    await start();
    await expect.poll(() => unit.log.length, { timeout: 10_000 }).toBeGreaterThan(more + 50);
    expect(unit.writes()).toHaveLength(2);
  }, 60_000);

  it('gives it back itself if it is asked to end', async () => {
    const program = await start();
    await add(program.url);
    await ask(program.url, HOLD);
    const startedAt = performance.now();
    expect(await program.end('SIGTERM')).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS]);
  }, 30_000);
});

describe('a server that is killed in the middle of a write', () => {
  it('has counted it, does not send it again, and finds out what became of it', async () => {
    const first = await start();
    await add(first.url);
    for (const value of [40, 41, 42, 43]) await ask(first.url, WRITE, { key: 'temp_water_target', value });
    unit.trouble = ({ functionCode }) => {
      if (functionCode !== 16) return null;
      void first.end('SIGKILL');
      return 'SILENCE';
    };
    await ask(first.url, WRITE, { key: 'temp_water_target', value: 44 }).catch(() => null);
    await first.exited;
    unit.trouble = () => null;
    const second = await start();
    const state = async () =>
      (await ask(second.url, '{ writes(first: 1) { writes { state } } }')).writes.writes[0].state;
    expect(['UNKNOWN', 'CONFIRMED']).toContain(await state());
    await expect.poll(state, { timeout: 25_000 }).toBe('CONFIRMED');
    const { heatpump } = await ask(second.url, '{ heatpump { wear { key writes } } }');
    expect(heatpump.wear).toStrictEqual([{ key: 'temp_water_target', writes: 5 }]);
    expect(unit.writes()).toHaveLength(5);
  }, 60_000);
});

describe('a server that is killed while it changes settings', () => {
  const SNAPSHOTS =
    'query ($id: ID!) { settingsSnapshots(heatpumpId: $id) { snapshots { id trigger entries { key value } } } }';
  const RESTORE =
    'mutation ($id: ID!) { restoreSettings(input: { snapshotId: $id, dryRun: false }) { steps { key } } }';
  const WRITES = '{ writes { writes { key requested origin state } } }';

  /** Ends the server when the unit is asked to write to `address`; nobody is told what came of it. */
  function killAtWriteTo(address: number, program: Program): void {
    unit.trouble = ({ functionCode, pdu }) => {
      if (functionCode !== 16 || pdu.readUInt16BE(1) !== address) return null;
      void program.end('SIGKILL');
      return 'SILENCE';
    };
  }

  /** Adds the unit, and waits until its settings are known. */
  async function addKnown(url: string): Promise<string> {
    const { addHeatpump } = await add(url);
    const { id } = addHeatpump.heatpump;
    const count = async () => (await ask(url, SNAPSHOTS, { id })).settingsSnapshots.snapshots.length;
    await expect.poll(count, { timeout: 10_000 }).toBe(1);
    return id;
  }

  it('has kept what was there before the first of them, and does not take its own for somebody else’s', async () => {
    unit.put(1032, [50]);
    const first = await start();
    const id = await addKnown(first.url);
    killAtWriteTo(1032, first);
    await ask(first.url, WRITE, { key: 'temp_water_target', value: 44 }).catch(() => null);
    await first.exited;
    unit.trouble = () => null;
    const second = await start();
    const { snapshots } = (await ask(second.url, SNAPSHOTS, { id })).settingsSnapshots;
    expect(snapshots.map(({ trigger }: { trigger: string }) => trigger)).toStrictEqual(['BEFORE_WRITE', 'DAILY']);
    expect(snapshots[0].entries).toContainEqual({ key: 'temp_water_target', value: 50 });
    const state = async () => (await ask(second.url, WRITES)).writes.writes[0].state;
    await expect.poll(state, { timeout: 25_000 }).toBe('CONFIRMED');
    unit.put(1033, [42]);
    const changes = async () =>
      (
        await ask(
          second.url,
          'query ($id: ID!) { settingsChanges(heatpumpId: $id) { changes { key before after } } }',
          { id },
        )
      ).settingsChanges.changes;
    await expect
      .poll(changes, { timeout: 10_000 })
      .toStrictEqual([{ key: 'temp_water_switch_on', before: 0, after: 42 }]);
  }, 90_000);

  it('has noted each write of a restore, and does not go on with it by itself', async () => {
    for (const address of [1032, 1033, 1034]) unit.put(address, [50]);
    const first = await start();
    const id = await addKnown(first.url);
    const [{ id: snapshotId }] = (await ask(first.url, SNAPSHOTS, { id })).settingsSnapshots.snapshots;
    for (const address of [1032, 1033, 1034]) unit.put(address, [47]);
    const present = async () =>
      (await ask(first.url, '{ heatpump { readings(keys: ["temp_water_switch_off"]) { value } } }')).heatpump.readings;
    await expect.poll(present, { timeout: 10_000 }).toStrictEqual([{ value: 47 }]);
    killAtWriteTo(1033, first);
    await ask(first.url, RESTORE, { id: snapshotId }).catch(() => null);
    await first.exited;
    unit.trouble = () => null;
    const seen = unit.log.length;
    const second = await start();
    await expect.poll(() => unit.log.length, { timeout: 10_000 }).toBeGreaterThan(seen + 100);
    expect(unit.writes()).toStrictEqual(['write 1032=50', 'write 1033=50']);
    const { writes } = (await ask(second.url, WRITES)).writes;
    expect(writes).toMatchObject([
      { key: 'temp_water_switch_on', requested: 50, origin: `restore:${snapshotId}` },
      { key: 'temp_water_target', requested: 50, origin: `restore:${snapshotId}` },
    ]);
  }, 90_000);
});

describe('a client that writes a setting each minute for a day', () => {
  /** Half a day of it on a clock that begins at `now`; tells how many writes were taken. */
  async function halfADay(now: number): Promise<number> {
    const clock = new FakeClock(now);
    const house = await buildHouse(clock, 100 * HALF_DAY_MS, HURRIED_DRIVERS, { ...directory, remove: () => {} });
    if ((await house.store.list()).length === 0) await house.manager.add(addInput(unit.port).input as never);
    else await house.manager.initialize();
    let taken = 0;
    for (let minute = 0; minute < 720; minute++) {
      const { state } = await house.manager.write({
        key: 'temp_water_target',
        value: unit.words(1032)[0] === 40 ? 41 : 40,
      });
      if (state !== 'REJECTED') taken++;
      clock.advance(MINUTE_MS);
    }
    await house.close();
    return taken;
  }

  it('is held back by the same count when the server was killed at noon', async () => {
    const startedAt = Date.now() - HALF_DAY_MS;
    const morning = await halfADay(startedAt);
    const program = await start();
    const atNoon = await ask(program.url, WRITE, { key: 'temp_water_target', value: 60 });
    expect(atNoon.writeSensor.write).toMatchObject({
      state: 'REJECTED',
      reason: expect.stringMatching(/the next write is allowed at/),
    });
    await program.end('SIGKILL');
    const afternoon = await halfADay(Date.now());
    const last = await start();
    const { heatpump } = await ask(last.url, '{ heatpump { wear { key writes budget } } }');
    const writes = unit.writes().length;
    expect(heatpump.wear).toStrictEqual([{ key: 'temp_water_target', writes, budget: 300_000 }]);
    expect(morning + afternoon).toBe(writes);
    expect(writes).toBeLessThanOrEqual(10 + Math.floor((Date.now() - startedAt + HALF_DAY_MS) / REFILL_MS));
    expect(writes).toBeGreaterThanOrEqual(42);
  }, 120_000);
});
