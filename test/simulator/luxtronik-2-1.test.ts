import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import type { RegisterTable } from '../../src/domain/register.ts';
import { luxtronik21 } from '../../src/drivers/luxtronik/luxtronik-2-1.ts';
import { allowCidrs } from '../../src/modbus/address.ts';
import type { UnitLine } from '../../src/modbus/line.ts';
import { createLines } from '../../src/modbus/lines.ts';
import { planReads } from '../../src/modbus/read-plan.ts';
import type { Simulator, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startTestSimulator } from '../support/simulator.ts';

const MINUTE_MS = 60_000;
const HEATING_SETPOINT = 10001;

let simulator: Simulator;
let line: UnitLine;
let clock: FakeClock;

afterEach(async () => {
  line.close();
  await simulator.close();
});

/** A simulated unit at a clock that stands still, and a line to it that need not pause. */
async function start(overrides: Partial<SimulatorOptions> = {}): Promise<void> {
  clock = new FakeClock();
  simulator = await startTestSimulator({ model: 'luxtronik/luxtronik_2_1', clock, ...overrides });
  line = createLines(systemClock, allowCidrs(['127.0.0.0/8'])).open({
    ...luxtronik21.lineRules,
    ...{ host: '127.0.0.1', port: simulator.port, unitId: 1, timeoutMs: 1_000, pauseMs: 0 },
  });
}

/** The words, or the exception. */
async function read(table: RegisterTable, address: number, count = 1): Promise<readonly number[] | string> {
  const result = await line.read({ table, address, count });
  return result.ok ? result.value : `exception ${result.error.exceptionCode}`;
}

async function write(address: number, ...words: number[]): Promise<string> {
  const result = await line.write({ table: 'HOLDING', address, words });
  return result.ok ? 'acknowledged' : `exception ${result.error.exceptionCode}`;
}

/** The words of consecutive inputs that are there. */
async function inputs(address: number, count: number): Promise<readonly number[]> {
  const words = await read('INPUT', address, count);
  if (typeof words === 'string') throw new Error(`${address}: ${words}`);
  return words;
}

/** Lets time pass; what was written takes effect at the first request after it. */
async function later(ms: number): Promise<void> {
  clock.advance(ms);
  await read('INPUT', 10400);
}

/** One poll of everything, as the server makes it. */
async function poll(): Promise<void> {
  for (const block of planReads(luxtronik21.sensors({ functions: 'auto' }), luxtronik21.readRules)) {
    expect(await read(block.table, block.address, block.count)).toHaveLength(block.count);
  }
}

describe('a simulated Luxtronik 2.1', () => {
  it('has three spaces of addresses, and refuses a read that touches one without a point', async () => {
    await start();
    expect(await read('INPUT', 10400, 3)).toStrictEqual([3, 92, 1]);
    // Heating, hot water, room unit and mixing circuit 1 heating.
    expect(await read('DISCRETE', 10000, 12)).toStrictEqual([1, 1, 0, 0, 0, 1, 1, 0, 0, 0, 0, 0]);
    expect(await read('HOLDING', 10000, 4)).toStrictEqual([0, 350, 0, 0]);
    expect(await read('HOLDING', 10005, 4)).toStrictEqual([0, 400, 0, 0]);
    expect(await read('HOLDING', 10040, 2)).toStrictEqual([0, 300]);
    for (const [table, address, count] of [
      ['INPUT', 10000, 2],
      ['INPUT', 10001, 1],
      ['INPUT', 10404, 12],
      ['HOLDING', 10000, 5],
      ['HOLDING', 10400, 1],
      ['DISCRETE', 10012, 1],
    ] as const) {
      expect(await read(table, address, count), `${table} ${address}`).toBe('exception 2');
    }
    expect(await read('COIL', 10000)).toBe('exception 1');
  });

  it('has every point of its firmware, and says of those that are not active that they are not available', async () => {
    await start({ config: { functions: ['heating', 'hot_water', 'mc2_cooling'] } });
    await poll();
    // Cooling and pool; mixing circuits 1 and 2; thermal energy for pool, 32 bits.
    expect(await read('INPUT', 10006, 2)).toStrictEqual([0x7fff, 0x7fff]);
    expect(await read('INPUT', 10140, 2)).toStrictEqual([0x7fff, 0x7fff]);
    expect(await read('INPUT', 10328, 2)).toStrictEqual([0x7fff, 0xffff]);
    expect(await read('HOLDING', 10020, 4)).toStrictEqual([0x7fff, 0x7fff, 0x7fff, 0x7fff]);
    expect(await read('HOLDING', 10025, 3)).toStrictEqual([0, 200, 0]);
    expect(await read('INPUT', 10152, 2)).toStrictEqual([0x7fff, 0x7fff]);
    const [flow] = await inputs(10150, 1);
    expect(flow).toBeGreaterThan(150);
    expect(flow).toBeLessThan(600);
  });

  it('has only the points of an older firmware', async () => {
    await start({ identity: { firmware: '3.90.3', features: [], isExpectedVersion: true } });
    simulator.device.force('firmware_minor', 90);
    simulator.device.force('firmware_patch', 3);
    expect(await read('INPUT', 10400, 3)).toStrictEqual([3, 90, 3]);
    expect(await read('INPUT', 10100, 9)).toHaveLength(9);
    expect(await read('INPUT', 10100, 10)).toBe('exception 2');
    expect(await read('HOLDING', 10003)).toBe('exception 2');
    expect(await read('HOLDING', 10052, 2)).toHaveLength(2);
    expect(await write(10050, 1)).toBe('exception 2');
  });

  it('takes over what comes before an address without a point, then refuses', async () => {
    await start();
    expect(await write(10002, 0xfff6, 2, 1, 1)).toBe('exception 2');
    expect(await read('HOLDING', 10002, 2)).toStrictEqual([0xfff6, 2]);
    expect(await read('HOLDING', 10005)).toStrictEqual([0]);
  });

  it('moves setpoints into its own limits', async () => {
    await start();
    // Highest and lowest return, lowest and highest hot water.
    expect(await inputs(10103, 2)).toStrictEqual([500, 150]);
    expect(await inputs(10122, 2)).toStrictEqual([300, 600]);
    await write(10000, 1, 750);
    expect(await read('HOLDING', 10000, 2)).toStrictEqual([1, 500]);
    await write(10005, 1, 700);
    expect(await read('HOLDING', 10005, 2)).toStrictEqual([1, 600]);
  });

  it('shows a written value after its delay', async () => {
    await start({ effectDelayMs: 1_000 });
    await write(10041, 42);
    clock.advance(999);
    expect(await read('HOLDING', 10041)).toStrictEqual([300]);
    clock.advance(1);
    expect(await read('HOLDING', 10041)).toStrictEqual([42]);
  });
});

describe('what is written to a simulated Luxtronik 2.1', () => {
  it('is held while it is polled, and forgotten ten minutes after the last request', async () => {
    await start();
    await write(10000, 1, 325);
    await write(10050, 1);
    for (let polls = 0; polls < 8; polls++) {
      clock.advance(9 * MINUTE_MS);
      await poll();
      expect(await read('HOLDING', 10000, 2)).toStrictEqual([1, 325]);
    }
    clock.advance(10 * MINUTE_MS - 1);
    expect(await read('HOLDING', HEATING_SETPOINT)).toStrictEqual([325]);
    clock.advance(10 * MINUTE_MS);
    expect(await read('HOLDING', 10000, 4)).toStrictEqual([0, 350, 0, 0]);
    expect(await read('HOLDING', 10050)).toStrictEqual([0]);
  });

  it('acts only while its mode is selected', async () => {
    await start();
    const target = async () => (await inputs(10101, 1))[0] ?? Number.NaN;
    await later(MINUTE_MS);
    const own = await target();
    await write(HEATING_SETPOINT, 450);
    await later(MINUTE_MS);
    expect(Math.abs((await target()) - own)).toBeLessThan(3);
    await write(10000, 1);
    await later(MINUTE_MS);
    expect(await target()).toBe(450);
    // An offset of -2.0 K, then level 1, which is 3 K here.
    await write(10000, 2, 450, 0xffec);
    await later(MINUTE_MS);
    expect(Math.abs((await target()) - (own - 20))).toBeLessThan(3);
    await write(10000, 3, 450, 0, 1);
    await later(MINUTE_MS);
    expect(Math.abs((await target()) - (own + 30))).toBeLessThan(3);
    // All circuits together go first.
    await write(10065, 2, 50);
    await later(MINUTE_MS);
    expect(Math.abs((await target()) - (own + 50))).toBeLessThan(3);
    await write(10065, 0);
    await write(10000, 0);
    await later(MINUTE_MS);
    expect(Math.abs((await target()) - own)).toBeLessThan(3);
  });

  it('locks, or dims by a hard limit, and lets go again', async () => {
    await start();
    const hold = async (minutes: number) => {
      for (let minute = 0; minute < minutes; minute += 5) await later(5 * MINUTE_MS);
    };
    const power = async () => (await inputs(10301, 1))[0] ?? Number.NaN;
    const hasRun = async () => {
      const powers: number[] = [];
      for (let round = 0; round < 48; round++) {
        await hold(5);
        powers.push(await power());
      }
      return Math.max(...powers) > 5;
    };
    expect(await hasRun()).toBe(true);
    await write(10050, 1, 1);
    await hold(30);
    expect(await hasRun()).toBe(false);
    await write(10050, 0, 0);
    expect(await hasRun()).toBe(true);
    await write(10040, 2, 5);
    await hold(30);
    expect(await hasRun()).toBe(false);
    await write(10040, 1, 5);
    expect(await hasRun()).toBe(true);
  });

  it('runs the circulation pump', async () => {
    await start();
    expect(await read('INPUT', 10356)).toStrictEqual([0]);
    await write(10070, 1);
    await later(1_000);
    expect(await read('INPUT', 10356)).toStrictEqual([1]);
  });

  it('is one charge of extra hot water, which takes itself back', async () => {
    await start();
    await write(10071, 1);
    await later(MINUTE_MS);
    expect(await read('HOLDING', 10071)).toStrictEqual([1]);
    expect(await read('INPUT', 10121)).toStrictEqual([600]);
    for (let minute = 0; minute < 360; minute += 5) await later(5 * MINUTE_MS);
    expect(await read('HOLDING', 10071)).toStrictEqual([0]);
    expect(await read('INPUT', 10121)).toStrictEqual([480]);
  });
});

describe('the values of a simulated Luxtronik 2.1', () => {
  it('move, and fit together', async () => {
    await start();
    const seen: (readonly number[])[] = [];
    for (let hour = 0; hour < 24; hour++) {
      await later(60 * MINUTE_MS);
      seen.push([...(await inputs(10002, 1)), ...(await inputs(10105, 1)), ...(await inputs(10108, 1))]);
    }
    expect(new Set(seen.map(([, flow]) => flow)).size).toBeGreaterThan(12);
    expect(new Set(seen.map(([, , outdoor]) => outdoor)).size).toBeGreaterThan(12);
    for (const [state] of seen) expect([0, 1, 4, 5]).toContain(state);
    // Electrical: total, heating, hot water; the total is the sum, to its last digit.
    const words = await inputs(10310, 6);
    const [total = 0, heating = 0, hotWater = 0] = [0, 2, 4].map(
      (at) => (words[at] ?? 0) * 65_536 + (words[at + 1] ?? 0),
    );
    expect(heating).toBeGreaterThan(10_000);
    expect(Math.abs(total - heating - hotWater)).toBeLessThanOrEqual(1);
  });
});
