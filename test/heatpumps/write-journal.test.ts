import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { createWriteStore } from '../../src/db/write-store.ts';
import type { Write } from '../../src/domain/write.ts';
import type { WriteStore } from '../../src/domain/write-store.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse, type House } from '../support/house.ts';
import { HURRIED_DRIVERS } from '../support/hurried-drivers.ts';
import { type RecordingUnit, startRecordingUnit } from '../support/recording-unit.ts';
import { exceptionAnswer } from '../support/scripted-server.ts';

const SETTLE_MS = 15_000;
const HOUR_MS = 3_600_000;

let clock: FakeClock;
let house: House;
let unit: RecordingUnit;
let id: string;
let told: Write[];

beforeEach(async () => {
  clock = new FakeClock();
  house = await buildHouse(clock, HOUR_MS, HURRIED_DRIVERS);
  unit = await startRecordingUnit();
  unit.put(1032, [50]);
  told = [];
  house.bus.on('write', (write) => told.push(write));
  const connection = { host: '127.0.0.1', port: unit.port, timeoutMs: 200 };
  const settings = { name: 'Home', manufacturer: 'idm', model: 'navigator_2_0', connection };
  id = (await house.manager.add(settings)).settings.id;
  await poll();
});
afterEach(async () => {
  await house.close();
  await unit.close();
});

/** Polls anew, also if a poll is under way. */
const poll = () => clock.until(house.manager.read(id));

const write = (value: number, key = 'temp_water_target') => house.manager.write({ key, value });
const rows = async () => (await house.manager.writes({ heatpumpId: id, first: 200 })).writes;
const wear = async () => (await house.manager.wear(id)).map(({ key, writes }) => [key, writes]);

/** What an earlier process has left in the database. */
async function leave(use: (store: WriteStore) => Promise<void>): Promise<void> {
  await house.manager.stop();
  const prisma = await openDatabase(house.databaseFile);
  await use(createWriteStore(prisma));
  await prisma.$disconnect();
  told.length = 0;
}

/** A write to the hot water target as it was when its process was killed. */
const interrupted = (requested: number): Write => ({
  id: 'w-1',
  heatpumpId: id,
  key: 'temp_water_target',
  requested,
  previous: 50,
  confirmed: null,
  state: 'PENDING',
  reason: null,
  origin: 'api',
  requestedAt: clock.now() - 1_000,
  settledAt: null,
});

describe('every write', () => {
  it('is on disk, and its wear counted, before it goes out', async () => {
    const seen: unknown[] = [];
    unit.trouble = async ({ functionCode }) => {
      if (functionCode === 16) seen.push(await rows(), await wear());
      return null;
    };
    await write(48);
    expect(seen).toMatchObject([
      [{ key: 'temp_water_target', requested: 48, previous: 50, state: 'PENDING', origin: 'api' }],
      [['temp_water_target', 1]],
    ]);
  });

  it('has a row that follows what becomes of it', async () => {
    const { id: writeId } = await write(48);
    clock.advance(SETTLE_MS);
    await expect.poll(rows).toMatchObject([{ id: writeId, state: 'CONFIRMED', settledAt: clock.now() }]);
    expect(told.map(({ state }) => state)).toStrictEqual(['PENDING', 'CONFIRMED']);
  });

  it('leaves no row and no wear if it certainly did not go out', async () => {
    await write(48);
    await unit.close();
    await new Promise((resolve) => setTimeout(resolve, 50));
    await expect(write(47)).rejects.toMatchObject({ code: 'UNREACHABLE' });
    await expect(write(45, 'temp_water_switch_on')).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(await rows()).toMatchObject([{ requested: 48 }]);
    expect(await wear()).toStrictEqual([['temp_water_target', 1]]);
  });

  it('counts as wear if it was refused by the heat pump, or not answered', async () => {
    unit.trouble = () => exceptionAnswer(16, 3);
    await write(48);
    unit.trouble = () => 'CLOSE';
    await write(47);
    expect(await wear()).toStrictEqual([['temp_water_target', 2]]);
    expect(await rows()).toMatchObject([{ state: 'UNKNOWN' }, { state: 'REJECTED' }]);
  });

  it('can be listed by pages, of one sensor or of all', async () => {
    for (const value of [48, 47, 46, 45]) {
      await write(value);
      await write(value, 'temp_water_switch_on');
    }
    const listed: number[] = [];
    let after: string | null = null;
    do {
      const page = await house.manager.writes({ heatpumpId: id, key: 'temp_water_target', first: 3, after });
      listed.push(...page.writes.map(({ requested }) => requested));
      after = page.nextCursor;
    } while (after);
    expect(listed).toStrictEqual([45, 46, 47, 48]);
    expect((await house.manager.writes({ first: 200 })).writes).toHaveLength(8);
    await expect(house.manager.writes({ first: 3, after: 'x' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(house.manager.writes({ heatpumpId: 'hp-x', first: 3 })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('is gone with its heat pump', async () => {
    await write(48);
    await house.manager.remove(id);
    await leave(async (store) => expect((await store.page({ first: 10 })).writes).toStrictEqual([]));
  });
});

describe('a lost answer', () => {
  it.each([['SILENCE'], ['CLOSE']] as const)('leaves one write on the wire and UNKNOWN (%s)', async (answer) => {
    unit.trouble = ({ functionCode }) => (functionCode === 16 ? answer : null);
    const sent = await write(48);
    expect(sent).toMatchObject({ state: 'UNKNOWN', settledAt: null });
    expect(await rows()).toStrictEqual([sent]);
    clock.advance(SETTLE_MS);
    await expect.poll(rows).toMatchObject([{ state: 'CONFIRMED', confirmed: 48, settledAt: clock.now() }]);
    expect(told.map(({ state }) => state)).toStrictEqual(['UNKNOWN', 'CONFIRMED']);
    expect(told[1]?.reason).toMatch(/known from a later read, for it may or may not have taken effect: /);
    await poll();
    expect(unit.writes()).toStrictEqual(['write 1032=48']);
  });

  it.each([
    ['REJECTED', 50, 'the heat pump kept 50'],
    ['CLAMPED', 46, 'the heat pump took 46 instead'],
  ] as const)('is settled as %s if the read says so', async (state, value, reason) => {
    unit.trouble = ({ functionCode }) => {
      if (functionCode !== 16) return null;
      unit.put(1032, [value]);
      return 'SILENCE';
    };
    await write(48);
    clock.advance(SETTLE_MS);
    await expect
      .poll(rows)
      .toMatchObject([
        { state, confirmed: value, reason: expect.stringMatching(new RegExp(`^${reason}; known from`)) },
      ]);
  });

  it('is settled by the first good poll if nothing can be read for long', async () => {
    unit.trouble = () => 'CLOSE';
    await write(48);
    clock.advance(SETTLE_MS);
    await expect.poll(async () => (await rows())[0]?.reason).toMatch(/could not be read back/);
    await poll();
    expect(await rows()).toMatchObject([{ state: 'UNKNOWN', settledAt: null }]);
    unit.trouble = () => null;
    await poll();
    await expect.poll(rows).toMatchObject([{ state: 'CONFIRMED', confirmed: 48 }]);
    expect(unit.writes()).toHaveLength(1);
  });

  it('is not settled by a read before the register has settled', async () => {
    unit.trouble = ({ functionCode }) => (functionCode === 16 ? 'SILENCE' : null);
    await write(48);
    clock.advance(SETTLE_MS - 1);
    await poll();
    expect(await rows()).toMatchObject([{ state: 'UNKNOWN', settledAt: null }]);
  });

  it('stays unknown once another value was written', async () => {
    unit.trouble = ({ functionCode }) => (functionCode === 16 ? 'SILENCE' : null);
    await write(48);
    unit.trouble = () => null;
    await write(47);
    clock.advance(SETTLE_MS);
    await expect
      .poll(rows)
      .toMatchObject([{ state: 'CONFIRMED' }, { state: 'UNKNOWN', reason: expect.stringMatching(/another value/) }]);
  });
});

describe('a write that the server did not live to read back', () => {
  it('is unknown at first, and settled by a read that comes late enough', async () => {
    unit.put(1032, [48]);
    await leave((store) => store.insert(interrupted(48)));
    await house.manager.initialize();
    await poll();
    expect(await rows()).toMatchObject([
      { state: 'UNKNOWN', settledAt: null, reason: 'the server has ended before the read-back' },
    ]);
    clock.advance(SETTLE_MS);
    await poll();
    await expect.poll(rows).toMatchObject([{ state: 'CONFIRMED', confirmed: 48, settledAt: clock.now() }]);
    expect(unit.writes()).toStrictEqual([]);
  });

  it('is unknown, with the reason, while the heat pump cannot be read', async () => {
    await leave((store) => store.insert(interrupted(48)));
    await unit.close();
    await house.manager.initialize();
    clock.advance(SETTLE_MS);
    await poll();
    expect(await rows()).toMatchObject([
      { state: 'UNKNOWN', settledAt: null, reason: 'the server has ended before the read-back' },
    ]);
  });

  it('is followed through a change of connection', async () => {
    await write(48);
    await house.manager.update({ id, connection: { timeoutMs: 300 } });
    expect(await rows()).toMatchObject([{ state: 'UNKNOWN', reason: expect.stringMatching(/closed before/) }]);
    clock.advance(SETTLE_MS);
    await poll();
    await expect.poll(rows).toMatchObject([{ state: 'CONFIRMED', confirmed: 48 }]);
  });
});

describe('the present value', () => {
  it('is not written again', async () => {
    const again = await write(50);
    expect(again).toMatchObject({ state: 'CONFIRMED', confirmed: 50, settledAt: clock.now() });
    expect(again.reason).toBe('the heat pump has this value already; nothing was sent');
    expect(await rows()).toStrictEqual([again]);
    expect(told).toStrictEqual([again]);
    expect(unit.writes()).toStrictEqual([]);
    expect(await wear()).toStrictEqual([]);
  });

  it('is known by its words, which may mean less than was asked for', async () => {
    // 21.3 is 0x41aa6666 as float32; what lies nearer to it than to its neighbours is the same.
    unit.put(1401, [0x6666, 0x41aa]);
    await poll();
    expect(await write(21.3000001, 'temp_room_target_heating_normal_circuit_a')).toMatchObject({ state: 'CONFIRMED' });
    expect(unit.writes()).toStrictEqual([]);
  });

  it.each([
    ['is older than a poll interval', async () => clock.advance(HOUR_MS + 1)],
    ['was overtaken by a write', async () => void (await write(48))],
  ])('is written if what is known %s', async (_, age) => {
    unit.trouble = () => null;
    await age();
    const before = unit.writes().length;
    await write(50);
    expect(unit.writes().slice(before)).toStrictEqual(['write 1032=50']);
  });

  it('is written where the heat pump wants it refreshed', async () => {
    await write(0, 'power_solar_surplus');
    expect(unit.writes()).toStrictEqual(['write 74=0,0']);
  });
});
