import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Answer, type Api, addOnline, startApi } from '../support/api.ts';
import { makeTempDir } from '../support/house.ts';
import { type HttpReceiver, startHttpReceiver } from '../support/receivers.ts';
import { startTestSimulator } from '../support/simulator.ts';

const SECRET = 'a very secret key of ours';

const directory = makeTempDir();
const databaseFile = join(directory.path, 'thermograph.db');
let api: Api;
let simulator: Simulator;
let receiver: HttpReceiver;
let heatpumpId: string;
let channelId: string;
let alertId: string;

const run = (field: string, input: object, selection: string): Promise<Answer> =>
  api.query(
    `mutation ($input: ${field.charAt(0).toUpperCase()}${field.slice(1)}Input!) { ${field}(input: $input) { ${selection} } }`,
    { input },
  );

/** The codes and paths of a refusal. */
const refusal = ({ errors }: Answer) => ({
  code: errors?.[0]?.extensions?.code,
  paths: errors?.[0]?.extensions?.issues?.map(({ path }) => path.join('.')),
});

const hot = (more: object = {}) => ({
  type: 'THRESHOLD',
  key: 'temp_outside',
  comparison: 'ABOVE',
  threshold: 30,
  ...more,
});

beforeAll(async () => {
  simulator = await startTestSimulator();
  simulator.device.force('temp_outside', 20);
  receiver = await startHttpReceiver();
  api = await startApi({ databaseFile });
  heatpumpId = await addOnline(api, simulator.port);
  const channel = { name: 'Hook', type: 'WEBHOOK', settings: { url: `${receiver.url}/x` }, secret: SECRET };
  channelId = (await run('createChannel', { ...channel, language: 'DE' }, 'channel { id }')).data.createChannel.channel
    .id;
  const alert = { name: 'Hot', heatpumpId, rule: hot({ hysteresis: 0.5 }), channelIds: [channelId] };
  alertId = (await run('createAlert', alert, 'alert { id }')).data.createAlert.alert.id;
});

afterAll(async () => {
  await api?.close();
  await simulator?.close();
  await receiver?.close();
  directory.remove();
});

describe('alerts', () => {
  it('are shown with rule, state and channels, by themselves and with their heat pump', async () => {
    const { data, errors } = await api.query(
      `query ($id: ID!) {
        alerts(heatpumpId: $id) {
          id name enabled message repeatEveryMs heatpump { id } channels { id }
          rule { type key quantity circuit comparison threshold hysteresis options durationMs }
          states { heatpump { id } state since acknowledgedAt value text isKnown }
        }
        heatpump(id: $id) { alerts { id } }
        alert(id: "none") { id }
      }`,
      { id: heatpumpId },
    );
    expect(errors).toBeUndefined();
    const rule = { ...hot(), quantity: null, circuit: null, hysteresis: 0.5, options: [], durationMs: 0 };
    const quiet = { since: null, acknowledgedAt: null, value: null, text: null };
    expect(data.alerts).toStrictEqual([
      {
        id: alertId,
        name: 'Hot',
        enabled: true,
        message: null,
        repeatEveryMs: null,
        heatpump: { id: heatpumpId },
        channels: [{ id: channelId }],
        rule,
        states: [{ heatpump: { id: heatpumpId }, state: 'OK', ...quiet, isKnown: true }],
      },
    ]);
    expect(data.heatpump.alerts).toStrictEqual([{ id: alertId }]);
    expect(data.alert).toBeNull();
  });

  it('are told over the subscription, over their channels, and afterwards', async () => {
    const events = api.subscribe(
      'subscription ($ids: [ID!]) { alertEvents(heatpumpIds: $ids) { alert { id } heatpump { id } previous state value acknowledgedAt at } }',
      { ids: [heatpumpId] },
    );
    await new Promise((resolve) => setTimeout(resolve, 100));
    simulator.device.force('temp_outside', 30.5);
    const common = { alert: { id: alertId }, heatpump: { id: heatpumpId } };
    const { alertEvents: fired } = await events.next();
    expect(fired).toMatchObject({ ...common, previous: 'OK', state: 'FIRING', value: 30.5, acknowledgedAt: null });

    const states = 'alert { states { state value acknowledgedAt } }';
    const taken = (await run('acknowledgeAlert', { id: alertId }, states)).data.acknowledgeAlert.alert.states;
    expect(taken).toMatchObject([{ state: 'FIRING', value: 30.5, acknowledgedAt: expect.stringMatching(/Z$/) }]);
    const { alertEvents: acknowledged } = await events.next();
    expect(acknowledged).toMatchObject({ ...common, previous: 'FIRING', state: 'FIRING' });
    expect(acknowledged.acknowledgedAt).toBe(taken[0].acknowledgedAt);

    simulator.device.force('temp_outside', 29);
    expect((await events.next()).alertEvents).toMatchObject({ ...common, previous: 'FIRING', state: 'OK', value: 29 });
    events.end();
    await expect.poll(() => receiver.posts.length, { timeout: 5_000 }).toBe(2);
    const messages = receiver.posts.map(({ body }) => JSON.parse(body));
    expect(messages).toMatchObject([
      { kind: 'FIRING', title: 'Alarm: Hot – Home', value: 30.5, unit: '°C', threshold: 30 },
      { kind: 'RECOVERED', title: 'Behoben: Hot – Home', value: 29 },
    ]);

    const { data } = await api.query(`{
      alertHistory { alert { name } heatpump { id } previous state }
      one: alertHistory(heatpumpId: "${heatpumpId}", first: 1) { state }
    }`);
    expect(data.alertHistory.map((event: { state: string }) => event.state)).toStrictEqual(['OK', 'FIRING', 'FIRING']);
    expect(data.one).toStrictEqual([{ state: 'OK' }]);
  });

  it('are changed and deleted', async () => {
    const rule = { type: 'OFFLINE', durationMs: 60_000 };
    const shown = 'alert { id name enabled message repeatEveryMs heatpump { id } rule { type durationMs } }';
    const created = await run('createAlert', { name: ' Away ', rule }, shown);
    const { id } = created.data.createAlert.alert;
    expect(created.data.createAlert.alert).toMatchObject({ name: 'Away', heatpump: null, rule });
    const change = { id, name: 'Gone', enabled: false, message: '{heatpump}!', repeatEveryMs: 3_600_000 };
    const changed = await run('updateAlert', change, shown);
    expect(changed.data.updateAlert.alert).toMatchObject({ ...change, rule });
    const back = await run('updateAlert', { id, message: null, repeatEveryMs: null }, shown);
    expect(back.data.updateAlert.alert).toMatchObject({ name: 'Gone', message: null, repeatEveryMs: null, rule });
    expect((await run('deleteAlert', { id }, 'deletedId')).data.deleteAlert).toStrictEqual({ deletedId: id });
    expect(refusal(await run('deleteAlert', { id }, 'deletedId'))).toStrictEqual({
      code: 'NOT_FOUND',
      paths: ['input.id'],
    });
  });
});

describe('channels', () => {
  it('are shown without their secret, which is nowhere to be found', async () => {
    const { data } = await api.query(`{ channels {
      id name type language enabled hasSecret
      settings { url topic chatId host port security user from to }
      lastResult { ok error { code } } deliveries(first: 100) { kind state attempts error { code } }
    } }`);
    const nothing = {
      topic: null,
      chatId: null,
      host: null,
      port: null,
      security: null,
      user: null,
      from: null,
      to: [],
    };
    expect(data.channels).toMatchObject([
      {
        id: channelId,
        name: 'Hook',
        type: 'WEBHOOK',
        language: 'DE',
        hasSecret: true,
        settings: { url: `${receiver.url}/x`, ...nothing },
        lastResult: { ok: true, error: null },
      },
    ]);
    const fields = await api.query('{ __type(name: "Channel") { fields { name } } }');
    expect(fields.data.__type.fields.map(({ name }: { name: string }) => name)).not.toContain('secret');
    expect(JSON.stringify(data)).not.toContain(SECRET);
  });

  it('are tested, and tell what came of it', async () => {
    const shown = 'ok delivery { kind title text state attempts error { code message } }';
    const good = await run('testChannel', { id: channelId }, shown);
    expect(good.data.testChannel).toMatchObject({
      ok: true,
      delivery: { kind: 'TEST', state: 'DELIVERED', attempts: 1 },
    });
    expect(JSON.parse(receiver.posts.at(-1)?.body ?? '')).toMatchObject({ kind: 'TEST', alert: null });

    const nowhere = await startHttpReceiver();
    await nowhere.close();
    const settings = { url: nowhere.url, topic: 'heat' };
    const made = await run('createChannel', { name: 'Lost', type: 'NTFY', settings }, 'channel { id hasSecret }');
    const { id, hasSecret } = made.data.createChannel.channel;
    expect(hasSecret).toBe(false);
    const bad = await run('testChannel', { id }, shown);
    expect(bad.errors).toBeUndefined();
    expect(bad.data.testChannel).toMatchObject({
      ok: false,
      delivery: { state: 'FAILED', error: { code: 'UNREACHABLE' } },
    });
    const { data } = await api.query(`{ channel(id: "${id}") { lastResult { ok at error { code } } } }`);
    expect(data.channel.lastResult).toMatchObject({ ok: false, error: { code: 'UNREACHABLE' } });
    expect((await run('deleteChannel', { id }, 'deletedId')).data.deleteChannel).toStrictEqual({ deletedId: id });
    expect((await api.query(`{ channel(id: "${id}") { id } }`)).data).toStrictEqual({ channel: null });
  });

  it('keep their secret through changes, but not to another address', async () => {
    const renamed = await run('updateChannel', { id: channelId, name: 'Other' }, 'channel { name hasSecret }');
    expect(renamed.data.updateChannel.channel).toStrictEqual({ name: 'Other', hasSecret: true });
    const moved = { id: channelId, settings: { url: 'https://elsewhere.example/' } };
    expect(refusal(await run('updateChannel', moved, 'channel { id }'))).toStrictEqual({
      code: 'BAD_USER_INPUT',
      paths: ['input.secret'],
    });
  });

  it('are not deleted while an alert needs them', async () => {
    const { errors } = await run('deleteChannel', { id: channelId }, 'deletedId');
    expect(errors?.[0]).toMatchObject({ message: 'Other is still a channel of Hot', extensions: { code: 'CONFLICT' } });
  });
});

describe('bad input', () => {
  const alert = (more: object) => ({ name: 'X', heatpumpId, rule: hot(), ...more });
  const channel = (type: string, settings: object, secret: string | null = null) => ({
    name: 'X',
    type,
    settings,
    secret,
  });
  const mail = { host: 'mail.example', from: 'a@b.example', to: ['c@d.example'] };
  const BAD = 'BAD_USER_INPUT';
  /** Mutation, input (made late, for ids), code, paths. */
  const cases: readonly [string, () => object, string, readonly string[]][] = [
    ['createAlert', () => alert({ name: ' ' }), BAD, ['input.name']],
    ['createAlert', () => alert({ name: 'x'.repeat(101) }), BAD, ['input.name']],
    ['createAlert', () => alert({ name: 'a\nb' }), BAD, ['input.name']],
    ['createAlert', () => alert({ heatpumpId: 'none' }), 'NOT_FOUND', ['input.heatpumpId']],
    ['createAlert', () => alert({ channelIds: ['none'] }), 'NOT_FOUND', ['input.channelIds.0']],
    ['createAlert', () => alert({ channelIds: [channelId, channelId] }), BAD, ['input.channelIds']],
    ['createAlert', () => alert({ message: 'Hot: {temperature}' }), BAD, ['input.message']],
    ['createAlert', () => alert({ message: 'x'.repeat(1_001) }), BAD, ['input.message']],
    ['createAlert', () => alert({ repeatEveryMs: 59_999 }), BAD, ['input.repeatEveryMs']],
    ['createAlert', () => alert({ rule: hot({ key: 'no_such' }) }), BAD, ['input.rule.key']],
    ['createAlert', () => alert({ heatpumpId: null, rule: hot({ key: 'no_such' }) }), BAD, ['input.rule.key']],
    ['createAlert', () => alert({ rule: hot({ key: null }) }), BAD, ['input.rule.key']],
    ['createAlert', () => alert({ rule: hot({ quantity: 'OUTDOOR_TEMPERATURE' }) }), BAD, ['input.rule.key']],
    ['createAlert', () => alert({ rule: hot({ circuit: 'A' }) }), BAD, ['input.rule.circuit']],
    ['createAlert', () => alert({ rule: hot({ key: null, quantity: 'PRESSURE' }) }), BAD, ['input.rule.quantity']],
    [
      'createAlert',
      () => alert({ rule: hot({ key: null, quantity: 'OUTDOOR_TEMPERATURE', circuit: 'Z' }) }),
      BAD,
      ['input.rule.circuit'],
    ],
    ['createAlert', () => alert({ rule: hot({ threshold: null }) }), BAD, ['input.rule.threshold']],
    [
      'createAlert',
      () => alert({ rule: hot({ comparison: null, hysteresis: -1 }) }),
      BAD,
      ['input.rule.comparison', 'input.rule.hysteresis'],
    ],
    ['createAlert', () => alert({ rule: hot({ durationMs: -1 }) }), BAD, ['input.rule.durationMs']],
    ['createAlert', () => alert({ rule: hot({ durationMs: 604_800_001 }) }), BAD, ['input.rule.durationMs']],
    ['createAlert', () => alert({ rule: { type: 'OFFLINE', threshold: 1 } }), BAD, ['input.rule.threshold']],
    ['createAlert', () => alert({ rule: { type: 'NONE' } }), BAD, ['input.rule.type']],
    ['createAlert', () => alert({ rule: { type: 'UNEXPECTED_OPTION', key: 'temp_outside' } }), BAD, ['input.rule.key']],
    [
      'createAlert',
      () => alert({ rule: { type: 'UNEXPECTED_OPTION', key: 'status_heat_pump', options: ['off', 'broken'] } }),
      BAD,
      ['input.rule.options.1'],
    ],
    ['updateAlert', () => ({ id: 'none', name: 'X' }), 'NOT_FOUND', ['input.id']],
    ['updateAlert', () => ({ id: alertId, name: '' }), BAD, ['input.name']],
    [
      'updateAlert',
      () => ({ id: alertId, rule: { type: 'THRESHOLD' } }),
      BAD,
      ['input.rule.comparison', 'input.rule.threshold'],
    ],
    ['updateAlert', () => ({ id: alertId, channelIds: ['none'] }), 'NOT_FOUND', ['input.channelIds.0']],
    ['deleteAlert', () => ({ id: 'none' }), 'NOT_FOUND', ['input.id']],
    ['acknowledgeAlert', () => ({ id: 'none' }), 'NOT_FOUND', ['input.id']],
    ['acknowledgeAlert', () => ({ id: alertId, heatpumpId: 'none' }), 'NOT_FOUND', ['input.heatpumpId']],
    ['acknowledgeAlert', () => ({ id: alertId }), 'CONFLICT', []],
    ['createChannel', () => channel('WEBHOOK', { url: 'ftp://x.example' }, SECRET), BAD, ['input.settings.url']],
    ['createChannel', () => channel('WEBHOOK', { url: 'x' }, SECRET), BAD, ['input.settings.url']],
    ['createChannel', () => channel('WEBHOOK', { url: 'http://me:pw@x.example' }, SECRET), BAD, ['input.settings.url']],
    ['createChannel', () => channel('WEBHOOK', {}, SECRET), BAD, ['input.settings.url']],
    ['createChannel', () => channel('WEBHOOK', { url: 'http://x.example' }), BAD, ['input.secret']],
    ['createChannel', () => channel('WEBHOOK', { url: 'http://x.example' }, 'short'), BAD, ['input.secret']],
    [
      'createChannel',
      () => channel('WEBHOOK', { url: 'http://x.example', topic: 'x' }, SECRET),
      BAD,
      ['input.settings.topic'],
    ],
    ['createChannel', () => channel('NTFY', { topic: 'a/b' }), BAD, ['input.settings.topic']],
    ['createChannel', () => channel('TELEGRAM', { chatId: 'x' }, '1:a'), BAD, ['input.settings.chatId']],
    ['createChannel', () => channel('TELEGRAM', { chatId: '1' }, '1:a/../b'), BAD, ['input.secret']],
    ['createChannel', () => channel('DISCORD', {}), BAD, ['input.secret']],
    ['createChannel', () => channel('DISCORD', {}, 'no address'), BAD, ['input.secret']],
    ['createChannel', () => channel('EMAIL', { ...mail, host: 'a b' }), BAD, ['input.settings.host']],
    ['createChannel', () => channel('EMAIL', { ...mail, to: [] }), BAD, ['input.settings.to']],
    ['createChannel', () => channel('EMAIL', { ...mail, to: ['a@b.example', 'x'] }), BAD, ['input.settings.to.1']],
    [
      'createChannel',
      () => channel('EMAIL', { ...mail, from: 'a@b.example\r\nBcc: x@y.example' }),
      BAD,
      ['input.settings.from'],
    ],
    ['createChannel', () => channel('EMAIL', { ...mail, port: 0 }), BAD, ['input.settings.port']],
    ['createChannel', () => channel('EMAIL', { ...mail, user: 'me' }), BAD, ['input.secret']],
    [
      'createChannel',
      () => channel('EMAIL', { ...mail, user: 'me', security: 'NONE' }, 'pw'),
      BAD,
      ['input.settings.security'],
    ],
    ['updateChannel', () => ({ id: 'none' }), 'NOT_FOUND', ['input.id']],
    ['updateChannel', () => ({ id: channelId, secret: null }), BAD, ['input.secret']],
    ['updateChannel', () => ({ id: channelId, name: '' }), BAD, ['input.name']],
    ['deleteChannel', () => ({ id: 'none' }), 'NOT_FOUND', ['input.id']],
    ['testChannel', () => ({ id: 'none' }), 'NOT_FOUND', ['input.id']],
  ];

  /** Everything on disk about alerts. */
  const kept = () => {
    const database = new Database(databaseFile, { readonly: true });
    try {
      const tables = ['Alert', 'AlertState', 'AlertEvent', 'AlertChannel', 'Channel', 'Delivery'];
      return tables.map((table) => database.prepare(`SELECT * FROM "${table}"`).all());
    } finally {
      database.close();
    }
  };

  it.each(cases.map(([field, input, code, paths]) => [field, paths.join(), code, input, paths] as const))(
    '%s is refused for %s: %s',
    async (field, _, code, input, paths) => {
      const before = kept();
      const selection = { deleteAlert: 'deletedId', deleteChannel: 'deletedId', testChannel: 'ok' }[field];
      const answer = await run(
        field,
        input(),
        selection ?? (field.endsWith('Channel') ? 'channel { id }' : 'alert { id }'),
      );
      expect(answer.data ?? null).toBeNull();
      expect(refusal(answer)).toStrictEqual({ code, paths });
      expect(JSON.stringify(answer)).not.toContain(SECRET);
      expect(kept()).toStrictEqual(before);
    },
  );

  it('is refused in a query or subscription', async () => {
    for (const [query, code, path] of [
      ['{ alerts(heatpumpId: "none") { id } }', 'NOT_FOUND', 'heatpumpId'],
      ['{ alertHistory(heatpumpId: "none") { at } }', 'NOT_FOUND', 'heatpumpId'],
      ['{ alertHistory(first: 0) { at } }', BAD, 'first'],
      ['{ channels { deliveries(first: 101) { id } } }', BAD, 'first'],
    ] as const) {
      expect(refusal(await api.query(query)), query).toStrictEqual({ code, paths: [path] });
    }
    const events = api.subscribe('subscription { alertEvents(heatpumpIds: ["none"]) { at } }');
    expect(refusal((await events.next()) as Answer)).toStrictEqual({ code: 'NOT_FOUND', paths: ['heatpumpIds'] });
  });
});

describe('removing a heat pump', () => {
  it('removes its alerts and their history, and leaves no orphan', async () => {
    await run('createAlert', { name: 'Everywhere', rule: hot() }, 'alert { id }');
    await run('removeHeatpump', { id: heatpumpId }, 'removedId');
    const { data } = await api.query('{ alerts { name states { state } } alertHistory { at } }');
    expect(data).toStrictEqual({ alerts: [{ name: 'Everywhere', states: [] }], alertHistory: [] });
    expect((await run('deleteChannel', { id: channelId }, 'deletedId')).data.deleteChannel.deletedId).toBe(channelId);
  });
});
