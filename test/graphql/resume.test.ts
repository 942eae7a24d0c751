import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { WebSocket } from 'ws';
import { seededRandom } from '../../src/simulator/random.ts';
import { type Api, startApi } from '../support/api.ts';
import { Polls } from '../support/polls.ts';
import { type CutProxy, startProxy } from '../support/proxy.ts';
import { openSocket, type RawSocket } from '../support/socket.ts';

/** An event as a client reads it. */
interface Told {
  readonly heatpump: { readonly id: string };
  readonly revision: number;
  readonly complete: boolean;
  readonly gap: boolean;
  readonly skipped: number;
  readonly readings: readonly { readonly key: string; readonly value: number }[];
}

const QUERY = `subscription ($ids: [ID!], $keys: [String!], $since: Int) {
  readings(heatpumpIds: $ids, keys: $keys, since: $since) {
    heatpump { id } revision complete gap skipped readings { key value } } }`;

let api: Api;
let proxy: CutProxy;
let unitId = 0;
let polls: Polls;
const open: RawSocket[] = [];

beforeAll(async () => {
  api = await startApi();
  proxy = await startProxy(api.url);
});

afterAll(async () => {
  await proxy?.close();
  await api?.close();
});

beforeEach(async () => {
  polls = await addPolls(150);
});

afterEach(() => {
  for (const { socket } of open.splice(0)) socket.terminate();
});

async function addPolls(count: number): Promise<Polls> {
  const connection = { host: '127.0.0.1', port: 9, unitId: ++unitId };
  const about = { name: `Unit ${unitId}`, manufacturer: 'idm', model: 'navigator_2_0', connection, enabled: false };
  const { settings } = await api.server.heatpumps.add({ ...about, config: { circuits: ['A', 'B'], zones: [0, 1] } });
  return new Polls(api.server.heatpumps, settings.id, count);
}

/** Subscribes anew and keeps what is told; what is returned is asked for the next event. */
async function listen(variables: object): Promise<(count: number) => Promise<Told[]>> {
  const client = await openSocket(api.url);
  open.push(client);
  client.subscribe('1', QUERY, { ids: [polls.heatpumpId], ...variables });
  const told: Told[] = [];
  return async (count) => {
    while (told.length < count) told.push((await client.take()).payload.data.readings);
    return told;
  };
}

const short = ({ revision, complete, gap, skipped }: Told) => ({ revision, complete, gap, skipped });

describe('a subscription that goes on after a revision', () => {
  it('is told every event it has missed, as it was', async () => {
    const [first = '', second = ''] = polls.keys;
    polls.publish();
    polls.publish({ [first]: 1 });
    polls.publish({ [first]: 2, [second]: 3 });
    polls.publish();
    const told = await (await listen({ since: 101 }))(3);
    expect(told.map(({ heatpump: _, ...event }) => event)).toStrictEqual([
      { revision: 102, complete: false, gap: false, skipped: 0, readings: [{ key: first, value: 1 }] },
      {
        revision: 103,
        complete: false,
        gap: false,
        skipped: 0,
        readings: [
          { key: first, value: 2 },
          { key: second, value: 3 },
        ],
      },
      { revision: 104, complete: false, gap: false, skipped: 0, readings: [] },
    ]);
  });

  it('is told nothing first if it has missed nothing', async () => {
    polls.publish();
    const next = await listen({ since: polls.publish() });
    await listen({}).then((other) => other(1));
    polls.publish();
    expect((await next(1)).map(short)).toStrictEqual([{ revision: 103, complete: false, gap: false, skipped: 0 }]);
  });

  it.each([
    ['of an earlier life of the server', 5_000_000],
    ['from before the log', 3],
    ['that is still to come', 102],
    ['that cannot be', -1],
  ])('is told of a gap, once, if the revision is one %s', async (_, since) => {
    polls.publish();
    const next = await listen({ since });
    expect((await next(1)).map(short)).toStrictEqual([{ revision: 101, complete: true, gap: true, skipped: 0 }]);
    polls.publish();
    expect((await next(2)).map(short)[1]).toStrictEqual({ revision: 102, complete: false, gap: false, skipped: 0 });
  });

  it('is told of a gap by the first poll of a server that has only just started', async () => {
    const [resumed, fresh] = [await listen({ since: 77 }), await listen({})];
    // Both are there when the first poll comes.
    const other = await openSocket(api.url);
    open.push(other);
    other.subscribe('x', '{ __typename }');
    await other.take();
    polls.publish();
    polls.publish();
    expect((await resumed(2)).map(({ complete, gap }) => [complete, gap])).toStrictEqual([
      [true, true],
      [false, false],
    ]);
    expect((await fresh(2)).map(({ complete, gap }) => [complete, gap])).toStrictEqual([
      [true, false],
      [false, false],
    ]);
  });

  it('is told of one gap, and all readings, if it was away for longer than the log goes back', async () => {
    polls.publish();
    for (let count = 1; count <= 400; count++) polls.publish({ [polls.keys[count % 150] ?? '']: count });
    const [event] = await (await listen({ since: 101 }))(1);
    expect(event && short(event)).toStrictEqual({ revision: 501, complete: true, gap: true, skipped: 0 });
    expect(Object.fromEntries(event?.readings.map(({ key, value }) => [key, value]) ?? [])).toStrictEqual(polls.values);
    expect((await (await listen({ since: 450 }))(51)).map(({ revision }) => revision)).toStrictEqual(
      Array.from({ length: 51 }, (_, index) => 451 + index),
    );
  });

  it('is told of a gap where polls were so large that they are not kept', async () => {
    polls.publish();
    for (let count = 1; count <= 30; count++) {
      polls.publish(Object.fromEntries(polls.keys.map((key) => [key, count])));
    }
    expect((await (await listen({ since: 101 }))(1)).map(short)).toStrictEqual([
      { revision: 131, complete: true, gap: true, skipped: 0 },
    ]);
    // Thirteen times 150 readings are fewer than the 2,000 that are kept, fourteen times are more.
    expect((await (await listen({ since: 118 }))(13)).map(({ gap }) => gap)).toStrictEqual(Array(13).fill(false));
    expect((await (await listen({ since: 117 }))(1)).map(({ gap }) => gap)).toStrictEqual([true]);
  });

  it('goes on by the smallest revision of several heat pumps, without a hole in any', async () => {
    const other = await addPolls(20);
    for (let count = 0; count < 5; count++) polls.publish({ [polls.keys[0] ?? '']: count });
    for (let count = 0; count < 3; count++) other.publish({ [other.keys[0] ?? '']: count });
    const told = await (await listen({ ids: [polls.heatpumpId, other.heatpumpId], since: 102 }))(4);
    const of = (id: string) => told.filter(({ heatpump }) => heatpump.id === id).map(({ revision }) => revision);
    expect(of(polls.heatpumpId)).toStrictEqual([103, 104, 105]);
    expect(of(other.heatpumpId)).toStrictEqual([103]);
  });

  it('has the same readings of its keys alone', async () => {
    const [first = '', second = ''] = polls.keys;
    polls.publish();
    polls.publish({ [first]: 1, [second]: 2 });
    polls.publish({ [second]: 3 });
    const told = await (await listen({ since: 101, keys: [first] }))(2);
    expect(told.map(({ revision, readings }) => [revision, readings])).toStrictEqual([
      [102, [{ key: first, value: 1 }]],
      [103, []],
    ]);
  });
});

/** Listens through a connection that may be cut at any time, and always comes back for what it has missed. */
class Returning {
  readonly told: Told[] = [];
  connections = 0;
  #isOver = false;
  #running: Promise<void> | null = null;

  start(): void {
    this.#running = this.#run();
  }

  async stop(): Promise<void> {
    this.#isOver = true;
    proxy.cut();
    await this.#running;
  }

  async #run(): Promise<void> {
    while (!this.#isOver) await this.#connect();
  }

  #connect(): Promise<void> {
    const socket = new WebSocket(`${proxy.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    socket.on('error', () => {});
    socket.on('open', () => socket.send('{"type":"connection_init"}'));
    socket.on('message', (data) => {
      const { type, payload } = JSON.parse(String(data));
      if (type === 'next') this.told.push(payload.data.readings);
      if (type !== 'connection_ack') return;
      this.connections++;
      const variables = { ids: [polls.heatpumpId], since: this.told.at(-1)?.revision ?? null };
      socket.send(JSON.stringify({ type: 'subscribe', id: '1', payload: { query: QUERY, variables } }));
    });
    return new Promise((resolve) => socket.once('close', () => resolve()));
  }
}

describe('a connection that is cut at fifty random moments', () => {
  it.each([1, 2, 3])(
    'loses nothing and repeats nothing (seed %i)',
    async (seed) => {
      const random = seededRandom(seed);
      const printed = vi.spyOn(console, 'error');
      polls.publish();
      const client = new Returning();
      client.start();
      await expect.poll(() => client.told.length).toBeGreaterThan(0);
      let isCutting = true;
      const cutting = (async () => {
        for (let cut = 0; cut < 50; cut++) {
          const { connections } = client;
          await new Promise((resolve) => setTimeout(resolve, random() * 30));
          proxy.cut();
          await expect.poll(() => client.connections, { interval: 5, timeout: 10_000 }).toBeGreaterThan(connections);
        }
      })().finally(() => {
        isCutting = false;
      });
      while (isCutting) {
        const changed = polls.keys.filter(() => random() < 0.05).map((key) => [key, Math.round(random() * 1_000)]);
        polls.publish(Object.fromEntries(changed));
        await new Promise((resolve) => setTimeout(resolve, 10));
      }
      await cutting;
      const newest = polls.publish({ [polls.keys[0] ?? '']: 4_711 });
      await expect.poll(() => client.told.at(-1)?.revision, { timeout: 10_000 }).toBe(newest);
      await client.stop();

      const [first, ...rest] = client.told;
      expect(first).toMatchObject({ complete: true, gap: false });
      // What was told, one after the other, is what the log has, nothing left out and nothing twice.
      const known = polls.log.filter(({ revision }) => revision > (first?.revision ?? 0));
      expect(rest.map(({ revision }) => revision)).toStrictEqual(known.map(({ revision }) => revision));
      expect(rest.filter(({ gap, complete }) => gap || complete)).toStrictEqual([]);
      const state = Object.fromEntries(first?.readings.map(({ key, value }) => [key, value]) ?? []);
      for (const { readings } of rest) for (const { key, value } of readings) state[key] = value;
      expect(state).toStrictEqual(polls.values);
      expect(client.connections).toBeGreaterThanOrEqual(51);
      expect(printed).not.toHaveBeenCalled();
      expect(api.log.lines.filter((line) => line.startsWith('error'))).toStrictEqual([]);
    },
    60_000,
  );
});
