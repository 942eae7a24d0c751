import { type ChildProcess, fork, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync } from 'node:fs';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { HistoryResults } from './history.ts';
import type { LargeResults } from './history-large.ts';
import type { MemoryUse } from './memory.ts';
import type { Round } from './rounds.ts';
import { requestsOfPoll } from './workload.ts';

const ROOT = fileURLToPath(new URL('..', import.meta.url));
const ROUNDS = 21;
const POLLS_PER_ROUND = 100;
/** By then everything that is run is compiled for good. */
const POLLS_TO_WARM_UP = 1_000;
const HEATPUMPS = 10;

/**
 * Client and device get a core each: waking a process on another core costs much more than on the same one, and
 * where the system happens to put them would decide the comparison.
 */
const CLIENT_CORE = '0';
const DEVICE_CORE = '1';
const canPin = cpus().length > 1 && existsSync('/usr/bin/taskset');

/** Compiles what is measured, as `npm start` does: the loader that runs TypeScript directly slows it down. */
function compile(): void {
  const compiler = `${ROOT}node_modules/typescript/bin/tsc`;
  const { status } = spawnSync(process.execPath, [compiler, '-p', `${ROOT}bench`], { stdio: 'inherit' });
  if (status !== 0) process.exit(1);
  cpSync(`${ROOT}prisma`, `${ROOT}dist/bench/prisma`, { recursive: true });
}

/** Starts one of the files beside this one, compiled, as a process of its own. */
function start(name: string, core: string, ...args: (string | number)[]): ChildProcess {
  const module = `${ROOT}dist/bench/bench/${name}.js`;
  const node = ['--expose-gc'];
  const pinned = { execPath: '/usr/bin/taskset', execArgv: ['-c', core, process.execPath, ...node] };
  return fork(module, args.map(String), canPin ? pinned : { execArgv: node });
}

/** The next message of a process; fails if it ends without one. */
async function messageOf<T>(child: ChildProcess): Promise<T> {
  const settled = new AbortController();
  const { signal } = settled;
  const ended = once(child, 'exit', { signal }).then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${code}`);
  });
  const [message] = await Promise.race([once(child, 'message', { signal }), ended]);
  ended.catch(() => {});
  settled.abort();
  return message as T;
}

/** Microseconds of CPU per poll. */
async function costOfRound(client: ChildProcess, count = POLLS_PER_ROUND): Promise<number> {
  client.send(count);
  const { cpuMicros, polls } = await messageOf<Round>(client);
  return cpuMicros / polls;
}

/** Polls in turn, so that both suffer alike from whatever else runs. */
async function compare(ours: ChildProcess, bare: ChildProcess): Promise<void> {
  for (const client of [ours, bare]) await costOfRound(client, POLLS_TO_WARM_UP);
  const costs: { ours: number; bare: number }[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    costs.push({ ours: await costOfRound(ours), bare: await costOfRound(bare) });
  }
  const our = median(costs.map((pair) => pair.ours));
  const their = median(costs.map((pair) => pair.bare));
  const requests = requestsOfPoll();
  const registers = requests.reduce((sum, { count }) => sum + count, 0);
  print(`CPU per poll (${requests.length} requests, ${registers} registers; median of ${ROUNDS} rounds)`, [
    ['Thermograph: line, plan, decoding, snapshot, bus', `${our.toFixed(0)} µs`],
    ['modbus-serial alone, the same requests', `${their.toFixed(0)} µs`],
    ['ratio', (our / their).toFixed(2)],
    ['middle half of the ratios of single rounds', middleHalf(costs.map((pair) => pair.ours / pair.bare))],
  ]);
}

/** Memory of a server with so many heat pumps. */
async function memoryWith(ports: readonly number[]): Promise<MemoryUse> {
  const server = start('memory', CLIENT_CORE, ...ports);
  const use = await messageOf<MemoryUse>(server);
  if (server.exitCode === null) await once(server, 'exit');
  return use;
}

async function weigh(ports: readonly number[]): Promise<void> {
  const [none, some] = await Promise.all([memoryWith([]), memoryWith(ports)]);
  const row = (name: string, { residentBytes, heapBytes }: MemoryUse): [string, string] => [
    name,
    `${megabytes(residentBytes)} resident, ${megabytes(heapBytes)} heap in use`,
  ];
  print('Memory of the whole server, after a garbage collection', [
    row('no heat pump', none),
    row(`${ports.length} heat pumps, polled each second`, some),
    ['each heat pump', `${((some.heapBytes - none.heapBytes) / ports.length / 1_000).toFixed(0)} kB of heap`],
  ]);
}

async function comparePolls(): Promise<void> {
  const device = start('device', DEVICE_CORE, HEATPUMPS);
  const ports = await messageOf<number[]>(device);
  const clients = [start('ours', CLIENT_CORE, ports[0] ?? 0), start('bare', CLIENT_CORE, ports[0] ?? 0)] as const;
  try {
    await compare(...clients);
    for (const client of clients) client.kill();
    await weigh(ports);
  } finally {
    for (const child of [device, ...clients]) child.kill();
  }
}

/** The one message of a process that ends by itself. */
async function resultOf<T>(name: string): Promise<T> {
  const child = fork(`${ROOT}dist/bench/bench/${name}.js`, { execArgv: [] });
  const result = await messageOf<T>(child);
  if (child.exitCode === null) await once(child, 'exit');
  return result;
}

async function writeHistory(): Promise<void> {
  const found = await resultOf<HistoryResults>('history');
  const thousands = (perSecond: number) => `${(perSecond / 1_000).toFixed(0)} thousand values a second`;
  const stalls = (list: readonly number[]) => `${list.map((ms) => ms.toFixed(1)).join(', ')} ms`;
  print('Recording history', [
    ['Thermograph: to disk, packed and rolled up', thousands(found.ourValuesPerSecond)],
    ['Prisma createMany, a thousand rows at a time', thousands(found.prismaValuesPerSecond)],
    ['ratio', (found.ourValuesPerSecond / found.prismaValuesPerSecond).toFixed(0)],
    ['on disk, single values of a day', `${found.rawBytesPerValue.toFixed(2)} bytes a value`],
    ['on disk, with their roll-ups', `${found.bytesPerValue.toFixed(2)} bytes a value`],
    ['longest standstill, 50,000 values a second recorded', stalls(found.recordingStallsMs)],
    ['longest standstill, the same without recording', stalls(found.idleStallsMs)],
  ]);
}

async function readHistory(): Promise<void> {
  const { values, buildingS, fileMb, questions } = await resultOf<LargeResults>('history-large');
  print('Reading history over HTTP', [
    ['values recorded', `${(values / 1e6).toFixed(0)} million in ${buildingS.toFixed(0)} s, ${fileMb.toFixed(0)} MB`],
    ...questions.map(
      ({ name, points, medianMs }) => [`${name} (${points} points)`, `${medianMs.toFixed(1)} ms`] as const,
    ),
  ]);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function middleHalf(values: readonly number[]): string {
  const sorted = values.toSorted((a, b) => a - b);
  const at = (part: number) => sorted[Math.floor(sorted.length * part)]?.toFixed(2);
  return `${at(0.25)} to ${at(0.75)}`;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}

function print(title: string, rows: readonly (readonly [name: string, value: string])[]): void {
  process.stdout.write(`\n${title}\n${rows.map(([name, value]) => `  ${name.padEnd(52)} ${value}\n`).join('')}`);
}

const [cpu] = cpus();
process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}\n`);
compile();
const PARTS = { poll: comparePolls, history: writeHistory, 'history-large': readHistory };
const chosen = process.argv[2];
if (chosen === undefined) {
  await comparePolls();
  await writeHistory();
} else if (Object.hasOwn(PARTS, chosen)) await PARTS[chosen as keyof typeof PARTS]();
else throw new RangeError(`there is no benchmark ${chosen}; there are ${Object.keys(PARTS).join(', ')}`);
