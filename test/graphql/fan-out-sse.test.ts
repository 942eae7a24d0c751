import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { type Api, startApi } from '../support/api.ts';
import { Polls } from '../support/polls.ts';
import { openSocket } from '../support/socket.ts';

const QUERY = `subscription ($since: Int) { readings(since: $since) { revision skipped complete gap
  readings { key value text quality observedAt sensor { name source } } } }`;

let api: Api;
let polls: Polls;
const open: IncomingMessage[] = [];

beforeAll(async () => {
  api = await startApi();
  const connection = { host: '127.0.0.1', port: 9 };
  const about = { name: 'Home', manufacturer: 'idm', model: 'navigator_2_0', connection, enabled: false };
  const { settings } = await api.server.heatpumps.add({ ...about, config: { circuits: ['A', 'B'], zones: [] } });
  polls = new Polls(api.server.heatpumps, settings.id, 150);
});

afterEach(() => {
  for (const response of open.splice(0)) response.destroy();
});

afterAll(() => api?.close());

/** Subscribes over server-sent events; what was received so far is asked for. */
async function listen(query = QUERY, variables: object = {}) {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream' };
  const asking = request(`${api.url}/graphql`, { method: 'POST', headers });
  asking.end(JSON.stringify({ query, variables }));
  const [response] = (await once(asking, 'response')) as [IncomingMessage];
  open.push(response);
  let text = '';
  response.setEncoding('utf8').on('data', (chunk) => {
    text += chunk;
  });
  response.on('error', () => {});
  const events = () => [...text.matchAll(/^event: next\ndata: (.*)$/gm)].map(([, data]) => data ?? '');
  return { response, events };
}

const readingsOf = (events: readonly string[]) => events.map((event) => JSON.parse(event).data.readings);

describe('subscribers over server-sent events', () => {
  it('are told what those over WebSocket are, byte by byte', async () => {
    polls.publish();
    const [one, other] = [await listen(), await listen()];
    const client = await openSocket(api.url);
    const frames: string[] = [];
    client.socket.on('message', (data) => void frames.push(String(data)));
    client.subscribe('x', QUERY);
    await expect.poll(() => [one, other].map(({ events }) => events().length).join()).toBe('1,1');
    await expect.poll(() => frames.length).toBe(1);
    for (let count = 1; count <= 3; count++) {
      polls.publish({ [polls.keys[count] ?? '']: count });
      await expect.poll(() => [one, other].map(({ events }) => events().length)).toStrictEqual([1 + count, 1 + count]);
    }
    await expect.poll(() => frames.length).toBe(4);
    expect(other.events()).toStrictEqual(one.events());
    expect(frames).toStrictEqual(one.events().map((event) => `{"id":"x","type":"next","payload":${event}}`));
    client.socket.close();
  });

  it('go on after a revision', async () => {
    const since = polls.publish();
    polls.publish({ [polls.keys[0] ?? '']: 41 });
    const { events } = await listen(QUERY, { since });
    await expect.poll(() => readingsOf(events())).toHaveLength(1);
    expect(readingsOf(events())[0]).toMatchObject({ revision: since + 1, complete: false, gap: false, skipped: 0 });
  });

  it('are told of errors as over HTTP', async () => {
    const query = 'subscription { readings(heatpumpIds: ["no such"]) { revision } }';
    const { events } = await listen(query);
    await expect.poll(() => events().length).toBe(1);
    expect(JSON.parse(events()[0] ?? '')).toMatchObject({ errors: [{ extensions: { code: 'NOT_FOUND' } }] });
  });

  it('that do not read get the newest state, and how much it stands for', async () => {
    const first = polls.publish();
    const { response, events } = await listen();
    await expect.poll(() => events().length).toBe(1);
    response.pause();
    const count = 1_000;
    for (let round = 1; round <= count; round++) {
      polls.publish(Object.fromEntries(polls.keys.map((key) => [key, round])));
      await new Promise((resolve) => setImmediate(resolve));
    }
    response.resume();
    await expect.poll(() => readingsOf(events()).at(-1)?.revision, { timeout: 10_000 }).toBe(first + count);
    const told = readingsOf(events());
    expect(told.length).toBeLessThan(count / 2);
    for (const [index, { revision, skipped }] of told.entries()) {
      if (index > 0) expect(revision).toBe(told[index - 1].revision + 1 + skipped);
    }
    expect(told.at(-1).readings.every(({ value }: { value: number }) => value === count)).toBe(true);
  }, 30_000);
});
