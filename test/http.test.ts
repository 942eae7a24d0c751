import { once } from 'node:events';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { type IncomingHttpHeaders, request, type Server } from 'node:http';
import { type AddressInfo, connect } from 'node:net';
import { join } from 'node:path';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemClock } from '../src/domain/clock.ts';
import { createGraphqlWebSocket } from '../src/graphql/websocket.ts';
import { createGraphql } from '../src/graphql/yoga.ts';
import { createHttp } from '../src/http.ts';
import type { Unready } from '../src/lifecycle/readiness.ts';
import { createMetrics } from '../src/metrics/metrics.ts';
import { startApi } from './support/api.ts';
import { buildHouse, type House, makeTempDir } from './support/house.ts';

const PAGE = '<!doctype html><title>Thermograph</title>';
const SECRET = 'top secret';

let house: House;
let http: Server;
let notReady: readonly Unready[] = [];
const directory = makeTempDir();

/** Beside the client's files lie others, one of them in a folder whose name begins alike. */
function writeFiles(): string {
  const clientDir = join(directory.path, 'client');
  for (const folder of ['client/assets', 'client-private'])
    mkdirSync(join(directory.path, folder), { recursive: true });
  writeFileSync(join(clientDir, 'index.html'), PAGE);
  writeFileSync(join(clientDir, 'assets/app.js'), 'export const answer = 42;');
  writeFileSync(join(clientDir, 'assets/gone.js'), 'export const gone = true;');
  writeFileSync(join(clientDir, '.env'), SECRET);
  writeFileSync(join(directory.path, 'package.json'), SECRET);
  writeFileSync(join(directory.path, 'client-private/index.html'), SECRET);
  return clientDir;
}

beforeAll(async () => {
  house = await buildHouse();
  const graphql = createGraphql(house.parts, house.log, {
    introspection: true,
    heatpumpCount: () => house.manager.count,
    clock: systemClock,
  });
  const { bus, manager, log: logger } = house;
  http = createHttp({
    graphql: graphql.server,
    webSocket: createGraphqlWebSocket(graphql.server, house.access, house.log, systemClock),
    metrics: createMetrics({
      events: bus,
      heatpumps: () => manager.list(),
      subscribers: graphql.subscribers,
      lastBackupAt: () => null,
    }),
    exports: new Map(),
    operations: new Map(),
    legacyMetrics: false,
    graphiql: true,
    limits: { maxConnections: 1_000, maxConnectionsPerAddress: 100 },
    access: house.access,
    clock: systemClock,
    notReadyBecause: async () => notReady,
    clientDir: writeFiles(),
    logger,
  });
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
});

afterAll(async () => {
  http?.closeAllConnections();
  http?.close();
  await house?.close();
  directory.remove();
});

interface Answer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Sends a request with its path as it is; `fetch` would tidy it up. */
async function send(method: string, path: string, headers: object = {}, body = ''): Promise<Answer> {
  const { port } = http.address() as AddressInfo;
  const sent = request({ host: '127.0.0.1', port, method, path, headers: { ...headers } });
  sent.end(body);
  const [response] = await once(sent, 'response');
  return { status: response.statusCode, headers: response.headers, body: await text(response) };
}

/** What every answer says. */
const SAFE = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'content-security-policy': expect.stringMatching(/default-src 'self'.*frame-ancestors 'none'/),
  'permissions-policy': expect.stringContaining('camera=()'),
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'x-frame-options': 'DENY',
};

function upgrade(path: string, more = ''): string {
  const key =
    'Connection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\nSec-WebSocket-Key: AAAAAAAAAAAAAAAAAAAAAA==\r\n';
  return `GET ${path} HTTP/1.1\r\nHost: x\r\n${key}${more}\r\n`;
}

const JSON_BODY = { 'content-type': 'application/json' };

describe('every answer', () => {
  it.each([
    ['GET', '/', 200],
    ['GET', '/assets/app.js', 200],
    ['GET', '/assets/missing.js', 404],
    ['POST', '/', 405],
    ['GET', '/metrics', 200],
    ['GET', '/metrics/legacy', 404],
    ['DELETE', '/metrics', 405],
    ['GET', '/health/live', 200],
    ['PUT', '/health/live', 405],
    ['GET', '/health/ready', 200],
    ['POST', '/health/ready', 405],
    ['POST', '/graphql', 415],
    ['DELETE', '/graphql', 405],
    ['GET', '/graphql', 400],
  ])('is safe for a browser to hold: %s %s is %i', async (method, path, status) => {
    const answer = await send(method, path);
    expect(answer.status).toBe(status);
    expect(answer.headers).toMatchObject(SAFE);
    expect(answer.headers['access-control-allow-origin']).toBeUndefined();
    expect(answer.headers['strict-transport-security']).toBeUndefined();
    // What the API says is of this moment and for this reader; of the client's files the browser keeps what it may.
    const isOfClient = ['/', '/assets/app.js', '/assets/missing.js'].includes(path);
    if (!isOfClient) expect(answer.headers['cache-control']).toBe('no-store');
  });

  it('is to come over TLS from now on, if it did', async () => {
    const { headers } = await send('GET', '/', { 'x-forwarded-proto': 'https' });
    expect(headers['strict-transport-security']).toBe('max-age=31536000');
  });

  it.each([
    ['bytes that are no request', 'SSH-2.0-OpenSSH_9.2\r\n\r\n', 400],
    ['a request without a host', 'GET / HTTP/1.1\r\n\r\n', 400],
    ['a tunnel', 'CONNECT 127.0.0.1:22 HTTP/1.1\r\nHost: x\r\n\r\n', 405],
    ['a wish that nobody knows', 'GET / HTTP/1.1\r\nHost: x\r\nExpect: miracles\r\n\r\n', 417],
    ['a WebSocket elsewhere', upgrade('/metrics'), 404],
    ['a WebSocket of another site', upgrade('/graphql', 'Origin: https://evil.example\r\n'), 403],
  ])('is safe also to %s', async (_, bytes, status) => {
    const { port } = http.address() as AddressInfo;
    const socket = connect(port, '127.0.0.1');
    socket.write(bytes);
    const answer = await text(socket);
    const [statusLine = '', ...lines] = answer.split('\r\n');
    expect(statusLine).toMatch(new RegExp(`^HTTP/1.1 ${status} [A-Z]`));
    const headers = Object.fromEntries(
      lines.map((line) => [line.split(':')[0]?.toLowerCase(), line.replace(/^[^:]*: /, '')]),
    );
    expect(headers).toMatchObject({ ...SAFE, connection: 'close' });
  });

  it('is bounded in what it makes the server read', async () => {
    expect((await send('GET', '/', { 'x-long': 'x'.repeat(64 * 1024) })).status).toBe(431);
    expect((await send('GET', `/${'x'.repeat(64 * 1024)}`)).status).toBe(431);
    expect((await send('GET', `/${'x'.repeat(9 * 1024)}`)).status).toBe(414);
    const query = JSON.stringify({ query: `{ __typename } #${'x'.repeat(300 * 1024)}` });
    expect((await send('POST', '/graphql', JSON_BODY, query)).status).toBe(413);
    expect((await send('GET', '/health/live')).status).toBe(200);
  });
});

describe('the health', () => {
  it('says that the process lives', async () => {
    expect(await send('GET', '/health/live')).toMatchObject({ status: 200, body: '{"status":"live"}' });
    expect(await send('HEAD', '/health/live')).toMatchObject({ status: 200, body: '' });
  });

  it('says why the server is not ready', async () => {
    notReady = [
      { code: 'DATABASE', reason: 'it is gone' },
      { code: 'DISK', reason: 'it is full' },
    ];
    const answer = await send('GET', '/health/ready');
    expect([answer.status, JSON.parse(answer.body)]).toStrictEqual([
      503,
      { status: 'not ready', reason: 'it is gone', reasons: notReady },
    ]);
    expect((await send('GET', '/health/live')).status).toBe(200);
    notReady = [];
    expect(await send('GET', '/health/ready')).toMatchObject({ status: 200, body: '{"status":"ready"}' });
  });

  it('notices that the database is gone', async () => {
    const other = makeTempDir();
    const api = await startApi({ databaseFile: join(other.path, 'heat.db') });
    const ready = async () => {
      const response = await fetch(`${api.url}/health/ready`);
      return [response.status, await response.json()];
    };
    expect(await ready()).toStrictEqual([200, { status: 'ready' }]);
    rmSync(join(other.path, 'heat.db'));
    const reason = 'the database file is missing or may not be written';
    const reasons = [{ code: 'DATABASE', reason }];
    expect(await ready()).toStrictEqual([503, { status: 'not ready', reason, reasons }]);
    await api.close();
    other.remove();
  });
});

describe('the client', () => {
  it('loses one request, and nothing else, over a file that went after the start', async () => {
    rmSync(join(directory.path, 'client/assets/gone.js'));
    await expect(send('GET', '/assets/gone.js')).rejects.toThrow();
    expect((await send('GET', '/assets/app.js')).status).toBe(200);
  });

  it.each(['/', '/index.html', '/heatpumps/hp-1', '/a/b/c?d=e.js', '/metrics/'])('is the page at %s', async (path) => {
    const { status, headers, body } = await send('GET', path);
    expect([status, headers['content-type'], body]).toStrictEqual([200, 'text/html;charset=utf-8', PAGE]);
  });

  it('has its files with their type', async () => {
    const { headers, body } = await send('GET', '/assets/app.js');
    expect([headers['content-type'], body]).toStrictEqual(['text/javascript', 'export const answer = 42;']);
    expect(headers['cache-control']).toBe('public, max-age=31536000, immutable');
    for (const page of ['/', '/jobs']) {
      expect((await send('GET', page)).headers['cache-control']).toBe('no-cache');
    }
    expect(await send('HEAD', '/assets/app.js')).toMatchObject({ status: 200, body: '' });
    expect((await send('GET', '/assets/app.js', { 'if-none-match': headers.etag })).status).toBe(304);
  });

  it.each([
    '/../package.json',
    '/..%2fpackage.json',
    '/..%2f..%2fpackage.json',
    '/%2e%2e/package.json',
    '/%2e%2e%2fpackage.json',
    '/%252e%252e%252fpackage.json',
    '/..\\package.json',
    '/..%5cpackage.json',
    '/assets/../../package.json',
    '/assets/..%2f..%2fpackage.json',
    '/../client-private/index.html',
    '/../client-private/',
    '/..%2fclient-private',
    '//../package.json',
    '/.env',
    '/package.json%00.html',
    '/%00',
    '/%',
    '/%ff%fe',
    '/%c0%ae%c0%ae/package.json',
    'http://127.0.0.1/../package.json',
    '*',
  ])('shows no other file at %s', async (path) => {
    const { status, body } = await send('GET', path);
    expect([200, 400, 404]).toContain(status);
    expect(body).not.toContain(SECRET);
    if (status === 200) expect(body).toBe(PAGE);
    expect(house.log.lines).toStrictEqual([]);
  });
});
