import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { differenceOf, type SettingEntry } from '../../src/domain/settings-snapshot.ts';
import { exceptionAnswer } from '../support/scripted-server.ts';
import { startWatchedUnit, type WatchedUnit } from '../support/watched-unit.ts';

const WATER = { key: 'temp_water_target', address: 1032 };
const DAY_MS = 24 * 3_600_000;

let watched: WatchedUnit;
beforeEach(async () => {
  watched = await startWatchedUnit();
  watched.unit.put(WATER.address, [50]);
});
afterEach(() => watched.close());

const listed = async () => (await watched.house.settings.snapshots({ heatpumpId: watched.id, first: 200 })).items;
const triggers = async () => (await listed()).map(({ trigger }) => trigger);

async function entryIn(id: string | undefined, key = WATER.key): Promise<SettingEntry | undefined> {
  return (await watched.house.settings.snapshot(id ?? '')).entries.find((entry) => entry.key === key);
}

describe('a snapshot of the settings', () => {
  it('is taken with the first poll of each day, whatever restarts', async () => {
    await watched.poll();
    await watched.poll();
    await watched.restart();
    await watched.poll();
    expect(await triggers()).toStrictEqual(['DAILY']);
    watched.unit.put(WATER.address, [44]);
    await watched.poll(DAY_MS);
    const [second, first, ...others] = await listed();
    expect(others).toStrictEqual([]);
    expect(second?.takenAt).toBe(watched.clock.now());
    expect(await entryIn(first?.id)).toStrictEqual({ key: WATER.key, value: 50, unit: '°C', quality: 'GOOD' });
    expect(await entryIn(second?.id)).toMatchObject({ value: 44 });
  });

  it('is on disk before the first change of a setting on a day goes out, and not before later ones', async () => {
    await watched.poll();
    const found: unknown[] = [];
    watched.unit.trouble = async ({ functionCode }) => {
      if (functionCode === 16) found.push(await triggers());
      return null;
    };
    await watched.write(WATER.key, 48);
    await watched.write(WATER.key, 47);
    expect(found).toStrictEqual(Array(2).fill(['BEFORE_WRITE', 'DAILY']));
    const [beforeWrite] = await listed();
    expect(await entryIn(beforeWrite?.id)).toMatchObject({ value: 50 });
  });

  it('is not taken before a demand is written, which is no setting', async () => {
    await watched.poll();
    await watched.house.manager.write({ key: 'power_solar_surplus', value: 2.5 });
    expect(await triggers()).toStrictEqual(['DAILY']);
  });

  it('holds every register that can be written, and says which it has no value of', async () => {
    watched.unit.trouble = ({ functionCode, pdu }) =>
      functionCode === 3 && pdu.readUInt16BE(1) <= 1032 && pdu.readUInt16BE(1) + pdu.readUInt16BE(3) > 1032
        ? exceptionAnswer(3, 4)
        : null;
    await watched.poll();
    const [daily] = await listed();
    expect(await entryIn(daily?.id)).toStrictEqual({ key: WATER.key, value: null, unit: '°C', quality: 'FAILED' });
    expect(await entryIn(daily?.id, 'power_solar_surplus')).toMatchObject({ value: 0, quality: 'GOOD' });
    expect(await entryIn(daily?.id, 'temp_outside')).toBeUndefined();
    const { entries } = await watched.house.settings.snapshot(daily?.id ?? '');
    expect(daily?.known).toBe(entries.filter(({ value }) => value !== null).length);
    expect(daily?.unknown).toBe(entries.filter(({ value }) => value === null).length);
    expect(daily?.unknown).toBeGreaterThan(0);
  });

  it('takes nothing that is too old for the truth, and is refused where nothing is known', async () => {
    await expect(watched.house.settings.takeSnapshot(watched.id)).rejects.toMatchObject({ code: 'CONFLICT' });
    await watched.poll();
    watched.clock.advance(4 * 3_600_000);
    await expect.poll(() => watched.house.manager.status(watched.id).state).not.toBe('CONNECTING');
    const readings = watched.house.manager.info(watched.id).snapshot?.readings ?? [];
    expect(readings.some(({ quality }) => quality === 'STALE')).toBe(true);
    await expect(watched.house.settings.takeSnapshot(watched.id)).rejects.toMatchObject({
      code: 'CONFLICT',
      message: expect.stringContaining('Home'),
    });
  });

  it('goes when four hundred newer ones are there', async () => {
    await watched.poll();
    const { id } = await watched.house.settings.takeSnapshot(watched.id);
    for (let n = 0; n < 399; n++) await watched.house.settings.takeSnapshot(watched.id);
    expect(await entryIn(id)).toMatchObject({ value: 50 });
    await watched.house.settings.takeSnapshot(watched.id);
    await expect(watched.house.settings.snapshot(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    const first = await watched.house.settings.snapshots({ heatpumpId: watched.id, first: 200 });
    const second = await watched.house.settings.snapshots({
      heatpumpId: watched.id,
      first: 200,
      before: first.nextCursor,
    });
    expect(new Set([...first.items, ...second.items].map((head) => head.id)).size).toBe(400);
    expect(second.nextCursor).toBeNull();
  }, 60_000);
});

describe('the difference of two snapshots', () => {
  const entry = (key: string, value: number | null, more: Partial<SettingEntry> = {}): SettingEntry => {
    return { key, value, unit: 'K', quality: value === null ? 'FAILED' : 'GOOD', ...more };
  };
  const before = [entry('same', 1), entry('other', 2), entry('gone', 3), entry('unread', null), entry('never', null)];
  const after = [entry('new', 9), entry('never', null), entry('unread', 5), entry('other', 4), entry('same', 1)];

  it('names what has changed, and what one side lacks', () => {
    expect(differenceOf(before, after)).toStrictEqual([
      { key: 'new', before: null, after: entry('new', 9) },
      { key: 'unread', before: entry('unread', null), after: entry('unread', 5) },
      { key: 'other', before: entry('other', 2), after: entry('other', 4) },
      { key: 'gone', before: entry('gone', 3), after: null },
    ]);
  });

  it('is the same the other way round, with its sides changed', () => {
    const there = differenceOf(before, after).map((d) => [d.key, d.before, d.after] as const);
    const back = differenceOf(after, before).map((d) => [d.key, d.after, d.before] as const);
    expect([...back].sort()).toStrictEqual([...there].sort());
    expect(differenceOf(before, before)).toStrictEqual([]);
  });

  it('is told between one and now', async () => {
    await watched.poll();
    const [daily] = await listed();
    watched.unit.put(WATER.address, [52]);
    await watched.poll();
    const { to, differences } = await watched.house.settings.difference(daily?.id ?? '', null);
    expect(to).toBeNull();
    expect(differences).toMatchObject([{ key: WATER.key, before: { value: 50 }, after: { value: 52 } }]);
  });
});
