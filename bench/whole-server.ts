import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Config, readConfig } from '../src/config.ts';
import { defaultDashboard } from '../src/dashboards/default-dashboard.ts';
import { openDatabase } from '../src/db/database.ts';
import { createHeatpumpStore } from '../src/db/heatpump-store.ts';
import { systemClock } from '../src/domain/clock.ts';
import type { Driver } from '../src/drivers/driver.ts';
import { DRIVERS } from '../src/drivers/index.ts';
import { startServer, type ThermographServer } from '../src/server.ts';
import { FLEET_INTERVAL_MS, fleetDriver } from './fleet-model.ts';
import { benchFolder, quietLogger } from './history-parts.ts';

/** A whole server that logs errors alone, and asks nobody who they are. */
export function startOpenServer(config: Config, drivers: readonly Driver[] = DRIVERS): Promise<ThermographServer> {
  return startServer({
    ...{ config, drivers, clock: systemClock, logger: quietLogger, random: Math.random },
    access: 'open',
  });
}

/** A whole server that reads a unit at each port, keeps what is to be kept and records history, as `npm start` does. */
export async function startFleetServer(ports: readonly number[]): Promise<ThermographServer> {
  const dataDir = join(benchFolder(), 'data');
  mkdirSync(dataDir);
  const config = readConfig({
    ...{ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' },
    POLL_INTERVAL_MS: String(FLEET_INTERVAL_MS),
  });
  const prisma = await openDatabase(config.databaseFile);
  const store = createHeatpumpStore(prisma);
  for (const [index, port] of ports.entries()) {
    const { id: model, manufacturer } = fleetDriver;
    const settings = {
      ...{ id: `hp-${index}`, name: `Unit ${index}`, manufacturer: manufacturer.id, model, config: {} },
      ...{ connection: { host: '127.0.0.1', port, unitId: 1, timeoutMs: 3_000 }, enabled: true, readOnly: false },
      ...{ pollIntervalMs: null, createdAt: index, updatedAt: index },
    };
    await store.insert(settings, defaultDashboard(settings, fleetDriver));
  }
  await prisma.$disconnect();
  return startOpenServer(config, [fleetDriver]);
}
