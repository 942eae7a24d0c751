import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { RestoreStep, SettingsRestore } from '../../src/domain/settings-restore.ts';
import { exceptionAnswer } from '../support/scripted-server.ts';
import { startWatchedUnit, type WatchedUnit } from '../support/watched-unit.ts';

/** Hot water target and the temperatures it is switched at, one word each; the first room target is a float32. */
const WATER = { key: 'temp_water_target', address: 1032 };
const SWITCH_ON = { key: 'temp_water_switch_on', address: 1033 };
const SWITCH_OFF = { key: 'temp_water_switch_off', address: 1034 };
const ROOM = { key: 'temp_room_target_heating_normal_circuit_a', address: 1401 };
/** 21.3 is no binary fraction: as float32 it is 0x41aa6666. */
const ROOM_WORDS = [0x6666, 0x41aa];

let watched: WatchedUnit;
let snapshotId: string;

beforeEach(async () => {
  watched = await startWatchedUnit();
  for (const [{ address }, words] of [
    [WATER, [50]],
    [SWITCH_ON, [40]],
    [SWITCH_OFF, [52]],
    [ROOM, ROOM_WORDS],
  ] as const)
    watched.unit.put(address, words);
  await watched.poll();
  snapshotId = (await watched.house.settings.takeSnapshot(watched.id)).id;
});
afterEach(() => watched.close());

const inShort = (steps: readonly RestoreStep[]) =>
  steps.map(({ key, present, kept, refusal, write }) => [
    key,
    present,
    kept,
    refusal?.obstacle ?? write?.state ?? null,
  ]);
const preview = async (keys: string[] | null = null) => {
  return inShort((await watched.house.settings.previewRestore(snapshotId, keys)).steps);
};

/** Restores while time goes on, so that writes settle. */
async function restore(keys: string[] | null = null): Promise<SettingsRestore> {
  let isDone = false;
  const restored = watched.house.settings.restore(snapshotId, keys, 'restore:test').finally(() => {
    isDone = true;
  });
  while (!isDone) {
    await new Promise((resolve) => setTimeout(resolve, 20));
    watched.clock.advance(1_000);
  }
  return restored;
}

describe('the preview of a restore', () => {
  it('names what would be written and what not and why, and writes nothing', async () => {
    expect(await preview()).toStrictEqual([]);
    watched.unit.put(WATER.address, [55]);
    watched.unit.put(ROOM.address, [0, 0x41ac]);
    await watched.poll();
    expect(await preview()).toStrictEqual([
      [WATER.key, 55, 50, null],
      [ROOM.key, 21.5, 21.3, null],
    ]);
    expect(
      await preview([WATER.key, SWITCH_ON.key, 'power_solar_surplus', 'temp_outside', 'no_such_key']),
    ).toStrictEqual([
      [WATER.key, 55, 50, null],
      ['temp_outside', null, null, 'NOT_A_SETTING'],
      ['no_such_key', null, null, 'NO_SENSOR'],
    ]);
    watched.unit.put(74, [0, 0x4090]);
    await watched.poll();
    expect(await preview(['power_solar_surplus'])).toStrictEqual([['power_solar_surplus', 4.5, 0, 'NOT_A_SETTING']]);
    expect(watched.unit.writes()).toStrictEqual([]);
  });

  it('knows what is out of range now, read-only, or written too often', async () => {
    watched.unit.put(WATER.address, [9]);
    await watched.poll();
    const odd = (await watched.house.settings.takeSnapshot(watched.id)).id;
    watched.unit.put(WATER.address, [50]);
    await watched.poll();
    const { steps } = await watched.house.settings.previewRestore(odd, null);
    expect(inShort(steps)).toStrictEqual([[WATER.key, 50, 9, 'OUT_OF_RANGE']]);
    for (let value = 41; value <= 50; value++) await watched.house.manager.write({ key: WATER.key, value });
    watched.unit.put(WATER.address, [41]);
    await watched.poll();
    expect(await preview()).toStrictEqual([[WATER.key, 41, 50, 'WORN']]);
    await watched.house.manager.update({ id: watched.id, readOnly: true });
    expect(await preview([SWITCH_ON.key])).toStrictEqual([]);
    watched.unit.put(SWITCH_ON.address, [39]);
    await watched.poll();
    expect(await preview([SWITCH_ON.key])).toStrictEqual([[SWITCH_ON.key, 39, 40, 'READ_ONLY']]);
  });

  it('is refused for a snapshot that is gone, or of another model', async () => {
    await expect(watched.house.settings.previewRestore('x', null)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await watched.house.manager.update({ id: watched.id, manufacturer: 'daikin', model: 'altherma' });
    await expect(watched.house.settings.previewRestore(snapshotId, null)).rejects.toMatchObject({ code: 'CONFLICT' });
  });
});

describe('a restore', () => {
  it('writes the very words that were there, nothing else, and tells what became of each', async () => {
    watched.unit.put(WATER.address, [55]);
    watched.unit.put(ROOM.address, [0, 0x41ac]);
    await watched.poll();
    const { steps, isDryRun } = await restore();
    expect(isDryRun).toBe(false);
    expect(inShort(steps)).toStrictEqual([
      [WATER.key, 55, 50, 'CONFIRMED'],
      [ROOM.key, 21.5, 21.3, 'CONFIRMED'],
    ]);
    expect(watched.unit.writes()).toStrictEqual(['write 1032=50', `write 1401=${ROOM_WORDS.join()}`]);
    const { writes } = await watched.house.manager.writes({ heatpumpId: watched.id, first: 10 });
    expect(writes.map(({ origin }) => origin)).toStrictEqual(['restore:test', 'restore:test']);
    const { items } = await watched.house.settings.snapshots({ heatpumpId: watched.id, first: 10 });
    expect(items.map(({ trigger }) => trigger)).toContain('BEFORE_RESTORE');
  });

  it('does not write what has become the old value since the last poll', async () => {
    watched.unit.put(WATER.address, [55]);
    watched.unit.put(SWITCH_ON.address, [41]);
    await watched.poll();
    watched.unit.put(WATER.address, [50]);
    const { steps } = await restore();
    expect(inShort(steps)).toStrictEqual([[SWITCH_ON.key, 41, 40, 'CONFIRMED']]);
    expect(watched.unit.writes()).toStrictEqual(['write 1033=40']);
  });

  it('goes on after a refusal, and stops at a write of which nobody knows', async () => {
    for (const { address } of [WATER, SWITCH_ON, SWITCH_OFF]) watched.unit.put(address, [47]);
    watched.unit.put(ROOM.address, [0, 0x41ac]);
    await watched.poll();
    watched.unit.trouble = ({ functionCode, pdu }) => {
      if (functionCode !== 16) return null;
      if (pdu.readUInt16BE(1) === 1032) return exceptionAnswer(16, 3);
      return pdu.readUInt16BE(1) === 1033 ? 'SILENCE' : null;
    };
    const { steps } = await restore();
    expect(inShort(steps).map(([key, , , outcome]) => [key, outcome])).toStrictEqual([
      [WATER.key, 'REJECTED'],
      [SWITCH_ON.key, 'UNKNOWN'],
      [SWITCH_OFF.key, 'STOPPED'],
      [ROOM.key, 'STOPPED'],
    ]);
    expect(watched.unit.writes()).toStrictEqual(['write 1032=50', 'write 1033=40']);
  });

  it('is one at a time for a heat pump', async () => {
    watched.unit.put(WATER.address, [55]);
    await watched.poll();
    const first = restore();
    await expect(watched.house.settings.restore(snapshotId, null, 'restore:test')).rejects.toMatchObject({
      code: 'CONFLICT',
    });
    expect((await first).steps).toHaveLength(1);
    expect((await restore()).steps).toStrictEqual([]);
  });
});

describe('undoing a write', () => {
  const undo = (id: string) => watched.house.settings.undo(id, `undo:${id}`);

  async function settle(id: string): Promise<void> {
    watched.clock.advance(15_000);
    const last = async () => (await watched.house.manager.writes({ first: 1 })).writes[0];
    await expect.poll(last).toMatchObject({ id, state: 'CONFIRMED' });
  }

  it('writes the very words that were there, and can be undone itself', async () => {
    const id = await watched.write(ROOM.key, 19.5);
    const { write } = await undo(id);
    expect(write).toMatchObject({ key: ROOM.key, requested: 21.3, previous: 19.5, origin: `undo:${id}` });
    expect(watched.unit.writes().at(-1)).toBe(`write 1401=${ROOM_WORDS.join()}`);
    await settle(write?.id ?? '');
    expect((await undo(write?.id ?? '')).write).toMatchObject({ requested: 19.5, previous: 21.3 });
  });

  it('is refused with the reason', async () => {
    const first = await watched.write(WATER.key, 48);
    const second = await watched.write(WATER.key, 47);
    expect((await undo(first)).refusal).toMatchObject({ obstacle: 'NOT_LAST' });
    watched.unit.put(WATER.address, [49]);
    expect((await undo(second)).refusal).toStrictEqual({
      obstacle: 'CHANGED_SINCE',
      reason: 'temp_water_target is 49 now, not 47 as written',
    });
    const same = await watched.write(SWITCH_ON.key, 40);
    expect((await undo(same)).refusal).toMatchObject({ obstacle: 'NOTHING_CHANGED' });
    const pending = await watched.house.manager.write({ key: SWITCH_OFF.key, value: 51 });
    expect((await undo(pending.id)).refusal).toMatchObject({ obstacle: 'NOT_SETTLED' });
    const demand = await watched.write('power_solar_surplus', 2.5);
    expect((await undo(demand)).refusal).toMatchObject({ obstacle: 'NOT_A_SETTING' });
    await expect(undo('x')).rejects.toMatchObject({ code: 'NOT_FOUND' });
    expect(watched.unit.writes()).toHaveLength(4);
  });

  it('wears like any other write, and comes to an end with it', async () => {
    let id = await watched.write(WATER.key, 48);
    for (let n = 0; n < 9; n++) {
      const { write } = await undo(id);
      id = write?.id ?? '';
      await settle(id);
    }
    const { write } = await undo(id);
    expect(write).toMatchObject({ state: 'REJECTED', reason: expect.stringContaining('written too often') });
    expect(watched.unit.writes()).toHaveLength(10);
  });
});
