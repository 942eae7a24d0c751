import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../src/domain/model.ts';
import { isReadable, type Sensor } from '../../src/domain/sensor.ts';
import { navigator20 } from '../../src/drivers/idm/navigator-2-0.ts';
import { luxtronik21 } from '../../src/drivers/luxtronik/luxtronik-2-1.ts';
import { planReads } from '../../src/modbus/read-plan.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse, type House, nextEvent } from '../support/house.ts';
import { type PartialUnit, startPartialUnit } from '../support/partial-unit.ts';
import { type Answer, exceptionAnswer, frameFor, type ReceivedRequest } from '../support/scripted-server.ts';

const WEEK_MS = 7 * 24 * 3_600_000;
const SMALL: ModelConfig = { circuits: ['A'], zones: [] };
const { largest: LARGE } = navigator20.exampleConfigs;
/** The same drivers, without the pauses that real devices want. */
const DRIVERS = [navigator20, luxtronik21].map((driver) => {
  return { ...driver, lineRules: { ...driver.lineRules, pauseMs: 0, maxWordsPerSecond: null } };
});

let clock: FakeClock;
let house: House;
let unit: PartialUnit;

beforeEach(async () => {
  clock = new FakeClock();
  house = await buildHouse(clock, 10_000, DRIVERS);
});

afterEach(async () => {
  await house.close();
  await unit.close();
});

/** Adds the unit as a Navigator 2.0, not read yet. A busy machine must not be taken for a silent unit. */
async function add(config: ModelConfig, more: object = {}, timeoutMs = 2_000): Promise<string> {
  const connection = { host: '127.0.0.1', port: unit.port, timeoutMs };
  const input = { name: 'Home', manufacturer: 'idm', model: 'navigator_2_0', connection, config, ...more };
  return (await house.manager.add(input)).settings.id;
}

/** Polls once; what the unit was asked for. */
async function poll(id: string): Promise<string[]> {
  const before = unit.requests.length;
  const outcome = house.manager.read(id);
  clock.advance(0);
  await outcome;
  return unit.requests.slice(before);
}

/** Lets time pass, with one poll in turn; meanwhile the readings may have become stale. */
async function pass(ms: number): Promise<void> {
  const polled = nextEvent(house.bus, 'snapshot', ({ readings }) => readings.some(({ quality }) => quality === 'GOOD'));
  clock.advance(ms);
  await polled;
  await new Promise(setImmediate);
}

const sensorsOf = (config: ModelConfig): Sensor[] => navigator20.sensors(config).filter(isReadable);
/** The requests of the best plan for a Navigator that lacks some sensors. */
const optimum = (config: ModelConfig, absent: readonly string[]) =>
  planReads(
    sensorsOf(config).filter(({ key }) => !absent.includes(key)),
    navigator20.readRules,
  ).length;

/** Some sensors by chance, never the probe. */
function someKeys(config: ModelConfig, count: number, seed: number): string[] {
  const random = seededRandom(seed);
  const left = sensorsOf(config).filter(({ key }) => key !== 'temp_outside');
  return Array.from({ length: count }, () => left.splice(Math.floor(random() * left.length), 1)[0]?.key ?? '');
}

const readKeys = (id: string) => house.manager.info(id).snapshot?.readings.map(({ sensor }) => sensor.key);
const offeredKeys = (id: string) => house.manager.info(id).sensors.map(({ key }) => key);
const known = async (id: string, port = unit.port, firmware = '', model = 'idm/navigator_2_0') => {
  const device = `${model} at 127.0.0.1:${port} unit 1`;
  return (await house.missingRegisters.list({ heatpumpId: id, device, firmware })).map(({ address }) => address);
};
const addressesOf = (keys: readonly string[]) =>
  sensorsOf(LARGE)
    .filter(({ key }) => keys.includes(key))
    .map(({ register }) => register.address);
const LEARNT = 'info registers that the heat pump does not have';
const BACK = 'info registers that the heat pump has again';

describe('a unit that lacks registers', () => {
  it.each([1, 2, 3])(
    'is learnt with at most twice the requests it takes, and read with no more than those (%i)',
    async (seed) => {
      const absent = someKeys(LARGE, 30, seed);
      unit = await startPartialUnit('idm/navigator_2_0', LARGE, absent);
      const id = await add(LARGE);
      const best = optimum(LARGE, absent);
      expect((await poll(id)).length).toBeLessThanOrEqual(2 * best);
      expect(await poll(id)).toHaveLength(best);
      expect((await known(id)).toSorted()).toStrictEqual(addressesOf(absent).toSorted());
    },
  );

  it('is online from the first poll on, and offers what it has', async () => {
    const absent = ['temp_water_heater_top', 'status_smart_grid', 'temp_flow_current_circuit_a'];
    unit = await startPartialUnit('idm/navigator_2_0', SMALL, absent);
    const id = await add(SMALL);
    const all = offeredKeys(id);
    expect(all).toEqual(expect.arrayContaining(absent));
    await poll(id);
    const has = (key: string) => !absent.includes(key);
    expect(house.manager.info(id).status).toMatchObject({ state: 'ONLINE', lastError: null });
    expect(house.manager.info(id).snapshot?.readings.filter(({ quality }) => quality === 'FAILED')).toStrictEqual([]);
    expect(offeredKeys(id)).toStrictEqual(all.filter(has));
    expect(readKeys(id)).toStrictEqual(
      sensorsOf(SMALL)
        .map(({ key }) => key)
        .filter(has),
    );
    await expect(house.manager.write({ heatpumpId: id, key: 'status_smart_grid', value: 1 })).rejects.toMatchObject({
      code: 'NOT_FOUND',
    });
    await poll(id);
    expect(house.log.lines).toStrictEqual([LEARNT, 'info heat pump connected']);
  });

  it('is learnt in several polls if much is missing, none of which asks for more than twice as much', async () => {
    const absent = someKeys(SMALL, 30, 4);
    unit = await startPartialUnit('idm/navigator_2_0', SMALL, absent);
    const id = await add(SMALL);
    const best = optimum(SMALL, absent);
    const polls: number[] = [];
    for (let i = 0; i < 5; i++) polls.push((await poll(id)).length);
    expect(Math.max(...polls)).toBeLessThanOrEqual(2 * best);
    expect(polls.at(-1)).toBe(best);
    expect(readKeys(id)).toHaveLength(sensorsOf(SMALL).length - 30);
  });

  it('is remembered through a restart', async () => {
    const absent = someKeys(SMALL, 5, 5);
    unit = await startPartialUnit('idm/navigator_2_0', SMALL, absent);
    const id = await add(SMALL);
    await poll(id);
    await house.manager.stop();
    await house.manager.initialize();
    expect(await poll(id)).toHaveLength(optimum(SMALL, absent));
    expect(house.log.lines.filter((line) => line === LEARNT)).toHaveLength(1);
  });

  it('keeps what is known when its config changes, and is another unit at another place', async () => {
    const absent = someKeys(SMALL, 5, 6);
    unit = await startPartialUnit('idm/navigator_2_0', LARGE, absent);
    const id = await add(SMALL);
    await poll(id);
    const config = { circuits: ['A', 'B'], zones: [] };
    await house.manager.update({ id, config });
    expect(await poll(id)).toHaveLength(optimum(config, absent));

    const first = unit;
    unit = await startPartialUnit('idm/navigator_2_0', LARGE, ['humidity']);
    await house.manager.update({ id, connection: { port: unit.port } });
    await poll(id);
    expect(await known(id)).toStrictEqual(addressesOf(['humidity']));
    expect(await known(id, first.port)).toStrictEqual([]);
    expect(await poll(id)).toHaveLength(optimum(config, ['humidity']));
    await first.close();
  });
});

describe('a missing register', () => {
  it('is asked for again after a week, without another word while it stays missing', async () => {
    unit = await startPartialUnit('idm/navigator_2_0', SMALL, ['humidity']);
    const id = await add(SMALL);
    const best = optimum(SMALL, ['humidity']);
    await poll(id);
    await pass(WEEK_MS - 60_000);
    expect(await poll(id)).toHaveLength(best);
    await pass(60_000);
    expect((await poll(id)).length).toBeGreaterThan(best);
    expect(readKeys(id)).not.toContain('humidity');
    expect(await poll(id)).toHaveLength(best);
    expect(house.log.lines.filter((line) => line.startsWith('info registers'))).toStrictEqual([LEARNT]);
    unit.lack([]);
    await pass(WEEK_MS);
    await poll(id);
    expect(readKeys(id)).toContain('humidity');
    expect(await known(id)).toStrictEqual([]);
    expect(await poll(id)).toHaveLength(optimum(SMALL, []));
    expect(house.log.lines.filter((line) => line.startsWith('info registers'))).toStrictEqual([LEARNT, BACK]);
  });

  it('is learnt anew with another firmware, which is asked for first', async () => {
    const config = { functions: 'auto' };
    unit = await startPartialUnit('luxtronik/luxtronik_2_1', config, ['flow_temp']);
    const id = await add(config, { manufacturer: 'luxtronik', model: 'luxtronik_2_1' });
    expect(house.manager.info(id).identity).toBeNull();
    const [first] = await poll(id);
    expect(first).toBe('INPUT 10400+3');
    expect(house.manager.info(id).identity?.firmware).toBe('3.92.1');
    const model = 'luxtronik/luxtronik_2_1';
    expect(await known(id, unit.port, '3.92.1', model)).toHaveLength(1);

    unit.force('firmware_patch', 3);
    unit.lack([]);
    await poll(id);
    expect(readKeys(id)).not.toContain('flow_temp');
    unit.trouble = () => 'CLOSE';
    await poll(id);
    unit.trouble = () => null;
    await poll(id);
    expect(house.manager.info(id).identity?.firmware).toBe('3.92.3');
    expect(readKeys(id)).toContain('flow_temp');
  });
});

describe('what proves nothing', () => {
  it('is a drop, a silence or a reset, however many there are while it learns', async () => {
    const absent = someKeys(SMALL, 5, 7);
    const holes = addressesOf(absent);
    unit = await startPartialUnit('idm/navigator_2_0', SMALL, absent);
    const random = seededRandom(8);
    let resets = 0;
    let learnt = 0;
    unit.trouble = (request, usual) => {
      return random() < 0.03 ? (TROUBLES[resets++ % TROUBLES.length]?.(request, usual) ?? null) : null;
    };
    while (resets < 200) {
      const id = await add(SMALL, {}, 100);
      for (let i = 0; i < 3; i++) await poll(id);
      const found = await known(id);
      learnt += found.length;
      expect(found.filter((address) => !holes.includes(address))).toStrictEqual([]);
      await house.manager.remove(id);
    }
    expect(learnt).toBeGreaterThan(100);
  }, 60_000);

  it('is any exception but the one for a missing register', async () => {
    unit = await startPartialUnit('idm/navigator_2_0', SMALL);
    unit.trouble = ({ pdu }) => (pdu.readUInt16BE(1) >= 1_100 ? exceptionAnswer(3, 6) : null);
    const id = await add(SMALL);
    await poll(id);
    expect(await known(id)).toStrictEqual([]);
    unit.trouble = () => null;
    await poll(id);
    expect(readKeys(id)).toHaveLength(sensorsOf(SMALL).length);
  });

  it('is a refusal by a unit whose probe is not well', async () => {
    unit = await startPartialUnit('idm/navigator_2_0', SMALL);
    unit.force('temp_outside', 99);
    unit.trouble = ({ pdu }) => (pdu.readUInt16BE(1) >= 1_100 ? exceptionAnswer(3, 2) : null);
    const id = await add(SMALL);
    await poll(id);
    expect(await known(id)).toStrictEqual([]);
    expect(house.manager.info(id).status.state).toBe('DEGRADED');
    unit.force('temp_outside', 5);
    unit.trouble = () => null;
    await poll(id);
    expect(house.manager.info(id).status.state).toBe('ONLINE');
  });

  it('is a refusal by a unit that has only just come back', async () => {
    unit = await startPartialUnit('idm/navigator_2_0', SMALL);
    const id = await add(SMALL);
    await poll(id);
    unit.trouble = () => 'CLOSE';
    await poll(id);
    unit.trouble = ({ pdu }) => (pdu.readUInt16BE(1) >= 1_100 ? exceptionAnswer(3, 2) : null);
    await poll(id);
    expect(await known(id)).toStrictEqual([]);
    unit.trouble = () => null;
    await poll(id);
    expect(house.manager.info(id).snapshot?.readings.every(({ quality }) => quality !== 'FAILED')).toBe(true);
  });
});

/** Ways to lose an answer: a closed connection, silence, half an answer and a reset. */
const TROUBLES: readonly ((request: ReceivedRequest, usual: Answer) => Answer)[] = [
  () => 'CLOSE',
  () => 'SILENCE',
  (request, usual) => {
    const frame = typeof usual === 'object' && 'pdu' in usual ? frameFor(request, usual.pdu) : Buffer.alloc(0);
    request.socket.write(frame.subarray(0, 8), () => request.socket.resetAndDestroy());
    return 'SILENCE';
  },
];
