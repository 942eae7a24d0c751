import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { ADD, type Api, addInput, startApi } from '../support/api.ts';
import { startTestSimulator } from '../support/simulator.ts';

const WIDGET_FIELDS = `type title hours thresholds min max x y w h
  queries { key quantity circuit heatpumpId isMissing heatpump { name } }`;
const FIELDS = `id name heatpump { id } widgets { ${WIDGET_FIELDS} } createdAt updatedAt`;
const CREATE = `mutation ($input: CreateDashboardInput!) { createDashboard(input: $input) { dashboard { ${FIELDS} } } }`;
const UPDATE = `mutation ($input: UpdateDashboardInput!) { updateDashboard(input: $input) { dashboard { ${FIELDS} } } }`;
const DELETE = 'mutation ($input: DeleteDashboardInput!) { deleteDashboard(input: $input) { deletedId } }';
const REORDER =
  'mutation ($input: ReorderDashboardsInput!) { reorderDashboards(input: $input) { dashboards { id name } } }';
const IMPORT = `mutation ($input: ImportDashboardInput!) { importDashboard(input: $input) { dashboard { ${FIELDS} } } }`;
const REMOVE = 'mutation ($input: RemoveHeatpumpInput!) { removeHeatpump(input: $input) { removedId } }';
const LIST = `query ($heatpumpId: ID) { dashboards(heatpumpId: $heatpumpId) { ${FIELDS} } }`;

const place = { x: 0, y: 0, w: 6, h: 4 };
const line = {
  type: 'LINE',
  title: 'Flow',
  queries: [{ quantity: 'FLOW_TEMPERATURE', circuit: 'A' }, { key: 'temp_outside' }],
  ...place,
};

let api: Api;
let simulator: Simulator;
let id: string;

beforeAll(async () => {
  simulator = await startTestSimulator();
  api = await startApi();
  id = await add('Main');
});

afterAll(async () => {
  await api?.close();
  await simulator?.close();
});

let units = 0;
/** Adds a heat pump under a unit id of its own; nobody need answer there. */
async function add(name: string, more: object = {}): Promise<string> {
  const connection = { host: '127.0.0.1', port: simulator.port, unitId: ++units };
  const { data } = await api.query(ADD, addInput(simulator.port, { name, connection, enabled: false, ...more }));
  return data.addHeatpump.heatpump.id as string;
}

async function create(input: object) {
  const { data, errors } = await api.query(CREATE, { input });
  expect(errors).toBeUndefined();
  return data.createDashboard.dashboard;
}

/** The code and the paths of a refusal. */
async function refusal(query: string, input: object) {
  const { errors } = await api.query(query, { input });
  const { code, issues } = errors?.[0]?.extensions ?? {};
  return { code, issues: issues?.map(({ path, message }) => [path.join('.'), message]) };
}

async function namesOf(heatpumpId: string | null): Promise<string[]> {
  const { data } = await api.query(LIST, { heatpumpId });
  return data.dashboards.map(({ name }: { name: string }) => name);
}

describe('the first dashboard of a heat pump', () => {
  it('is the one of its driver, in both languages and laid out', async () => {
    const { data } = await api.query(
      `query ($id: ID!) { heatpump(id: $id) { dashboards {
        name de: name(language: DE) heatpump { id }
        widgets { type title de: title(language: DE) hours x y w h queries { key isMissing } }
      } } }`,
      { id },
    );
    const [dashboard, ...others] = data.heatpump.dashboards;
    expect(others).toStrictEqual([]);
    expect(dashboard).toMatchObject({ name: 'Overview', de: 'Übersicht', heatpump: { id } });
    expect(dashboard.widgets.length).toBeGreaterThan(3);
    expect(dashboard.widgets[0]).toMatchObject({ type: 'LINE', title: 'Temperatures', de: 'Temperaturen', hours: 24 });
    expect(dashboard.widgets.slice(0, 3).map(({ x, y, w, h }: typeof place) => [x, y, w, h])).toStrictEqual([
      [0, 0, 6, 4],
      [6, 0, 6, 4],
      [0, 4, 6, 4],
    ]);
    const queries = dashboard.widgets.flatMap((widget: { queries: object[] }) => widget.queries);
    expect(queries).toContainEqual({ key: 'temp_outside', isMissing: false });
    expect(queries.filter(({ isMissing }: { isMissing: boolean }) => isMissing)).toStrictEqual([]);
  });

  it.each([
    ['nibe', 's_series'],
    ['daikin', 'altherma'],
    ['luxtronik', 'luxtronik_2_1'],
  ])('comes with every maker: %s %s', async (manufacturer, model) => {
    const heatpumpId = await add(manufacturer, { manufacturer, model });
    const { data } = await api.query(LIST, { heatpumpId });
    const widgets = data.dashboards[0].widgets as { queries: { isMissing: boolean }[] }[];
    expect(widgets.length).toBeGreaterThan(0);
    expect(widgets.flatMap(({ queries }) => queries).some(({ isMissing }) => isMissing)).toBe(false);
    await api.query(REMOVE, { input: { id: heatpumpId } });
  });

  it('keeps both languages where an edit leaves the words alone', async () => {
    const heatpumpId = await add('Edited');
    const { data } = await api.query(LIST, { heatpumpId });
    const [{ id: dashboardId, widgets }] = data.dashboards;
    const asInput = widgets.map(({ queries, ...widget }: { queries: { key: string }[] }) => {
      return { ...widget, queries: queries.map(({ key }) => ({ key })) };
    });
    asInput[1].title = 'Warm things';
    await api.query(UPDATE, { input: { id: dashboardId, widgets: asInput } });
    const { data: after } = await api.query(
      'query ($id: ID!) { dashboard(id: $id) { name(language: DE) widgets { title(language: DE) } } }',
      { id: dashboardId },
    );
    expect(after.dashboard.name).toBe('Übersicht');
    expect(after.dashboard.widgets[0].title).toBe('Temperaturen');
    expect(after.dashboard.widgets[1].title).toBe('Warm things');
    expect(after.dashboard.widgets).toHaveLength(widgets.length);
  });
});

describe('a dashboard', () => {
  it('is created, read, changed and deleted', async () => {
    const created = await create({ heatpumpId: id, name: ' Mine ', widgets: [{ ...line, thresholds: [50, 35] }] });
    expect(created).toStrictEqual({
      id: expect.any(String),
      name: 'Mine',
      heatpump: { id },
      widgets: [
        {
          type: 'LINE',
          title: 'Flow',
          hours: 24,
          thresholds: [35, 50],
          min: null,
          max: null,
          ...place,
          queries: [
            {
              key: null,
              quantity: 'FLOW_TEMPERATURE',
              circuit: 'A',
              heatpumpId: null,
              isMissing: false,
              heatpump: { name: 'Main' },
            },
            {
              key: 'temp_outside',
              quantity: null,
              circuit: null,
              heatpumpId: null,
              isMissing: false,
              heatpump: { name: 'Main' },
            },
          ],
        },
      ],
      createdAt: expect.stringMatching(/^\d{4}-/),
      updatedAt: created.createdAt,
    });
    const { data } = await api.query(UPDATE, { input: { id: created.id, name: 'Yours' } });
    expect(data.updateDashboard.dashboard).toMatchObject({ name: 'Yours', widgets: created.widgets });
    expect(await namesOf(id)).toStrictEqual(['Overview', 'Yours']);
    expect((await api.query(DELETE, { input: { id: created.id } })).data.deleteDashboard.deletedId).toBe(created.id);
    expect(await namesOf(id)).toStrictEqual(['Overview']);
    const gone = await api.query('query ($id: ID!) { dashboard(id: $id) { id } }', { id: created.id });
    expect(gone.data).toStrictEqual({ dashboard: null });
    expect(await refusal(DELETE, { id: created.id })).toMatchObject({ code: 'NOT_FOUND' });
  });

  it.each(['LINE', 'BAR', 'STAT', 'GAUGE', 'TABLE', 'STATE_TIMELINE', 'HEAT_MAP'])('may hold a %s', async (type) => {
    const queries = [{ quantity: 'OPERATING_STATE' }];
    const created = await create({ name: type, widgets: [{ type, title: type, queries, min: -5, max: 5, ...place }] });
    expect(created.widgets).toMatchObject([{ type, min: -5, max: 5, queries: [{ isMissing: false }] }]);
    await api.query(DELETE, { input: { id: created.id } });
  });

  it('without a heat pump shows the default one where a query names none', async () => {
    const created = await create({ name: 'All', widgets: [line] });
    expect(created).toMatchObject({ heatpump: null, widgets: [{ queries: [{ heatpump: { name: 'Main' } }, {}] }] });
    await api.query(DELETE, { input: { id: created.id } });
  });

  it('is put into another order among its own', async () => {
    const heatpumpId = await add('Ordered');
    const ids: string[] = [];
    for (const name of ['b', 'c']) ids.push((await create({ heatpumpId, name })).id);
    const before = (await api.query(LIST, { heatpumpId })).data.dashboards;
    const order = [ids[1], before[0].id, ids[0]];
    const { data } = await api.query(REORDER, { input: { heatpumpId, ids: order } });
    expect(data.reorderDashboards.dashboards.map(({ name }: { name: string }) => name)).toStrictEqual([
      'c',
      'Overview',
      'b',
    ]);
    expect(await namesOf(heatpumpId)).toStrictEqual(['c', 'Overview', 'b']);
    for (const wrong of [[], ids, [...order, ids[0]], [ids[0], ids[0], ids[1]], [...ids, 'other']]) {
      expect(await refusal(REORDER, { heatpumpId, ids: wrong })).toMatchObject({
        code: 'BAD_USER_INPUT',
        issues: [['input.ids', expect.stringContaining('each once')]],
      });
    }
    expect(await namesOf(heatpumpId)).toStrictEqual(['c', 'Overview', 'b']);
  });
});

describe('removing a heat pump', () => {
  it('removes its dashboards, and leaves a marked gap in others, which can still be edited', async () => {
    const heatpumpId = await add('Doomed');
    await create({ heatpumpId, name: 'Its own' });
    const queries = [{ key: 'temp_outside', heatpumpId }, { key: 'temp_outside' }];
    const shared = await create({ name: 'Shared', widgets: [{ ...line, queries }] });
    await api.query(REMOVE, { input: { id: heatpumpId } });

    expect(await namesOf(null)).not.toContain('Its own');
    const { data } = await api.query(`query ($id: ID!) { dashboard(id: $id) { ${FIELDS} } }`, { id: shared.id });
    expect(data.dashboard.widgets[0].queries).toMatchObject([
      { key: 'temp_outside', heatpumpId, heatpump: null, isMissing: true },
      { key: 'temp_outside', heatpumpId: null, heatpump: { name: 'Main' }, isMissing: false },
    ]);
    const kept = await api.query(UPDATE, { input: { id: shared.id, widgets: [{ ...line, title: 'New', queries }] } });
    expect(kept.errors).toBeUndefined();
    const other = [{ ...line, queries: [{ key: 'temp_heat_pump_flow', heatpumpId }] }];
    expect(await refusal(UPDATE, { id: shared.id, widgets: other })).toStrictEqual({
      code: 'BAD_USER_INPUT',
      issues: [['input.widgets.0.queries.0.heatpumpId', 'no such heat pump']],
    });
    await api.query(DELETE, { input: { id: shared.id } });
  });
});

describe('a file', () => {
  const EXPORT = 'query ($id: ID!) { exportDashboard(id: $id) }';

  it('brings a dashboard to another heat pump, in both languages', async () => {
    const target = await add('Target');
    const [first] = (await api.query(LIST, { heatpumpId: id })).data.dashboards;
    const file = (await api.query(EXPORT, { id: first.id })).data.exportDashboard;
    expect(file).toMatchObject({
      format: 'thermograph-dashboard',
      version: 1,
      name: { EN: 'Overview', DE: 'Übersicht' },
    });
    const { data } = await api.query(IMPORT, { input: { file, heatpumpId: target } });
    const imported = data.importDashboard.dashboard;
    expect(imported.heatpump).toStrictEqual({ id: target });
    expect(imported.widgets[0].queries[0].heatpump.name).toBe('Target');
    expect((await api.query(EXPORT, { id: imported.id })).data.exportDashboard).toStrictEqual(file);
    expect(await namesOf(target)).toStrictEqual(['Overview', 'Overview']);
  });

  it('does not name its own heat pump, but others', async () => {
    const own = await create({
      heatpumpId: id,
      name: 'x',
      widgets: [{ ...line, queries: [{ key: 'temp_outside', heatpumpId: id }] }],
    });
    const file = (await api.query(EXPORT, { id: own.id })).data.exportDashboard;
    expect(file.widgets[0].queries).toStrictEqual([
      { key: 'temp_outside', quantity: null, circuit: null, heatpumpId: null },
    ]);
    file.widgets[0].queries[0].heatpumpId = 'hp-elsewhere';
    const { data } = await api.query(IMPORT, { input: { file } });
    expect(data.importDashboard.dashboard.widgets[0].queries).toMatchObject([
      { heatpumpId: 'hp-elsewhere', heatpump: null, isMissing: true },
    ]);
    await api.query(DELETE, { input: { id: data.importDashboard.dashboard.id } });
    await api.query(DELETE, { input: { id: own.id } });
  });

  it('is refused if it is none, of another version, or holds what is not known', async () => {
    const [first] = (await api.query(LIST, { heatpumpId: id })).data.dashboards;
    const file = (await api.query(EXPORT, { id: first.id })).data.exportDashboard;
    const before = await namesOf(null);
    const widgets = [{ ...file.widgets[0], queries: [{ key: 'no_such' }] }];
    const cases: [unknown, string][] = [
      ['text', 'input.file'],
      [{}, 'input.file.format'],
      [{ ...file, version: 2 }, 'input.file.version'],
      [{ ...file, extra: 1 }, 'input.file.extra'],
      [{ ...file, name: 'Overview' }, 'input.file.name'],
      [{ ...file, widgets }, 'input.file.widgets.0.queries.0.key'],
      [{ ...file, widgets: [{ ...file.widgets[0], type: 'PIE' }] }, 'input.file.widgets.0.type'],
    ];
    for (const [bad, path] of cases) {
      const { code, issues } = await refusal(IMPORT, { file: bad, heatpumpId: id });
      expect([code, issues?.[0]?.[0]]).toStrictEqual(['BAD_USER_INPUT', path]);
    }
    expect(await namesOf(null)).toStrictEqual(before);
  });
});

describe('bad input', () => {
  const widget = (more: object) => ({ name: 'x', heatpumpId: id, widgets: [line, { ...line, ...more }] });
  const query = (more: object) => widget({ queries: [{ key: 'temp_outside' }, more] });
  const cases: [string, () => object, string, RegExp][] = [
    ['an empty name', () => ({ name: ' ' }), 'input.name', /empty/],
    ['a long name', () => ({ name: 'x'.repeat(101) }), 'input.name', /100 characters/],
    ['51 widgets', () => ({ name: 'x', widgets: Array(51).fill(line) }), 'input.widgets', /more than 50/],
    ['no query', () => widget({ queries: [] }), 'input.widgets.1.queries', /1 or more/],
    ['21 queries', () => widget({ queries: Array(21).fill({ key: 'temp_outside' }) }), 'input.widgets.1.queries', /20/],
    ['a gauge of two', () => widget({ type: 'GAUGE' }), 'input.widgets.1.queries', /GAUGE or HEAT_MAP/],
    ['no title', () => widget({ title: '' }), 'input.widgets.1.title', /empty/],
    ['no range', () => widget({ hours: 0 }), 'input.widgets.1.hours', /from 1 to 87600/],
    ['21 thresholds', () => widget({ thresholds: Array(21).fill(1) }), 'input.widgets.1.thresholds', /20/],
    ['an empty scale', () => widget({ min: 5, max: 5 }), 'input.widgets.1.max', /above min/],
    ['a place beside the grid', () => widget({ x: 7, w: 6 }), 'input.widgets.1.w', /12 columns/],
    ['no width', () => widget({ w: 0 }), 'input.widgets.1.w', /from 1 to 12/],
    ['an unknown key', () => query({ key: 'no_such' }), 'input.widgets.1.queries.1.key', /Main has no/],
    [
      'a key of nothing to read',
      () => query({ key: 'acknowledge_faults' }),
      'input.widgets.1.queries.1.key',
      /readable/,
    ],
    ['key and quantity', () => query({ key: 'temp_outside', quantity: 'COP' }), 'input.widgets.1.queries.1', /either/],
    ['neither', () => query({}), 'input.widgets.1.queries.1', /either/],
    [
      'a circuit of a key',
      () => query({ key: 'temp_outside', circuit: 'A' }),
      'input.widgets.1.queries.1.circuit',
      /quantity only/,
    ],
    [
      'a circuit that is not there',
      () => query({ quantity: 'FLOW_TEMPERATURE', circuit: 'G' }),
      'input.widgets.1.queries.1.quantity',
      /Main has no/,
    ],
    [
      'an unknown heat pump in a query',
      () => query({ key: 'temp_outside', heatpumpId: 'x' }),
      'input.widgets.1.queries.1.heatpumpId',
      /no such/,
    ],
  ];

  it.each(cases)('is refused: %s', async (_, input, path, message) => {
    const before = await namesOf(null);
    const { code, issues } = await refusal(CREATE, input());
    expect([code, issues?.[0]?.[0]]).toStrictEqual(['BAD_USER_INPUT', path]);
    expect(issues?.[0]?.[1]).toMatch(message);
    expect(await namesOf(null)).toStrictEqual(before);
  });

  it('changes nothing in an update either', async () => {
    const created = await create({ heatpumpId: id, name: 'Stable', widgets: [line] });
    for (const bad of [{ name: '' }, { widgets: [{ ...line, w: 13 }] }]) {
      expect(await refusal(UPDATE, { id: created.id, ...bad })).toMatchObject({ code: 'BAD_USER_INPUT' });
    }
    const { data } = await api.query(`query ($id: ID!) { dashboard(id: $id) { ${FIELDS} } }`, { id: created.id });
    expect(data.dashboard).toStrictEqual(created);
  });

  it.each([
    ['createDashboard', CREATE, { name: 'x', heatpumpId: 'nobody' }, 'input.heatpumpId'],
    ['createDashboard without a text', CREATE, { name: 'x', heatpumpId: '' }, 'input.heatpumpId'],
    ['updateDashboard', UPDATE, { id: 'nothing' }, 'input.id'],
    ['deleteDashboard', DELETE, { id: 'nothing' }, 'input.id'],
    ['reorderDashboards', REORDER, { heatpumpId: 'nobody', ids: [] }, 'input.heatpumpId'],
    ['importDashboard', IMPORT, { heatpumpId: 'nobody', file: {} }, 'input.heatpumpId'],
  ])('is NOT_FOUND for ids of nothing: %s', async (_, query, input, path) => {
    expect(await refusal(query, input)).toMatchObject({ code: 'NOT_FOUND', issues: [[path, expect.any(String)]] });
  });

  it('is NOT_FOUND in questions too', async () => {
    const questions = ['dashboards(heatpumpId: "nobody") { id }', 'exportDashboard(id: "nothing")'];
    for (const question of questions) {
      const { errors } = await api.query(`{ ${question} }`);
      expect(errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    }
  });
});
