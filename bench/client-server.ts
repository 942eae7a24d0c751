import { readConfig } from '../src/config.ts';
import { systemClock } from '../src/domain/clock.ts';
import { type Simulator, startSimulator } from '../src/simulator/simulator.ts';
import { recordDay } from './client-history.ts';
import { benchFolder } from './history-parts.ts';
import { startOpenServer } from './whole-server.ts';
import { MODEL } from './workload.ts';

/** What there is to look at, as the process tells its parent when it is ready. */
export interface ClientHouseAddress {
  readonly url: string;
  /** The heat pump with the most sensors. */
  readonly largestId: string;
  /** A dashboard of live charts. */
  readonly dashboardId: string;
}

/** Values that the largest heat pump shall have from now on. */
export interface ForcedValues {
  readonly keys: readonly string[];
  readonly value: number;
}

/** As many heat pumps a caretaker may have, one of them with everything a Navigator 2.0 can have. */
const HEATPUMPS = 50;
const LARGEST = { circuits: [...'ABCDEFG'], zones: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] };
const CHARTS = 12;
/** So quick that some values change with every poll. */
const SPEED = 60;

function simulate(seed: number, config: Readonly<Record<string, unknown>>): Promise<Simulator> {
  return startSimulator({
    ...{ model: MODEL, host: '127.0.0.1', port: 0, unitId: 1, seed, config, speed: SPEED, clock: systemClock },
    ...{ latencyMs: 0, idleTimeoutMs: 0, effectDelayMs: 0 },
  });
}

/** A whole server over simulated heat pumps, each read once a second; of the largest one a day has been recorded. */
const config = readConfig({ PORT: '0', DATA_DIR: benchFolder(), POLL_INTERVAL_MS: '1000', LOG_LEVEL: 'silent' });
const [manufacturer = '', model = ''] = MODEL.split('/');
const inputOf = (name: string, { port }: Simulator, settings: Readonly<Record<string, unknown>>) => {
  const connection = { host: '127.0.0.1', port };
  return { name, manufacturer, model, connection, config: settings };
};
const largest = await simulate(0, LARGEST);
const largestId = await addRecorded();
const { url, heatpumps } = await startOpenServer(config);
await heatpumps.update({ id: largestId, enabled: true });
for (let seed = 1; seed < HEATPUMPS; seed++)
  await heatpumps.add(inputOf(`House ${seed}`, await simulate(seed, {}), {}));

/** History has one writer, so the server ends before its past is written. */
async function addRecorded(): Promise<string> {
  const server = await startOpenServer(config);
  const { settings } = await server.heatpumps.add({ ...inputOf('House 0', largest, LARGEST), enabled: false });
  await server.stop();
  recordDay(config.historyFile, settings.id);
  return settings.id;
}

async function createDashboard(): Promise<string> {
  const widgets = Array.from({ length: CHARTS }, (_, index) => ({
    ...{
      type: 'LINE',
      title: `Chart ${index}`,
      x: (index % 3) * 4,
      y: Math.floor(index / 3) * 3,
      w: 4,
      h: 3,
      hours: 1,
    },
    queries: [{ key: 'temp_outside' }, { quantity: 'FLOW_TEMPERATURE' }],
  }));
  const query = 'mutation ($input: CreateDashboardInput!) { createDashboard(input: $input) { dashboard { id } } }';
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query, variables: { input: { heatpumpId: largestId, name: 'Charts', widgets } } }),
  });
  const { data } = (await response.json()) as { data: { createDashboard: { dashboard: { id: string } } } };
  return data.createDashboard.dashboard.id;
}

process.on('message', ({ keys, value }: ForcedValues) => {
  for (const key of keys) largest.device.force(key, value);
});
const address: ClientHouseAddress = { url, largestId, dashboardId: await createDashboard() };
process.send?.(address);
