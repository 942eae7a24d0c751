import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../support/api.ts';
import { FrameClient, frame, OPCODES } from '../support/frames.ts';
import { Polls } from '../support/polls.ts';

const PROTOCOL = 'graphql-transport-ws';
const INIT = { type: 'connection_init' };
const STATUS = 'subscription { heatpumpStatus { name } }';

let api: Api;
let polls: Polls;
const clients: FrameClient[] = [];

beforeAll(async () => {
  api = await startApi();
  const connection = { host: '127.0.0.1', port: 9 };
  const about = { name: 'Home', manufacturer: 'idm', model: 'navigator_2_0', connection, enabled: false };
  const { settings } = await api.server.heatpumps.add({ ...about, config: { circuits: ['A', 'B'], zones: [0, 1, 2] } });
  polls = new Polls(api.server.heatpumps, settings.id, 200);
});

afterEach(() => {
  for (const client of clients.splice(0)) client.end();
});

afterAll(() => api?.close());

async function open(subprotocols: string | null = PROTOCOL): Promise<FrameClient> {
  const client = await FrameClient.open(api.url, subprotocols);
  clients.push(client);
  return client;
}

/** A connection that has been acknowledged. */
async function begin(): Promise<FrameClient> {
  const client = await open();
  client.send(INIT);
  expect(await client.take()).toStrictEqual({ type: 'connection_ack' });
  return client;
}

function ask(id: unknown, query: unknown, more: object = {}): object {
  return { type: 'subscribe', id, payload: { query, ...more } };
}

describe('a connection', () => {
  it.each([
    ['none', null],
    ['an unknown one', 'mqtt'],
    ['the one before', 'graphql-ws'],
    ['one that looks alike', 'Graphql-Transport-WS'],
  ])('is closed if it offers %s of the subprotocols', async (_, subprotocols) => {
    const client = await open(subprotocols);
    expect(await client.closed).toStrictEqual({ code: 4406, reason: 'Subprotocol not acceptable' });
  });

  it('takes ours among others', async () => {
    const client = await open(`mqtt, ${PROTOCOL}`);
    client.send(INIT);
    expect(await client.take()).toStrictEqual({ type: 'connection_ack' });
  });

  it('is closed if it does not begin within three seconds', async () => {
    const client = await open();
    const openedAt = performance.now();
    expect(await client.closed).toStrictEqual({ code: 4408, reason: 'Connection initialisation timeout' });
    expect(performance.now() - openedAt).toBeGreaterThan(2_900);
  });

  it('is closed if it begins twice, be it at once', async () => {
    for (const isAtOnce of [false, true]) {
      const client = isAtOnce ? await open() : await begin();
      client.send(...(isAtOnce ? [INIT, INIT] : [INIT]));
      expect(await client.closed).toStrictEqual({ code: 4429, reason: 'Too many initialisation requests' });
    }
  });

  it('is closed if it asks for something before it is acknowledged', async () => {
    for (const first of [[], [INIT]]) {
      const client = await open();
      client.send(...first, ask('1', STATUS));
      expect(await client.closed).toStrictEqual({ code: 4401, reason: 'Unauthorized' });
    }
  });

  it('is closed if it asks twice by the same name', async () => {
    for (const isAtOnce of [false, true]) {
      const client = await begin();
      client.send(ask('a', STATUS), ...(isAtOnce ? [ask('a', STATUS)] : []));
      if (!isAtOnce) {
        await client.take();
        client.send(ask('a', '{ __typename }'));
      }
      expect(await client.closed).toStrictEqual({ code: 4409, reason: 'Subscriber for a already exists' });
    }
  });
});

describe('a message that is none', () => {
  it.each<[string, object | string]>([
    ['nothing', ''],
    ['no JSON', 'hello'],
    ['half of one', '{"type":"ping"'],
    ['null', 'null'],
    ['a number', '5'],
    ['a text', '"ping"'],
    ['a list', '[{"type":"ping"}]'],
    ['no type', {}],
    ['a type that is no text', { type: 7 }],
    ['an unknown type', { type: 'start', id: '1', payload: { query: STATUS } }],
    ['one that only servers send', { type: 'connection_ack ' }],
    ['init with a payload that is no object', { type: 'connection_init', payload: 'token' }],
    ['no id', ask(undefined, STATUS)],
    ['an empty id', ask('', STATUS)],
    ['a number as id', ask(1, STATUS)],
    ['null as id', ask(null, STATUS)],
    ['no payload', { type: 'subscribe', id: '1' }],
    ['a payload that is a text', { type: 'subscribe', id: '1', payload: STATUS }],
    ['no query', ask('1', undefined)],
    ['a query that is no text', ask('1', { kind: 'Document' })],
    ['an operation name that is no text', ask('1', STATUS, { operationName: 5 })],
    ['variables that are a text', ask('1', STATUS, { variables: '{}' })],
    ['variables that are a list', ask('1', STATUS, { variables: [] })],
    ['extensions that are a text', ask('1', STATUS, { extensions: 'x' })],
    ['complete without id', { type: 'complete' }],
    ['ping with a payload that is no object', { type: 'ping', payload: 'x' }],
  ])('closes the connection: %s', async (_, message) => {
    const client = await begin();
    client.send(message);
    expect(await client.closed).toStrictEqual({ code: 4400, reason: 'Invalid message received' });
  });

  it.each<[string, () => Buffer, number]>([
    [
      'a frame that is not masked',
      () => frame(OPCODES.text, Buffer.from('{"type":"ping"}'), { isMasked: false }),
      1002,
    ],
    ['a frame of a reserved kind', () => frame(OPCODES.reserved, Buffer.from('x')), 1002],
    ['a ping in pieces', () => frame(OPCODES.ping, Buffer.from('x'), { isFinal: false }), 1002],
    ['a text that is no UTF-8', () => frame(OPCODES.text, Buffer.of(0x22, 0xff, 0x22)), 1007],
    ['a close with a code that there is not', () => frame(OPCODES.close, Buffer.of(0x03, 0xed)), 1002],
  ])('closes the connection as WebSocket has it: %s', async (_, bytes, code) => {
    const client = await begin();
    client.sendBytes(bytes());
    expect(await client.closed).toMatchObject({ code });
  });
});

describe('a message', () => {
  it('may be asked for a sign of life, with whatever is to come back', async () => {
    const client = await open();
    client.send({ type: 'ping' });
    expect(await client.take()).toStrictEqual({ type: 'pong' });
    client.send({ type: 'ping', payload: { at: 5 } });
    expect(await client.take()).toStrictEqual({ type: 'pong', payload: { at: 5 } });
    client.send({ type: 'pong' }, { type: 'pong', payload: {} }, INIT);
    expect(await client.take()).toStrictEqual({ type: 'connection_ack' });
  });

  it('may come in pieces, as bytes, and between others', async () => {
    const client = await begin();
    const [first, second] = ['{"type":"pi', 'ng"}'].map((text) => Buffer.from(text)) as [Buffer, Buffer];
    client.sendBytes(frame(OPCODES.text, first, { isFinal: false }));
    client.sendBytes(frame(OPCODES.ping, Buffer.from('between')));
    client.sendBytes(frame(0, second));
    expect(await client.take()).toStrictEqual({ type: 'pong' });
    client.sendBytes(frame(OPCODES.binary, Buffer.from('{"type":"ping"}')));
    expect(await client.take()).toStrictEqual({ type: 'pong' });
  });

  it.each([
    'x',
    '0',
    '"',
    '\\',
    '}',
    '","type":"error","x":"',
    'ü€😀',
    '\u0000\n\u2028',
    '__proto__',
    'constructor',
    'toString',
    'l'.repeat(20_000),
  ])('may have any id, which comes back with every event: %j', async (id) => {
    const client = await begin();
    client.send(ask(id, 'subscription { readings { revision } }'));
    await client.take(({ payload }) => payload !== undefined).catch(() => {});
    const revision = polls.publish();
    const event = await client.take(({ payload }) => payload.data.readings.revision === revision);
    expect(event).toStrictEqual({ id, type: 'next', payload: { data: { readings: { revision } } } });
    client.send({ type: 'complete', id }, ask(id, '{ __typename }'));
    expect(await client.take()).toStrictEqual({ id, type: 'next', payload: { data: { __typename: 'Query' } } });
    expect(await client.take()).toStrictEqual({ id, type: 'complete' });
  });

  it('of any length is framed right', async () => {
    polls.publish();
    const client = await begin();
    const lengths = [0, 1, 2, 3, 10, 20, 40, 60].map((count) => polls.keys.slice(0, count));
    for (const [index, keys] of lengths.entries()) {
      const padding = 'x'.repeat(index);
      const query = `subscription ($keys: [String!]) { readings(keys: $keys) { a${padding}: revision } }`;
      client.send(ask(`small ${index}`, query, { variables: { keys } }));
      expect(await client.take()).toMatchObject({ id: `small ${index}`, type: 'next' });
    }
    // More than 65,535 bytes take the longest kind of header.
    const large =
      'subscription { readings { readings { key sensor { source name a: source b: source c: source d: source register { address } } } } }';
    client.send(ask('large', large));
    const event = await client.take();
    expect(JSON.stringify(event).length).toBeGreaterThan(65_535);
    expect(event.payload.data.readings.readings).toHaveLength(polls.keys.length);
  });
});

describe('the end of an operation', () => {
  it('that there is not is no offence', async () => {
    const client = await begin();
    client.send({ type: 'complete', id: 'never' }, { type: 'complete', id: 'never' }, { type: 'ping' });
    expect(await client.take()).toStrictEqual({ type: 'pong' });
  });

  it('is told once by the server, and not at all if the client has told it', async () => {
    const client = await begin();
    client.send(ask('q', '{ __typename }'));
    expect(await client.take()).toMatchObject({ type: 'next' });
    expect(await client.take()).toStrictEqual({ id: 'q', type: 'complete' });
    client.send(ask('s', STATUS));
    expect(await client.take()).toMatchObject({ id: 's', type: 'next' });
    client.send({ type: 'complete', id: 's' });
    polls.publish();
    client.send({ type: 'ping' });
    expect(await client.take()).toStrictEqual({ type: 'pong' });
  });

  it.each(['subscription', 'query'])('before it has begun leaves the next %s of the same id alone', async (kind) => {
    polls.publish();
    const client = await begin();
    const first = kind === 'query' ? '{ heatpumps { dashboards { id } } }' : STATUS;
    client.send(ask('1', first), { type: 'complete', id: '1' }, ask('1', 'subscription { readings { revision } }'));
    expect(await client.take()).toMatchObject({ id: '1', payload: { data: { readings: {} } } });
    for (let count = 0; count < 5; count++) {
      const revision = polls.publish();
      expect(await client.take()).toStrictEqual({
        id: '1',
        type: 'next',
        payload: { data: { readings: { revision } } },
      });
    }
    client.send({ type: 'complete', id: '1' }, { type: 'ping' });
    await client.take(({ type }) => type === 'pong');
    polls.publish();
    client.send({ type: 'ping' });
    expect(await client.take()).toStrictEqual({ type: 'pong' });
  });

  it('by an error is the only message about it, and the id is free again', async () => {
    const client = await begin();
    for (const query of ['{', '{ nothing }', 'subscription { readings { revision } heatpumpStatus { id } }']) {
      client.send(ask('1', query));
      expect(await client.take()).toMatchObject({ id: '1', type: 'error', payload: [{ message: expect.any(String) }] });
    }
    client.send(ask('1', '{ __typename }'));
    expect(await client.take()).toMatchObject({ id: '1', type: 'next' });
    expect(await client.take()).toStrictEqual({ id: '1', type: 'complete' });
  });
});
