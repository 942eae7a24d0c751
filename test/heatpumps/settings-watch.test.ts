import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { SettingsChange } from '../../src/domain/settings-change.ts';
import { startWatchedUnit, type WatchedUnit } from '../support/watched-unit.ts';

/** Hot water target, one word; and the flow target of circuit A, a float32 with its low word first. */
const WATER = { key: 'temp_water_target', address: 1032 };
const ROOM = { key: 'temp_room_target_heating_normal_circuit_a', address: 1401 };
/** 21.5 and 19.25 as float32 are 0x41ac0000 and 0x419a0000. */
const [WARM, COOL] = [
  [0x0000, 0x41ac],
  [0x0000, 0x419a],
];

let watched: WatchedUnit;
let told: SettingsChange[];

beforeEach(async () => {
  watched = await startWatchedUnit();
  watched.unit.put(WATER.address, [50]);
  watched.unit.put(ROOM.address, WARM);
  await watched.poll();
  listen();
});
afterEach(() => watched.close());

function listen(): void {
  told = [];
  watched.house.bus.on('settingsChange', (change) => told.push(change));
}

const kept = async () => (await watched.house.settings.changes({ heatpumpId: watched.id, first: 100 })).items;
const inShort = (changes: readonly SettingsChange[]) => changes.map(({ key, before, after }) => [key, before, after]);

async function pollTimes(times: number): Promise<void> {
  for (let n = 0; n < times; n++) await watched.poll();
}

describe('a setting that is changed at the heat pump', () => {
  it('is told once with the values before and after, and kept', async () => {
    watched.unit.put(WATER.address, [55]);
    await watched.poll();
    const noticedAt = watched.clock.now();
    expect(told).toStrictEqual([]);
    await pollTimes(4);
    expect(inShort(told)).toStrictEqual([[WATER.key, 50, 55]]);
    expect(told[0]?.noticedAt).toBe(noticedAt);
    expect(await kept()).toStrictEqual(told);
  });

  it('is told again when it is changed back, newest first', async () => {
    watched.unit.put(ROOM.address, COOL);
    await pollTimes(2);
    watched.unit.put(ROOM.address, WARM);
    await pollTimes(2);
    expect(inShort(await kept())).toStrictEqual([
      [ROOM.key, 19.25, 21.5],
      [ROOM.key, 21.5, 19.25],
    ]);
  });

  it('is not told for a value that one read alone has shown', async () => {
    watched.unit.put(WATER.address, [0]);
    await watched.poll();
    watched.unit.put(WATER.address, [50]);
    await pollTimes(3);
    expect(told).toStrictEqual([]);
  });

  it('is noticed after a restart, too, and only then', async () => {
    await watched.restart();
    listen();
    await pollTimes(3);
    expect(told).toStrictEqual([]);
    await watched.house.close();
    watched.unit.put(WATER.address, [46]);
    await watched.restart();
    listen();
    await pollTimes(3);
    expect(inShort(told)).toStrictEqual([[WATER.key, 50, 46]]);
    await watched.restart();
    listen();
    await pollTimes(3);
    expect(told).toStrictEqual([]);
    expect(await kept()).toHaveLength(1);
  });

  it('is told for each register once if the unit has lost all of them', async () => {
    watched.unit.put(WATER.address, [40]);
    watched.unit.put(ROOM.address, COOL);
    await pollTimes(5);
    expect(inShort(told).sort()).toStrictEqual([
      [ROOM.key, 21.5, 19.25],
      [WATER.key, 50, 40],
    ]);
  });

  it('is told ten times a day at most: what changes more often is not set but measured', async () => {
    for (let n = 0; n < 13; n++) {
      watched.unit.put(WATER.address, [51 + (n % 2)]);
      await pollTimes(2);
    }
    expect(told).toHaveLength(10);
    expect(watched.house.log.lines.filter((line) => line.includes('keeps changing by itself'))).toHaveLength(1);
    await watched.poll(24 * 3_600_000);
    watched.unit.put(WATER.address, [40]);
    await pollTimes(2);
    expect(told).toHaveLength(11);
  });

  it('is no news of a demand, a measurement, or while nothing can be read', async () => {
    // 4.5 kW of PV surplus; the outdoor temperature; and a request for hot water.
    watched.unit.put(74, [0, 0x4090]);
    watched.unit.put(1000, COOL);
    watched.unit.put(1712, [1]);
    watched.unit.trouble = ({ pdu }) => (pdu.readUInt16BE(1) >= 1030 ? { pdu: Buffer.from([0x83, 4]) } : null);
    watched.unit.put(WATER.address, [41]);
    await pollTimes(3);
    expect(told).toStrictEqual([]);
  });
});

describe('a setting that this server has changed', () => {
  it('is accounted for, whoever asked', async () => {
    await watched.write(WATER.key, 48);
    await pollTimes(3);
    await watched.house.manager.write({ key: WATER.key, value: 47 }, 'job:1');
    watched.clock.advance(15_000);
    await pollTimes(3);
    expect(told).toStrictEqual([]);
    watched.clock.advance(600_000);
    watched.unit.put(WATER.address, [48]);
    await pollTimes(2);
    expect(inShort(told)).toStrictEqual([[WATER.key, 47, 48]]);
  });

  it('may be limited by the heat pump a while after it was confirmed, but not changed altogether', async () => {
    await watched.write(WATER.key, 60);
    await watched.poll();
    watched.unit.put(WATER.address, [55]);
    await pollTimes(3);
    expect(told).toStrictEqual([]);
    watched.unit.put(WATER.address, [45]);
    await pollTimes(3);
    expect(inShort(told)).toStrictEqual([[WATER.key, 55, 45]]);
  });

  it('is not so any more some minutes later', async () => {
    await watched.write(WATER.key, 60);
    await pollTimes(2);
    watched.clock.advance(300_000);
    watched.unit.put(WATER.address, [55]);
    await pollTimes(2);
    expect(inShort(told)).toStrictEqual([[WATER.key, 60, 55]]);
  });

  it('is found in the record of writes if the server has ended before it could look', async () => {
    await watched.house.settings.stop();
    await watched.write(WATER.key, 48);
    await watched.restart();
    listen();
    watched.clock.advance(600_000);
    await pollTimes(3);
    expect(told).toStrictEqual([]);
  });

  it('does not hide that somebody has changed it again meanwhile', async () => {
    await watched.house.settings.stop();
    await watched.write(WATER.key, 48);
    await watched.house.close();
    watched.clock.advance(600_000);
    watched.unit.put(WATER.address, [44]);
    await watched.restart();
    listen();
    await pollTimes(3);
    expect(inShort(told)).toStrictEqual([[WATER.key, 48, 44]]);
  });
});
