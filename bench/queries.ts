import type { ChildProcess } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { benchFolder } from './history-parts.ts';
import { CLIENT_CORE, DEVICE_CORE, messageOf, start } from './processes.ts';
import type { QueryOrder } from './queries-client.ts';
import { median, print } from './table.ts';

const HEATPUMPS = 10;
const ROUNDS = 7;
/** Ten heat pumps, a hundred sensors each, six fields of each. */
const READINGS = '{ heatpumps { id name readings { key value text quality observedAt sensor { unit } } } }';
const NOTHING = '{ __typename }';
/** So often a round asks for the readings: the slowest take some ten milliseconds each. */
const RIVALS = { yoga: 30, mercurius: 40, 'mercurius with jit': 150, apollo: 30 } as const;
const OURS = 'Thermograph';
const ASKED_BY_US = 600;
const ASKED_FOR_NOTHING = 1_000;

/** A server of the comparison. */
interface Side {
  readonly name: string;
  readonly child: ChildProcess;
  readonly url: string;
  readonly count: number;
}

/** What a query costs the server, in the same minutes, beside other servers as they come. */
export async function compareQueries(): Promise<void> {
  const children: ChildProcess[] = [];
  const begin = (file: string, core: string, ...args: (string | number)[]) => {
    const child = start(file, core, ...args);
    children.push(child);
    return child;
  };
  try {
    const ports = await messageOf<number[]>(begin('fleet-device', DEVICE_CORE, HEATPUMPS, 0));
    const client = begin('queries-client', DEVICE_CORE);
    const ours = begin('queries-ours', CLIENT_CORE, ...ports);
    const sides: Side[] = [{ name: OURS, child: ours, url: await messageOf<string>(ours), count: ASKED_BY_US }];
    const file = join(benchFolder(), 'answer.json');
    writeFileSync(file, await firstAnswer(client, sides[0]?.url ?? ''));
    for (const [name, count] of Object.entries(RIVALS)) {
      const child = begin('queries-rival', CLIENT_CORE, name, file);
      sides.push({ name, child, url: await messageOf<string>(child), count });
    }
    await compare('Query of 10 heat pumps × 100 sensors × 6 fields', client, sides, READINGS);
    const asked = sides.map((side) => ({ ...side, count: ASKED_FOR_NOTHING }));
    await compare('Query { __typename }', client, asked, NOTHING);
  } finally {
    for (const child of children) child.kill();
  }
}

/** The readings once all are there: a heat pump that has not been read has none to tell. */
async function firstAnswer(client: ChildProcess, url: string): Promise<string> {
  for (let attempt = 0; attempt < 30; attempt++) {
    const answer = await send(client, { url, query: READINGS, count: 1 });
    if (answer.split('"GOOD"').length > HEATPUMPS * 100) return answer;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  throw new Error('the heat pumps were not read');
}

async function compare(title: string, client: ChildProcess, sides: readonly Side[], query: string): Promise<void> {
  const costs = new Map(sides.map(({ name }) => [name, [] as number[]]));
  // The first round is for warming up.
  for (let round = 0; round <= ROUNDS; round++) {
    for (const side of sides) {
      const cost = await costOf(client, side, query);
      if (round > 0) costs.get(side.name)?.push(cost);
    }
  }
  const ours = median(costs.get(OURS) ?? []);
  const rows = sides.map(({ name }): [string, string] => {
    const cost = median(costs.get(name) ?? []);
    const ratio = name === OURS ? '' : `, ${(cost / ours).toFixed(1)} times ours`;
    return [name, `${cost.toFixed(0)} µs${ratio}`];
  });
  print(`${title}: CPU of the server for each`, rows);
}

/** Microseconds of the server's CPU for each answer. */
async function costOf(client: ChildProcess, { child, url, count }: Side, query: string): Promise<number> {
  const before = await cpuOf(child);
  await send(client, { url, query, count });
  return ((await cpuOf(child)) - before) / count;
}

async function cpuOf(child: ChildProcess): Promise<number> {
  child.send('cpu');
  const { user, system } = await messageOf<NodeJS.CpuUsage>(child);
  return user + system;
}

async function send(client: ChildProcess, order: QueryOrder): Promise<string> {
  client.send(order);
  return messageOf<string>(client);
}
