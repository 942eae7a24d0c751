import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { systemClock } from '../src/domain/clock.ts';
import { DRIVERS } from '../src/drivers/index.ts';
import { startServer } from '../src/server.ts';
import { MODEL, MODEL_CONFIG } from './workload.ts';

/** What a whole server holds in memory; in bytes. */
export interface MemoryUse {
  readonly residentBytes: number;
  readonly heapBytes: number;
}

const SETTLING_MS = 6_000;

/** A whole server with a heat pump at each port given as an argument; reports to its parent when it has settled. */
const dataDir = mkdtempSync(join(tmpdir(), 'thermograph-bench-'));
const config = readConfig({ PORT: '0', DATA_DIR: dataDir, POLL_INTERVAL_MS: '1000', LOG_LEVEL: 'silent' });
const ignore = () => {};
const logger = { debug: ignore, info: ignore, warn: console.warn, error: console.error };
const server = await startServer({
  ...{ config, drivers: DRIVERS, clock: systemClock, logger, random: Math.random },
  access: 'open',
});
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
rmSync(dataDir, { recursive: true });
process.disconnect();
