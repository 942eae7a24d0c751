import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Heatpump } from '../../src/domain/heatpump.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse, type House, nextEvent } from '../support/house.ts';
import { exceptionAnswer, readAnswer, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { startTestSimulator } from '../support/simulator.ts';

const INTERVAL_MS = 10_000;
/** Readable sensors of one circuit without zones: 121 rows less the write-only one, and 16 of the circuit. */
const READINGS = 136;

let clock: FakeClock;
let house: House;
let simulator: Simulator;
let scripted: ScriptedServer | null = null;

beforeEach(async () => {
  clock = new FakeClock();
  house = await buildHouse(clock, INTERVAL_MS);
  simulator = await startTestSimulator();
});

afterEach(async () => {
  await house.close();
  await simulator.close();
  await scripted?.close();
  scripted = null;
});

const model = { manufacturer: 'idm', model: 'navigator_2_0' };

/** Adds a heat pump at `port` and waits for the end of its first attempt. */
async function add(port = simulator.port, more: object = {}): Promise<Heatpump> {
  const { settings } = await house.manager.add({
    name: 'Home',
    ...model,
    connection: { host: '127.0.0.1', port, ...more },
  });
  const settled = nextEvent(house.bus, 'heatpump');
  clock.advance(0);
  await settled;
  return house.manager.info(settings.id);
}

/** Lets time pass until the next attempt has ended. */
async function attempt(ms: number): Promise<void> {
  const settled = Promise.race([nextEvent(house.bus, 'snapshot'), nextEvent(house.bus, 'heatpump')]);
  clock.advance(ms);
  await settled;
  await new Promise(setImmediate);
}

const valueIn = (snapshot: Snapshot | null, key: string) =>
  snapshot?.readings.find(({ sensor }) => sensor.key === key)?.value;
const qualities = (heatpump: Heatpump) => new Set(heatpump.snapshot?.readings.map(({ quality }) => quality));

describe('polling', () => {
  it('is not degraded by one register that shows what it cannot mean', async () => {
    simulator.device.force('state_compressor_1', 7);
    const { status, snapshot } = await add();
    expect(status).toMatchObject({ state: 'ONLINE', lastError: null });
    const reading = snapshot?.readings.find(({ sensor }) => sensor.key === 'state_compressor_1');
    expect(reading).toMatchObject({ value: null, quality: 'FAILED' });
  });

  it.each([-3_600_000, 3_600_000])('keeps its interval when the wall clock is set by %i ms', async (stepMs) => {
    const { settings } = await add();
    clock.stepWallClock(stepMs);
    await attempt(INTERVAL_MS);
    clock.stepWallClock(stepMs);
    await attempt(INTERVAL_MS);
    expect(house.manager.info(settings.id)).toMatchObject({ status: { state: 'ONLINE' }, snapshot: { revision: 3 } });
  });

  it('brings a heat pump online with one reading per readable sensor', async () => {
    simulator.device.force('temp_outside', -12.7);
    simulator.device.force('humidity', null);
    const { status, snapshot } = await add();
    expect(status).toMatchObject({ state: 'ONLINE', consecutiveFailures: 0, lastError: null });
    expect(status.lastPoll).toMatchObject({ requests: 38, registers: 201 });
    expect(snapshot?.readings).toHaveLength(READINGS);
    expect(snapshot?.revision).toBe(1);
    expect(valueIn(snapshot, 'temp_outside')).toBe(-12.7);
    expect(snapshot?.readings.find(({ sensor }) => sensor.key === 'humidity')).toMatchObject({
      value: null,
      quality: 'MISSING',
    });
    expect(house.log.lines).toStrictEqual(['info heat pump connected']);
  });

  it('begins polls of several heat pumps at common moments', async () => {
    const first = await add();
    clock.advance(7);
    const other = await startTestSimulator();
    const second = await add(other.port);
    await other.close();
    const nextAt = [first, second].map(({ settings }) => house.manager.status(settings.id).nextAttemptAt);
    expect(nextAt).toStrictEqual([clock.now() - 7 + INTERVAL_MS, clock.now() - 7 + INTERVAL_MS]);
  });

  it.each([
    [3_000, 1],
    [7_000, 2],
  ])('goes back to its own beat after a poll out of turn, %i ms later', async (ms, beats) => {
    const beganAt = clock.now();
    const { settings } = await add();
    clock.advance(ms);
    const outcome = house.manager.read(settings.id);
    await attempt(0);
    expect((await outcome).ok).toBe(true);
    expect(house.manager.status(settings.id).nextAttemptAt).toBe(beganAt + beats * INTERVAL_MS);
  });

  it('polls once per interval and publishes whole snapshots', async () => {
    const keys = ['temp_outside', 'temp_flow_current_circuit_a', 'power_current_draw'];
    const show = (value: number) => keys.map((key) => simulator.device.force(key, value));
    show(1);
    await add();
    const seen: (number | null | undefined)[][] = [];
    house.bus.on('snapshot', (snapshot) => seen.push(keys.map((key) => valueIn(snapshot, key))));
    for (const value of [2, 3, 4]) {
      show(value);
      await attempt(INTERVAL_MS);
    }
    expect(seen).toStrictEqual([
      [2, 2, 2],
      [3, 3, 3],
      [4, 4, 4],
    ]);
    expect(house.manager.list()[0]?.snapshot?.revision).toBe(4);
  });

  it('never changes a snapshot once it is published', async () => {
    simulator.device.force('temp_outside', 1);
    const { snapshot } = await add();
    simulator.device.force('temp_outside', 2);
    await attempt(INTERVAL_MS);
    expect(valueIn(snapshot, 'temp_outside')).toBe(1);
  });
});

describe('a heat pump that is lost', () => {
  it('is degraded, then its readings are stale, then it is offline', async () => {
    const { settings } = await add();
    const told: string[] = [];
    house.bus.on('snapshot', ({ readings }) => told.push(String(readings[0]?.quality)));
    house.bus.on('heatpump', ({ heatpumpId }) => told.push(house.manager.status(heatpumpId).state));
    await simulator.close();

    await attempt(INTERVAL_MS);
    expect(house.manager.status(settings.id)).toMatchObject({
      state: 'DEGRADED',
      consecutiveFailures: 1,
      lastError: { code: 'REFUSED' },
    });
    expect(qualities(house.manager.info(settings.id))).toContain('GOOD');

    await attempt(INTERVAL_MS);
    await attempt(INTERVAL_MS);
    expect(told).toStrictEqual(['DEGRADED', 'DEGRADED', 'STALE', 'OFFLINE']);
    expect([...qualities(house.manager.info(settings.id))].sort()).toStrictEqual(['MISSING', 'STALE']);
    expect(valueIn(house.manager.info(settings.id).snapshot, 'temp_outside')).toEqual(expect.any(Number));
  });

  it('is tried again less and less often, at the latest after a minute', async () => {
    const { settings } = await add();
    await simulator.close();
    await attempt(INTERVAL_MS);
    const delays: number[] = [];
    for (let i = 0; i < 5; i++) {
      const { nextAttemptAt } = house.manager.status(settings.id);
      const delay = (nextAttemptAt ?? 0) - clock.now();
      delays.push(delay);
      const failures = house.manager.status(settings.id).consecutiveFailures;
      clock.advance(delay);
      await expect.poll(() => house.manager.status(settings.id).consecutiveFailures).toBe(failures + 1);
    }
    expect(delays).toStrictEqual([10_000, 20_000, 40_000, 60_000, 60_000]);
  });

  it('is back with the first attempt after it returns, logged once each way', async () => {
    const { settings } = await add();
    const { port } = simulator;
    await simulator.close();
    for (const failures of [1, 2, 3]) {
      clock.advance((house.manager.status(settings.id).nextAttemptAt ?? 0) - clock.now());
      await expect.poll(() => house.manager.status(settings.id).consecutiveFailures).toBe(failures);
    }
    simulator = await startTestSimulator({ port });
    const back = nextEvent(house.bus, 'snapshot', ({ readings }) => readings[0]?.quality === 'GOOD');
    clock.advance((house.manager.status(settings.id).nextAttemptAt ?? 0) - clock.now());
    await back;
    expect(house.manager.status(settings.id)).toMatchObject({ state: 'ONLINE', consecutiveFailures: 0 });
    expect(house.log.lines).toStrictEqual(['info heat pump connected', 'warn heat pump lost', 'info heat pump back']);
  });

  it('is probed with one small read while it stays silent', async () => {
    scripted = await startScriptedServer(() => 'SILENCE');
    const { settings } = await add(scripted.port, { timeoutMs: 100 });
    expect(house.manager.status(settings.id)).toMatchObject({ state: 'OFFLINE', lastError: { code: 'NO_ANSWER' } });
    const before = scripted.requests.length;
    clock.advance(INTERVAL_MS);
    await expect.poll(() => house.manager.status(settings.id).consecutiveFailures).toBe(2);
    expect(scripted.requests.slice(before).map(({ pdu }) => pdu.toString('hex'))).toStrictEqual(['0303e80002']);
  });

  it('is offline at once if it was never read', async () => {
    await simulator.close();
    const { status, snapshot } = await add(simulator.port);
    expect(status.state).toBe('OFFLINE');
    expect(snapshot).toBeNull();
  });

  it('delays no other', async () => {
    const real = await buildHouse(undefined, 200);
    scripted = await startScriptedServer(() => 'SILENCE');
    const { settings } = await real.manager.add({
      name: 'Well',
      ...model,
      connection: { host: '127.0.0.1', port: simulator.port },
    });
    await nextEvent(real.bus, 'snapshot');
    const gaps = async (count: number) => {
      const times: number[] = [];
      const off = real.bus.on(
        'snapshot',
        ({ heatpumpId }) => heatpumpId === settings.id && times.push(performance.now()),
      );
      await expect.poll(() => times.length, { timeout: 10_000 }).toBeGreaterThan(count);
      off();
      return times.slice(1).map((time, i) => time - (times[i] ?? 0));
    };
    const usual = Math.max(...(await gaps(5)));
    const silent = {
      name: 'Silent',
      ...model,
      connection: { host: '127.0.0.1', port: scripted.port, timeoutMs: 1_000 },
    };
    await real.manager.add(silent);
    const beside = Math.max(...(await gaps(10)));
    await real.close();
    expect(beside).toBeLessThan(usual + 500);
  });
});

describe('a heat pump that answers in part', () => {
  it('loses only the blocks that fail, while that says nothing about their registers', async () => {
    scripted = await startScriptedServer(({ pdu }) => {
      const address = pdu.readUInt16BE(1);
      return address === 1008
        ? exceptionAnswer(3, 4)
        : readAnswer(
            3,
            Array.from({ length: pdu.readUInt16BE(3) }, () => 0),
          );
    });
    const heatpump = await add(scripted.port);
    expect(heatpump.status).toMatchObject({
      state: 'DEGRADED',
      consecutiveFailures: 0,
      lastError: { code: 'EXCEPTION', exceptionCode: 4, at: clock.now() },
    });
    const failed = heatpump.snapshot?.readings.filter(({ quality }) => quality === 'FAILED');
    expect(failed?.map(({ sensor }) => sensor.register.address)).toStrictEqual([1008, 1010, 1012, 1014]);
    expect(failed?.every(({ value, observedAt }) => value === null && observedAt === null)).toBe(true);
    expect(valueIn(heatpump.snapshot, 'temp_outside')).toBe(0);
  });

  it('is forgiven one silent block, but not two', async () => {
    let silent = [1008];
    scripted = await startScriptedServer(({ pdu }) =>
      silent.includes(pdu.readUInt16BE(1))
        ? 'SILENCE'
        : readAnswer(
            3,
            Array.from({ length: pdu.readUInt16BE(3) }, () => 0),
          ),
    );
    const { settings, status } = await add(scripted.port, { timeoutMs: 100 });
    expect(status.state).toBe('DEGRADED');
    silent = [1008, 1200];
    await attempt(INTERVAL_MS);
    expect(house.manager.status(settings.id)).toMatchObject({
      consecutiveFailures: 1,
      lastError: { code: 'NO_ANSWER' },
    });
    expect(house.manager.info(settings.id).snapshot?.revision).toBe(1);
  });

  it('is not read at all while it speaks another version of its interface', async () => {
    const model = { manufacturer: 'luxtronik', model: 'luxtronik_2_1' };
    const luxtronik = await startTestSimulator({ model: 'luxtronik/luxtronik_2_1' });
    luxtronik.device.force('firmware_minor', 88);
    const connection = { host: '127.0.0.1', port: luxtronik.port };
    const { settings } = await house.manager.add({ name: 'Old', ...model, connection });
    clock.advance(0);
    await expect.poll(() => house.manager.status(settings.id).state).toBe('OFFLINE');
    expect(house.manager.info(settings.id)).toMatchObject({
      identity: null,
      snapshot: null,
      status: { lastError: { code: 'PROTOCOL_ERROR', message: expect.stringMatching(/another version/) } },
    });
    await luxtronik.close();
  });

  it('is not read at all if it refuses everything', async () => {
    scripted = await startScriptedServer(() => exceptionAnswer(3, 4));
    const { status, snapshot } = await add(scripted.port);
    expect(status).toMatchObject({ state: 'OFFLINE', lastError: { code: 'EXCEPTION' } });
    expect(snapshot).toBeNull();
  });
});
