import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ADD, type Api, addInput, startApi } from '../support/api.ts';
import { type RecordingUnit, startRecordingUnit } from '../support/recording-unit.ts';

const WRITE =
  'mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { state reason origin settledAt } } }';
const HOLD =
  'mutation ($input: HoldValueInput!) { holdValue(input: $input) { hold { key value holder since expiresAt lastWrittenAt nextRefreshAt state problem } } }';
const RELEASE = 'mutation ($input: ReleaseHoldInput!) { releaseHold(input: $input) { hold { state nextRefreshAt } } }';
const PAGE =
  'query ($first: Int, $after: String) { writes(key: "temp_water_target", first: $first, after: $after) { writes { requested state } nextCursor } }';

let api: Api;
let unit: RecordingUnit;

beforeAll(async () => {
  unit = await startRecordingUnit();
  unit.put(1032, [50]);
  api = await startApi({ pollIntervalMs: 2_000 });
  await api.query(ADD, addInput(unit.port));
});
afterAll(async () => {
  await api.close();
  await unit.close();
});

const write = (key: string, value: number) => api.query(WRITE, { input: { key, value } });
const holdInput = (more: object = {}) => ({
  input: { key: 'power_solar_surplus', value: 4.5, ttlMs: 60_000, holder: 'pv', ...more },
});

describe('writes in the API', () => {
  it('come by pages, newest first, also those that were refused for wear', async () => {
    for (let value = 40; value < 52; value++) await write('temp_water_target', value);
    const { data: first } = await api.query(PAGE, { first: 3 });
    expect(first.writes.writes).toMatchObject([
      { requested: 51, state: 'REJECTED' },
      { requested: 50, state: 'REJECTED' },
      { requested: 49 },
    ]);
    const { data: rest } = await api.query(PAGE, { first: 200, after: first.writes.nextCursor });
    expect(rest.writes.writes.map(({ requested }: { requested: number }) => requested)).toStrictEqual([
      48, 47, 46, 45, 44, 43, 42, 41, 40,
    ]);
    expect(rest.writes.nextCursor).toBeNull();
  });

  it.each([
    ['too many at once', { first: 201 }, ['first']],
    ['none', { first: 0 }, ['first']],
    ['a cursor that is none', { after: 'x' }, ['after']],
  ])('are refused: %s', async (_, variables, path) => {
    const { errors } = await api.query(PAGE, variables);
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', issues: [{ path }] });
  });

  it('tell how worn a register is, and what its limit says', async () => {
    const { data } = await api.query(
      '{ heatpump { wear { key writes budget budgetSource firstAt lastAt projectedYears nextWriteAllowedAt volatileTwin } } }',
    );
    expect(data.heatpump.wear).toStrictEqual([
      {
        key: 'temp_water_target',
        writes: 10,
        budget: 300_000,
        budgetSource: 'iDM 812170, p. 12',
        firstAt: expect.any(String),
        lastAt: expect.any(String),
        projectedYears: null,
        nextWriteAllowedAt: expect.any(String),
        volatileTwin: null,
      },
    ]);
    const { nextWriteAllowedAt } = data.heatpump.wear[0];
    const { data: refused } = await write('temp_water_target', 60);
    expect(refused.writeSensor.write).toMatchObject({ state: 'REJECTED', origin: 'api' });
    expect(refused.writeSensor.write.reason).toContain(nextWriteAllowedAt);
    expect(unit.writes()).toHaveLength(10);
  });

  it('need not go out for a value that is there', async () => {
    unit.put(1033, [45]);
    const value = async () =>
      (await api.query('{ heatpump { readings(keys: ["temp_water_switch_on"]) { value } } }')).data.heatpump.readings[0]
        .value;
    await expect.poll(value, { timeout: 10_000 }).toBe(45);
    const { data } = await write('temp_water_switch_on', 45);
    expect(data.writeSensor.write).toMatchObject({ state: 'CONFIRMED', settledAt: expect.any(String) });
    expect(unit.writes()).toHaveLength(10);
  });
});

describe('holds in the API', () => {
  it('are told with their heat pump, and whenever they change', async () => {
    const events = api.subscribe('subscription { heatpumpStatus { holds { key holder state problem } } }');
    await events.next(({ heatpumpStatus }) => heatpumpStatus.holds.length === 0);
    const { data } = await api.query(HOLD, holdInput());
    expect(data.holdValue.hold).toMatchObject({ value: 4.5, holder: 'pv', state: 'ACTIVE', problem: null });
    const told = await events.next(({ heatpumpStatus }) => heatpumpStatus.holds.length === 1);
    expect(told.heatpumpStatus.holds).toStrictEqual([
      { key: 'power_solar_surplus', holder: 'pv', state: 'ACTIVE', problem: null },
    ]);
    const released = await api.query(RELEASE, { input: { key: 'power_solar_surplus', holder: 'pv' } });
    expect(released.data.releaseHold.hold).toStrictEqual({ state: 'RELEASED', nextRefreshAt: null });
    await events.next(({ heatpumpStatus }) => heatpumpStatus.holds.length === 0);
    events.end();
  });

  it('are refused to a second holder by the first one’s name', async () => {
    await api.query(HOLD, holdInput());
    for (const answer of [
      await api.query(HOLD, holdInput({ holder: 'grid' })),
      await api.query(RELEASE, { input: { key: 'power_solar_surplus', holder: 'grid' } }),
      await write('power_solar_surplus', 1),
    ]) {
      expect(answer.errors?.[0]).toMatchObject({
        message: expect.stringContaining('power_solar_surplus is held by pv until '),
        extensions: { code: 'CONFLICT', issues: [{ path: ['input', 'key'] }] },
      });
    }
    await api.query(RELEASE, { input: { key: 'power_solar_surplus', holder: 'pv' } });
  });

  it.each([
    ['a value that is not for holding', { key: 'temp_external_outdoor' }, ['input', 'key']],
    ['too long a time', { ttlMs: 86_400_001 }, ['input', 'ttlMs']],
    ['no holder', { holder: '' }, ['input', 'holder']],
  ])('are refused for %s', async (_, more, path) => {
    const { errors } = await api.query(HOLD, holdInput(more));
    expect(errors?.[0]?.extensions).toMatchObject({ code: 'BAD_USER_INPUT', issues: [{ path }] });
  });

  it('are offered where a safe value is known', async () => {
    const { data } = await api.query(
      '{ heatpump { sensors(keys: ["power_solar_surplus", "temp_water_target", "temp_external_request_heating"]) { key isHoldable volatileTwin } } }',
    );
    expect(data.heatpump.sensors).toStrictEqual([
      { key: 'power_solar_surplus', isHoldable: true, volatileTwin: null },
      { key: 'temp_water_target', isHoldable: false, volatileTwin: null },
      { key: 'temp_external_request_heating', isHoldable: false, volatileTwin: 'temp_request_glt_heizen' },
    ]);
  });
});
