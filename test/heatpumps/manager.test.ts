import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse, type House, nextEvent } from '../support/house.ts';
import { readAnswer, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { startTestSimulator } from '../support/simulator.ts';

let clock: FakeClock;
let house: House;
let simulator: Simulator;

beforeEach(async () => {
  clock = new FakeClock();
  house = await buildHouse(clock);
  simulator = await startTestSimulator();
});

afterEach(async () => {
  await house.close();
  await simulator.close();
});

const input = (more: object = {}) => ({
  name: 'Home',
  manufacturer: 'idm',
  model: 'navigator_2_0',
  connection: { host: '127.0.0.1', port: simulator.port },
  ...more,
});

const at = (port: number, more: object = {}) => input({ connection: { host: '127.0.0.1', port }, ...more });

describe('adding', () => {
  it('fills in what is left out, and keeps it', async () => {
    const { settings, status, pollIntervalMs } = await house.manager.add(
      input({ connection: { host: ' LOCALHOST ' } }),
    );
    expect(settings).toStrictEqual({
      id: expect.stringMatching(/^hp-[0-9a-f]{10}$/),
      name: 'Home',
      manufacturer: 'idm',
      model: 'navigator_2_0',
      connection: { host: 'localhost', port: 502, unitId: 1, timeoutMs: 3_000 },
      config: { circuits: ['A'], zones: [] },
      enabled: true,
      readOnly: false,
      pollIntervalMs: null,
      createdAt: clock.now(),
      updatedAt: clock.now(),
    });
    expect(status.state).toBe('CONNECTING');
    expect(pollIntervalMs).toBe(10_000);
    expect(await house.store.list()).toStrictEqual([settings]);
  });

  it('gives each model the time it needs to answer', async () => {
    const model = { manufacturer: 'luxtronik', model: 'luxtronik_2_1' };
    const { settings } = await house.manager.add(at(simulator.port, model));
    expect(settings.connection.timeoutMs).toBe(10_000);
  });

  const refusals: readonly [string, object, (string | number)[]][] = [
    ['an unknown manufacturer', { manufacturer: 'acme' }, ['input', 'manufacturer']],
    ['an unknown model', { model: 'navigator_9' }, ['input', 'model']],
    ['no name', { name: '  ' }, ['input', 'name']],
    ['a name too long', { name: 'x'.repeat(101) }, ['input', 'name']],
    ['a name with control characters', { name: 'a\nb' }, ['input', 'name']],
    ['no host', { connection: {} }, ['input', 'connection', 'host']],
    ['a host that is none', { connection: { host: 'a b' } }, ['input', 'connection', 'host']],
    ['a host with a port', { connection: { host: 'pump:502' } }, ['input', 'connection', 'host']],
    ['port 70000', { connection: { host: 'pump', port: 70_000 } }, ['input', 'connection', 'port']],
    ['port 0', { connection: { host: 'pump', port: 0 } }, ['input', 'connection', 'port']],
    ['unit 256', { connection: { host: 'pump', unitId: 256 } }, ['input', 'connection', 'unitId']],
    ['a timeout of nothing', { connection: { host: 'pump', timeoutMs: 0 } }, ['input', 'connection', 'timeoutMs']],
    ['an interval too short', { pollIntervalMs: 10 }, ['input', 'pollIntervalMs']],
    ['circuit H', { config: { circuits: ['A', 'H'] } }, ['input', 'config', 'circuits', 1]],
    ['zone 11', { config: { zones: [11] } }, ['input', 'config', 'zones', 0]],
  ];

  it.each(refusals)('refuses %s', async (_, more, path) => {
    await expect(house.manager.add(input(more))).rejects.toMatchObject({ code: 'BAD_USER_INPUT', issues: [{ path }] });
    expect(house.manager.list()).toStrictEqual([]);
    expect(await house.store.list()).toStrictEqual([]);
  });

  it('names every offending field at once', async () => {
    const bad = input({ name: '', pollIntervalMs: 1, connection: { host: 'pump', port: 0 } });
    const refusal = await house.manager.add(bad).catch((thrown: unknown) => thrown);
    const paths = (refusal as { issues: { path: string[] }[] }).issues.map((issue) => issue.path.join('.'));
    expect(paths).toStrictEqual(['input.name', 'input.connection.port', 'input.pollIntervalMs']);
  });

  it.each(['192.168.1.20', 'fd12::1', 'pump', 'pump.example.org', 'NIBE-06_60'])('takes the host %s', async (host) => {
    const { settings } = await house.manager.add(input({ connection: { host } }));
    expect(settings.connection.host).toBe(host.toLowerCase());
  });

  it('refuses the same device under another name, unless it is but renamed', async () => {
    const { settings } = await house.manager.add(input());
    const read = house.manager.read(settings.id);
    clock.advance(0);
    expect((await read).ok).toBe(true);
    const renamed = { host: 'localhost', port: simulator.port, unitId: 2 };
    await expect(house.manager.add(input({ connection: renamed }))).rejects.toMatchObject({
      code: 'CONFLICT',
      issues: [{ path: ['input', 'connection', 'host'], message: expect.stringContaining('give it by that name') }],
    });
    expect(house.manager.list()).toHaveLength(1);
    const elsewhere = await house.manager.update({ id: settings.id, connection: { host: 'localhost' } });
    expect(elsewhere.settings.connection.host).toBe('localhost');
  });

  it('refuses the same unit twice, also when both come at once', async () => {
    const results = await Promise.allSettled([house.manager.add(input()), house.manager.add(input({ name: 'Twin' }))]);
    expect(results.map(({ status }) => status)).toStrictEqual(['fulfilled', 'rejected']);
    await expect(house.manager.add(input())).rejects.toMatchObject({
      code: 'CONFLICT',
      issues: [{ path: ['input', 'connection'] }],
    });
    const neighbour = { host: '127.0.0.1', port: simulator.port, unitId: 2 };
    expect(await house.manager.add(input({ connection: neighbour }))).toMatchObject({
      settings: { connection: neighbour },
    });
  });
});

describe('changing', () => {
  let recorder: ScriptedServer;
  beforeEach(async () => {
    recorder = await startScriptedServer(({ pdu }) => readAnswer(3, Array(pdu.readUInt16BE(3)).fill(0)));
  });
  afterEach(() => recorder.close());

  async function addAndPoll(port: number): Promise<string> {
    const { settings } = await house.manager.add(at(port));
    const polled = nextEvent(house.bus, 'snapshot');
    clock.advance(0);
    await polled;
    return settings.id;
  }

  it('leaves the connection alone if it is not concerned', async () => {
    const id = await addAndPoll(recorder.port);
    const renamed = await house.manager.update({ id, name: 'Main house', readOnly: true });
    expect(renamed).toMatchObject({ settings: { name: 'Main house', readOnly: true }, status: { state: 'ONLINE' } });
    const polled = nextEvent(house.bus, 'snapshot');
    clock.advance(10_000);
    expect((await polled).revision).toBe(2);
    expect(recorder.connections()).toBe(1);
  });

  it('reconnects only the one that is changed', async () => {
    const other = await startScriptedServer(({ pdu }) => readAnswer(3, Array(pdu.readUInt16BE(3)).fill(0)));
    const id = await addAndPoll(recorder.port);
    await addAndPoll(other.port);
    const polled = nextEvent(house.bus, 'snapshot', ({ heatpumpId }) => heatpumpId === id);
    const changed = await house.manager.update({ id, connection: { unitId: 7 }, config: { circuits: ['B'] } });
    expect(changed).toMatchObject({ status: { state: 'CONNECTING' }, snapshot: null });
    expect(changed.settings.connection).toMatchObject({ port: recorder.port, unitId: 7, timeoutMs: 3_000 });
    clock.advance(0);
    const { revision, readings } = await polled;
    expect(revision).toBe(2);
    expect(readings.map(({ sensor }) => sensor.key)).toContain('curve_offset_b');
    expect([recorder.connections(), other.connections()]).toStrictEqual([2, 1]);
    expect(recorder.requests.at(-1)?.unitId).toBe(7);
    await other.close();
  });

  it('disables and enables', async () => {
    const id = await addAndPoll(recorder.port);
    const disabled = await house.manager.setEnabled(id, false);
    expect(disabled).toMatchObject({ status: { state: 'DISABLED', nextAttemptAt: null }, snapshot: null });
    const before = recorder.requests.length;
    clock.advance(3_600_000);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(recorder.requests).toHaveLength(before);
    await expect(async () => house.manager.read(id)).rejects.toMatchObject({ code: 'CONFLICT' });
    const polled = nextEvent(house.bus, 'snapshot');
    await house.manager.setEnabled(id, true);
    clock.advance(0);
    expect((await polled).revision).toBe(2);
  });

  it('refuses bad input and changes nothing', async () => {
    const id = await addAndPoll(recorder.port);
    const before = house.manager.info(id).settings;
    await expect(house.manager.update({ id, name: '' })).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect(house.manager.update({ id, config: { zones: [11] } })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
    });
    await expect(house.manager.update({ id: 'hp-nobody', name: 'x' })).rejects.toMatchObject({
      code: 'NOT_FOUND',
      issues: [{ path: ['input', 'id'] }],
    });
    clock.advance(1);
    const twin = await house.manager.add(input());
    await expect(
      house.manager.update({ id: twin.settings.id, connection: { port: recorder.port } }),
    ).rejects.toMatchObject({ code: 'CONFLICT' });
    expect(house.manager.info(id).settings).toStrictEqual(before);
    expect(await house.store.list()).toStrictEqual([before, twin.settings]);
  });

  it('goes back to the default interval with null, and leaves it with nothing', async () => {
    const { settings } = await house.manager.add(at(recorder.port, { pollIntervalMs: 5_000 }));
    const { id } = settings;
    expect((await house.manager.update({ id, name: 'x' })).pollIntervalMs).toBe(5_000);
    expect((await house.manager.update({ id, pollIntervalMs: null })).pollIntervalMs).toBe(10_000);
  });

  it('removes a heat pump and ends its connection', async () => {
    const id = await addAndPoll(recorder.port);
    const removed = nextEvent(house.bus, 'removed');
    await house.manager.remove(id);
    expect(await removed).toStrictEqual({ heatpumpId: id });
    expect(house.manager.find(id)).toBeNull();
    expect(await house.store.list()).toStrictEqual([]);
    await expect(house.manager.remove(id)).rejects.toMatchObject({ code: 'NOT_FOUND' });
    await expect(house.manager.add(at(recorder.port))).resolves.toBeDefined();
  });
});

describe('starting again', () => {
  it('brings every heat pump back as it was', async () => {
    const first = await house.manager.add(
      input({ name: 'a",b:c\\', config: { circuits: ['A', 'C'], zones: [4] }, readOnly: true }),
    );
    clock.advance(1);
    const second = await house.manager.add(
      input({ name: 'Öttingen', connection: { host: 'pump' }, enabled: false, pollIntervalMs: 60_000 }),
    );
    await house.manager.stop();
    await house.manager.initialize();
    expect(house.manager.list().map(({ settings }) => settings)).toStrictEqual([first.settings, second.settings]);
  });

  it('leaves out what does not fit this version, and fills in what is new', async () => {
    const { settings } = await house.manager.add(input());
    const stored = (id: string, more: object) =>
      house.store.insert({ ...settings, id, connection: { ...settings.connection, host: id }, ...more });
    await stored('hp-model', { model: 'navigator_9' });
    await stored('hp-config', { manufacturer: 'daikin', model: 'altherma', config: { variant: 'carrier-pigeon' } });
    await stored('hp-older', { config: { circuits: ['B'] } });
    await house.manager.stop();
    const ids = await house.manager.initialize();
    expect([...ids].sort()).toStrictEqual([settings.id, 'hp-config', 'hp-model', 'hp-older'].sort());
    expect(house.manager.list().map(({ settings: { id, config } }) => [id, config])).toStrictEqual([
      [settings.id, { circuits: ['A'], zones: [] }],
      ['hp-older', { circuits: ['B'], zones: [] }],
    ]);
    expect(house.log.lines.filter((line) => line === 'error heat pump cannot be loaded')).toHaveLength(2);
  });
});

describe('the default heat pump', () => {
  it('is the imported one, else the oldest enabled, else the oldest', async () => {
    expect(house.manager.default()).toBeNull();
    const first = await house.manager.add(input({ connection: { host: 'one' }, enabled: false }));
    expect(house.manager.default()?.settings.id).toBe(first.settings.id);
    clock.advance(1);
    const second = await house.manager.add(input({ connection: { host: 'two' } }));
    expect(house.manager.default()?.settings.id).toBe(second.settings.id);
    expect(house.manager.list().map(({ isDefault }) => isDefault)).toStrictEqual([false, true]);
    await house.store.insert({
      ...first.settings,
      id: 'hp-legacy',
      connection: { ...first.settings.connection, host: 'three' },
    });
    await house.manager.stop();
    await house.manager.initialize();
    expect(house.manager.default()?.settings.id).toBe('hp-legacy');
  });
});

describe('reading on demand', () => {
  it('reads all in parallel, and says which failed', async () => {
    const { settings: good } = await house.manager.add(input());
    const { settings: bad } = await house.manager.add(input({ connection: { host: '127.0.0.1', port: 1 } }));
    const reading = house.manager.readAll();
    clock.advance(0);
    const outcomes = await reading;
    expect(outcomes.get(good.id)).toMatchObject({ ok: true, value: { heatpumpId: good.id, revision: 1 } });
    expect(outcomes.get(bad.id)).toMatchObject({ ok: false, error: { code: 'REFUSED' } });
    expect(house.manager.status(good.id).state).toBe('ONLINE');
  });
});
