import type { Socket } from 'node:net';
import { expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { allowCidrs } from '../../src/modbus/address.ts';
import type { LineRules } from '../../src/modbus/line.ts';
import { createLines } from '../../src/modbus/lines.ts';
import { seededRandom } from '../../src/simulator/random.ts';
import { loopback, startFaultServer } from './fault-server.ts';
import { StallMeter } from './stall-meter.ts';

const READ_MS = 15;
const LINES = 8;
const WRITES_PER_LINE = 15;
/** Few enough for what a line keeps free for writes where the device bears only so many words a second. */
const WRITE_INTERVAL_MS = 270;
/** How much later than the read in flight, and the pause that the device wants after it, a write may leave. */
const MAX_LATENESS_MS = 10;
const RULES: LineRules = { pauseMs: 0, maxIdleMs: 60_000, maxWordsPerSecond: null, oneWordFunction: 16 };

const wait = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const percentile = (values: readonly number[], share: number) =>
  [...values].sort((a, b) => a - b)[Math.ceil(values.length * share) - 1] ?? Number.NaN;

/** What stood between a write and its way out. */
interface Delay {
  /** Reads answered between the call and the write. */
  readonly reads: number;
  /** From the call, or the last of those reads, to the write; without the time for which the machine stood still. */
  readonly ms: number;
}

/** Writes now and then over a line whose reads take their time and are always waiting. */
async function delaysOfWrites(rules: LineRules, device: number, stalls: StallMeter): Promise<Delay[]> {
  const server = await startFaultServer(loopback(80, device), device);
  const answeredAt: number[] = [];
  let writtenAt = 0;
  const answerRead = (socket: Socket, right: Buffer) => {
    answeredAt.push(performance.now());
    socket.write(right);
  };
  server.strike = ({ asked, socket, right }) => {
    if (asked.functionCode === 3) return void setTimeout(answerRead, READ_MS, socket, right);
    writtenAt = performance.now();
    socket.write(right);
  };
  const lines = createLines(systemClock, allowCidrs(['127.0.0.0/8']));
  const line = lines.open({ host: server.host, port: server.port, unitId: 1, timeoutMs: 2_000, ...rules });
  let isOver = false;
  const poll = async () => {
    while (!isOver) await line.read({ table: 'HOLDING', address: 100, count: 10 });
  };
  const polling = Promise.all(Array.from({ length: 20 }, poll));
  const random = seededRandom(device);
  const delays: Delay[] = [];
  while (delays.length < WRITES_PER_LINE) {
    await wait(WRITE_INTERVAL_MS + random() * READ_MS);
    const askedAt = performance.now();
    const lostMs = stalls.lostMs;
    expect(await line.write({ table: 'HOLDING', address: 7, words: [1] })).toMatchObject({ ok: true });
    const between = answeredAt.filter((at) => at > askedAt && at < writtenAt);
    delays.push({ reads: between.length, ms: writtenAt - (between.at(-1) ?? askedAt) - (stalls.lostMs - lostMs) });
  }
  isOver = true;
  line.close();
  await polling;
  await server.close();
  expect(server.writes).toHaveLength(WRITES_PER_LINE);
  return delays;
}

it.concurrent.each<[string, LineRules]>([
  ['no pause', RULES],
  ['a pause between requests', { ...RULES, pauseMs: 30 }],
  ['few words a second', { ...RULES, maxWordsPerSecond: 200 }],
])('a write leaves right behind the read in flight, however many wait: %s', async (_, rules) => {
  const stalls = new StallMeter();
  const devices = Array.from({ length: LINES }, (_, index) => index + 1);
  const delays = (await Promise.all(devices.map((device) => delaysOfWrites(rules, device, stalls)))).flat();
  stalls.stop();
  expect(delays).toHaveLength(LINES * WRITES_PER_LINE);
  expect(Math.max(...delays.map(({ reads }) => reads))).toBeLessThanOrEqual(1);
  const late = percentile(
    delays.map(({ ms }) => ms),
    0.99,
  );
  expect(late).toBeLessThan(rules.pauseMs + MAX_LATENESS_MS);
});
