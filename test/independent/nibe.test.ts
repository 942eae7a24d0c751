import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { Write } from '../../src/domain/write.ts';
import { sSeries } from '../../src/drivers/nibe/s-series.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse, type House, nextEvent } from '../support/house.ts';
import { toolPath } from '../support/tools.ts';

const PROGRAM = fileURLToPath(new URL('nibe.py', import.meta.url));
const FACTS = fileURLToPath(new URL('../drivers/nibe/s-series.csv', import.meta.url));
/** When a written value is read back. */
const SETTLE_MS = 10_000;

/** What the program tells of a request, and of what one has written. */
interface Told {
  readonly function: number;
  readonly address: number;
  readonly count?: number;
  readonly withinSecond?: number;
  readonly defined?: boolean;
  readonly words?: readonly number[];
}

const clock = new FakeClock();
const told: Told[] = [];
let program: ChildProcess;
let house: House;
let expected: Record<string, number | null>;
let snapshot: Snapshot;
/** Writes that were asked for in the middle of the first poll, and what had been told when the last was acknowledged. */
let queued: readonly Write[];
let toldByThen: number;

beforeAll(async () => {
  program = spawn(toolPath('python'), [PROGRAM, FACTS], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!program.stdout) throw new Error('no output');
  const lines = createInterface({ input: program.stdout });
  const first = await new Promise<string>((resolve) => lines.once('line', resolve));
  lines.on('line', (line) => told.push(JSON.parse(line) as Told));
  const start = JSON.parse(first) as { port: number; expected: typeof expected };
  expected = start.expected;
  house = await buildHouse(clock, 3_600_000);
  // A poll takes longer than `nextEvent` waits: the unit bears only so many registers a second.
  const polled = new Promise<Snapshot>((resolve) => house.bus.on('snapshot', resolve));
  await house.manager.add({
    name: 'Independent',
    manufacturer: 'nibe',
    model: 's_series',
    connection: { host: '127.0.0.1', port: start.port },
    config: sSeries.exampleConfigs.largest,
  });
  clock.advance(0);
  await vi.waitUntil(() => told.length > 30, { timeout: 5_000 });
  queued = await Promise.all([
    write('degree_minutes', -60),
    write('room_unit_setpoint_1', 21.5),
    write('heating_offset_cs8', -3),
    write('hot_water_demand', 'smart_control'),
    write('external_sensor_bt1_value', -12.3),
    write('sg_ready_request', 'low_price'),
  ]);
  toldByThen = told.length;
  snapshot = await polled;
}, 30_000);

afterAll(async () => {
  program?.kill();
  await house?.close();
});

const write = (key: string, value: number | string) => house.manager.write({ key, value });
const reads = () => told.filter((request) => request.count !== undefined && request.function < 5);

describe('against an S-series that is not ours', () => {
  it('decodes every register of the largest unit', () => {
    const written = new Set(queued.map(({ key }) => key));
    const readings = Object.fromEntries(snapshot.readings.map(({ sensor, value }) => [sensor.key, value]));
    expect(Object.keys(readings).sort()).toStrictEqual(Object.keys(expected).sort());
    expect(Object.keys(readings)).toHaveLength(309);
    for (const [key, value] of Object.entries(expected).filter(([name]) => !written.has(name))) {
      if (value === null) expect(readings[key], key).toBeNull();
      else expect(readings[key], key).toBeCloseTo(value, 4);
    }
    expect(Object.values(expected).filter((value) => value !== null && value < 0).length).toBeGreaterThan(50);
    expect(snapshot.readings.filter(({ quality }) => quality === 'MISSING').length).toBeGreaterThan(25);
    expect(snapshot.readings.filter(({ quality }) => quality === 'FAILED')).toStrictEqual([]);
  });

  it('reads it all in the runs of the map, 20 registers at most', () => {
    // By hand, the runs of the facts: 50 of holding registers, 95 of input registers, of which 2283 to 2306 takes two requests.
    expect(reads().filter((request) => request.function === 3)).toHaveLength(50);
    expect(reads().filter((request) => request.function === 4)).toHaveLength(95 + 1);
    expect(reads().every(({ defined }) => defined)).toBe(true);
    expect(Math.max(...reads().map(({ count = 0 }) => count))).toBe(20);
  });

  it('never asks for more than 100 registers within a second, writes and all', () => {
    const withinSecond = told.flatMap((request) => request.withinSecond ?? []);
    expect(withinSecond).toHaveLength(50 + 96 + 6);
    expect(Math.max(...withinSecond)).toBeLessThanOrEqual(100);
    // It comes near, so the limit is what slows it down.
    expect(Math.max(...withinSecond)).toBeGreaterThan(90);
  });

  it('writes ahead of waiting reads, with function 16, 32-bit values high word first', () => {
    expect(queued.every(({ state }) => state === 'PENDING')).toBe(true);
    expect(toldByThen).toBeLessThan(told.length - 20);
    expect(told.filter(({ words }) => words)).toStrictEqual([
      { function: 16, address: 11, words: [0xffff, 0xfda8] },
      { function: 16, address: 2505, words: [0x0000, 0x00d7] },
      { function: 16, address: 881, words: [0xfffd] },
      { function: 16, address: 56, words: [4] },
      { function: 16, address: 5217, words: [0xff85] },
      { function: 16, address: 6008, words: [2] },
    ]);
  });

  it('confirms every one of them as it reads back', async () => {
    const settled = Promise.all(
      queued.map(({ id }) => nextEvent(house.bus, 'write', (event) => event.id === id && event.state !== 'PENDING')),
    );
    clock.advance(SETTLE_MS);
    const outcome = (await settled).map(({ key, state, confirmed }) => [key, state, confirmed]);
    expect(outcome).toStrictEqual([
      ['degree_minutes', 'CONFIRMED', -60],
      ['room_unit_setpoint_1', 'CONFIRMED', 21.5],
      ['heating_offset_cs8', 'CONFIRMED', -3],
      ['hot_water_demand', 'CONFIRMED', 4],
      ['external_sensor_bt1_value', 'CONFIRMED', -12.3],
      ['sg_ready_request', 'CONFIRMED', 2],
    ]);
  });
});
