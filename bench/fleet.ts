import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { FLEET_INTERVAL_MS, FLEET_REGISTERS } from './fleet-model.ts';
import type { FleetWindow } from './fleet-window.ts';
import { CLIENT_CORE, DEVICE_CORE, messageOf, RIVALS, start } from './processes.ts';
import { median, megabytes, print } from './table.ts';

const SIZES = [100, 500];
const ROUNDS = 5;
/** The clients by the names of their files, and a server without units: what it shows comes from elsewhere. */
const CLIENTS = {
  'fleet-bare': 'modbus-serial alone, in a loop for each unit',
  'fleet-layer': 'Thermograph: line, plan, decoding, snapshot, bus',
  'fleet-server': 'Thermograph: the whole server, recording history',
  'fleet-node-red': 'Node-RED with its Modbus nodes',
  idle: 'Thermograph: the whole server, without units',
} as const;
type Client = keyof typeof CLIENTS;

async function windowOf(client: Client, ports: readonly number[]): Promise<FleetWindow> {
  const child = client === 'idle' ? start('fleet-server', CLIENT_CORE) : start(client, CLIENT_CORE, ...ports);
  try {
    return await messageOf<FleetWindow>(child);
  } finally {
    if (child.exitCode === null) await once(child, 'exit');
  }
}

/** Measures every client in turn, several times, so that all suffer alike from whatever else runs. */
async function measure(clients: readonly Client[], ports: readonly number[]): Promise<Map<Client, FleetWindow[]>> {
  const windows = new Map<Client, FleetWindow[]>(clients.map((client) => [client, []]));
  for (let round = 0; round < ROUNDS; round++)
    for (const client of clients) windows.get(client)?.push(await windowOf(client, ports));
  return windows;
}

function report(windows: Map<Client, FleetWindow[]>, units: number): void {
  const of = (client: Client, figure: (window: FleetWindow) => number) =>
    median((windows.get(client) ?? []).map(figure));
  const cost = (client: Client) => of(client, ({ cpuMicros, reads }) => cpuMicros / reads);
  const ratio = (client: Client) => {
    const bare = windows.get('fleet-bare') ?? [];
    const costOf = ({ cpuMicros, reads }: FleetWindow) => cpuMicros / reads;
    return median((windows.get(client) ?? []).map((one, round) => costOf(one) / costOf(bare[round] ?? one)));
  };
  for (const [client, name] of Object.entries(CLIENTS) as [Client, string][]) {
    if (!windows.has(client)) continue;
    const stalls = (windows.get(client) ?? []).map(({ longestStallMs }) => longestStallMs);
    const ages = [of(client, (window) => window.medianAgeMs), of(client, (window) => window.greatestAgeMs)];
    const reading = [
      ['reads a second', (of(client, ({ reads }) => reads) / 10).toFixed(0)],
      ['CPU a read', `${cost(client).toFixed(0)} µs, ${ratio(client).toFixed(2)} of the loop`],
      ['age of the data, median and greatest', `${ages.map((ms) => ms.toFixed(0)).join(' and ')} ms`],
    ] as const;
    print(`${units} units: ${name}`, [
      ...(client === 'idle' ? [] : reading),
      ['longest standstill of each round', `${stalls.map((ms) => ms.toFixed(0)).join(', ')} ms`],
      [
        'memory, resident and heap',
        `${megabytes(of(client, (w) => w.residentBytes))}, ${megabytes(of(client, (w) => w.heapBytes))}`,
      ],
    ]);
  }
  const perUnit = (figure: (window: FleetWindow) => number) =>
    `${((of('fleet-server', figure) - of('idle', figure)) / units / 1e6).toFixed(2)} MB`;
  print(`${units} units: what each adds to a server without any`, [
    ['heap', perUnit(({ heapBytes }) => heapBytes)],
    ['resident', perUnit(({ residentBytes }) => residentBytes)],
  ]);
}

/** Fleets of units, each read once a second, beside a bare loop and, if it is installed, Node-RED. */
export async function compareFleets(...sizes: string[]): Promise<void> {
  const hasNodeRed = existsSync(`${RIVALS}node_modules/node-red`);
  if (!hasNodeRed) process.stdout.write('Node-RED is left out: npm install --prefix bench --ignore-scripts\n');
  const clients = (Object.keys(CLIENTS) as Client[]).filter((client) => client !== 'fleet-node-red' || hasNodeRed);
  process.stdout.write(
    `${FLEET_REGISTERS} registers each ${FLEET_INTERVAL_MS} ms; medians of ${ROUNDS} rounds in turn\n`,
  );
  for (const units of sizes.length > 0 ? sizes.map(Number) : SIZES) {
    const device = start('fleet-device', DEVICE_CORE, units);
    try {
      report(await measure(clients, await messageOf<number[]>(device)), units);
    } finally {
      device.kill();
    }
  }
}
