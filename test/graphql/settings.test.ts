import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { DRIVERS } from '../../src/drivers/index.ts';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { type RecordingUnit, startRecordingUnit } from '../support/recording-unit.ts';

/** Hot water target and the temperature that charging begins at, one word each. */
const [WATER, SWITCH_ON] = [1032, 1033];
const SNAPSHOTS =
  'query ($id: ID!, $first: Int, $before: String) { settingsSnapshots(heatpumpId: $id, first: $first, before: $before) { snapshots { id trigger known unknown heatpump { id } } nextCursor } }';
const CHANGES =
  'query ($id: ID!, $first: Int, $before: String) { settingsChanges(heatpumpId: $id, first: $first, before: $before) { changes { key before after } nextCursor } }';
const TAKE =
  'mutation ($id: ID!) { takeSettingsSnapshot(input: { heatpumpId: $id }) { snapshot { id trigger entries { key value unit quality sensor { name } } } } }';
const DIFFERENCE =
  'query ($from: ID!, $to: ID) { settingsDifference(from: $from, to: $to) { from { id } to { id } differences { key sensor { unit } before { value quality } after { value quality } } } }';
const RESTORE =
  'mutation ($input: RestoreSettingsInput!) { restoreSettings(input: $input) { dryRun snapshot { id } steps { key present kept refusal { obstacle } write { state origin } } } }';
const WRITE =
  'mutation ($key: String!, $value: SensorValue!) { writeSensor(input: { key: $key, value: $value }) { write { id } } }';
const UNDO =
  'mutation ($id: ID!) { undoWrite(input: { id: $id }) { write { key requested origin } refusal { obstacle reason } } }';

/** Written values are read back after a moment. */
const QUICK = DRIVERS.map((driver) => ({
  ...driver,
  sensors: (...about: Parameters<typeof driver.sensors>) =>
    driver.sensors(...about).map((sensor) => ({ ...sensor, settleMs: 500 })),
}));

let api: Api;
let unit: RecordingUnit;
let id: string;

beforeAll(async () => {
  unit = await startRecordingUnit();
  unit.put(WATER, [50]);
  unit.put(SWITCH_ON, [45]);
  api = await startApi({}, QUICK);
  id = await addOnline(api, unit.port);
  await vi.waitFor(async () => expect(await snapshots()).toHaveLength(1), 10_000);
});
afterAll(async () => {
  await api.close();
  await unit.close();
});

const snapshots = async () => (await api.query(SNAPSHOTS, { id })).data.settingsSnapshots.snapshots;
const take = async () => (await api.query(TAKE, { id })).data.takeSettingsSnapshot.snapshot;
/** Resolves when the server has read this. */
const read = (key: string, value: number) =>
  expect
    .poll(
      async () => (await api.query(`{ heatpump { readings(keys: ["${key}"]) { value } } }`)).data.heatpump.readings,
      {
        timeout: 10_000,
      },
    )
    .toStrictEqual([{ value }]);

describe('settings in the API', () => {
  it('are kept on demand, and compared with each other and with now', async () => {
    const before = await take();
    expect(before.trigger).toBe('ON_DEMAND');
    expect(before.entries).toContainEqual({
      key: 'temp_water_target',
      value: 50,
      unit: '°C',
      quality: 'GOOD',
      sensor: { name: expect.stringMatching(/water/i) },
    });
    unit.put(WATER, [52]);
    await read('temp_water_target', 52);
    const after = await take();
    const difference = {
      key: 'temp_water_target',
      sensor: { unit: '°C' },
      before: { value: 50, quality: 'GOOD' },
      after: { value: 52, quality: 'GOOD' },
    };
    const { data } = await api.query(DIFFERENCE, { from: before.id, to: after.id });
    expect(data.settingsDifference).toStrictEqual({
      from: { id: before.id },
      to: { id: after.id },
      differences: [difference],
    });
    const { data: now } = await api.query(DIFFERENCE, { from: before.id });
    expect(now.settingsDifference).toMatchObject({ to: null, differences: [difference] });
    const { data: back } = await api.query(DIFFERENCE, { from: after.id, to: before.id });
    expect(back.settingsDifference.differences).toStrictEqual([
      { ...difference, before: difference.after, after: difference.before },
    ]);
  });

  it('come by pages', async () => {
    const all = await snapshots();
    const { data: first } = await api.query(SNAPSHOTS, { id, first: 1 });
    expect(first.settingsSnapshots.snapshots).toStrictEqual(all.slice(0, 1));
    const { data: rest } = await api.query(SNAPSHOTS, { id, before: first.settingsSnapshots.nextCursor });
    expect(rest.settingsSnapshots).toStrictEqual({ snapshots: all.slice(1), nextCursor: null });
    expect(all.at(-1)).toMatchObject({ trigger: 'DAILY', heatpump: { id }, unknown: expect.any(Number) });
  });

  it.each([
    ['too many at once', SNAPSHOTS, { first: 201 }, ['first']],
    ['a cursor that is none', CHANGES, { before: 'x' }, ['before']],
  ])('are refused: %s', async (_, query, more, path) => {
    const { errors } = await api.query(query, { id, ...more });
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', issues: [{ path }] });
  });

  it.each([
    ['a heat pump', CHANGES, { id: 'x' }],
    ['a snapshot to compare', DIFFERENCE, { from: 'x' }],
    ['a snapshot to restore', RESTORE, { input: { snapshotId: 'x', dryRun: true } }],
    ['a write to undo', UNDO, { id: 'x' }],
  ])('are not found without %s', async (_, query, variables) => {
    expect((await api.query(query, variables)).errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
  });

  it('that others change are told over the subscription, and listed', async () => {
    const events = api.subscribe(
      'subscription ($ids: [ID!]) { settingsChanges(heatpumpIds: $ids) { heatpump { id } key sensor { key } before after noticedAt } }',
      { ids: [id] },
    );
    await new Promise((resolve) => setTimeout(resolve, 200));
    unit.put(SWITCH_ON, [41]);
    const event = await events.next(({ settingsChanges }) => settingsChanges.key === 'temp_water_switch_on');
    expect(event.settingsChanges).toStrictEqual({
      heatpump: { id },
      key: 'temp_water_switch_on',
      sensor: { key: 'temp_water_switch_on' },
      before: 45,
      after: 41,
      noticedAt: expect.stringMatching(/^\d{4}-\d\d-\d\dT.+Z$/),
    });
    events.end();
    const { data } = await api.query(CHANGES, { id, first: 1 });
    expect(data.settingsChanges.changes).toStrictEqual([{ key: 'temp_water_switch_on', before: 45, after: 41 }]);
  });

  it('are restored after a preview, and a write is undone, by the name of what was undone', async () => {
    const { id: snapshotId } = await take();
    unit.put(WATER, [53]);
    await read('temp_water_target', 53);
    const input = { snapshotId, keys: ['temp_water_target'] };
    const { data: preview } = await api.query(RESTORE, { input: { ...input, dryRun: true } });
    const step = { key: 'temp_water_target', present: 53, kept: 52, refusal: null };
    expect(preview.restoreSettings).toStrictEqual({
      dryRun: true,
      snapshot: { id: snapshotId },
      steps: [{ ...step, write: null }],
    });
    expect(unit.writes()).toStrictEqual([]);
    const { data: restored } = await api.query(RESTORE, { input: { ...input, dryRun: false } });
    const origin = `restore:${snapshotId}`;
    expect(restored.restoreSettings.steps).toStrictEqual([{ ...step, write: { state: 'CONFIRMED', origin } }]);
    const write = (await api.query(WRITE, { key: 'temp_water_target', value: 48 })).data.writeSensor.write;
    const early = (await api.query(UNDO, { id: write.id })).data.undoWrite;
    expect(early).toStrictEqual({ write: null, refusal: { obstacle: 'NOT_SETTLED', reason: expect.any(String) } });
    await expect
      .poll(async () => (await api.query(UNDO, { id: write.id })).data.undoWrite, { timeout: 10_000, interval: 200 })
      .toStrictEqual({
        write: { key: 'temp_water_target', requested: 52, origin: `undo:${write.id}` },
        refusal: null,
      });
    expect(unit.writes()).toStrictEqual(['write 1032=52', 'write 1032=48', 'write 1032=52']);
  });
});
