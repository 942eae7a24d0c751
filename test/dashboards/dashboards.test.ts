import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { arrange } from '../../src/dashboards/layout.ts';
import type { WidgetType } from '../../src/domain/dashboard.ts';
import { buildHouse, type House } from '../support/house.ts';

let house: House;
beforeEach(async () => {
  house = await buildHouse();
});
afterEach(() => house.close());

async function add(unitId: number): Promise<string> {
  const connection = { host: '127.0.0.1', port: 5_020, unitId };
  const heatpump = { name: `Unit ${unitId}`, manufacturer: 'idm', model: 'navigator_2_0', connection, enabled: false };
  return (await house.manager.add(heatpump)).settings.id;
}

function inDatabase<T>(use: (database: Database.Database) => T): T {
  const database = new Database(house.databaseFile);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

describe('dashboards', () => {
  it('are 500 at most besides one for each heat pump, which is created all the same', async () => {
    const { dashboards } = house.context;
    await add(1);
    inDatabase((database) => {
      const insert = database.prepare(
        `INSERT INTO Dashboard (id, name, position, widgets, createdAt, updatedAt)
         VALUES (?, '{"EN":"x","DE":"x"}', 0, '[]', '2026-01-01T00:00:00.000+00:00', '2026-01-01T00:00:00.000+00:00')`,
      );
      for (let index = 0; index < 499; index++) insert.run(`filler-${index}`);
    });
    await dashboards.create({ name: 'The last' });
    await expect(dashboards.create({ name: 'Too many' })).rejects.toMatchObject({ code: 'CONFLICT' });
    const second = await add(2);
    expect(await dashboards.list(second)).toHaveLength(1);
    expect(await dashboards.list()).toHaveLength(502);
  });

  it('get places of their own when several are created at once', async () => {
    const { dashboards } = house.context;
    await Promise.all(['a', 'b', 'c'].map((name) => dashboards.create({ name })));
    expect((await dashboards.list()).map(({ name, position }) => [name.EN, position])).toStrictEqual([
      ['a', 0],
      ['b', 1],
      ['c', 2],
    ]);
  });

  it('go with their heat pump, in the database too', async () => {
    const id = await add(1);
    await house.context.dashboards.create({ heatpumpId: id, name: 'Mine' });
    await house.context.dashboards.create({ name: 'All' });
    await house.manager.remove(id);
    const left = inDatabase((database) => database.prepare('SELECT name FROM Dashboard').pluck().all());
    expect(left).toStrictEqual(['{"EN":"All","DE":"All"}']);
  });
});

describe('the layout', () => {
  const widget = (type: WidgetType) => {
    return { type, title: { EN: '', DE: '' }, queries: [], hours: 24, thresholds: [], min: null, max: null };
  };

  it('fills rows of twelve columns and overlaps nothing', () => {
    const types: WidgetType[] = ['LINE', 'STAT', 'GAUGE', 'BAR', 'TABLE', 'STATE_TIMELINE', 'HEAT_MAP', 'STAT'];
    expect(arrange(types.map(widget)).map(({ x, y, w, h }) => [x, y, w, h])).toStrictEqual([
      [0, 0, 6, 4],
      [6, 0, 3, 2],
      [9, 0, 3, 2],
      [0, 4, 6, 4],
      [6, 4, 6, 4],
      [0, 8, 12, 2],
      [0, 10, 12, 4],
      [0, 14, 3, 2],
    ]);
  });
});
