import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { EventBus } from '../../src/heatpumps/event-bus.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { openSocket } from '../support/socket.ts';

let api: Api;
let simulator: Simulator;
let id: string;

beforeAll(async () => {
  simulator = await startTestSimulator();
  api = await startApi();
  id = await addOnline(api, simulator.port);
});

afterAll(async () => {
  await api?.close();
  await simulator?.close();
});

/** The running subscriptions as the server counts them. */
async function subscribers(): Promise<number> {
  const metrics = await (await fetch(`${api.url}/metrics`)).text();
  return Number(/^thermograph_subscribers (\d+)$/m.exec(metrics)?.[1]);
}

describe('a WebSocket', () => {
  it('may come from a page of this server, or from no page, but from no other', async () => {
    for (const headers of [{ origin: api.url }, {}]) {
      const { socket } = await openSocket(api.url, headers as Record<string, string>);
      socket.close();
    }
    for (const origin of ['https://evil.example', api.url.replace(/\d+$/, '1'), 'null', 'file://']) {
      await expect(openSocket(api.url, { origin }), origin).rejects.toThrow('403');
    }
  });

  it.each(['/', '/metrics', '/graphql/', '/graphql2'])('is not taken at %s', async (path) => {
    const socket = new WebSocket(api.url.replace('http', 'ws') + path, 'graphql-transport-ws');
    await expect(new Promise((_, reject) => socket.once('error', reject))).rejects.toThrow('404');
  });

  it('is closed by a message of more than 64 KB', async () => {
    const client = await openSocket(api.url);
    client.subscribe('1', `{ __typename } #${'x'.repeat(63 * 1024)}`);
    expect(await client.take()).toMatchObject({ type: 'next' });
    client.subscribe('2', `{ __typename } #${'x'.repeat(65 * 1024)}`);
    expect(await client.closed).toBe(1009);
  });

  it.each([
    ['bad syntax', '{ heatpumps {', 'Syntax Error'],
    ['an unknown field', '{ no_such }', 'Cannot query field'],
    ['too many aliases', `{ ${Array.from({ length: 60 }, (_, i) => `a${i}: heatpumps { id }`).join(' ')} }`, 'liases'],
    [
      'too much at once',
      `{ ${Array.from({ length: 40 }, (_, i) => `a${i}: manufacturers { models { sensors { key } } }`).join(' ')} }`,
      'fields in its answer',
    ],
    ['an unknown heat pump', 'subscription { readings(heatpumpIds: ["x"]) { revision } }', 'no heat pump'],
  ])('answers %s, and stays', async (_, query, message) => {
    const client = await openSocket(api.url);
    client.subscribe('1', query);
    const answer = await client.take(({ type }) => type !== 'complete');
    expect(answer.id).toBe('1');
    expect(JSON.stringify(answer.payload)).toContain(message);
    // The status that it would have over HTTP is no business of whoever came this way.
    expect(JSON.stringify(answer.payload)).not.toContain('"http"');
    client.subscribe('2', '{ __typename }');
    expect(await client.take((other) => other.id === '2')).toMatchObject({
      payload: { data: { __typename: 'Query' } },
    });
    client.socket.close();
  });

  it('carries 100 subscriptions, and refuses another until one has ended', async () => {
    const client = await openSocket(api.url);
    const query = 'subscription { heatpumpStatus { id } }';
    for (let number = 1; number <= 100; number++) client.subscribe(String(number), query);
    for (let count = 0; count < 100; count++) expect(await client.take()).toMatchObject({ type: 'next' });
    expect(await subscribers()).toBe(100);
    client.subscribe('101', query);
    const refusal = await client.take(({ id }) => id === '101');
    expect(refusal).toMatchObject({ type: 'error', payload: [{ message: expect.stringContaining('100') }] });
    client.send({ type: 'complete', id: '1' });
    await expect.poll(subscribers).toBe(99);
    client.subscribe('102', query);
    expect(await client.take(({ id }) => id === '102')).toMatchObject({ type: 'next' });
    client.socket.close();
    await expect.poll(subscribers).toBe(0);
  });
});

describe('a subscription over server-sent events', () => {
  it('begins complete, goes on with what changes, and ends with its connection', async () => {
    simulator.device.force('temp_outside', -3.5);
    const controller = new AbortController();
    const query = 'subscription { readings(keys: ["temp_outside"]) { complete readings { key value } } }';
    const response = await fetch(`${api.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'text/event-stream' },
      body: JSON.stringify({ query }),
      signal: controller.signal,
    });
    expect(response.headers.get('content-type')).toMatch('text/event-stream');
    const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
    let received = '';
    const until = async (fits: RegExp) => {
      while (!fits.test(received)) received += (await reader?.read())?.value ?? '';
    };
    await until(/"complete":true/);
    simulator.device.force('temp_outside', 4.25);
    await until(/event: next\ndata: .*"complete":false,"readings":\[\{"key":"temp_outside","value":4.25\}\]/);
    expect(await subscribers()).toBe(1);
    controller.abort();
    await expect.poll(subscribers).toBe(0);
  });
});

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

/** Bytes the process cannot do without. */
function usedBytes(): number {
  collectGarbage();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

/** Publishes polls as a heat pump would, every reading different from the last time. */
async function publish(count: number): Promise<number> {
  const bus = api.server.heatpumps.events as EventBus;
  const first = api.server.heatpumps.info(id).snapshot as Snapshot;
  let { revision } = first;
  for (let round = 1; round <= count; round++) {
    revision++;
    const readings = first.readings.map((reading) => ({ ...reading, quality: 'GOOD' as const, value: revision }));
    bus.emit('snapshot', { ...first, revision, readings });
    await new Promise((resolve) => setImmediate(resolve));
  }
  return revision;
}

describe('a subscriber that never reads', () => {
  const query = `subscription ($ids: [ID!]) { readings(heatpumpIds: $ids) {
    revision readings { key value text quality observedAt sensor { name source } } } }`;

  it('costs bounded memory, while another gets the newest', async () => {
    // Real polls would mix with the ones published here.
    await api.query('mutation ($input: UpdateHeatpumpInput!) { updateHeatpump(input: $input) { heatpump { id } } }', {
      input: { id, pollIntervalMs: 3_600_000 },
    });
    await expect.poll(() => api.server.heatpumps.info(id).snapshot !== null).toBe(true);
    const stalled = await openSocket(api.url);
    const reading = await openSocket(api.url);
    const revisions: number[] = [];
    let receivedBytes = 0;
    let stalledEvents = 0;
    stalled.socket.on('message', () => void stalledEvents++);
    reading.socket.removeAllListeners('message');
    reading.socket.on('message', (data) => {
      receivedBytes += String(data).length;
      revisions.push(Number(/"revision":(\d+)/.exec(String(data))?.[1]));
    });
    for (const client of [stalled, reading]) client.subscribe('1', query, { ids: [id] });
    await stalled.take(({ type }) => type === 'next');
    stalled.socket.pause();
    await expect.poll(() => revisions.length).toBe(1);

    const before = usedBytes();
    const newest = await publish(2_000);
    await expect.poll(() => revisions.at(-1), { timeout: 10_000 }).toBe(newest);
    expect(receivedBytes).toBeGreaterThan(30_000_000);
    // What history has yet to write goes within seconds; what waited for the one that does not read would stay.
    await expect.poll(() => usedBytes() - before, { timeout: 10_000 }).toBeLessThan(8_000_000);
    expect(revisions.toSorted((a, b) => a - b)).toStrictEqual(revisions);
    expect(new Set(revisions).size).toBe(revisions.length);
    expect(revisions.length).toBeGreaterThan(500);

    stalled.socket.resume();
    expect(await stalled.take(({ payload }) => payload?.data.readings.revision === newest)).toBeTruthy();
    // What it missed was dropped but for what waited in the network.
    expect(stalledEvents).toBeLessThan(1_500);
    for (const client of [stalled, reading]) client.socket.close();
  }, 60_000);

  it('does not hold up the end of the server', async () => {
    const other = await startApi();
    const { socket } = await openSocket(other.url);
    socket.pause();
    const startedAt = performance.now();
    await other.close();
    expect(performance.now() - startedAt).toBeLessThan(5_000);
    socket.terminate();
  });
});
