import { type ChildProcess, fork } from 'node:child_process';
import { once } from 'node:events';
import { cpus } from 'node:os';
import { fileURLToPath } from 'node:url';
import type { MemoryUse } from './memory.ts';
import type { Round } from './rounds.ts';
import { requestsOfPoll } from './workload.ts';

const ROUNDS = 7;
const POLLS_PER_ROUND = 300;
const HEATPUMPS = 10;

/** Starts one of the files beside this one as a process of its own. */
function start(name: string, ...args: (string | number)[]): ChildProcess {
  const module = fileURLToPath(new URL(`${name}.ts`, import.meta.url));
  const child = fork(module, args.map(String), { execArgv: ['--import', 'tsx', '--expose-gc'] });
  child.once('exit', (code) => {
    if (code) process.exitCode = code;
  });
  return child;
}

/** The next message of a process; fails if it ends without one. */
async function messageOf<T>(child: ChildProcess): Promise<T> {
  const ended = once(child, 'exit').then(([code]) => {
    throw new Error(`a process of the benchmark ended with ${code}`);
  });
  const [message] = await Promise.race([once(child, 'message'), ended]);
  return message as T;
}

/** Microseconds of CPU per poll. */
async function costOfRound(client: ChildProcess): Promise<number> {
  client.send(POLLS_PER_ROUND);
  const { cpuMicros, polls } = await messageOf<Round>(client);
  return cpuMicros / polls;
}

/** Polls in turn, first once without counting, so that both are warm and suffer alike from whatever else runs. */
async function compare(ours: ChildProcess, bare: ChildProcess): Promise<void> {
  const costs: { ours: number; bare: number }[] = [];
  for (let round = 0; round <= ROUNDS; round++) {
    const pair = { ours: await costOfRound(ours), bare: await costOfRound(bare) };
    if (round > 0) costs.push(pair);
  }
  const our = median(costs.map((pair) => pair.ours));
  const their = median(costs.map((pair) => pair.bare));
  const requests = requestsOfPoll();
  const registers = requests.reduce((sum, { count }) => sum + count, 0);
  print(`CPU per poll (${requests.length} requests, ${registers} registers; median of ${ROUNDS} rounds)`, [
    ['Thermograph: line, plan, decoding, snapshot, bus', `${our.toFixed(0)} µs`],
    ['modbus-serial alone, the same requests', `${their.toFixed(0)} µs`],
    ['ratio of the medians', (our / their).toFixed(2)],
    ['ratio in each round', costs.map((pair) => (pair.ours / pair.bare).toFixed(2)).join(' ')],
  ]);
}

/** Memory of a server with so many heat pumps. */
async function memoryWith(ports: readonly number[]): Promise<MemoryUse> {
  const server = start('memory', ...ports);
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

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? Number.NaN;
}

function megabytes(bytes: number): string {
  return `${(bytes / 1_000_000).toFixed(0)} MB`;
}

function print(title: string, rows: readonly (readonly [name: string, value: string])[]): void {
  process.stdout.write(`\n${title}\n${rows.map(([name, value]) => `  ${name.padEnd(52)} ${value}\n`).join('')}`);
}

const [cpu] = cpus();
process.stdout.write(`Node ${process.versions.node}, ${cpus().length} × ${cpu?.model ?? 'unknown processor'}\n`);
const device = start('device', HEATPUMPS);
const ports = await messageOf<number[]>(device);
const clients = [start('ours', ports[0] ?? 0), start('bare', ports[0] ?? 0)] as const;
try {
  await compare(...clients);
  for (const client of clients) client.kill();
  await weigh(ports);
} finally {
  for (const child of [device, ...clients]) child.kill();
}
