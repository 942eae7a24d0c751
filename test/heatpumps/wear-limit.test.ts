import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse, type House } from '../support/house.ts';
import { HURRIED_DRIVERS } from '../support/hurried-drivers.ts';
import { type RecordingUnit, startRecordingUnit } from '../support/recording-unit.ts';

const MINUTE_MS = 60_000;
const DAY_MS = 24 * 60 * MINUTE_MS;
/** 25 years of 365.25 days over 300,000 writes: 2,629.8 s, or 43.83 minutes, for each. */
const REFILL_MS = 2_629_800;

let clock: FakeClock;
let house: House;
let unit: RecordingUnit;
let id: string;

beforeEach(async () => {
  clock = new FakeClock();
  house = await buildHouse(clock, 10 * DAY_MS, HURRIED_DRIVERS);
  unit = await startRecordingUnit();
  id = await add();
});
afterEach(async () => {
  await house.close();
  await unit.close();
});

async function add(more: object = {}): Promise<string> {
  const connection = { host: '127.0.0.1', port: unit.port, timeoutMs: 1_000 };
  const settings = { name: 'Home', manufacturer: 'idm', model: 'navigator_2_0', connection, ...more };
  return (await house.manager.add(settings)).settings.id;
}

const write = (value: number, key = 'temp_water_target') => house.manager.write({ heatpumpId: id, key, value });
const wear = () => house.manager.wear(id);

/** A client that writes another value than there is each minute; tells how often it was refused. */
async function writeEachMinute(minutes: number): Promise<number> {
  let refused = 0;
  for (let minute = 0; minute < minutes; minute++) {
    const { state } = await write(unit.words(1032)[0] === 40 ? 41 : 40);
    if (state === 'REJECTED') refused++;
    clock.advance(MINUTE_MS);
  }
  return refused;
}

describe('a register that wears', () => {
  it('is written no more often in 24 hours than its budget allows, and API, ledger and unit say the same', async () => {
    // Ten at once, and then one each 43.83 minutes: in the 1439 minutes to the last attempt that is 32 times.
    expect(await writeEachMinute(1_440)).toBe(1_440 - 42);
    expect(unit.writes()).toHaveLength(42);
    expect(await wear()).toMatchObject([{ key: 'temp_water_target', writes: 42, budget: 300_000 }]);
    const { writes } = await house.manager.writes({ heatpumpId: id, first: 2_000 });
    expect(writes).toHaveLength(1_440);
    expect(writes.filter(({ state }) => state !== 'REJECTED')).toHaveLength(42);
  }, 120_000);

  it('is refused with the reason, and the time of the next write, which is then taken', async () => {
    const start = clock.now();
    for (let n = 0; n < 10; n++) await write(40 + n);
    const next = start + REFILL_MS;
    const refused = await write(50);
    expect(refused).toMatchObject({ state: 'REJECTED', confirmed: null, settledAt: start });
    expect(refused.reason).toBe(
      `written too often: every write wears the memory of the heat pump; the next write is allowed at ${new Date(next).toISOString()}`,
    );
    expect(await wear()).toMatchObject([{ writes: 10, nextWriteAllowedAt: next }]);
    clock.advance(REFILL_MS - 1);
    expect(await write(50)).toMatchObject({ state: 'REJECTED' });
    clock.advance(1);
    expect(await wear()).toMatchObject([{ writes: 10, nextWriteAllowedAt: null }]);
    expect(await write(50)).toMatchObject({ state: 'PENDING' });
    expect(unit.writes()).toHaveLength(11);
  });

  it('has a bucket of its own, and is pointed to its volatile twin', async () => {
    for (let n = 0; n < 11; n++) await write(30 + n, 'temp_external_request_heating');
    expect((await write(45, 'temp_external_request_heating')).reason).toMatch(
      /; temp_request_glt_heizen does the same without wear$/,
    );
    expect(await write(48)).toMatchObject({ state: 'PENDING' });
    expect(await write(35, 'temp_request_glt_heizen')).toMatchObject({ state: 'PENDING' });
  });

  it('keeps count through restarts, other settings, another address and removal', async () => {
    for (let n = 0; n < 10; n++) await write(40 + n);
    await house.manager.stop();
    await house.manager.initialize();
    expect(await write(50)).toMatchObject({ state: 'REJECTED' });
    await house.manager.update({ id, name: 'Moved', connection: { host: 'localhost' } });
    expect(await write(50)).toMatchObject({ state: 'REJECTED' });
    expect(await wear()).toMatchObject([{ writes: 10 }]);
    await house.manager.remove(id);
    id = await add({ connection: { host: 'localhost', port: unit.port, timeoutMs: 1_000 } });
    expect(await write(50)).toMatchObject({ state: 'REJECTED' });
    expect(unit.writes()).toHaveLength(10);
  });

  it('counts what comes at once', async () => {
    const all = await Promise.all(Array.from({ length: 15 }, (_, n) => write(40 + n)));
    expect(all.filter(({ state }) => state === 'REJECTED')).toHaveLength(5);
    expect(unit.writes()).toHaveLength(10);
    expect(await wear()).toMatchObject([{ writes: 10 }]);
  });

  it('tells how long it lasts at the rate of the last days', async () => {
    await write(40);
    expect(await wear()).toMatchObject([{ projectedYears: null }]);
    await write(41);
    clock.advance(2 * DAY_MS);
    // One a day: 299,998 days.
    expect((await wear())[0]?.projectedYears).toBeCloseTo(299_998 / 365.25, 6);
  });
});

describe('a register that does not wear', () => {
  it('may be written as often as one likes, and is not counted', async () => {
    for (let n = 0; n < 15; n++) expect(await write(n, 'power_solar_surplus')).toMatchObject({ state: 'PENDING' });
    expect(unit.writes()).toHaveLength(15);
    expect(await wear()).toStrictEqual([]);
  });
});
