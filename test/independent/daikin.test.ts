import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import type { Reading } from '../../src/domain/snapshot.ts';
import { altherma } from '../../src/drivers/daikin/altherma.ts';
import { ReadingDecoder } from '../../src/heatpumps/reading-decoder.ts';
import { allowCidrs } from '../../src/modbus/address.ts';
import type { UnitLine } from '../../src/modbus/line.ts';
import { createLines } from '../../src/modbus/lines.ts';
import { planReads } from '../../src/modbus/read-plan.ts';
import { buildHouse, type House } from '../support/house.ts';
import { toolPath } from '../support/tools.ts';

const PROGRAM = fileURLToPath(new URL('daikin.py', import.meta.url));
const FACTS = fileURLToPath(new URL('../drivers/daikin/altherma.csv', import.meta.url));

/** What the program tells about a request. */
interface Told {
  readonly table?: string;
  readonly address: number;
  readonly count?: number;
  readonly defined?: boolean;
  readonly function?: number;
  readonly words?: readonly number[];
}

/** A running device. */
interface Device {
  readonly port: number;
  readonly expected: Readonly<Record<string, number | string | null>>;
  readonly told: Told[];
}

const open: { program?: ChildProcess; line?: UnitLine | undefined; house?: House | undefined } = {};
afterEach(async () => {
  open.line?.close();
  await open.house?.close();
  open.program?.kill();
  open.line = undefined;
  open.house = undefined;
});

async function startDevice(...tags: string[]): Promise<Device> {
  const program = spawn(toolPath('python'), [PROGRAM, FACTS, ...tags], { stdio: ['ignore', 'pipe', 'inherit'] });
  open.program = program;
  const told: Told[] = [];
  const lines = createInterface({ input: program.stdout });
  const first = await new Promise<string>((resolve) => lines.once('line', resolve));
  lines.on('line', (text) => told.push(JSON.parse(text) as Told));
  const start = JSON.parse(first) as Pick<Device, 'port' | 'expected'>;
  return { ...start, told };
}

/** Identifies the device and reads all of it once. */
async function readAll(variant: string, port: number): Promise<readonly Reading[]> {
  const lines = createLines(systemClock, allowCidrs(['127.0.0.0/8']));
  const line = lines.open({ ...altherma.lineRules, host: '127.0.0.1', port, unitId: 1, timeoutMs: 2_000 });
  open.line = line;
  const identity = await altherma.identify?.(line, { variant });
  if (!identity?.ok) throw new Error('not identified');
  const decoder = new ReadingDecoder();
  const readings: Reading[] = [];
  for (const block of planReads(altherma.sensors({ variant }, identity.value), altherma.readRules)) {
    const words = await line.read(block);
    if (!words.ok) throw new Error(`${block.table} ${block.address}: ${words.error.message}`);
    for (const sensor of block.items) {
      readings.push(decoder.decode(sensor, words.value, sensor.register.address - block.address, 0));
    }
  }
  return altherma.refine?.(readings) ?? readings;
}

describe('a Daikin Altherma that is not ours', () => {
  it.each([
    ['homehub', ['gateway:homehub'], 53, 12, 0],
    ['homehub-a2a', ['gateway:homehub-a2a'], 2, 1, 0],
    ['altherma4', ['model:altherma4', 'mmi:<4'], 119, 18, 2],
    ['altherma4', ['model:altherma4', 'mmi:>=4'], 117, 17, 2],
    ['dcom', ['gateway:dcom'], 32, 10, 0],
  ] as const)('is read as %s, %o', async (variant, tags, sensors, requests, probes) => {
    const { port, expected, told } = await startDevice(...tags);
    const readings = await readAll(variant, port);
    const found = Object.fromEntries(readings.map(({ sensor, text, value }) => [sensor.key, value ?? text]));
    expect(readings).toHaveLength(sensors);
    expect(Object.keys(found).sort()).toStrictEqual(Object.keys(expected).sort());
    for (const [key, value] of Object.entries(expected)) expect(found[key], key).toBe(value);
    expect(readings.filter(({ quality }) => quality === 'FAILED')).toStrictEqual([]);
    // The requests are worked out by hand in the test of the driver; one of the probes is refused.
    await expect.poll(() => told).toHaveLength(requests + probes);
    expect(told.filter(({ defined }) => !defined)).toHaveLength(probes / 2);
    expect(Math.max(...told.map(({ count }) => count ?? 0))).toBeLessThanOrEqual(30);
  });

  it('is written with functions 5 and 6, one word each', async () => {
    const { port, told } = await startDevice('model:altherma4', 'mmi:<4');
    const house = await buildHouse();
    open.house = house;
    await house.manager.add({
      ...{ name: 'Independent', manufacturer: 'daikin', model: 'altherma', config: { variant: 'altherma4' } },
      connection: { host: '127.0.0.1', port },
    });
    const write = (key: string, value: number | boolean | string) => house.manager.write({ key, value });
    await write('dhw_reheat_setpoint_a4', 48);
    await write('lwt_main_heating_offset', -3);
    await write('power_limit_general', 4.2);
    await write('smart_grid_mode', 'recommended_on');
    await write('coil_add_zone_on', true);
    await write('coil_dhw_on', false);
    await expect(write('model_restart_execute_a4', 1)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    await expect
      .poll(() => told.filter(({ words }) => words))
      .toStrictEqual([
        { function: 6, address: 9, words: [48] },
        { function: 6, address: 53, words: [0xfffd] },
        { function: 6, address: 57, words: [420] },
        { function: 6, address: 55, words: [2] },
        { function: 5, address: 2, words: [1] },
        { function: 5, address: 0, words: [0] },
      ]);
  });
});
