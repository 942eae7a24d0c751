import { type ExecutionResult, parse, subscribe } from 'graphql';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { OPEN_ACCESS } from '../../src/domain/access.ts';
import { FanOut } from '../../src/graphql/fan-out.ts';
import type { Outlet } from '../../src/graphql/listener.ts';
import { ReadingsLog } from '../../src/graphql/readings-log.ts';
import { schema } from '../../src/graphql/schema.ts';
import type { SharedEvent } from '../../src/graphql/shared-event.ts';
import { buildHouse, type House } from '../support/house.ts';
import { Polls } from '../support/polls.ts';

/** Takes events while it is ready. */
class Tray implements Outlet<SharedEvent> {
  readonly events: SharedEvent[] = [];
  #isReady = true;
  #callback: (() => void) | null = null;

  get isReady(): boolean {
    return this.#isReady;
  }

  set isReady(isReady: boolean) {
    this.#isReady = isReady;
    const callback = this.#callback;
    this.#callback = null;
    if (isReady) callback?.();
  }

  send(event: SharedEvent): void {
    expect(this.#isReady).toBe(true);
    this.events.push(event);
  }

  whenReady(callback: () => void): void {
    this.#callback = callback;
  }

  /** What the events said, as a client reads it. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the test's business
  get said(): any[] {
    return this.events.map((event) => JSON.parse(event.stringify()).data.readings);
  }
}

let house: House;
let fanOut: FanOut;
let polls: Polls;
let readingsLog: ReadingsLog;

beforeAll(async () => {
  house = await buildHouse();
});

afterAll(() => house?.close());

beforeEach(async () => {
  for (const { settings } of house.manager.list()) await house.manager.remove(settings.id);
  fanOut = new FanOut(house.bus, (errors) => errors);
  readingsLog = new ReadingsLog(house.manager);
  polls = await startPolls(1);
});

async function startPolls(unitId: number): Promise<Polls> {
  const { settings } = await house.manager.add({
    name: `Unit ${unitId}`,
    manufacturer: 'idm',
    model: 'navigator_2_0',
    connection: { host: '127.0.0.1', port: 9, unitId },
    config: { circuits: ['A'], zones: [] },
    enabled: false,
  });
  return new Polls(house.manager, settings.id, 10);
}

interface Asked {
  readonly variableValues?: Record<string, unknown>;
  readonly operationName?: string;
  readonly scope?: string;
}

function argsOf(query: string, { scope = 'open', ...asked }: Asked = {}) {
  const contextValue = { ...house.context, readingsLog, access: { ...OPEN_ACCESS, scope } };
  return { schema, document: parse(query), contextValue, ...asked };
}

/** Subscribes; what is returned ends it. */
async function listen(tray: Tray, query: string, asked: Asked = {}): Promise<() => Promise<unknown>> {
  const running = await fanOut.subscribe(argsOf(query, asked), tray);
  if (!(Symbol.asyncIterator in running)) throw new Error(JSON.stringify(running));
  return async () => running.return?.();
}

const READINGS = `subscription ($ids: [ID!], $keys: [String!], $since: Int) {
  readings(heatpumpIds: $ids, keys: $keys, since: $since) { revision complete gap skipped readings { key value } } }`;

describe('subscribers that ask for the same', () => {
  it('share every event after their own first one', async () => {
    polls.publish();
    const [early, late] = [new Tray(), new Tray()];
    await listen(early, READINGS);
    polls.publish({ [polls.keys[3] ?? '']: 21.5 });
    await listen(late, READINGS);
    polls.publish({ [polls.keys[4] ?? '']: 22.5 });
    expect(fanOut.groups).toBe(1);
    expect(fanOut.size).toBe(2);
    expect(early.said.map(({ revision, complete }) => [revision, complete])).toStrictEqual([
      [101, true],
      [102, false],
      [103, false],
    ]);
    expect(late.said.map(({ revision, complete }) => [revision, complete])).toStrictEqual([
      [102, true],
      [103, false],
    ]);
    expect(early.said[2].readings).toStrictEqual([{ key: polls.keys[4], value: 22.5 }]);
    // One object is one execution and one serialisation.
    expect(late.events[1]).toBe(early.events[2]);
    expect(late.events[0]).not.toBe(early.events[1]);
  });

  it('share their first event, too, if they come at once', async () => {
    polls.publish();
    const trays = Array.from({ length: 50 }, () => new Tray());
    await Promise.all(trays.map((tray) => listen(tray, READINGS)));
    expect(new Set(trays.map(({ events }) => events[0])).size).toBe(1);
    await new Promise((resolve) => setImmediate(resolve));
    const late = new Tray();
    await listen(late, READINGS);
    expect(late.events[0]).not.toBe(trays[0]?.events[0]);
    expect(late.said).toStrictEqual(trays[0]?.said);
  });

  it('are never told what something was before it changed', async () => {
    const status = 'subscription { heatpumpStatus { name } }';
    const tray = new Tray();
    await listen(tray, status);
    for (const name of ['A', 'B']) await house.manager.update({ id: polls.heatpumpId, name });
    expect(tray.events.map((event) => event.stringify())).toStrictEqual(
      ['Unit 1', 'A', 'B'].map((name) => `{"data":{"heatpumpStatus":{"name":"${name}"}}}`),
    );
  });

  it('are told by and by if they are very many, in order, and each event once', async () => {
    polls.publish();
    const trays = Array.from({ length: 1_200 }, () => new Tray());
    const ends = await Promise.all(trays.map((tray) => listen(tray, READINGS)));
    const told = () => trays.map(({ events }) => events.length - 1);
    polls.publish();
    expect(told()).toStrictEqual(trays.map((_, index) => (index < 500 ? 1 : 0)));
    // Those who leave are told no more; those who still wait hear of both at once.
    await ends[1_100]?.();
    polls.publish();
    await expect.poll(() => trays.at(-1)?.events.length).toBe(2);
    expect(told()).toStrictEqual(trays.map((_, index) => (index < 500 ? 2 : index === 1_100 ? 0 : 1)));
    expect(trays[0]?.said.slice(1).map(({ revision, skipped }) => [revision, skipped])).toStrictEqual([
      [102, 0],
      [103, 0],
    ]);
    expect(trays[700]?.said.slice(1).map(({ revision, skipped }) => [revision, skipped])).toStrictEqual([[103, 1]]);
    polls.publish();
    await expect.poll(() => trays.at(-1)?.events.length).toBe(3);
    expect(told()).toStrictEqual(trays.map((_, index) => (index < 500 ? 3 : index === 1_100 ? 0 : 2)));
  });

  it('are a group only as long as somebody is in it', async () => {
    polls.publish();
    const trays = [new Tray(), new Tray()] as const;
    const ends = [await listen(trays[0], READINGS), await listen(trays[1], READINGS)] as const;
    await ends[0]();
    polls.publish();
    expect(trays.map(({ events }) => events.length)).toStrictEqual([1, 2]);
    expect(fanOut.groups).toBe(1);
    await ends[1]();
    await ends[1]();
    expect(fanOut.groups).toBe(0);
    expect(fanOut.size).toBe(0);
    polls.publish();
    expect(trays.map(({ events }) => events.length)).toStrictEqual([1, 2]);
  });
});

describe('subscribers that ask for something else', () => {
  const NAMED = `subscription A { readings { revision } } subscription B { readings { complete } }`;
  it.each<[string, [string, Asked], [string, Asked], number]>([
    ['document', [READINGS, {}], [READINGS.replace('gap ', ''), {}], 2],
    ['variables', [READINGS, { variableValues: { keys: ['a'] } }], [READINGS, { variableValues: { keys: ['b'] } }], 2],
    ['operation', [NAMED, { operationName: 'A' }], [NAMED, { operationName: 'B' }], 2],
    ['access scope', [READINGS, { scope: 'token 1' }], [READINGS, { scope: 'token 2' }], 2],
    ['a scope that looks like a variable', [READINGS, { scope: '["x"' }], [READINGS, { scope: 'x' }], 2],
    ['nothing', [READINGS, { scope: 'token 1' }], [READINGS, { scope: 'token 1' }], 1],
    ['where to begin', [READINGS, { variableValues: { since: 101 } }], [READINGS, { variableValues: { since: 7 } }], 1],
  ])('(%s) share what they may', async (_, [query, asked], [otherQuery, otherAsked], groups) => {
    polls.publish();
    const trays = [new Tray(), new Tray()] as const;
    await listen(trays[0], query, asked);
    await listen(trays[1], otherQuery, otherAsked);
    expect(fanOut.groups).toBe(groups);
    polls.publish({ [polls.keys[0] ?? '']: 1 });
    const [one, other] = trays.map(({ events }) => events.at(-1));
    expect(one === other).toBe(groups === 1);
  });

  it('by a variable that says where to begin and something else are apart', async () => {
    polls.publish();
    const query = `subscription Q($n: Int) { readings(since: $n) { revision } } query R($n: Int) { writes(first: $n) { nextCursor } }`;
    await listen(new Tray(), query, { operationName: 'Q', variableValues: { n: 100 } });
    await listen(new Tray(), query, { operationName: 'Q', variableValues: { n: 101 } });
    expect(fanOut.groups).toBe(2);
  });
});

describe('a heat pump that was disabled', () => {
  /** Any change of a heat pump that has not been read since. */
  const change = () => house.manager.update({ id: polls.heatpumpId, name: `Unit ${polls.revision}` });

  it('shows nothing of the past as if it were now, and then all of it', async () => {
    polls.publish();
    const [before, resumed] = [new Tray(), new Tray()];
    await listen(before, READINGS);
    await change();
    const fresh = new Tray();
    await listen(fresh, READINGS);
    await listen(resumed, READINGS, { variableValues: { since: 5 } });
    expect([fresh, resumed].map(({ events }) => events.length)).toStrictEqual([0, 0]);
    polls.publish();
    polls.publish();
    const told = [before, fresh, resumed].map(({ said }) =>
      said.slice(-2).map(({ revision, complete, gap }) => ({ revision, complete, gap })),
    );
    const last = { revision: 103, complete: false, gap: false };
    expect(told).toStrictEqual([
      [{ revision: 102, complete: true, gap: false }, last],
      [{ revision: 102, complete: true, gap: false }, last],
      [{ revision: 102, complete: true, gap: true }, last],
    ]);
  });
});

describe('a subscriber that is slow', () => {
  it('gets the newest state in one event, and is told how many it stands for', async () => {
    const [first = '', second = '', third = ''] = polls.keys;
    polls.publish();
    const [slow, quick] = [new Tray(), new Tray()];
    await listen(slow, READINGS);
    await listen(quick, READINGS);
    slow.isReady = false;
    polls.publish({ [second]: 1 });
    polls.publish({ [first]: 2, [second]: 3 });
    polls.publish();
    polls.publish({ [third]: 4 });
    expect(slow.events).toHaveLength(1);
    slow.isReady = true;
    expect(slow.said.slice(1)).toStrictEqual([
      {
        revision: 105,
        complete: false,
        gap: false,
        skipped: 3,
        readings: expect.toSatisfy((readings: { key: string; value: number }[]) => {
          const values = Object.fromEntries(readings.map(({ key, value }) => [key, value]));
          return readings.length === 3 && values[first] === 2 && values[second] === 3 && values[third] === 4;
        }),
      },
    ]);
    expect(quick.said.map(({ revision, skipped }) => [revision, skipped])).toStrictEqual([
      [101, 0],
      [102, 0],
      [103, 0],
      [104, 0],
      [105, 0],
    ]);
    polls.publish({ [third]: 5 });
    expect(slow.events.at(-1)).toBe(quick.events.at(-1));
  });

  it('has one event waiting for each heat pump', async () => {
    const other = await startPolls(2);
    polls.publish();
    other.publish();
    const slow = new Tray();
    await listen(slow, 'subscription { readings { heatpump { id } revision skipped complete } }');
    slow.isReady = false;
    for (let count = 0; count < 400; count++) (count % 2 ? polls : other).publish({ [polls.keys[0] ?? '']: count });
    slow.isReady = true;
    expect(slow.said.slice(2)).toHaveLength(2);
    expect(slow.said.slice(2)).toStrictEqual(
      expect.arrayContaining(
        [polls, other].map(({ heatpumpId }) => {
          return { heatpump: { id: heatpumpId }, revision: 301, skipped: 199, complete: false };
        }),
      ),
    );
  });

  it('begins complete however late', async () => {
    polls.publish();
    const slow = new Tray();
    slow.isReady = false;
    await listen(slow, READINGS);
    polls.publish({ [polls.keys[1] ?? '']: 8 });
    slow.isReady = true;
    expect(slow.said).toHaveLength(1);
    expect(slow.said[0]).toMatchObject({ revision: 102, complete: true, skipped: 1 });
    const values = slow.said[0].readings.map(({ key, value }: { key: string; value: number }) => [key, value]);
    expect(Object.fromEntries(values)).toStrictEqual(polls.values);
  });
});

describe('the answers', () => {
  const FRAGMENTS = `fragment Deep on Heatpump { id again: id model { id manufacturer { id } } }
    fragment One on Reading { key value ...Two } fragment Two on Reading { quality sensor { unit register { address } } }`;
  it.each<[string, string, Record<string, unknown>]>([
    [
      'plain fields',
      'subscription { readings { revision observedAt readings { key value text quality observedAt } } }',
      {},
    ],
    ['aliases', 'subscription { a: readings { r: revision q: revision b: readings { v: value k: key } } }', {}],
    [
      'fragments',
      `subscription { readings { ... { complete } readings { ...One } heatpump { ...Deep } } } ${FRAGMENTS}`,
      {},
    ],
    ['type names', 'subscription { readings { __typename readings { __typename } } }', {}],
    [
      'directives',
      `subscription ($yes: Boolean!, $no: Boolean = false) { readings { revision @include(if: $yes) complete @skip(if: $yes)
        readings @include(if: $no) { key } heatpump @skip(if: $no) { name } } }`,
      { yes: true },
    ],
    [
      'variables',
      'subscription ($k: [String!]) { readings(keys: $k) { readings { key value } } }',
      { k: ['temp_outside'] },
    ],
    [
      'fields that take time',
      'subscription { readings { revision heatpump { jobs { id } dashboards { id name } } } }',
      {},
    ],
    [
      'errors of nullable and other fields',
      'subscription { readings { revision heatpump { model { sensors(config: 5) { key } } } } }',
      {},
    ],
    [
      'deep errors',
      'subscription { readings { heatpump { id model { capabilities(config: "x") { circuits } } } } }',
      {},
    ],
    ['a status', 'subscription { heatpumpStatus { id name status { state lastPoll { durationMs } } } }', {}],
  ])('are those of plain graphql-js: %s', async (_, query, variableValues) => {
    polls.publish();
    const tray = new Tray();
    const plain = await subscribe(argsOf(query, { variableValues }));
    if (!(Symbol.asyncIterator in plain)) throw new Error(JSON.stringify(plain));
    const expected: string[] = [];
    const take = async () => expected.push(JSON.stringify((await plain.next()).value as ExecutionResult));
    await listen(tray, query, { variableValues });
    await take();
    for (let count = 1; count <= 5; count++) {
      if (query.includes('heatpumpStatus')) await house.manager.update({ id: polls.heatpumpId, name: `N${count}` });
      else polls.publish({ [polls.keys[count] ?? '']: count / 2 });
      await take();
      await expect.poll(() => tray.events.length).toBe(count + 1);
    }
    expect(tray.events.map((event) => event.stringify())).toStrictEqual(expected);
    expect(tray.events.map((event) => event.bytes.toString())).toStrictEqual(expected);
    await plain.return?.();
  });

  it('keep their order, each once, where fields take time', async () => {
    polls.publish();
    const query = 'subscription { readings { revision skipped heatpump { dashboards { id } } } }';
    const trays = Array.from({ length: 20 }, () => new Tray());
    for (const tray of trays) {
      await listen(tray, query);
      polls.publish({ [polls.keys[0] ?? '']: polls.revision });
    }
    await expect.poll(() => trays.every(({ said }) => said.at(-1)?.revision === polls.revision)).toBe(true);
    for (const { said } of trays) {
      for (const [index, { revision, skipped }] of said.entries()) {
        if (index > 0) expect(revision).toBe(said[index - 1].revision + 1 + skipped);
      }
    }
  });

  it('refuse what cannot be heard, as plain graphql-js does', async () => {
    const query = 'subscription ($ids: [ID!]) { readings(heatpumpIds: $ids) { revision } }';
    for (const variableValues of [{ ids: ['no such'] }, { ids: 5.5 }]) {
      const args = argsOf(query, { variableValues });
      expect(JSON.stringify(await fanOut.subscribe(args, null))).toBe(JSON.stringify(await subscribe(args)));
      expect(fanOut.groups).toBe(0);
    }
  });
});
