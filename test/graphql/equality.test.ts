import { once } from 'node:events';
import { createServer, request, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { type ExecutionResult, execute, parse, validate } from 'graphql';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { OPEN_VISITOR } from '../../src/domain/access.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { QueryPlan } from '../../src/graphql/query-plan.ts';
import { schema } from '../../src/graphql/schema.ts';
import { TextBudget } from '../../src/graphql/text-cache.ts';
import { createGraphqlWebSocket } from '../../src/graphql/websocket.ts';
import { createGraphql } from '../../src/graphql/yoga.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { buildHouse, type House } from '../support/house.ts';
import { type ArgumentValues, type RandomOperation, randomOperation } from '../support/random-operation.ts';
import { startTestSimulator } from '../support/simulator.ts';

const OPERATIONS = 1_000;
const MODELS = [
  ['idm/navigator_2_0', { circuits: ['A'], zones: [] }],
  ['daikin/altherma', { variant: 'altherma4' }],
] as const;
/** What the server says of an operation that would take too long, as plain graphql-js does not. */
const TOO_MUCH = /ask for less at once|limit of \d+ exceeded/;
/** What is not the same when asked again. */
const RESTLESS: readonly string[] = [];

let house: House;
let simulators: Simulator[];
let http: Server;
let socket: WebSocket;
let operations: RandomOperation[];
/** What plain graphql-js makes of each; null: the document is not valid. */
let results: (ExecutionResult | null)[];

/** Every plan is due at once, and nothing is too often. */
const hurriedClock = { ...systemClock, monotonicMs: hurried() };
function hurried(): () => number {
  let ms = 0;
  return () => {
    ms += 1_000;
    return ms;
  };
}

beforeAll(async () => {
  // Nothing may change while the answers are compared.
  house = await buildHouse(systemClock, 3_600_000);
  simulators = await Promise.all(MODELS.map(([model, config]) => startTestSimulator({ model, config })));
  const ids: string[] = [];
  for (const [index, [fullModel, config]] of MODELS.entries()) {
    const [manufacturer = '', model = ''] = fullModel.split('/');
    const connection = { host: '127.0.0.1', port: simulators[index]?.port };
    const added = await house.manager.add({ name: `"${index}" \\ ü 🔥`, manufacturer, model, connection, config });
    ids.push(added.settings.id);
  }
  await house.manager.readAll();
  const options = { introspection: true, heatpumpCount: () => MODELS.length, clock: hurriedClock };
  const graphql = createGraphql(house.parts, house.log, options);
  const webSocket = createGraphqlWebSocket(graphql.server, house.access, house.log, systemClock);
  http = createServer((asked, answer) => {
    const handle = asked.headers['x-plain'] ? graphql.server : graphql.handle;
    void handle(asked, answer, { visitor: OPEN_VISITOR });
  });
  http.on('upgrade', (asked, stream, head) => webSocket.handleUpgrade(asked, stream, head, () => stream.destroy()));
  http.listen(0, '127.0.0.1');
  await once(http, 'listening');
  socket = new WebSocket(`ws://127.0.0.1:${portOf(http)}/graphql`, 'graphql-transport-ws');
  await once(socket, 'open');
  socket.send('{"type":"connection_init"}');
  await once(socket, 'message');
  const values: ArgumentValues = {
    ID: [...ids, ...ids, 'nobody', 'idm', 'navigator_2_0', 'daikin', 'altherma'],
    String: ['temp_outside', 'temp_water_target', 'nothing', ''],
    Int: [0, 1, 3, 50],
    Float: [0, 1.5],
    Boolean: [true, false],
    DateTime: ['2026-01-01T00:00:00.000Z', '2026-01-02T00:00:00.000Z'],
    JSON: [{}],
  };
  operations = Array.from({ length: OPERATIONS }, (_, index) => randomOperation(schema, values, RESTLESS, index + 1));
  results = await Promise.all(operations.map(plainly));
});

afterAll(async () => {
  socket?.terminate();
  http?.closeAllConnections();
  http?.close();
  await house?.close();
  await Promise.all(simulators?.map((simulator) => simulator.close()) ?? []);
});

const portOf = (server: Server) => (server.address() as AddressInfo).port;

async function plainly({ query, variables, operationName }: RandomOperation): Promise<ExecutionResult | null> {
  const document = parse(query);
  if (validate(schema, document).length > 0) return null;
  return execute({
    schema,
    document,
    contextValue: house.context,
    variableValues: variables,
    operationName: operationName ?? null,
  });
}

interface HttpAnswer {
  readonly status: number | undefined;
  readonly type: string | undefined;
  readonly body: string;
}

async function send(method: string, path: string, headers: Record<string, string>, body = ''): Promise<HttpAnswer> {
  const asked = request({ port: portOf(http), method, path, headers });
  asked.end(body);
  const [answer] = await once(asked, 'response');
  return { status: answer.statusCode, type: answer.headers['content-type'], body: await text(answer) };
}

function post(operation: RandomOperation, more: Record<string, string> = {}): Promise<HttpAnswer> {
  const body = JSON.stringify(operation);
  const headers = { 'Content-Type': 'application/json', 'Content-Length': String(Buffer.byteLength(body)), ...more };
  return send('POST', '/graphql', headers, body);
}

function get({ query, variables, operationName }: RandomOperation, accept: string): Promise<HttpAnswer> {
  const parameters = new URLSearchParams({ query, variables: JSON.stringify(variables) });
  if (operationName) parameters.set('operationName', operationName);
  return send('GET', `/graphql?${parameters}`, { Accept: accept });
}

/** The payload of the one answer over WebSocket, as text; a refused document is answered with its errors alone. */
async function overSocket(operation: RandomOperation): Promise<string> {
  const id = crypto.randomUUID();
  const answered = new Promise<string>((resolve) => {
    const listen = (data: Buffer) => {
      const message = JSON.parse(data.toString());
      if (message.id !== id || message.type === 'complete') return;
      socket.off('message', listen);
      const { payload } = message;
      resolve(JSON.stringify(message.type === 'error' ? { errors: payload } : payload));
    };
    socket.on('message', listen);
  });
  socket.send(JSON.stringify({ id, type: 'subscribe', payload: operation }));
  return answered;
}

/** The data and what the errors say; over HTTP they have a status besides. */
function inShort(body: string) {
  const { data = null, errors } = JSON.parse(body) as { data?: unknown; errors: { message: string }[] };
  return { data, messages: errors.map(({ message }) => message) };
}

describe('a thousand operations', () => {
  it('are of all kinds', () => {
    const all = operations.map(({ query }) => query).join('\n');
    for (const part of ['fragment ', '... on ', '@include', '@skip', '__typename', 'query Asked(', ': heatpumps']) {
      expect(all, part).toContain(part);
    }
    expect(results.filter((result) => result === null).length).toBeLessThan(OPERATIONS / 20);
    expect(results.filter((result) => result?.errors).length).toBeGreaterThan(20);
    expect(results.filter((result) => result && !result.errors).length).toBeGreaterThan(OPERATIONS / 2);
  });

  it('are answered by a plan as by graphql-js, byte for byte, or not at all', () => {
    const budget = new TextBudget();
    let planned = 0;
    for (const [index, operation] of operations.entries()) {
      if (!results[index]) continue;
      const document = parse(operation.query);
      const plan = QueryPlan.of(schema, document, operation.operationName, budget);
      for (let time = 0; time < 3; time++) {
        const answer = plan?.answer(() => house.context, operation.variables) ?? null;
        if (answer === null) continue;
        planned++;
        expect(Buffer.concat(answer).toString(), operation.query).toBe(JSON.stringify(results[index]));
      }
    }
    expect(planned).toBeGreaterThan(OPERATIONS / 2);
  });

  it('are answered alike over every transport, however often they are asked', async () => {
    let refused = 0;
    for (const [index, operation] of operations.entries()) {
      const plain = await post(operation, { 'X-Plain': 'yes' });
      const posted = [];
      // After three answers there is a plan, if there can be one.
      for (let time = 0; time < 5; time++) posted.push(await post(operation));
      for (const answer of posted) expect(answer, operation.query).toStrictEqual(plain);
      expect(await get(operation, 'application/json'), operation.query).toStrictEqual(plain);
      const streamed = await overSocket(operation);
      const result = results[index];
      const isTooMuch = TOO_MUCH.test(plain.body);
      if (isTooMuch) refused++;
      // Errors may come before or after the data.
      if (!result || result.errors || isTooMuch) expect(inShort(streamed)).toStrictEqual(inShort(plain.body));
      else for (const body of [plain.body, streamed]) expect(body, operation.query).toBe(JSON.stringify(result));
    }
    expect(refused).toBeLessThan(OPERATIONS / 20);
  }, 180_000);
});
