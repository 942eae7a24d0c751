import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { buildHouse, type House, nextEvent } from '../support/house.ts';
import { toolPath } from '../support/tools.ts';

const PROGRAM = fileURLToPath(new URL('pump.py', import.meta.url));
const FACTS = fileURLToPath(new URL('../drivers/idm/navigator-2-0.csv', import.meta.url));

/** What the program tells about a request. */
interface Told {
  readonly read?: readonly [address: number, count: number];
  readonly defined?: boolean;
  readonly function?: number;
  readonly address?: number;
  readonly words?: readonly number[];
}

let program: ChildProcess;
let house: House;
let expected: Record<string, number | null>;
let snapshot: Snapshot;
const told: Told[] = [];

beforeAll(async () => {
  program = spawn(toolPath('python'), [PROGRAM, FACTS], { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!program.stdout) throw new Error('no output');
  const lines = createInterface({ input: program.stdout });
  const first = await new Promise<string>((resolve) => lines.once('line', resolve));
  lines.on('line', (line) => told.push(JSON.parse(line) as Told));
  const start = JSON.parse(first) as { port: number; expected: typeof expected };
  expected = start.expected;
  house = await buildHouse();
  const polled = nextEvent(house.bus, 'snapshot');
  await house.manager.add({
    name: 'Independent',
    manufacturer: 'idm',
    model: 'navigator_2_0',
    connection: { host: '127.0.0.1', port: start.port },
    config: { circuits: ['A', 'B', 'C', 'D', 'E', 'F', 'G'], zones: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] },
  });
  snapshot = await polled;
});

afterAll(async () => {
  program?.kill();
  await house?.close();
});

describe('against a Modbus server that is not ours', () => {
  it('decodes every register of the map', () => {
    const readings = Object.fromEntries(snapshot.readings.map(({ sensor, value }) => [sensor.key, value]));
    expect(Object.keys(readings).sort()).toStrictEqual(Object.keys(expected).sort());
    expect(Object.keys(readings)).toHaveLength(662);
    for (const [key, value] of Object.entries(expected)) {
      if (value === null) expect(readings[key], key).toBeNull();
      else expect(readings[key], key).toBeCloseTo(value, 4);
    }
  });

  it('tells "not available" from a value that could not be read', () => {
    const missing = snapshot.readings.filter(({ quality }) => quality === 'MISSING');
    expect(missing).toHaveLength(Object.values(expected).filter((value) => value === null).length);
    expect(missing.length).toBeGreaterThan(80);
    expect(snapshot.readings.filter(({ quality }) => quality === 'FAILED')).toStrictEqual([]);
  });

  it('reads it all with the optimal number of requests, none of them touching an undefined address', () => {
    const reads = told.filter(({ read }) => read);
    // 131 worked out by hand in the test of the driver.
    expect(reads).toHaveLength(131);
    expect(reads.every(({ defined }) => defined)).toBe(true);
  });

  it('writes with function 16, in the right words', async () => {
    const before = told.length;
    await house.manager.write({ key: 'temp_room_target_heating_normal_circuit_g', value: 21.3 });
    await house.manager.write({ key: 'temp_water_target', value: 47 });
    await house.manager.write({ key: 'temp_second_source_bivalence_1', value: -9 });
    await expect
      .poll(() => told.slice(before).filter(({ words }) => words))
      .toStrictEqual([
        { function: 16, address: 1413, words: [0x6666, 0x41aa] },
        { function: 16, address: 1032, words: [47] },
        { function: 16, address: 1120, words: [0xfff7] },
      ]);
  });
});
