import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { startTestSimulator } from '../support/simulator.ts';

let api: Api;
let simulators: Simulator[];
let ids: string[];
const startedAt = Date.now();
const past = () => ({
  from: new Date(startedAt - 60_000).toISOString(),
  to: new Date(Date.now() + 60_000).toISOString(),
});

beforeAll(async () => {
  api = await startApi();
  simulators = [await startTestSimulator(), await startTestSimulator({ seed: 2 })];
  simulators[0]?.device.force('temp_outside', 5.5);
  simulators[1]?.device.force('energy_heat_total', 81_250);
  ids = [];
  for (const [index, { port }] of simulators.entries())
    ids.push(await addOnline(api, port, { name: `=Pump ${index}` }));
  await sleep(2_500);
});
afterAll(async () => {
  await api.close();
  for (const simulator of simulators) await simulator.close();
});

const HISTORY = `query ($id: ID, $ids: [ID!], $keys: [String!]!, $quantities: [Quantity!], $from: DateTime!, $to: DateTime!, $max: Int) {
  history(heatpumpId: $id, heatpumpIds: $ids, keys: $keys, quantities: $quantities, from: $from, to: $to, maxPoints: $max) {
    heatpumpId key quantity circuit unit kind resolution stepMs
    points { at mean min max last count consumption text }
  }
}`;

describe('history in the API', () => {
  it('shows what a real heat pump said, poll by poll', async () => {
    const { data, errors } = await api.query(HISTORY, { id: ids[0], keys: ['temp_outside'], ...past() });
    expect(errors).toBeUndefined();
    const [series] = data.history;
    expect(series).toMatchObject({
      heatpumpId: ids[0],
      ...{ key: 'temp_outside', quantity: null, unit: '°C', kind: 'ANALOG', resolution: 'RAW' },
    });
    // Reading everything takes longer than the 300 ms that were asked for: it is polled as often as can be.
    expect(series.stepMs).toBeGreaterThanOrEqual(300);
    expect(series.stepMs).toBeLessThan(2_000);
    const [gap, ...points] = series.points;
    expect(gap).toMatchObject({ mean: null, min: null, max: null, count: 0 });
    const values = points.filter(({ mean }: { mean: number | null }) => mean !== null);
    expect(values.length).toBeGreaterThan(3);
    for (const point of values) expect(point).toMatchObject({ mean: 5.5, min: 5.5, max: 5.5, last: 5.5, count: 1 });
    const times = points.map(({ at }: { at: string }) => Date.parse(at));
    expect(times).toStrictEqual([...times].sort((a, b) => a - b));
  });

  it('answers the same however it is asked: with aliases, fragments or conditions', async () => {
    const variables = { id: ids[0], ...past() };
    const ask = async (fields: string) => {
      const query = `query ($id: ID, $from: DateTime!, $to: DateTime!) {
        history(heatpumpId: $id, keys: ["temp_outside"], from: $from, to: $to) { points ${fields} }
      }${fields.includes('F') ? 'fragment F on HistoryPoint { at mean }' : ''}`;
      const { data } = await api.query(query, variables);
      return data.history[0].points.slice(1, 4);
    };
    const plain = await ask('{ at mean }');
    expect(plain[0]).toStrictEqual({ at: expect.any(String), mean: 5.5 });
    expect(await ask('{ ...F }')).toStrictEqual(plain);
    expect(await ask('{ at mean @include(if: true) min @skip(if: true) }')).toStrictEqual(plain);
    expect(await ask('{ at ... on HistoryPoint { mean } }')).toStrictEqual(plain);
    const renamed = await ask('{ when: at value: mean }');
    expect(renamed).toStrictEqual(plain.map(({ at, mean }: Record<string, unknown>) => ({ when: at, value: mean })));
    const named = await ask('{ __typename mean }');
    expect(named[0]).toStrictEqual({ __typename: 'HistoryPoint', mean: 5.5 });
  });

  it('compares heat pumps by quantity, in the unit of the quantity', async () => {
    const quantities = ['OUTDOOR_TEMPERATURE', 'OPERATING_STATE', 'HEAT_ENERGY'];
    const { data } = await api.query(HISTORY, { ids, keys: [], quantities, ...past() });
    const found = data.history.map(({ heatpumpId, quantity, unit, kind }: Record<string, string>) => [
      ids.indexOf(heatpumpId ?? ''),
      quantity,
      unit,
      kind,
    ]);
    expect(found).toStrictEqual(
      [0, 1].flatMap((index) => [
        [index, 'OUTDOOR_TEMPERATURE', '°C', 'ANALOG'],
        [index, 'OPERATING_STATE', null, 'STATE'],
        [index, 'HEAT_ENERGY', 'kWh', 'COUNTER'],
      ]),
    );
    const state = data.history[1].points.find(({ mean }: { mean: number | null }) => mean !== null);
    expect(state.text).toMatch(/^[A-Z_]+$/);
    const energy = data.history[2].points.filter(({ mean }: { mean: number | null }) => mean !== null);
    expect(energy.every(({ consumption }: { consumption: number }) => consumption >= 0)).toBe(true);
  });

  it('shows a time in which nothing was read as a gap', async () => {
    const enable =
      'mutation ($id: ID!, $on: Boolean!) { setHeatpumpEnabled(input: { id: $id, enabled: $on }) { heatpump { id } } }';
    await api.query(enable, { id: ids[0], on: false });
    const from = Date.now();
    await sleep(2_000);
    const to = Date.now();
    await api.query(enable, { id: ids[0], on: true });
    type Point = { at: string; mean: number | null };
    const read = async (): Promise<Point[]> =>
      (await api.query(HISTORY, { id: ids[0], keys: ['temp_outside'], ...past() })).data.history[0].points;
    const isValueAfter = ({ at, mean }: Point) => mean !== null && Date.parse(at) > to;
    await expect.poll(async () => (await read()).some(isValueAfter), { timeout: 15_000 }).toBe(true);
    const points = await read();
    const before = points.findLastIndex(({ at, mean }) => mean !== null && Date.parse(at) < from);
    const between = points.slice(before + 1, points.findIndex(isValueAfter));
    expect(between.map(({ mean }) => mean)).toStrictEqual([null]);
  });

  it('tells how recording is doing', async () => {
    const { data } = await api.query(
      '{ historyInfo { rawDays minuteDays maxBytes bytes values oldestAt recording problem lostValues } }',
    );
    expect(data.historyInfo).toMatchObject({ rawDays: 30, minuteDays: 365, maxBytes: 1e10, recording: true });
    expect(data.historyInfo).toMatchObject({ problem: null, lostValues: 0 });
    expect(data.historyInfo.values).toBeGreaterThan(500);
    expect(Date.parse(data.historyInfo.oldestAt)).toBeGreaterThanOrEqual(startedAt);
  });

  it.each([
    [{ keys: [] }, 'keys'],
    [{ keys: ['no_such_key'] }, 'keys.0'],
    [{ keys: ['temp_outside', 'no_such_key'] }, 'keys.1'],
    [{ keys: ['temp_outside'], max: 1 }, 'maxPoints'],
    [{ keys: ['temp_outside'], max: 10_001 }, 'maxPoints'],
    [{ keys: ['temp_outside'], from: '2026-01-02T00:00:00Z', to: '2026-01-01T00:00:00Z' }, 'from'],
    [{ keys: ['temp_outside'], from: '1969-12-31T00:00:00Z' }, 'from'],
    [{ keys: ['temp_outside'], from: 'yesterday' }, 'from'],
    [{ keys: ['temp_outside'], id: 'x', ids: ['x'] }, 'heatpumpIds'],
  ])('refuses %j', async (wrong, path) => {
    const { errors } = await api.query(HISTORY, { ...past(), ...wrong });
    expect(errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
    expect(errors?.[0]?.extensions?.issues?.[0]?.path.join('.')).toBe(path);
  });

  it('knows no heat pump that is not there', async () => {
    for (const wrong of [{ id: 'hp-none' }, { ids: ['hp-none'] }]) {
      const { errors } = await api.query(HISTORY, { keys: ['temp_outside'], ...past(), ...wrong });
      expect(errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    }
  });

  it('lists what was wrong with a counter, while the raw values stay', async () => {
    const device = simulators[1]?.device;
    const key = 'energy_heat_total';
    for (const value of [0, 81_250.5]) {
      device?.force(key, value);
      await sleep(1_500);
    }
    const query = `query ($id: ID, $from: DateTime!, $to: DateTime!) {
      counterCorrections(heatpumpId: $id, from: $from, to: $to) { heatpumpId key unit kind before odd after counted }
    }`;
    await expect
      .poll(async () => (await api.query(query, { id: ids[1], ...past() })).data.counterCorrections, { timeout: 8_000 })
      .toContainEqual({
        ...{ heatpumpId: ids[1], key, unit: 'kWh', kind: 'TRANSIENT' },
        ...{ before: 81_250, odd: 0, after: 81_250.5, counted: 0.5 },
      });
  });

  it('forgets a heat pump that is removed', async () => {
    const remove = 'mutation ($id: ID!) { removeHeatpump(input: { id: $id }) { removedId } }';
    await api.query(remove, { id: ids[1] });
    await sleep(1_500);
    const { default: Database } = await import('better-sqlite3');
    const database = new Database(`${api.dataDir}/history.db`, { readonly: true });
    const heatpumps = database.prepare('SELECT DISTINCT heatpump_id FROM series').pluck().all();
    expect(heatpumps).toStrictEqual([ids[0]]);
    for (const table of ['counter', 'correction']) {
      const orphans = `SELECT COUNT(*) FROM ${table} WHERE series NOT IN (SELECT id FROM series)`;
      expect(database.prepare(orphans).pluck().get()).toBe(0);
    }
    expect(database.prepare('SELECT COUNT(*) FROM scan WHERE axis NOT IN (SELECT id FROM series)').pluck().get()).toBe(
      0,
    );
    database.close();
  });
});
