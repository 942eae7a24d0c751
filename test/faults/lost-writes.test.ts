import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import type { WriteState } from '../../src/domain/write.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { buildHouse, type House } from '../support/house.ts';
import { wordAt } from './encoding.ts';
import { type FaultServer, frameOf, type Hit, loopback, type Strike, startFaultServer } from './fault-server.ts';
import { witnessDriver } from './witness-driver.ts';

const INTERVAL_MS = 500;
const TIMEOUT_MS = 300;
const NETWORK = 95;
const SEEDS = 20;
const KEY = 'holding_200';
const PLACE = { unitId: 1, table: 'HOLDING', address: 200 } as const;

const isTaken = (seed: number) => seed % 2 === 0;

let house: House;
/** What was last told of the write to each heat pump. */
const told = new Map<string, WriteState>();
const servers: FaultServer[] = [];
const timers = new Set<NodeJS.Timeout>();
const later = (ms: number, act: () => void) => void timers.add(setTimeout(act, ms));

beforeEach(async () => {
  house = await buildHouse(systemClock, INTERVAL_MS, [witnessDriver]);
  house.bus.on('write', ({ heatpumpId, state }) => void told.set(heatpumpId, state));
});

afterEach(async () => {
  await house.close();
  for (const timer of timers) clearTimeout(timer);
  for (const server of servers.splice(0)) await server.close();
  told.clear();
});

const exception = (code: number) => (): Strike => answering(Buffer.from([0x90, code]));
const answering =
  (pdu: Buffer): Strike =>
  ({ asked, socket }) =>
    void socket.write(frameOf(asked, pdu));

/** The ways in which the answer to a write is lost; `random` decides on the details. */
const LOSSES: readonly (readonly [name: string, state: WriteState, lose: (random: () => number) => Strike])[] = [
  ['silence', 'UNKNOWN', () => () => {}],
  [
    'a reply after the timeout',
    'UNKNOWN',
    (random) =>
      ({ socket, right }) =>
        later(TIMEOUT_MS * (1.1 + random()), () => socket.write(right)),
  ],
  ['RST', 'UNKNOWN', (random) => breakingOff(random, ({ socket }) => socket.resetAndDestroy())],
  ['FIN', 'UNKNOWN', (random) => breakingOff(random, ({ socket }) => socket.end())],
  [
    'an acknowledgement of another write',
    'UNKNOWN',
    () =>
      ({ socket, foreign }) =>
        void socket.write(foreign),
  ],
  ['garbage', 'UNKNOWN', (random) => answering(Buffer.from([Math.floor(random() * 16), 1, 2, 3]))],
  ['exception 4', 'UNKNOWN', exception(4)],
  ['exception 5', 'UNKNOWN', exception(5)],
  ['exception 11', 'UNKNOWN', exception(11)],
  ['exception 1', 'REJECTED', exception(1)],
  ['exception 2', 'REJECTED', exception(2)],
  ['exception 6', 'REJECTED', exception(6)],
  ['exception 10', 'REJECTED', exception(10)],
];

/** Sends the beginning of the acknowledgement, and then ends the connection. */
function breakingOff(random: () => number, end: (hit: Hit) => void): Strike {
  const share = random();
  return (hit) => {
    hit.socket.write(hit.right.subarray(0, Math.floor(share * hit.right.length)));
    later(random() * 5, () => end(hit));
  };
}

/** A heat pump that loses the answer to a write. Every second one has taken it over all the same. */
async function loseWrite(lose: (random: () => number) => Strike, seed: number) {
  const server = await startFaultServer(loopback(NETWORK, seed), seed);
  servers.push(server);
  const connection = { host: server.host, port: server.port, unitId: 1, timeoutMs: TIMEOUT_MS };
  const input = { name: `Device ${seed}`, manufacturer: 'idm', model: 'witness', connection };
  const { settings } = await house.manager.add(input);
  await expect.poll(() => house.manager.status(settings.id).state, { timeout: 5_000 }).toBe('ONLINE');
  const strike = lose(seededRandom(seed));
  server.takesWrites = isTaken(seed);
  server.strike = (hit) => (hit.asked.functionCode === 16 ? strike(hit) : void hit.socket.write(hit.right));
  const present = wordAt({ device: seed, ...PLACE });
  const write = await house.manager.write({ heatpumpId: settings.id, key: KEY, value: present ^ 1 });
  return { state: write.state, id: settings.id, server };
}

it.each(LOSSES)(
  'a write whose answer is lost to %s is %s, sent once, and decided by the next read',
  async (_, state, lose) => {
    const seeds = Array.from({ length: SEEDS }, (_, index) => index + 1);
    const lost = await Promise.all(seeds.map((seed) => loseWrite(lose, seed)));
    expect(lost.map((write) => write.state)).toStrictEqual(seeds.map(() => state));
    const polled = await Promise.all(lost.flatMap(({ id }) => [house.manager.read(id), house.manager.read(id)]));
    expect(polled).toHaveLength(2 * SEEDS);
    const settled = seeds.map((seed) => (state === 'UNKNOWN' && isTaken(seed) ? 'CONFIRMED' : 'REJECTED'));
    await expect.poll(() => lost.map(({ id }) => told.get(id))).toStrictEqual(settled);
    expect(lost.map(({ server }) => server.writes.length)).toStrictEqual(seeds.map(() => 1));
  },
  20_000,
);
