import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isWritable } from '../../src/domain/sensor.ts';
import { ReadingsLog } from '../../src/graphql/readings-log.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse, type House, nextEvent } from '../support/house.ts';
import { HURRIED_DRIVERS } from '../support/hurried-drivers.ts';
import { type RecordingUnit, startRecordingUnit } from '../support/recording-unit.ts';
import { exceptionAnswer } from '../support/scripted-server.ts';

const INTERVAL_MS = 10_000;
/** Of a Navigator 2.0: target of the hot water, not near any live value; outdoor temperature. */
const [SETTING, SETTING_AT] = ['temp_water_target', 1032];
const [VALUE, VALUE_AT] = ['temp_outside', 1000];

let clock: FakeClock;
let house: House;
let unit: RecordingUnit;
let id: string;

beforeEach(async () => {
  clock = new FakeClock();
  house = await buildHouse(clock, INTERVAL_MS, HURRIED_DRIVERS);
  unit = await startRecordingUnit();
  unit.put(SETTING_AT, [50]);
});
afterEach(async () => {
  await house.close();
  await unit.close();
});

async function add(more: object = {}): Promise<void> {
  const connection = { host: '127.0.0.1', port: unit.port, timeoutMs: 2_000 };
  const pump = { name: 'Home', manufacturer: 'idm', model: 'navigator_2_0', connection };
  id = (await house.manager.add({ ...pump, ...more })).settings.id;
  await poll(0);
}

/** Lets one poll happen in turn; the addresses it read, each as often as it did. */
async function poll(afterMs = INTERVAL_MS): Promise<number[]> {
  const before = unit.log.length;
  const polled = nextEvent(house.bus, 'snapshot');
  clock.advance(afterMs);
  await polled;
  await new Promise(setImmediate);
  return unit.log.slice(before).flatMap((line) => {
    const [address, count] = (line.match(/\d+/g) ?? []).map(Number);
    return Array.from({ length: count ?? 0 }, (_, n) => (address ?? 0) + n);
  });
}

async function polls(count: number): Promise<number[][]> {
  const all: number[][] = [];
  while (all.length < count) all.push(await poll());
  return all;
}

const reading = (key: string) => house.manager.info(id).snapshot?.readings.find(({ sensor }) => sensor.key === key);
const timesRead = (addresses: readonly number[][], at: number) => addresses.flat().filter((one) => one === at).length;

describe('settings and live values', () => {
  it('are told apart by every driver: what is held or looked at for the state is live, what wears is a setting', () => {
    const sensors = HURRIED_DRIVERS.flatMap((driver) =>
      Object.values(driver.exampleConfigs).flatMap((config) => {
        const states = driver.stateRules.map(({ key }) => key);
        const { key: probe } = driver.probe(config);
        return driver.sensors(config).map((sensor) => ({ sensor, isWatched: [probe, ...states].includes(sensor.key) }));
      }),
    );
    expect(sensors.length).toBeGreaterThan(1_500);
    const settings = sensors.filter(({ sensor }) => sensor.pollGroup === 'SETTING');
    expect(settings.length).toBeGreaterThan(300);
    for (const { sensor, isWatched } of settings) {
      expect(
        isWatched || !isWritable(sensor) || sensor.hold || sensor.writeHazard === 'CYCLIC',
        sensor.key,
      ).toBeFalsy();
    }
  });

  it('are all read at first, then the values with each poll and every setting once in six', async () => {
    await add();
    const { sensors } = house.manager.info(id);
    const six = await polls(6);
    const settings = sensors.filter(({ pollGroup }) => pollGroup === 'SETTING');
    const counts = (group: string) =>
      sensors
        .filter(({ pollGroup, access }) => pollGroup === group && access !== 'WRITE_ONLY')
        .map(({ register }) => timesRead(six, register.address));
    expect(Math.min(...counts('LIVE'))).toBe(6);
    expect(settings.length).toBeGreaterThan(30);
    expect(Math.min(...counts('SETTING'))).toBe(1);
    // Those that lie between live values come along with them, and may lie between settings, too.
    expect(counts('SETTING').filter((count) => count !== 1 && count !== 6 && count !== 7)).toStrictEqual([]);
    expect(timesRead(six, SETTING_AT)).toBe(1);
    expect(Math.max(...six.map(({ length }) => length))).toBeLessThan(201);
  });

  it('are shown with the time they were read, and as good', async () => {
    await add();
    const firstAt = clock.now();
    unit.put(VALUE_AT, [0, 0x4120]);
    unit.put(SETTING_AT, [46]);
    let seenAfter = 0;
    for (let count = 1; count <= 6; count++) {
      await poll();
      expect(reading(VALUE)).toMatchObject({ value: 10, quality: 'GOOD', observedAt: clock.now() });
      if (reading(SETTING)?.value === 46) seenAfter ||= clock.now();
      else expect(reading(SETTING)).toMatchObject({ value: 50, quality: 'GOOD', observedAt: firstAt });
    }
    expect(reading(SETTING)).toMatchObject({ value: 46, observedAt: seenAfter });
  });

  it('are told with the time since which none is older, changed or not', async () => {
    const log = new ReadingsLog(house.manager);
    const told: (readonly [number | null, number | null, number])[] = [];
    log.on(({ liveObservedAt, settingsObservedAt, readings }) =>
      told.push([liveObservedAt, settingsObservedAt, readings.length]),
    );
    await add();
    const start = clock.now();
    const readAt = (polls: number) => start + polls * INTERVAL_MS;
    // Every setting once in six polls: the oldest is of the first poll until the sixth has read the last of them.
    await polls(7);
    const settingsAt = [0, 0, 0, 0, 0, 0, 1, 2].map(readAt);
    expect(told.map(([live, settings]) => [live, settings])).toStrictEqual(
      settingsAt.map((at, count) => [readAt(count), at]),
    );
    expect(told.slice(1).map(([, , changed]) => changed)).toStrictEqual(Array.from({ length: 7 }, () => 0));
  });

  it('are all read with each poll where a minute passes between polls', async () => {
    await add({ pollIntervalMs: 60_000 });
    for (const value of [45, 46]) {
      unit.put(SETTING_AT, [value]);
      await poll(60_000);
      expect(reading(SETTING)?.value).toBe(value);
    }
  });

  it('are all read when somebody asks', async () => {
    await add();
    await poll();
    unit.put(SETTING_AT, [44]);
    const asked = house.manager.read(id);
    clock.advance(0);
    await asked;
    expect(reading(SETTING)?.value).toBe(44);
  });

  it('are all read once the heat pump is back', async () => {
    await add();
    unit.trouble = () => 'CLOSE';
    const lost = nextEvent(house.bus, 'heatpump');
    clock.advance(INTERVAL_MS);
    await lost;
    unit.trouble = () => null;
    unit.put(SETTING_AT, [43]);
    const addresses = await poll();
    expect(addresses).toContain(SETTING_AT);
    expect(reading(SETTING)).toMatchObject({ value: 43, quality: 'GOOD', observedAt: clock.now() });
  });
});

describe('a setting', () => {
  it('is read with every poll from the write to it until it has settled', async () => {
    await add();
    await poll();
    await house.manager.write({ key: SETTING, value: 48 });
    unit.put(SETTING_AT, [47]);
    expect(timesRead([await poll()], SETTING_AT)).toBe(1);
    const settled = nextEvent(house.bus, 'write', ({ state }) => state === 'CLAMPED');
    await poll();
    await settled;
    expect(reading(SETTING)?.value).toBe(47);
    await polls(6).then((six) => expect(timesRead(six, SETTING_AT)).toBeLessThanOrEqual(2));
  });

  it('that could not be read has failed, and is asked for with the next poll', async () => {
    await add();
    unit.trouble = ({ pdu }) =>
      pdu.readUInt16BE(1) <= SETTING_AT && SETTING_AT < pdu.readUInt16BE(1) + pdu.readUInt16BE(3)
        ? exceptionAnswer(3, 4)
        : null;
    while (reading(SETTING)?.quality === 'GOOD') await poll();
    expect(reading(SETTING)).toMatchObject({ value: null, quality: 'FAILED', observedAt: null });
    expect(house.manager.status(id).state).toBe('DEGRADED');
    unit.trouble = () => null;
    await poll();
    expect(reading(SETTING)).toMatchObject({ value: 50, quality: 'GOOD', observedAt: clock.now() });
  });

  it('that seems to have the value to be written is looked at first, unless it has just been read', async () => {
    await add();
    while ((reading(SETTING)?.observedAt ?? 0) >= clock.now() - INTERVAL_MS) await poll();
    const before = unit.log.length;
    expect(await house.manager.write({ key: SETTING, value: 50 })).toMatchObject({ state: 'CONFIRMED' });
    expect(unit.log.slice(before)).toStrictEqual([`read ${SETTING_AT}+1`]);
    unit.put(SETTING_AT, [41]);
    expect(await house.manager.write({ key: SETTING, value: 50 })).toMatchObject({ state: 'PENDING', previous: 41 });
    expect(unit.writes()).toStrictEqual([`write ${SETTING_AT}=50`]);
  });
});
