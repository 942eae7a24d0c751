import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createAlerts } from './alerts/alerts.ts';
import type { Config } from './config.ts';
import { Dashboards } from './dashboards/dashboards.ts';
import { defaultDashboard } from './dashboards/default-dashboard.ts';
import { createAlertStore } from './db/alert-store.ts';
import { createBundleStore } from './db/bundle-store.ts';
import { createChannelStore } from './db/channel-store.ts';
import { createDashboardStore } from './db/dashboard-store.ts';
import { databaseFault, openDatabase } from './db/database.ts';
import { createDeliveryStore } from './db/delivery-store.ts';
import type { PrismaClient } from './db/generated/client.ts';
import { createHeatpumpStore } from './db/heatpump-store.ts';
import { createHoldStore } from './db/hold-store.ts';
import { createJobStore } from './db/job-store.ts';
import { createMissingRegisterStore } from './db/missing-register-store.ts';
import { createPaceStore } from './db/pace-store.ts';
import { createSettingsStore } from './db/settings-store.ts';
import { createWriteStore } from './db/write-store.ts';
import { OPEN_ACCESS } from './domain/access.ts';
import type { Clock } from './domain/clock.ts';
import type { Logger } from './domain/logger.ts';
import type { Driver } from './drivers/driver.ts';
import { ReadingsLog } from './graphql/readings-log.ts';
import { seenSettings } from './graphql/seen-settings.ts';
import { createGraphqlWebSocket } from './graphql/websocket.ts';
import { createGraphql } from './graphql/yoga.ts';
import { Catalogue } from './heatpumps/catalogue.ts';
import { EventBus } from './heatpumps/event-bus.ts';
import { HeatpumpManager } from './heatpumps/manager.ts';
import { SettingsHistory } from './heatpumps/settings-history.ts';
import { SettingsSnapshots } from './heatpumps/settings-snapshots.ts';
import { createExports } from './history/export-handler.ts';
import { createHistory, type History } from './history/history.ts';
import { createHttp } from './http.ts';
import { importAtStart } from './import/at-start.ts';
import { Jobs } from './jobs/jobs.ts';
import { localTimeZone } from './jobs/schedule.ts';
import { createMetrics } from './metrics/metrics.ts';
import { allowCidrs, exceptOwn } from './modbus/address.ts';
import { createLines } from './modbus/lines.ts';

/** What a server is made of; a test makes a second one beside the first. */
export interface ServerDeps {
  readonly config: Config;
  readonly drivers: readonly Driver[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** A number from 0 to 1. */
  readonly random: () => number;
}

/** The whole server. */
export interface ThermographServer {
  readonly heatpumps: HeatpumpManager;
  readonly history: History;
  /** Where it is reached. */
  readonly url: string;
  /** Ends polling, closes all connections and the database. */
  stop(): Promise<void>;
}

/** The built client; src/ and dist/ are equally deep. */
const CLIENT_DIR = fileURLToPath(new URL('../dist/client', import.meta.url));

/** Builds every part once, hands each what it needs, and starts them. Throws {@link DatabaseError}, or if the port is taken. */
export async function startServer(deps: ServerDeps): Promise<ThermographServer> {
  const { config, logger } = deps;
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  const prisma = await openDatabase(config.databaseFile);
  await importLegacy(deps, prisma);
  let ownPort: number | null = null;
  const { bus, heatpumps, settings, history, dashboards, jobs, alerting } = createParts(deps, prisma, () => ownPort);
  const { alerts, channels } = alerting;
  const readingsLog = new ReadingsLog(heatpumps);
  const graphql = createGraphql(
    {
      access: OPEN_ACCESS,
      heatpumps,
      readingsLog,
      settings: seenSettings(settings, heatpumps),
      history,
      dashboards,
      jobs,
      alerts,
      channels,
    },
    logger,
    { introspection: config.graphiql, heatpumpCount: () => heatpumps.count, clock: deps.clock },
  );
  const webSocket = createGraphqlWebSocket(graphql.server, logger, deps.clock);
  const metrics = createMetrics({ events: bus, heatpumps: () => heatpumps.list(), subscribers: graphql.subscribers });
  let phase = 'starting';
  const notReadyBecause = async () => (phase === 'running' ? databaseFault(prisma, config.databaseFile) : phase);
  const { legacyMetrics, graphiql } = config;
  const http = createHttp({
    graphql: graphql.server,
    webSocket,
    metrics,
    exports: createExports({ history, heatpumps, clock: deps.clock }),
    legacyMetrics,
    graphiql,
    limits: config,
    sender: ({ socket }) => ({ address: socket.remoteAddress ?? '', isSecure: false }),
    notReadyBecause,
    clientDir: CLIENT_DIR,
    clock: deps.clock,
    logger,
  });

  http.listen(config.port, config.host);
  await once(http, 'listening');
  ownPort = (http.address() as AddressInfo).port;
  await alerting.start();
  settings.start();
  history.forgetAllBut(await heatpumps.initialize());
  await jobs.start();
  phase = 'running';
  return {
    heatpumps,
    history,
    url: urlOf(http.address() as AddressInfo, config.host),
    stop: async () => {
      phase = 'stopping';
      await alerting.stop();
      // Runs end when the heat pumps have settled, or given up, their writes.
      await Promise.all([jobs.stop(), heatpumps.stop()]);
      await Promise.all([settings.stop(), history.stop()]);
      await webSocket.close();
      http.closeAllConnections();
      await new Promise((resolve) => http.close(resolve));
      await prisma.$disconnect();
    },
  };
}

/** Takes over what an older application has left in the data folder. */
function importLegacy({ config, drivers, clock, logger }: ServerDeps, prisma: PrismaClient): Promise<void> {
  const store = createBundleStore(prisma);
  return importAtStart({
    dataDir: config.dataDir,
    store,
    drivers,
    now: clock.now(),
    timeZone: localTimeZone(),
    logger,
  });
}

/** The parts behind the API, none of them started. `ownPort` is where the server listens, once it does. */
function createParts(
  { config, drivers, clock, logger, random }: ServerDeps,
  prisma: PrismaClient,
  ownPort: () => number | null,
) {
  const bus = new EventBus(logger);
  const writes = createWriteStore(prisma);
  const settingsStore = createSettingsStore(prisma);
  const snapshots = new SettingsSnapshots({ clock, logger, settings: settingsStore });
  const heatpumps = new HeatpumpManager({
    catalogue: new Catalogue(drivers),
    store: createHeatpumpStore(prisma),
    defaultDashboard,
    missingRegisters: createMissingRegisterStore(prisma),
    snapshots,
    writes,
    holds: createHoldStore(prisma),
    paces: createPaceStore(prisma),
    lines: createLines(clock, exceptOwn(allowCidrs(config.modbusAllow), ownPort)),
    pollIntervalMs: config.pollIntervalMs,
    clock,
    random,
    bus,
    logger,
  });
  const settings = new SettingsHistory({
    manager: heatpumps,
    snapshots,
    settings: settingsStore,
    writes,
    bus,
    clock,
    logger,
  });
  const alerting = createAlerts({
    alertStore: createAlertStore(prisma),
    channelStore: createChannelStore(prisma),
    deliveryStore: createDeliveryStore(prisma),
    heatpumps,
    bus,
    clock,
    logger,
  });
  const history = createHistory(config, { events: bus, find: (id) => heatpumps.find(id), clock, logger });
  const dashboards = new Dashboards({ store: createDashboardStore(prisma), heatpumps, clock });
  const jobs = new Jobs({ store: createJobStore(prisma), heatpumps, clock, logger, timeZone: localTimeZone() });
  return { bus, heatpumps, settings, alerting, history, dashboards, jobs };
}

function urlOf({ port }: AddressInfo, host: string): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
