import { once } from 'node:events';
import { request } from 'node:http';
import { connect, type Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { getNamedType, isInputObjectType } from 'graphql';
import { auditServer } from 'graphql-http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { schema } from '../../src/graphql/schema.ts';
import { openSocket } from '../support/socket.ts';
import { GRAPHQL_CASES, HOST_CASES, HOSTILE_VALUES } from './graphql-cases.ts';
import { HTTP_CASES } from './http-cases.ts';
import { BEARER, startTarget, type Target, TOKEN } from './target.ts';
import { frame, play, WEBSOCKET_CASES } from './websocket-cases.ts';

/** How long nobody may be served, and how much memory may stay in use. */
const MAX_DELAY_MS = 50;
const MAX_GROWTH_BYTES = 50_000_000;
/** A busy computer makes any process wait now and then; slow code makes it wait each time. */
const TRIES = 4;
/** Refusals that say what is wrong; anything else would be a fault of the server. */
const CODES = /^(BAD_USER_INPUT|NOT_FOUND|CONFLICT|FORBIDDEN|RATE_LIMITED|UNREACHABLE|GRAPHQL_VALIDATION_FAILED)$/;

let target: Target;
let usedBefore = 0;
let cases = 0;

beforeAll(async () => {
  target = await startTarget();
  await normal();
  usedBefore = (await target.measure()).usedBytes;
}, 60_000);

afterAll(() => target?.close());

/** What everybody else wants of the server. */
async function normal(): Promise<void> {
  const { status, data } = await target.query('{ heatpumps { name enabled } }');
  expect([status, data?.heatpumps]).toStrictEqual([
    200,
    [
      { name: 'House 0', enabled: true },
      { name: 'House 1', enabled: true },
    ],
  ]);
}

/** Does it, and again if the server stood still meanwhile, for then it must do so each time. */
async function attack<T>(act: () => Promise<T>): Promise<T> {
  cases++;
  await target.measure();
  for (let tries = 1; ; tries++) {
    const result = await act();
    const { longestDelayMs } = await target.measure();
    if (longestDelayMs < MAX_DELAY_MS) return result;
    if (tries === TRIES) throw new Error(`nobody was served for ${longestDelayMs.toFixed(0)} ms`);
  }
}

afterEach(async () => {
  expect(target.hasEnded()).toBe(false);
  await normal();
  expect(target.log()).not.toMatch(/"level":(50|60)/);
});

describe('over HTTP', () => {
  it.each(HTTP_CASES)('$name', async ({ bytes, statuses }) => {
    const answer = await attack(() => target.raw(bytes));
    expect(statuses).toContain(Number(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1]));
    expect(answer).not.toMatch(/"name": "thermograph"|SQLite format|root:|\bat .*\.ts:\d/);
    if (!answer.includes('101 Switching')) expect(answer.toLowerCase()).toContain('x-content-type-options: nosniff');
  });

  it('bodies that break off', async () => {
    await attack(async () => {
      for (let count = 0; count < 50; count++) {
        const socket = connect(target.port, '127.0.0.1');
        await once(socket, 'connect');
        socket.write(
          'POST /graphql HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\nContent-Length: 100\r\n\r\n{"q',
        );
        socket.destroy();
      }
    });
  });

  it('sixty that send a byte now and then are cut off, and keep nobody waiting', async () => {
    cases++;
    const startedAt = performance.now();
    const sockets = Array.from({ length: 60 }, () => connect(target.port, '127.0.0.1').on('error', () => {}));
    const answers = sockets.map(async (socket) => String((await once(socket, 'data'))[0]));
    const drip = setInterval(() => {
      for (const socket of sockets) if (socket.writable) socket.write('x');
    }, 500);
    for (const socket of sockets) socket.write('GET / HTTP/1.1\r\nHost: x\r\nX-Slow: ');
    await normal();
    const all = await Promise.all(answers);
    clearInterval(drip);
    expect(performance.now() - startedAt).toBeLessThan(16_000);
    expect(new Set(all.map((answer) => answer.slice(0, 12)))).toStrictEqual(new Set(['HTTP/1.1 408']));
    for (const socket of sockets) socket.destroy();
  });

  it('more connections than one address may have', async () => {
    cases++;
    const sockets = await Promise.all(Array.from({ length: 500 }, () => open('127.0.0.3')));
    const [, first] = await Promise.all([normal(), open('127.0.0.3')]);
    expect(String((await once(first, 'data'))[0])).toMatch(/^HTTP\/1\.1 503 .*Retry-After: \d+/s);
    for (const socket of [...sockets, first]) socket.destroy();
    await expect.poll(async () => statusFrom('127.0.0.3')).toBe(200);
  });

  it('more requests than one address may send', async () => {
    cases++;
    const statuses: (number | undefined)[] = [];
    for (let round = 0; round < 40 && !statuses.includes(429); round++) {
      statuses.push(...(await Promise.all(Array.from({ length: 100 }, () => statusFrom('127.0.0.2')))));
      await normal();
    }
    expect(statuses.indexOf(429)).toBeGreaterThanOrEqual(2_900);
    expect(await statusFrom('127.0.0.4')).toBe(200);
  }, 60_000);
});

/** A connection from an address of this computer. */
async function open(localAddress: string): Promise<Socket> {
  const socket = connect({ port: target.port, host: '127.0.0.1', localAddress });
  socket.on('error', () => {});
  await once(socket, 'connect');
  return socket;
}

async function statusFrom(localAddress: string): Promise<number | undefined> {
  const sent = request({ port: target.port, host: '127.0.0.1', localAddress, path: '/health/live', agent: false });
  sent.end();
  const [response] = await once(sent, 'response');
  response.resume();
  return response.statusCode;
}

describe('over GraphQL', () => {
  it.each(GRAPHQL_CASES)('$name', async ({ body, headers, status, error }) => {
    const answer = await attack(() => target.post(body, headers));
    expect([status].flat()).toContain(answer.status);
    const [first] = answer.errors ?? [];
    if (error) expect(`${first?.extensions?.code} ${first?.message}`).toMatch(error);
    expect(first?.extensions?.code).not.toBe('INTERNAL_SERVER_ERROR');
    expect(JSON.stringify(answer)).not.toMatch(/node_modules|\.ts:\d|at async/);
  });

  it.each([
    ['a mutation', 'mutation { deleteJob(input: { id: "1" }) { deletedId } }', 405],
    [
      'a mutation beside a query',
      'query A { __typename } mutation B { deleteJob(input: { id: "1" }) { deletedId } }',
      405,
    ],
  ])('%s by GET', async (_, query, status) => {
    const address = `${target.url}/graphql?query=${encodeURIComponent(query)}${query.includes('query A') ? '&operationName=B' : ''}`;
    const { status: answered } = await attack(() =>
      fetch(address, { headers: { ...BEARER, accept: 'application/json' } }),
    );
    expect(answered).toBe(status);
  });

  it('a browser that is led here by another site', async () => {
    for (const origin of ['https://evil.example', 'null', `http://127.0.0.1:${target.port + 1}`]) {
      const { status } = await attack(() => target.post('{"query":"{ __typename }"}', { origin }));
      expect(status, origin).toBe(403);
    }
  });
});

/** Those to which any text is welcome. */
const FREE_TEXT = ['createBackup'];
const mutations = Object.values(schema.getMutationType()?.getFields() ?? {}).flatMap(({ name, args: [arg] }) => {
  const type = arg && getNamedType(arg.type);
  return isInputObjectType(type) && !FREE_TEXT.includes(name)
    ? [{ name, type: type.name, fields: Object.keys(type.getFields()) }]
    : [];
});

describe('every mutation with every field of its input', () => {
  it('is found', () => {
    expect(mutations.length).toBeGreaterThan(30);
  });

  it.each(HOSTILE_VALUES)('%s', async (_, json) => {
    for (const { name, type, fields } of mutations) {
      const input = `{${fields.map((field) => `"${field}":${json}`).join(',')}}`;
      if (input.length > 250_000) continue;
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`;
      const answer = await target.post(`{"query":${JSON.stringify(query)},"variables":{"input":${input}}}`);
      const [error] = answer.errors ?? [];
      expect(error, `${name} took it`).toBeDefined();
      expect(error?.extensions?.code ?? 'BAD_USER_INPUT', `${name}: ${error?.message}`).toMatch(CODES);
      expect(JSON.stringify(answer).length).toBeLessThan(200_000);
    }
    cases++;
    expect(({} as { role?: unknown }).role).toBeUndefined();
  });
});

describe('one field of an input that is right otherwise', () => {
  const GOOD = {
    name: 'Cellar',
    manufacturer: 'idm',
    model: 'navigator_2_0',
    connection: { host: '127.0.0.1', port: 1 },
  };
  const ADD = 'mutation ($input: AddHeatpumpInput!) { addHeatpump(input: $input) { heatpump { id } } }';

  it.each([
    ['name', '"a\\u0000b"'],
    ['name', '"\\u001b[2J"'],
    ['name', `"${'x'.repeat(101)}"`],
    ['name', '"   "'],
    ['name', '{"toString":"x"}'],
    ['manufacturer', '"../idm"'],
    ['manufacturer', '"__proto__"'],
    ['model', '"constructor"'],
    ['config', '{"__proto__":{"circuits":["A"]},"zones":[1e999]}'],
    ['config', '{"circuits":["A","A","A"],"evil":1}'],
    ['config', '[]'],
    ['config', '"circuits"'],
    ['pollIntervalMs', '1e999'],
    ['pollIntervalMs', '0.5'],
    ['pollIntervalMs', '-1'],
    ['connection', '{"host":"127.0.0.1","port":65536}'],
    ['connection', '{"host":"127.0.0.1","port":1e999}'],
    ['connection', '{"host":"127.0.0.1","port":"502"}'],
    ['connection', '{"host":["127.0.0.1"]}'],
    ['connection', '{"host":"127.0.0.1","timeoutMs":0}'],
    ['enabled', '"yes"'],
  ])('of a heat pump: %s is %s', async (field, json) => {
    const input = JSON.stringify({ ...GOOD, [field]: 0 }).replace(`"${field}":0`, `"${field}":${json}`);
    const answer = await attack(() => target.post(`{"query":${JSON.stringify(ADD)},"variables":{"input":${input}}}`));
    expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });

  it.each([
    '1e999',
    '-1e999',
    '1e308',
    '"NaN"',
    '"Infinity"',
    '"__proto__"',
    '"0x10"',
    '""',
    '[]',
    '{}',
    'null',
    '"\\u0000"',
    `"${'9'.repeat(500)}"`,
  ])('of a write: the value is %s', async (json) => {
    const { data } = await target.query('{ heatpumps { id } }');
    const write = 'mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { state } } }';
    const input = `{"heatpumpId":"${data.heatpumps[0].id}","key":"temp_water_target","value":${json}}`;
    const answer = await attack(() => target.post(`{"query":"${write}","variables":{"input":${input}}}`));
    expect(answer.errors?.[0]?.extensions?.code).toBe('BAD_USER_INPUT');
  });
});

describe('a connection to', () => {
  it.each(HOST_CASES)('%j is refused with %s', async (host, code) => {
    const test = `mutation ($input: TestConnectionInput!) { testConnection(input: $input) { result { code latencyMs } } }`;
    const connection = { host, port: 502, timeoutMs: 500 };
    const input = { manufacturer: 'idm', model: 'navigator_2_0', connection };
    const { data, errors } = await attack(() => target.query(test, { input }));
    expect(errors?.[0]?.extensions?.code ?? data.testConnection.result.code).toBe(code);
  });

  it('the server itself is refused', async () => {
    const test = `mutation ($input: TestConnectionInput!) { testConnection(input: $input) { result { code } } }`;
    for (const host of ['127.0.0.1', '127.0.0.9', 'localhost', '::ffff:127.0.0.1']) {
      const input = { manufacturer: 'idm', model: 'navigator_2_0', connection: { host, port: target.port } };
      const { data } = await target.query(test, { input });
      expect(data.testConnection.result.code, host).toBe('NOT_ALLOWED');
    }
    cases++;
  });
});

/** A query, and the selection of one heat pump, that would keep the server busy for long. */
const COSTLY = Array.from({ length: 40 }, (_, i) => `a${i}: heatpumps { sensors { key name unit source } }`).join(' ');
const COSTLY_OF_ONE = Array.from({ length: 40 }, (_, i) => `a${i}: sensors { key name unit source }`).join(' ');

describe('over WebSocket', () => {
  it.each(WEBSOCKET_CASES)('$name', async (one) => {
    const { status, closed } = await attack(() => play(target.port, one));
    if (one.status !== undefined) expect(status).toBe(one.status);
    else expect([101, one.closed?.includes(closed ?? 0), closed]).toStrictEqual([status, true, closed]);
  });

  const OPERATIONS: [name: string, query: string, variables: unknown, error: RegExp][] = [
    ['sixty aliases', `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: heatpumps { id }`).join(' ')} }`, {}, /lias/],
    ['a fragment within itself', '{ ...A } fragment A on Query { ...A }', {}, /itself/],
    ['a thousand words', `{ ${'heatpumps { id } '.repeat(300)} }`, {}, /oken/],
    ['an answer of a million fields', `{ ${COSTLY} }`, {}, /fields in its answer/],
    [
      'an event of a million fields',
      `subscription { heatpumpStatus { ${COSTLY_OF_ONE} } }`,
      {},
      /fields in its answer/,
    ],
    ['very deep variables', '{ __typename }', { a: JSON.parse(`${'['.repeat(100)}${']'.repeat(100)}`) }, /deeper/],
    ['ten thousand variables', '{ __typename }', { a: Array(10_000).fill(0) }, /values/],
    ['a heat pump that is not there', 'subscription { readings(heatpumpIds: ["x"]) { revision } }', {}, /no heat pump/],
  ];

  it.each(OPERATIONS)('%s, which is answered', async (_, query, variables, error) => {
    const client = await openSocket(target.url, BEARER);
    await attack(async () => {
      client.send({ type: 'subscribe', id: 'bad', payload: { query, variables } });
      const { payload } = await client.take(({ id, type }) => id === 'bad' && type !== 'complete');
      expect(JSON.stringify(payload)).toMatch(error);
    });
    client.subscribe('good', '{ __typename }');
    expect(await client.take(({ id }) => id === 'good')).toMatchObject({ type: 'next' });
    client.socket.close();
  });

  it('a flood of pings', async () => {
    await attack(async () => {
      const socket = new WebSocket(`ws://127.0.0.1:${target.port}/graphql`, 'graphql-transport-ws');
      await once(socket, 'open');
      let pongs = 0;
      const answered = new Promise<void>((resolve) => {
        socket.on('message', (data) => {
          if (String(data) === '{"type":"pong"}' && ++pongs === 2_000) resolve();
        });
      });
      for (let count = 0; count < 2_000; count++) socket.send('{"type":"ping"}');
      await answered;
      socket.terminate();
    });
  });

  it('a hundred connections that begin and say nothing more', async () => {
    const sockets = await attack(() => Promise.all(Array.from({ length: 100 }, () => open('127.0.0.1'))));
    for (const socket of sockets) socket.write(frame(0x81, '{}'));
    await sleep(100);
    for (const socket of sockets) socket.destroy();
  });
});

describe('who nobody knows', () => {
  const query = '{"query":"{ heatpumps { id } }"}';
  it.each<[string, Record<string, string>]>([
    ['with nothing', { authorization: '' }],
    ['with an empty token', { authorization: 'Bearer ' }],
    ['with another token', { authorization: `Bearer ${'0'.repeat(40)}` }],
    ['with the token cut short', { authorization: `Bearer ${TOKEN.slice(0, -1)}` }],
    ['with the token and more', { authorization: `Bearer ${TOKEN}0` }],
    ['with the token in capitals', { authorization: `Bearer ${TOKEN.toUpperCase()}` }],
    ['with the token twice', { authorization: `Bearer ${TOKEN}, Bearer ${TOKEN}` }],
    ['with the token as a password', { authorization: `Basic ${Buffer.from(`admin:${TOKEN}`).toString('base64')}` }],
    ['with the token and no word before', { authorization: TOKEN }],
    ['with a token of 10 kB', { authorization: `Bearer ${'a'.repeat(10_000)}` }],
    ['with a token of the prototype', { authorization: 'Bearer __proto__' }],
    ['with a cookie that was made up', { authorization: '', cookie: 'thermograph.session_token=abc.def' }],
    ['with a cookie twice', { authorization: '', cookie: 'thermograph.session_token=a; thermograph.session_token=b' }],
    ['with a cookie that is none', { authorization: '', cookie: '%00=%ff; =; ;;; __proto__=1' }],
    ['with a claim to come from here', { authorization: '', 'x-forwarded-for': '127.0.0.1', 'x-real-ip': '127.0.0.1' }],
    ['with a claim to be somebody', { authorization: '', 'x-remote-user': 'admin', 'x-forwarded-user': 'admin' }],
  ])('%s sees nothing', async (_, headers) => {
    const { status, data, errors } = await attack(() => target.post(query, headers));
    expect(data?.heatpumps).toBeUndefined();
    expect([400, 401, 403, 200]).toContain(status);
    expect(errors?.[0]?.extensions?.code).toMatch(/^(UNAUTHENTICATED|FORBIDDEN)$/);
  });

  it.each<[string, string, string, string, number[]]>([
    ['signs up', 'POST', '/auth/sign-up/email', '{"email":"a@b.c","password":"0123456789","name":"x"}', [404]],
    ['signs in with objects', 'POST', '/auth/sign-in/email', '{"email":{"$ne":""},"password":{"$ne":""}}', [400, 401]],
    ['signs in with a list', 'POST', '/auth/sign-in/email', '["admin"]', [400, 401]],
    [
      'signs in with a megabyte',
      'POST',
      '/auth/sign-in/email',
      JSON.stringify({ email: 'a', password: 'x'.repeat(1e6) }),
      [400, 413],
    ],
    ['signs in with nothing', 'POST', '/auth/sign-in/email', '', [400, 401]],
    ['asks for what is not served', 'GET', '/auth/list-sessions', '', [404]],
    ['goes up from there', 'GET', '/auth/../../etc/passwd', '', [200, 404]],
  ])('who %s gets no further', async (_, method, path, body, statuses) => {
    const headers = { 'content-type': 'application/json' };
    const init = { method, headers, ...(method === 'POST' ? { body } : {}) };
    const response = await attack(() => fetch(target.url + path, init));
    expect(statuses).toContain(response.status);
    expect(response.headers.get('set-cookie')).toBeNull();
  });
});

describe('files and labels', () => {
  const BINARY = { 'content-type': 'application/octet-stream' };
  it.each<[string, string, string, Record<string, string>, string, number]>([
    ['from nobody', 'POST', '/backups/upload', BINARY, 'x', 401],
    [
      'from a page of another site',
      'POST',
      '/backups/upload',
      { ...BEARER, ...BINARY, origin: 'https://evil.example' },
      'x',
      403,
    ],
    [
      'from a form',
      'POST',
      '/backups/upload',
      { ...BEARER, 'content-type': 'multipart/form-data; boundary=x' },
      '--x--',
      415,
    ],
    ['that is a program', 'POST', '/backups/upload', { ...BEARER, ...BINARY }, 'MZ this program cannot be run', 422],
    ['that is empty', 'POST', '/backups/upload', { ...BEARER, ...BINARY }, '', 422],
    ['that is a database', 'POST', '/backups/upload', { ...BEARER, ...BINARY }, 'SQLite format 3\u0000', 422],
    ['that is asked for by GET', 'GET', '/backups/upload', BEARER, '', 405],
    ['of a name that goes up', 'GET', '/backups/download?name=..%2f..%2fthermograph.db', BEARER, '', 404],
    ['of no name', 'GET', '/backups/download', BEARER, '', 404],
    ['of a name with a NUL', 'GET', '/backups/download?name=a%00b', BEARER, '', 404],
    ['of another name to nobody', 'GET', '/backups/download?name=x', {}, '', 401],
    ['and the diagnostics, to nobody', 'GET', '/diagnostics', {}, '', 401],
  ])('a backup %s', async (_, method, path, headers, body, status) => {
    const answer = await attack(() =>
      fetch(target.url + path, { method, headers, ...(method === 'POST' ? { body } : {}) }),
    );
    expect(answer.status).toBe(status);
    expect(await answer.text()).not.toMatch(/SQLite|node:|\.ts/);
  });

  it.each([
    ['no JSON', 'MZ\u0090'],
    ['a list', []],
    ['a number', 5],
    ['another program’s', { dashboard: { panels: [], schemaVersion: 39 } }],
    ['a version to come', { format: 'thermograph-dashboard', version: 99, name: 'x', widgets: [] }],
    [
      'two thousand widgets',
      { format: 'thermograph-dashboard', version: 1, name: 'x', widgets: Array(2_000).fill({}) },
    ],
    ['a name that is markup', { name: '<img src=x onerror=alert(1)>', widgets: '<script>' }],
    ['keys of the prototype', JSON.parse('{"__proto__":{"name":"x"},"constructor":{}}')],
  ])('a dashboard from a file that is %s', async (_, file) => {
    const query = 'mutation ($input: ImportDashboardInput!) { importDashboard(input: $input) { dashboard { id } } }';
    const { errors } = await attack(() => target.query(query, { input: { file } }));
    expect(errors?.[0]?.extensions?.code).toMatch(/^(BAD_USER_INPUT|GRAPHQL_VALIDATION_FAILED)$/);
  });

  it.each(['x",b:"y', 'x"} 1e9\\n# HELP evil', 'a\\nb{c="d"}', ',name:other,', '\u202eesuoh', '💧'.repeat(40)])(
    'a heat pump by the name of %j, which labels no other series',
    async (name) => {
      const add = 'mutation ($input: AddHeatpumpInput!) { addHeatpump(input: $input) { heatpump { id } } }';
      const connection = { host: 'nowhere.invalid' };
      const input = { name, manufacturer: 'idm', model: 'navigator_2_0', connection };
      cases++;
      const { data } = await target.query(add, { input });
      const remove = 'mutation ($input: RemoveHeatpumpInput!) { removeHeatpump(input: $input) { removedId } }';
      try {
        const text = await (await fetch(`${target.url}/metrics`)).text();
        const lines = text.split('\n').filter((line) => line.startsWith('heatpump_up{'));
        expect(lines).toHaveLength(3);
        for (const line of lines) expect(line).toMatch(/^heatpump_up\{(\w+="([^"\\]|\\["\\n])*",?)+\} [01]$/);
      } finally {
        await target.query(remove, { input: { id: data.addHeatpump.heatpump.id } });
      }
    },
  );
});

describe('after all that', () => {
  it('the server speaks GraphQL over HTTP as it should', async () => {
    const results = await auditServer({
      url: `${target.url}/graphql`,
      fetchFn: (url: string, init: RequestInit = {}) =>
        fetch(url, { ...init, headers: { ...init.headers, ...BEARER } }),
    });
    expect(results.filter(({ status }) => status !== 'ok')).toStrictEqual([]);
    expect(results).toHaveLength(61);
  });

  it('it uses no more memory than before, and the cases were many', async () => {
    const { usedBytes } = await target.measure();
    expect(usedBytes - usedBefore).toBeLessThan(MAX_GROWTH_BYTES);
    expect(cases).toBeGreaterThanOrEqual(120);
  });
});
