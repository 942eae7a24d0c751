import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { createHoldStore } from '../../src/db/hold-store.ts';
import type { Hold } from '../../src/domain/hold.ts';
import type { Write, WriteInput } from '../../src/domain/write.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { NO_SURPLUS, SURPLUS } from '../support/held-surplus.ts';
import { buildHouse, type House, nextEvent } from '../support/house.ts';
import { HURRIED_DRIVERS } from '../support/hurried-drivers.ts';
import { type RecordingUnit, startRecordingUnit } from '../support/recording-unit.ts';
import { exceptionAnswer } from '../support/scripted-server.ts';

// 6 kW as float32, low word first: 0x40c00000.
const MORE_SURPLUS = 'write 74=0,16576';
const SETTLE_MS = 15_000;
const REFRESH_MS = 300_000;
const HOUR_MS = 3_600_000;

let clock: FakeClock;
let house: House;
let unit: RecordingUnit;
let id: string;

beforeEach(async () => {
  clock = new FakeClock();
  house = await buildHouse(clock, 24 * HOUR_MS, HURRIED_DRIVERS);
  unit = await startRecordingUnit();
  id = await add();
  await poll();
});
afterEach(async () => {
  await house.close();
  await unit.close();
});

async function add(manufacturer = 'idm', model = 'navigator_2_0'): Promise<string> {
  const connection = { host: '127.0.0.1', port: unit.port, timeoutMs: 200 };
  return (await house.manager.add({ name: 'Home', manufacturer, model, connection })).settings.id;
}

/** Polls anew, also if a poll is under way. */
const poll = () => clock.until(house.manager.read(id));

const hold = (more: { key?: string; value?: WriteInput; holder?: string; ttlMs?: number } = {}) =>
  house.manager.hold({ key: 'power_solar_surplus', value: 4.5, holder: 'pv', ttlMs: HOUR_MS, ...more });
const release = (key = 'power_solar_surplus', holder = 'pv') => house.manager.releaseHold({ key, holder });
const held = (): readonly Hold[] => house.manager.holds(id);

/** Lets time pass until the unit has been sent so many writes. */
async function pass(ms: number, writes: number): Promise<void> {
  clock.advance(ms);
  await expect.poll(() => unit.writes().length).toBe(writes);
}

/** Lets time pass until the value is refreshed, and that is acknowledged. */
async function refresh(ms: number, writes: number): Promise<void> {
  await pass(ms, writes);
  await expect.poll(() => held()[0]?.lastWrittenAt).toBe(clock.now());
}

/** The unit goes, and that is noticed. */
async function lose(): Promise<number> {
  await unit.close();
  await new Promise((resolve) => setTimeout(resolve, 50));
  return unit.port;
}

/** Lets a written value be read back. */
async function settle(): Promise<Write> {
  const settled = nextEvent(house.bus, 'write', ({ settledAt }) => settledAt !== null);
  clock.advance(SETTLE_MS);
  return settled;
}

describe('a held value', () => {
  it('is written at once, and again at the interval of its driver', async () => {
    const start = clock.now();
    expect(await hold()).toStrictEqual({
      heatpumpId: id,
      key: 'power_solar_surplus',
      value: 4.5,
      holder: 'pv',
      actor: null,
      since: start,
      expiresAt: start + HOUR_MS,
      state: 'ACTIVE',
      lastWrittenAt: start,
      nextRefreshAt: start + REFRESH_MS,
      problem: null,
    });
    expect(unit.writes()).toStrictEqual([SURPLUS]);
    await pass(REFRESH_MS, 2);
    await pass(REFRESH_MS, 3);
    expect(unit.writes()).toStrictEqual([SURPLUS, SURPLUS, SURPLUS]);
    await expect.poll(() => held()[0]?.lastWrittenAt).toBe(start + 2 * REFRESH_MS);
  });

  it('is one row among the writes, however often it is refreshed, and one more when it is given back', async () => {
    await hold();
    expect(await settle()).toMatchObject({ state: 'CONFIRMED', confirmed: 4.5, origin: 'hold:pv' });
    await refresh(REFRESH_MS, 2);
    await settle();
    await poll();
    await release();
    const { writes } = await house.manager.writes({ heatpumpId: id, first: 10 });
    expect(writes).toMatchObject([
      { requested: 0, previous: 4.5, state: 'PENDING', origin: 'hold:pv' },
      { requested: 4.5, previous: 0, state: 'CONFIRMED', origin: 'hold:pv' },
    ]);
  });

  it('goes on when its holder asks again, with the new value at once and the same one in turn', async () => {
    const start = clock.now();
    await hold({ ttlMs: 600_000 });
    await pass(REFRESH_MS, 2);
    expect(await hold({ ttlMs: 600_000 })).toMatchObject({ since: start, expiresAt: start + REFRESH_MS + 600_000 });
    expect(unit.writes()).toHaveLength(2);
    await hold({ value: 6, ttlMs: 600_000 });
    expect(unit.writes()).toStrictEqual([SURPLUS, SURPLUS, MORE_SURPLUS]);
    await pass(REFRESH_MS, 4);
    await pass(REFRESH_MS - 1, 4);
    await pass(1, 5);
    expect(unit.writes().slice(3)).toStrictEqual([MORE_SURPLUS, NO_SURPLUS]);
  });

  it('is given back, once, when its time is up', async () => {
    await hold({ ttlMs: 20_000 });
    await pass(19_999, 1);
    expect(held()).toHaveLength(1);
    await pass(1, 2);
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS]);
    await expect.poll(held).toStrictEqual([]);
    await pass(2 * HOUR_MS, 2);
  });

  it('is given back, once, when its holder releases it', async () => {
    await hold();
    expect(await release()).toMatchObject({ state: 'RELEASED', nextRefreshAt: null });
    expect(held()).toStrictEqual([]);
    await pass(2 * HOUR_MS, 2);
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS]);
    await expect(release()).rejects.toMatchObject({ code: 'NOT_FOUND', issues: [{ path: ['input', 'key'] }] });
  });

  it('has one holder, by whose name others are refused; nor can it be written', async () => {
    await hold();
    const refusal = { code: 'CONFLICT', message: expect.stringContaining('held by pv until 2026-01-15T13:00:00.000Z') };
    await expect(hold({ holder: 'grid', value: 1 })).rejects.toMatchObject(refusal);
    await expect(release('power_solar_surplus', 'grid')).rejects.toMatchObject(refusal);
    const order = { heatpumpId: id, key: 'power_solar_surplus', value: 2 };
    await expect(house.manager.write(order)).rejects.toMatchObject(refusal);
    expect(house.manager.checkWrite(order).refusal).toMatchObject(refusal);
    expect(unit.writes()).toStrictEqual([SURPLUS]);
    await release();
    expect(await hold({ holder: 'grid', value: 6 })).toMatchObject({ holder: 'grid' });
  });

  it('is held by the first of two who come at once', async () => {
    const both = await Promise.allSettled([hold(), hold({ holder: 'grid', value: 6 })]);
    expect(both).toMatchObject([
      { status: 'fulfilled' },
      { status: 'rejected', reason: { code: 'CONFLICT', message: expect.stringContaining('held by pv') } },
    ]);
    expect(unit.writes()).toStrictEqual([SURPLUS]);
  });

  it.each([
    ['a sensor without a safe value', { key: 'temp_external_outdoor', value: 5 }, ['input', 'key']],
    ['a setting', { key: 'temp_water_target', value: 48 }, ['input', 'key']],
    ['too short a time', { ttlMs: 9_999 }, ['input', 'ttlMs']],
    ['too long a time', { ttlMs: 24 * HOUR_MS + 1 }, ['input', 'ttlMs']],
    ['nobody', { holder: '  ' }, ['input', 'holder']],
    ['a value that is none', { value: 'much' }, ['input', 'value']],
  ])('is refused for %s', async (_, input, path) => {
    await expect(hold(input)).rejects.toMatchObject({ code: 'BAD_USER_INPUT', issues: [{ path }] });
    expect(unit.writes()).toStrictEqual([]);
    expect(held()).toStrictEqual([]);
  });

  it('is given back before the heat pump is removed, disabled or made read-only, and when the server stops', async () => {
    await hold();
    await house.manager.update({ id, readOnly: true });
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS]);
    await house.manager.update({ id, readOnly: false });
    await hold();
    await house.manager.setEnabled(id, false);
    expect(unit.writes()).toHaveLength(4);
    await house.manager.setEnabled(id, true);
    await hold();
    await house.manager.stop();
    expect(unit.writes()).toHaveLength(6);
    await house.manager.initialize();
    await hold();
    await house.manager.remove(id);
    expect(unit.writes().slice(-2)).toStrictEqual([SURPLUS, NO_SURPLUS]);
    expect(unit.writes()).toHaveLength(8);
  });
});

describe('a held value in trouble', () => {
  it('is not held if it could not be sent', async () => {
    await lose();
    await expect(hold()).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(held()).toStrictEqual([]);
    expect((await house.manager.writes({ first: 10 })).writes).toStrictEqual([]);
  });

  it('is known to be overwritten by the next poll, told once, and written again at the next refresh only', async () => {
    await hold();
    await settle();
    await poll();
    expect(held()).toMatchObject([{ problem: null }]);
    const told = nextEvent(house.bus, 'heatpump', () => held()[0]?.problem === 'FOREIGN_WRITE');
    unit.put(74, [0, 16_256]);
    await poll();
    await told;
    for (let polls = 0; polls < 5; polls++) await poll();
    expect(unit.writes()).toStrictEqual([SURPLUS]);
    expect(house.log.lines.filter((line) => line === 'warn a held value is in trouble')).toHaveLength(1);
    await refresh(REFRESH_MS - SETTLE_MS, 2);
    expect(held()).toMatchObject([{ problem: 'FOREIGN_WRITE' }]);
    await settle();
    await poll();
    expect(held()).toMatchObject([{ problem: null }]);
  });

  it('is told to be limited if that is what the heat pump has made of it', async () => {
    unit.trouble = ({ functionCode }) => {
      if (functionCode === 16) unit.put(74, [0, 16_256]);
      return null;
    };
    await hold();
    expect(await settle()).toMatchObject({ state: 'CLAMPED', confirmed: 1 });
    await poll();
    expect(held()).toMatchObject([{ problem: 'CLAMPED' }]);
  });

  it('is sent once if its acknowledgement is lost, and well again once it has been read', async () => {
    unit.trouble = ({ functionCode }) => (functionCode === 16 ? 'SILENCE' : null);
    expect(await hold()).toMatchObject({ problem: 'UNREACHABLE' });
    unit.trouble = () => null;
    await settle();
    await poll();
    expect(held()).toMatchObject([{ problem: null }]);
    expect(unit.writes()).toStrictEqual([SURPLUS]);
  });

  it('is tried again in turn if it is refused', async () => {
    unit.trouble = ({ functionCode }) => (functionCode === 16 ? exceptionAnswer(16, 6) : null);
    expect(await hold()).toMatchObject({ problem: 'REJECTED' });
    unit.trouble = () => null;
    await pass(REFRESH_MS, 2);
    await expect.poll(() => held()[0]?.problem).toBeNull();
  });

  it('keeps the state of its row if a refresh could not be sent', async () => {
    await hold();
    await settle();
    await lose();
    clock.advance(REFRESH_MS);
    await expect.poll(() => held()[0]?.problem).toBe('UNREACHABLE');
    const { writes } = await house.manager.writes({ first: 10 });
    expect(writes).toMatchObject([{ state: 'CONFIRMED', confirmed: 4.5 }]);
  });

  it('is given back later if the heat pump refuses to take it back, in one row', async () => {
    await hold();
    unit.trouble = ({ functionCode }) => (functionCode === 16 ? exceptionAnswer(16, 6) : null);
    expect(await release()).toMatchObject({ state: 'RELEASING', problem: 'REJECTED' });
    await poll();
    expect(unit.writes()).toHaveLength(2);
    await pass(REFRESH_MS, 3);
    unit.trouble = () => null;
    await pass(REFRESH_MS, 4);
    await expect.poll(held).toStrictEqual([]);
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS, NO_SURPLUS, NO_SURPLUS]);
    expect((await house.manager.writes({ first: 10 })).writes).toHaveLength(2);
  });

  it('is its holder’s also when other sensors were learnt in between', async () => {
    await hold();
    unit.trouble = ({ pdu }) => (pdu.readUInt16BE(1) === 1014 && pdu[0] === 3 ? exceptionAnswer(3, 2) : null);
    await poll();
    await poll();
    expect(await hold({ ttlMs: 20_000 })).toMatchObject({ state: 'ACTIVE' });
  });

  it('is given back as soon as the heat pump is reached again, before it is read', async () => {
    await hold({ ttlMs: 20_000 });
    const port = await lose();
    clock.advance(20_000);
    await expect.poll(() => held()[0]).toMatchObject({ state: 'RELEASING', problem: 'UNREACHABLE' });
    await expect(house.manager.write({ key: 'temp_water_target', value: 48 })).rejects.toMatchObject({
      code: 'UNREACHABLE',
    });
    await poll();
    expect(house.manager.status(id).consecutiveFailures).toBe(1);
    unit = await startRecordingUnit(port);
    await poll();
    expect(unit.log[0]).toBe(NO_SURPLUS);
    expect(unit.writes()).toStrictEqual([NO_SURPLUS]);
    expect(held()).toStrictEqual([]);
  });

  it('is given back a second time only if a read shows that the first was lost', async () => {
    await hold();
    unit.trouble = ({ functionCode }) => {
      if (functionCode !== 16) return null;
      unit.put(74, [0, 16_528]);
      return 'SILENCE';
    };
    expect(await release()).toMatchObject({ state: 'RELEASING' });
    unit.trouble = () => null;
    await poll();
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS]);
    await settle();
    await poll();
    await poll();
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS, NO_SURPLUS]);
    await expect.poll(held).toStrictEqual([]);
  });

  it('is given back once if only the acknowledgement of that was lost', async () => {
    await hold();
    unit.trouble = ({ functionCode }) => (functionCode === 16 ? 'SILENCE' : null);
    await release();
    unit.trouble = () => null;
    await settle();
    await poll();
    await expect.poll(held).toStrictEqual([]);
    await poll();
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS]);
  });
});

describe('what an earlier process was holding', () => {
  async function leave(key: string, value: number): Promise<void> {
    await house.manager.stop();
    const prisma = await openDatabase(house.databaseFile);
    const since = clock.now() - 60_000;
    await createHoldStore(prisma).put({
      ...{ heatpumpId: id, key, value, holder: 'pv', actor: null, since },
      expiresAt: since + HOUR_MS,
    });
    await prisma.$disconnect();
  }

  it('is given back once, before anything else', async () => {
    await leave('power_solar_surplus', 4.5);
    const seen = unit.log.length;
    await house.manager.initialize();
    expect(held()).toMatchObject([{ holder: 'pv', state: 'RELEASING', lastWrittenAt: null }]);
    await poll();
    await poll();
    expect(unit.log[seen]).toBe(NO_SURPLUS);
    expect(unit.writes()).toStrictEqual([NO_SURPLUS]);
    expect(held()).toStrictEqual([]);
    await house.manager.stop();
    await house.manager.initialize();
    await poll();
    expect(unit.writes()).toStrictEqual([NO_SURPLUS]);
  });

  it('is given back before a user’s write that comes at once', async () => {
    await leave('power_solar_surplus', 4.5);
    await house.manager.initialize();
    await house.manager.write({ key: 'temp_water_target', value: 48 });
    expect(unit.writes()).toStrictEqual([NO_SURPLUS, 'write 1032=48']);
  });

  it('is given back as soon as the heat pump is there, still before anything else', async () => {
    await leave('power_solar_surplus', 4.5);
    const port = await lose();
    await house.manager.initialize();
    await poll();
    await poll();
    expect(house.manager.status(id)).toMatchObject({ state: 'OFFLINE', consecutiveFailures: 2 });
    unit = await startRecordingUnit(port);
    await poll();
    expect(unit.log[0]).toBe(NO_SURPLUS);
    expect(unit.writes()).toStrictEqual([NO_SURPLUS]);
    expect(house.manager.status(id).consecutiveFailures).toBe(0);
  });
});

describe('a held value that acts by its mode', () => {
  beforeEach(async () => {
    await house.manager.remove(id);
    // The version of the interface that the driver expects: 3.90.1.
    unit.put(10_400, [3, 90, 1]);
    id = await add('luxtronik', 'luxtronik_2_1');
    await poll();
  });

  it('is given back by its mode, not by another value', async () => {
    await hold({ key: 'heating_setpoint', value: 35 });
    await release('heating_setpoint');
    expect(unit.writes()).toStrictEqual(['write 10000=1,350', 'write 10000=0']);
  });

  it('keeps its mode to itself', async () => {
    await hold({ key: 'heating_setpoint', value: 35 });
    for (const key of ['heating_mode', 'heating_offset']) {
      const conflict = { code: 'CONFLICT', message: expect.stringContaining('heating_setpoint is held by pv') };
      await expect(house.manager.write({ key, value: 1 })).rejects.toMatchObject(conflict);
      await expect(hold({ key, value: 1, holder: 'grid' })).rejects.toMatchObject(conflict);
    }
    expect(await hold({ key: 'hot_water_setpoint', value: 50, holder: 'grid' })).toMatchObject({ state: 'ACTIVE' });
  });

  it('is known to be overwritten if only its mode was', async () => {
    await hold({ key: 'heating_setpoint', value: 35 });
    clock.advance(1_000);
    await poll();
    expect(held()).toMatchObject([{ problem: null }]);
    unit.put(10_000, [0]);
    await poll();
    expect(held()).toMatchObject([{ problem: 'FOREIGN_WRITE' }]);
  });
});
