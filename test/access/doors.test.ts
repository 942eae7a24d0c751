import { once } from 'node:events';
import { request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { ADD, type Answer, addInput } from '../support/api.ts';
import { bearer, type Guarded, startGuarded } from '../support/guarded.ts';
import { ADMIN_TOKEN } from '../support/program.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { openSocket } from '../support/socket.ts';

const WRITE = 'mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { id } } }';
const KEY = 'temp_water_target';

let guarded: Guarded;
const simulators: Simulator[] = [];
const ids: string[] = [];
/** Of a token that sees the first heat pump alone, and of one that sees all. */
let one: Record<string, string>;
let all: Record<string, string>;

async function addHeatpump(name: string): Promise<string> {
  const simulator = await startTestSimulator({ seed: simulators.length + 1 });
  simulators.push(simulator);
  return (await guarded.admin(ADD, addInput(simulator.port, { name }))).data.addHeatpump.heatpump.id;
}

beforeAll(async () => {
  guarded = await startGuarded({ metricsAllow: [], legacyMetrics: true });
  for (const name of ['Own', 'Foreign']) ids.push(await addHeatpump(name));
  one = (await guarded.token({ name: 'one', role: 'OPERATOR', heatpumpIds: [ids[0]] })).headers;
  all = (await guarded.token({ name: 'all', role: 'VIEWER' })).headers;
  const online = '{ heatpumps { status { state } } }';
  await vi.waitFor(
    async () => {
      const { data } = await guarded.admin(online);
      for (const { status } of data.heatpumps) expect(status.state).toBe('ONLINE');
    },
    { timeout: 20_000, interval: 100 },
  );
}, 60_000);

afterAll(async () => {
  await guarded?.close();
  for (const simulator of simulators) await simulator.close();
});

/** What a path answers; `fetch` would not let a test say where it comes from. */
async function get(path: string, headers: Record<string, string> = {}, url = guarded.url) {
  const asked = request(`${url}${path}`, { headers });
  asked.end();
  const [response] = await once(asked, 'response');
  return { status: response.statusCode as number, body: await text(response) };
}

const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions?.code;
const EXPORT = '/export/history.csv?keys=temp_outside&from=2026-01-01T00:00:00Z&to=2036-01-01T00:00:00Z&step=1d';

describe('whatever is refused', () => {
  const elsewhere = { origin: 'https://evil.example' };
  const admin = bearer(ADMIN_TOKEN);
  it.each([
    ['the API', 'POST', '/graphql', elsewhere, 403, 'FORBIDDEN'],
    ['the metrics', 'GET', '/metrics', {}, 401, 'UNAUTHENTICATED'],
    ['an export', 'GET', EXPORT, {}, 401, 'UNAUTHENTICATED'],
    ['an export asked for wrongly', 'GET', '/export/history.json?keys=temp_outside', admin, 400, 'BAD_USER_INPUT'],
    ['an export in another way', 'DELETE', EXPORT, admin, 405, 'BAD_USER_INPUT'],
    ['a backup', 'GET', '/backups/download?name=x', {}, 401, 'UNAUTHENTICATED'],
    ['a backup that is not there', 'GET', '/backups/download?name=x', admin, 404, 'NOT_FOUND'],
    ['a sign-in', 'POST', '/auth/sign-in/email', elsewhere, 403, 'FORBIDDEN'],
    ['a sign-up', 'POST', '/auth/sign-up/email', {}, 404, 'NOT_FOUND'],
  ])('is told in one shape: %s', async (_, method, path, headers, status, code) => {
    const response = await fetch(`${guarded.url}${path}`, { method, headers });
    expect(response.status).toBe(status);
    expect(response.headers.get('content-type')).toBe('application/json; charset=utf-8');
    expect(response.headers.get('cache-control')).toBe('no-store');
    expect(response.headers.get('www-authenticate')).toBe(status === 401 ? 'Bearer' : null);
    expect(await response.json()).toStrictEqual({
      errors: [{ message: expect.any(String), extensions: { code, issues: expect.any(Array) } }],
    });
  });
});

describe('metrics', () => {
  it.each(['/metrics', '/metrics/legacy'])('at %s want a token, and show what it may see', async (path) => {
    expect((await get(path)).status).toBe(401);
    expect((await get(path, { authorization: 'Bearer wrong' })).status).toBe(401);
    expect((await get(path, all)).body).toContain('idm_heatpump_temp_outside');
  });

  it('are those of the heat pumps that may be seen, and of the server', async () => {
    const [limited, whole] = [(await get('/metrics', one)).body, (await get('/metrics', all)).body];
    expect(whole).toContain(`heatpump_id="${ids[1]}"`);
    expect(limited).not.toContain(ids[1]);
    expect(limited).toContain(`heatpump_up{heatpump_id="${ids[0]}"`);
    expect(limited).toContain('process_cpu_seconds_total');
  });

  it('are open to the networks that the settings name, but not to whoever comes through a proxy there', async () => {
    const other = await startGuarded({ metricsAllow: ['127.0.0.0/8'] });
    expect((await get('/metrics', {}, other.url)).status).toBe(200);
    expect((await get('/metrics', { 'x-forwarded-for': '127.0.0.1' }, other.url)).status).toBe(401);
    await other.close();
    const behind = await startGuarded({ metricsAllow: ['127.0.0.0/8', '10.1.0.0/16'], trustProxy: ['127.0.0.1/32'] });
    const from = async (address: string) => (await get('/metrics', { 'x-forwarded-for': address }, behind.url)).status;
    expect(await from('10.1.2.3')).toBe(200);
    expect(await from('203.0.113.7')).toBe(401);
    // What the client itself says comes before what the proxy adds.
    expect(await from('10.1.2.3, 203.0.113.7')).toBe(401);
    await behind.close();
  }, 30_000);
});

describe('exports', () => {
  it('want a sign-in, and know no heat pump that may not be seen', async () => {
    expect((await get(EXPORT)).status).toBe(401);
    expect((await get(EXPORT, one)).status).toBe(200);
    const [foreign, none] = [
      await get(`${EXPORT}&heatpumpId=${ids[1]}`, one),
      await get(`${EXPORT}&heatpumpId=x`, one),
    ];
    expect(foreign.status).toBe(400);
    expect(foreign.body.replaceAll(ids[1] ?? '', 'x')).toBe(none.body);
    expect((await get(`${EXPORT}&heatpumpId=${ids[1]}`, all)).status).toBe(200);
  });
});

describe('the API', () => {
  it('answers nobody by GET, by server-sent events or in a batch of names', async () => {
    const query = encodeURIComponent('{ heatpumps { id } }');
    expect((await get(`/graphql?query=${query}`)).body).toContain('UNAUTHENTICATED');
    const listen = encodeURIComponent('subscription { heatpumpStatus { id } }');
    expect((await get(`/graphql?query=${listen}`, { accept: 'text/event-stream' })).body).toContain('UNAUTHENTICATED');
    for (const document of [
      '{ a: viewer { name } b: heatpumps { id } }',
      '{ ... { ... on Query { heatpumps { id } } } }',
    ]) {
      expect(codeOf(await guarded.ask({}, document))).toBe('UNAUTHENTICATED');
    }
    const hidden = 'query A { viewer { name } } query B { ...F } fragment F on Query { heatpumps { id } }';
    const posted = await fetch(`${guarded.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: hidden, operationName: 'B' }),
    });
    expect(codeOf((await posted.json()) as Answer)).toBe('UNAUTHENTICATED');
    expect(await guarded.ask({}, '{ __typename viewer { role } }')).toStrictEqual({
      data: { __typename: 'Query', viewer: { role: null } },
    });
  });

  it('refuses what hangs on a variable only if it is asked for, however often it was answered before', async () => {
    const query = `query ($more: Boolean = false) {
      heatpumps { id connection @include(if: $more) { host } ... @skip(if: $more) { name } }
    }`;
    for (let round = 0; round < 5; round++) {
      expect((await guarded.ask(all, query, { more: false })).errors).toBeUndefined();
      expect((await guarded.ask(all, query)).errors).toBeUndefined();
      expect(codeOf(await guarded.ask(all, query, { more: true }))).toBe('FORBIDDEN');
    }
    expect((await guarded.ask(one, query, { more: true })).data.heatpumps).toStrictEqual([
      { id: ids[0], connection: { host: '127.0.0.1' } },
    ]);
    expect(
      codeOf(await guarded.ask(all, 'query ($m: Boolean = true) { channels { id hasSecret @include(if: $m) } }')),
    ).toBe('FORBIDDEN');
  });

  it('refuses what others have asked again and again', async () => {
    const query = '{ heatpumps { id name connection { host } } }';
    for (let round = 0; round < 6; round++) {
      expect((await guarded.admin(query)).data.heatpumps.length).toBeGreaterThan(1);
      expect((await guarded.ask(one, query)).data.heatpumps.length).toBe(1);
      expect(codeOf(await guarded.ask(all, query))).toBe('FORBIDDEN');
      expect(codeOf(await guarded.ask({}, query))).toBe('UNAUTHENTICATED');
    }
  });

  it('means the only heat pump that may be seen where none is named', async () => {
    expect((await guarded.ask(one, WRITE, { input: { key: KEY, value: 47 } })).errors).toBeUndefined();
    expect((await guarded.ask(one, '{ heatpump { id isDefault } }')).data.heatpump).toStrictEqual({
      id: ids[0],
      isDefault: true,
    });
    expect(codeOf(await guarded.ask(one, WRITE, { input: { heatpumpId: ids[1], key: KEY, value: 47 } }))).toBe(
      'NOT_FOUND',
    );
  });
});

describe('subscriptions', () => {
  const QUERIES = {
    readings: '{ readings { heatpump { id } } }',
    heatpumpStatus: '{ heatpumpStatus { id } }',
    writes: '{ writes { heatpump { id } } }',
  };

  it('tell of the heat pumps that may be seen alone, also of those added later', async () => {
    const sockets = await Promise.all([openSocket(guarded.url, one), openSocket(guarded.url, all)]);
    const told = sockets.map(() => new Set<string>());
    for (const [index, { socket, subscribe }] of sockets.entries()) {
      socket.on('message', (data) => {
        const { type, id, payload } = JSON.parse(String(data));
        if (type !== 'next') return;
        const event = payload.data?.[id];
        if (!event) return;
        told[index]?.add(`${id} ${event.id ?? event.heatpump.id}`);
      });
      for (const [name, query] of Object.entries(QUERIES)) subscribe(name, `subscription ${query}`);
    }
    const later = await addHeatpump('Later');
    const seen = [ids[0], ids[1], later];
    const whole = seen.flatMap((id) => Object.keys(QUERIES).map((name) => `${name} ${id}`));
    let value = 48;
    await vi.waitFor(
      async () => {
        value = value === 48 ? 49 : 48;
        for (const id of seen) await guarded.admin(WRITE, { input: { heatpumpId: id, key: KEY, value } });
        expect([...(told[1] ?? [])].sort()).toStrictEqual(whole.sort());
      },
      { timeout: 20_000, interval: 500 },
    );
    expect([...(told[0] ?? [])].sort()).toStrictEqual(
      Object.keys(QUERIES)
        .map((name) => `${name} ${ids[0]}`)
        .sort(),
    );
    sockets[0]?.subscribe('foreign', 'subscription ($ids: [ID!]) { readings(heatpumpIds: $ids) { revision } }', {
      ids: [ids[1]],
    });
    const { payload } = await (sockets[0] as NonNullable<(typeof sockets)[0]>).take(({ id }) => id === 'foreign');
    expect(JSON.stringify(payload)).toContain('NOT_FOUND');
    for (const { socket } of sockets) socket.close();
  }, 40_000);
});
