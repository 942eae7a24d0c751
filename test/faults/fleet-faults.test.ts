import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { buildHouse, type House } from '../support/house.ts';
import { FAULTS, type FaultCase, type Stage } from './cases.ts';
import { wordAt } from './encoding.ts';
import { type FaultServer, loopback, startFaultServer } from './fault-server.ts';
import { StallMeter } from './stall-meter.ts';
import { witnessDriver } from './witness-driver.ts';

const INTERVAL_MS = 400;
const TIMEOUT_MS = 400;
const NETWORK = 90;
/** What lasts as long as the faults, and as the look at how things are without them. */
const SPAN_MS = 4_800;

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

let house: House;
const servers: FaultServer[] = [];
const timers = new Set<NodeJS.Timeout>();
/** Which device is which heat pump. */
const devices = new Map<string, number>();
const wrong: string[] = [];

beforeEach(async () => {
  house = await buildHouse(systemClock, INTERVAL_MS, [witnessDriver]);
  house.bus.on('snapshot', judge);
});

afterEach(async () => {
  await house.close();
  for (const timer of timers) clearTimeout(timer);
  for (const server of servers.splice(0)) await server.close();
  devices.clear();
  wrong.splice(0);
});

/** Notes every value that is not what lies at its register. */
function judge({ heatpumpId, readings }: Snapshot): void {
  const device = devices.get(heatpumpId);
  if (device === undefined) throw new Error('a snapshot of nobody');
  for (const { sensor, value, quality } of readings) {
    const expected = wordAt({ device, unitId: 1, ...sensor.register });
    const isRight = quality === 'GOOD' || quality === 'STALE' ? value === expected : value === null;
    if (!isRight) wrong.push(`device ${device}, ${sensor.key}: ${quality} ${value}, not ${expected}`);
  }
}

/** A device and its heat pump, read for the first time. */
async function add(device: number): Promise<{ id: string; server: FaultServer }> {
  const server = await startFaultServer(loopback(NETWORK, device), device);
  servers.push(server);
  const connection = { host: server.host, port: server.port, unitId: 1, timeoutMs: TIMEOUT_MS };
  const { settings } = await house.manager.add({
    name: `Device ${device}`,
    manufacturer: 'idm',
    model: 'witness',
    connection,
  });
  devices.set(settings.id, device);
  expect((await house.manager.read(settings.id)).ok).toBe(true);
  return { id: settings.id, server };
}

function stageFor(server: FaultServer, seed: number): Stage {
  const later = (ms: number, act: () => void) => void timers.add(setTimeout(act, ms));
  // Connected by address, so that what becomes of its name does not matter.
  const names = { lookup: async () => [], otherAddress: server.host };
  return { server, timeoutMs: TIMEOUT_MS, random: seededRandom(seed), later, ...names };
}

async function heal(fault: FaultCase, stage: Stage): Promise<void> {
  stage.server.strike = null;
  stage.server.greet = null;
  await fault.end?.(stage);
}

/** Milliseconds between the snapshots of a heat pump while some time passes, without those that the machine stood still. */
async function gapsOf(id: string): Promise<number[]> {
  const stalls = new StallMeter();
  const times: number[] = [];
  const off = house.bus.on('snapshot', ({ heatpumpId }) => {
    if (heatpumpId === id) times.push(performance.now() - stalls.lostMs);
  });
  await wait(SPAN_MS);
  off();
  stalls.stop();
  return times.slice(1).map((time, index) => time - (times[index] ?? 0));
}

/** Nine of ten are shorter: one long gap may be the machine's own. */
const long = (gaps: readonly number[]) =>
  gaps.toSorted((a, b) => a - b)[Math.ceil(gaps.length * 0.9) - 1] ?? Number.NaN;
const isAllGood = (id: string) =>
  house.manager.info(id).snapshot?.readings.every(({ quality }) => quality === 'GOOD') ?? false;

describe('a house full of faults', () => {
  it('shows no wrong value, delays no healthy heat pump, and is well one poll after they end', async () => {
    const healthy = await add(1);
    const faulty = [];
    for (const [index, fault] of FAULTS.entries()) {
      const { id, server } = await add(index + 2);
      faulty.push({ id, fault, stage: stageFor(server, index) });
    }
    const usual = await gapsOf(healthy.id);
    for (const { fault, stage } of faulty) await fault.begin(stage);
    const beside = await gapsOf(healthy.id);
    for (const { fault, stage } of faulty) await heal(fault, stage);
    await house.manager.readAll();
    const outcomes = await house.manager.readAll();

    expect(wrong).toStrictEqual([]);
    expect(usual.length).toBeGreaterThan(8);
    expect(long(beside)).toBeLessThan(1.2 * long(usual));
    expect(outcomes.size).toBe(FAULTS.length + 1);
    const ill = faulty.filter(({ id }) => !outcomes.get(id)?.ok || !isAllGood(id)).map(({ fault }) => fault.name);
    expect(ill).toStrictEqual([]);
  }, 30_000);
});

describe('a device that begins to refuse in the middle of a poll', () => {
  it.each([1, 2, 4])('has all its registers when it is well again (exception %i)', async (code) => {
    const { id, server } = await add(1);
    const before = house.manager.info(id).sensors.length;
    for (let from = 0; from < 8; from++) {
      let asked = 0;
      server.strike = ({ asked: { functionCode }, socket, right }) => {
        const refusal = Buffer.from(right.subarray(0, 9));
        refusal.writeUInt16BE(3, 4);
        refusal.set([functionCode | 0x80, code], 7);
        socket.write(asked++ < from ? right : refusal);
      };
      await house.manager.read(id);
      server.strike = null;
      await house.manager.read(id);
      await house.manager.read(id);
      expect(isAllGood(id)).toBe(true);
      expect(house.manager.info(id).sensors, `refusing from request ${from}`).toHaveLength(before);
    }
    expect(wrong).toStrictEqual([]);
  });
});
