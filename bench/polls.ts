import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import type { MemoryUse } from './memory.ts';
import { CLIENT_CORE, DEVICE_CORE, messageOf, start } from './processes.ts';
import type { Round } from './rounds.ts';
import { median, megabytes, middleHalf, print } from './table.ts';
import { requestsOfPoll } from './workload.ts';

const ROUNDS = 21;
const POLLS_PER_ROUND = 100;
/** By then everything that is run is compiled for good. */
const POLLS_TO_WARM_UP = 1_000;
const HEATPUMPS = 10;

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

/** What polling costs beside modbus-serial alone, and what a server weighs. */
export async function comparePolls(): Promise<void> {
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
