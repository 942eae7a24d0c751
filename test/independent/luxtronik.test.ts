import { type ChildProcess, spawn } from 'node:child_process';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { buildHouse, type House, nextEvent } from '../support/house.ts';
import { toolPath } from '../support/tools.ts';

const PROGRAM = fileURLToPath(new URL('luxtronik.py', import.meta.url));
const FACTS = fileURLToPath(new URL('../drivers/luxtronik/luxtronik-2-1.csv', import.meta.url));

/** What the program tells about a request. */
interface Told {
  readonly function: number;
  readonly address: number;
  readonly count?: number;
  readonly defined?: boolean;
  readonly pauseMs?: number;
  readonly written?: readonly number[];
}

/** A unit that is not ours, and what the server makes of it. */
interface Unit {
  readonly program: ChildProcess;
  readonly house: House;
  readonly expected: Readonly<Record<string, number | null>>;
  readonly told: Told[];
  readonly snapshot: Snapshot;
}

async function startUnit(firmware: string, functions: readonly string[]): Promise<Unit> {
  const args = [PROGRAM, FACTS, firmware, functions.join(',')];
  const program = spawn(toolPath('python'), args, { stdio: ['ignore', 'pipe', 'inherit'] });
  if (!program.stdout) throw new Error('no output');
  const lines = createInterface({ input: program.stdout });
  const first = await new Promise<string>((resolve) => lines.once('line', resolve));
  const told: Told[] = [];
  lines.on('line', (line) => told.push(JSON.parse(line) as Told));
  const { port, expected } = JSON.parse(first) as { port: number; expected: Unit['expected'] };
  const house = await buildHouse();
  // A poll takes longer than `nextEvent` waits: the device wants a pause between two requests.
  const polled = new Promise<Snapshot>((resolve) => house.bus.on('snapshot', resolve));
  const connection = { host: '127.0.0.1', port };
  // Once a minute, so that what is counted is one poll.
  const settings = { manufacturer: 'luxtronik', model: 'luxtronik_2_1', connection, pollIntervalMs: 60_000 };
  await house.manager.add({ name: 'Independent', ...settings, config: {} });
  return { program, house, expected, told, snapshot: await polled };
}

const read = ({ told }: Unit) => told.filter(({ count }) => count !== undefined);

/** Every point but those of `absent` equipment must be there, and be what it is expected to be. */
function expectAllRight({ snapshot, expected: all }: Unit, count: number, absent: RegExp): void {
  const expected = Object.fromEntries(Object.entries(all).filter(([key]) => !absent.test(key)));
  const readings = Object.fromEntries(snapshot.readings.map(({ sensor, value }) => [sensor.key, value]));
  expect(Object.keys(readings).sort()).toStrictEqual(Object.keys(expected).sort());
  expect(Object.keys(readings)).toHaveLength(count);
  for (const [key, value] of Object.entries(expected)) {
    if (value === null) expect(readings[key], key).toBeNull();
    else expect(readings[key], key).toBeCloseTo(value, 4);
  }
  const missing = snapshot.readings.filter(({ quality }) => quality === 'MISSING');
  expect(missing).toHaveLength(Object.values(expected).filter((value) => value === null).length);
  expect(snapshot.readings.filter(({ quality }) => quality === 'FAILED')).toStrictEqual([]);
}

const units: Unit[] = [];
let full: Unit;
let old: Unit;

beforeAll(async () => {
  const everyEquipment = ['heating', 'solar', 'room_control_unit', 'mc1_heating', 'mc2_cooling', 'mc3_heating'];
  [full, old] = await Promise.all([
    startUnit('3.92.1', everyEquipment),
    startUnit('3.90.3', ['hot_water', 'mc1_heating']),
  ]);
  units.push(full, old);
});

afterAll(async () => {
  for (const { program, house } of units) {
    program.kill();
    await house.close();
  }
});

describe('against a Luxtronik 2.1 that is not ours', () => {
  it('decodes every point of the interface', () => {
    expectAllRight(full, 119 + 12, /^$/);
    expect(Object.values(full.expected).filter((value) => value !== null && value < 0).length).toBeGreaterThan(10);
  });

  it('asks what it is, then reads it all in the runs of the map, 20 words at most', () => {
    // 3 + 12 words to know the unit; then one set of flags and the 19 and 13 runs worked out by hand in the test of the driver.
    const reads = read(full);
    expect(reads.slice(0, 2)).toMatchObject([
      { function: 4, address: 10400, count: 3 },
      { function: 2, address: 10000, count: 12 },
    ]);
    expect(reads).toHaveLength(2 + 1 + 19 + 13);
    expect(reads.every(({ defined }) => defined)).toBe(true);
    expect(Math.max(...reads.map(({ count = 0 }) => count))).toBe(20);
    expect(new Set(reads.map((told) => told.function))).toStrictEqual(new Set([2, 3, 4]));
  });

  it('leaves it its pause between two requests', () => {
    const pauses = read(full).map(({ pauseMs = 0 }) => pauseMs);
    expect(Math.min(...pauses.slice(1))).toBeGreaterThanOrEqual(195);
  });

  it('reads of an older firmware what that has, and takes no zero of an inactive function for a value', () => {
    // 78 points but for that of the room unit and ten each of mixing circuits 2 and 3, which it does not report.
    expectAllRight(old, 78 - 1 - 20 + 12, /^(room_temp|mc[23]_.*)$/);
    expect(old.expected).toMatchObject({ pool_status: null, mc1_cool_setpoint: null });
    expect(read(old).every(({ defined }) => defined)).toBe(true);
  });

  it('writes mode and value together where they adjoin, else the mode first', async () => {
    const { manager, bus } = full.house;
    const before = full.told.length;
    const settled = nextEvent(bus, 'write', ({ key, state }) => key === 'heating_setpoint' && state !== 'PENDING');
    await manager.write({ key: 'heating_setpoint', value: 32.5 });
    expect(await settled).toMatchObject({ state: 'CONFIRMED', confirmed: 32.5 });
    await manager.write({ key: 'heating_offset', value: -2 });
    await manager.write({ key: 'mc1_heat_level', value: 'lowered' });
    await manager.write({ key: 'mc3_cool_setpoint', value: 18.3 });
    await manager.write({ key: 'heating_overall_offset', value: 1 });
    await manager.write({ key: 'pc_limit', value: 4.2 });
    await manager.write({ key: 'extra_hot_water_request', value: 'on' });
    await expect
      .poll(() => full.told.slice(before).filter(({ written }) => written))
      .toStrictEqual([
        { function: 16, address: 10000, written: [1, 325] },
        { function: 16, address: 10000, written: [2] },
        { function: 16, address: 10002, written: [0xffec] },
        { function: 16, address: 10010, written: [3] },
        { function: 16, address: 10013, written: [3] },
        { function: 16, address: 10035, written: [1, 183] },
        { function: 16, address: 10065, written: [2, 10] },
        { function: 16, address: 10041, written: [42] },
        { function: 16, address: 10071, written: [1] },
      ]);
  });
});
