import { readConfig } from '../src/config.ts';
import { benchFolder } from './history-parts.ts';
import { startOpenServer } from './whole-server.ts';
import { MODEL, MODEL_CONFIG } from './workload.ts';

/** What a whole server holds in memory; in bytes. */
export interface MemoryUse {
  readonly residentBytes: number;
  readonly heapBytes: number;
}

const SETTLING_MS = 6_000;

/** A whole server with a heat pump at each port given as an argument; reports to its parent when it has settled. */
const config = readConfig({ PORT: '0', DATA_DIR: benchFolder(), POLL_INTERVAL_MS: '1000', LOG_LEVEL: 'silent' });
const server = await startOpenServer(config);
const [manufacturer = '', model = ''] = MODEL.split('/');
for (const port of process.argv.slice(2).map(Number)) {
  const connection = { host: '127.0.0.1', port };
  await server.heatpumps.add({ name: `Port ${port}`, manufacturer, model, connection, config: MODEL_CONFIG });
}
await new Promise((resolve) => setTimeout(resolve, SETTLING_MS));
const notOnline = server.heatpumps.list().filter(({ status }) => status.state !== 'ONLINE');
if (notOnline.length > 0) throw new Error(`${notOnline.length} heat pumps are not online`);
globalThis.gc?.();
const { rss, heapUsed } = process.memoryUsage();
const use: MemoryUse = { residentBytes: rss, heapBytes: heapUsed };
process.send?.(use);
await server.stop();
process.disconnect();
