import { createServer, get, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { OPEN_VISITOR } from '../../src/domain/access.ts';
import type { Heatpump } from '../../src/domain/heatpump.ts';
import { createExports } from '../../src/history/export-handler.ts';
import { answerRefusal } from '../../src/http/refusals.ts';
import type { Answer } from '../support/api.ts';
import { clockAt, type Records, recordedHeatpump, startRecords } from '../support/recorded.ts';

const START = Date.UTC(2026, 0, 15, 12);
const POLL = 10_000;
const HOUR = 3_600_000;
const plain = recordedHeatpump('hp-1');
const heatpump: Heatpump = { ...plain, settings: { ...plain.settings, name: '=HYPERLINK("x"), 1' } };

let records: Records;
let server: Server;
let url: string;

beforeEach(async () => {
  const clock = clockAt(START + 3 * HOUR);
  records = startRecords([heatpump], { clock });
  for (let index = 0; index < 1_080; index++) {
    const values = {
      temp_outside: -1 - (index % 6) / 10,
      status_system: index < 500 ? 2 : 4,
      energy_heat_total: (50_000 + index) / 100,
    };
    records.poll(heatpump, START + index * POLL, values);
  }
  records = await records.restart();
  const heatpumps = { find: (id: string) => (id === 'hp-1' ? heatpump : null), default: () => heatpump };
  const handlers = createExports({ history: records.history, heatpumps: () => heatpumps, clock });
  server = createServer(async (request, response) => {
    try {
      await handlers.get(request.url?.split('?')[0] ?? '')?.(request, response, OPEN_VISITOR);
    } catch (thrown) {
      if (!answerRefusal(response, thrown)) throw thrown;
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/export/history`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
  await records.close();
});

const SPAN = 'from=2026-01-15T12:00:00Z&to=2026-01-15T15:00:00Z';

describe('an export', () => {
  it('is a table that a spreadsheet reads and does not run', async () => {
    const response = await fetch(`${url}.csv?keys=temp_outside,status_system,energy_heat_total&${SPAN}`);
    expect(response.headers.get('content-type')).toBe('text/csv; charset=utf-8');
    expect(response.headers.get('content-disposition')).toBe('attachment; filename="history.csv"');
    const bytes = new Uint8Array(await response.arrayBuffer());
    expect([...bytes.subarray(0, 3)]).toStrictEqual([0xef, 0xbb, 0xbf]);
    const lines = new TextDecoder().decode(bytes).split('\r\n');
    const name = `'=HYPERLINK(""x""), 1`;
    expect(lines[0]).toBe(
      `time (UTC),"${name} temp_outside (°C)","${name} status_system","${name} energy_heat_total (kWh)","${name} energy_heat_total consumption (kWh)"`,
    );
    expect(lines[1]).toBe('2026-01-15T12:00:00.000Z,-1,away,500,0');
    expect(lines[2]).toBe('2026-01-15T12:00:10.000Z,-1.1,away,500.01,0.01');
    expect(lines[1_080]).toMatch(/^2026-01-15T14:59:50\.000Z,-1\.5,/);
    expect(lines.slice(1_081)).toStrictEqual(['']);
  });

  it('has decimal commas and semicolons for spreadsheets that want them', async () => {
    const response = await fetch(`${url}.csv?keys=temp_outside,status_system&decimal=comma&${SPAN}`);
    const [title, , second] = (await response.text()).split('\r\n');
    expect(title?.split(';')).toHaveLength(3);
    expect(second).toBe('2026-01-15T12:00:10.000Z;-1,1;away');
  });

  it('has steps if they are asked for, and JSON', async () => {
    const response = await fetch(`${url}.json?heatpumpId=hp-1&quantities=OUTDOOR_TEMPERATURE&step=1h&${SPAN}`);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    const { columns, rows } = (await response.json()) as { columns: Record<string, unknown>[]; rows: unknown[][] };
    expect(columns.map(({ measure }) => measure)).toStrictEqual(['mean', 'min', 'max']);
    expect(columns[0]).toMatchObject({
      heatpumpId: 'hp-1',
      key: 'temp_outside',
      quantity: 'OUTDOOR_TEMPERATURE',
      unit: '°C',
    });
    expect(rows.map(([at, mean, min, max]) => [at, Number(mean).toFixed(6), min, max])).toStrictEqual(
      [12, 13, 14].map((hour) => [`2026-01-15T${hour}:00:00.000Z`, '-1.250000', -1.5, -1]),
    );
  });

  it('of a time without data has no rows', async () => {
    const response = await fetch(`${url}.json?keys=temp_outside&from=2020-01-01T00:00:00Z&to=2020-02-01T00:00:00Z`);
    expect(await response.json()).toMatchObject({ rows: [] });
  });

  it.each([
    ['', 400, 'from'],
    [`keys=temp_outside&from=2026-01-15T12:00:00Z`, 400, 'to'],
    [`keys=temp_outside&from=15.1.2026&to=2026-01-15T12:00:00Z`, 400, 'from'],
    [`keys=temp_outside&from=2026-01-16T12:00:00Z&to=2026-01-15T12:00:00Z`, 400, 'from'],
    [`${SPAN}`, 400, 'keys'],
    [`keys=no_such_key&${SPAN}`, 400, 'keys.0'],
    [`quantities=WARMTH&${SPAN}`, 400, 'quantities'],
    [`keys=temp_outside&step=2d&${SPAN}`, 400, 'step'],
    [`keys=temp_outside&decimal=dot&${SPAN}`, 400, 'decimal'],
    [`keys=temp_outside&heatpumpId=hp-9&${SPAN}`, 400, 'heatpumpId'],
    [`keys=temp_outside&colour=red&${SPAN}`, 400, 'colour'],
  ])('refuses "%s" with status %i, naming %s', async (parameters, status, path) => {
    const response = await fetch(`${url}.csv?${parameters}`);
    expect(response.status).toBe(status);
    const { errors } = (await response.json()) as Answer;
    const { code, issues } = errors?.[0]?.extensions ?? {};
    expect(code).toBe('BAD_USER_INPUT');
    expect(issues?.[0]?.path.join('.')).toBe(path);
  });

  it('may be given up half way', async () => {
    const hang = () =>
      new Promise<() => void>((resolve) => {
        const request = get(
          `${url}.csv?keys=temp_outside&from=1970-01-01T00:00:00Z&to=2030-01-01T00:00:00Z`,
          (response) => {
            response.pause();
            resolve(() => request.destroy());
          },
        );
        request.on('error', () => {});
      });
    const ends = await Promise.all([hang(), hang(), hang(), hang()]);
    for (const end of ends) end();
    await expect.poll(async () => (await fetch(`${url}.csv?keys=temp_outside&${SPAN}`)).status).toBe(200);
  });

  it('is only read', async () => {
    expect((await fetch(`${url}.csv?keys=temp_outside&${SPAN}`, { method: 'POST' })).status).toBe(405);
  });
});
