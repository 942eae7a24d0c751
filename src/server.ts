import { once } from 'node:events';
import { mkdirSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { type AccessControl, createAccess } from './access/access.ts';
import { type Alerts, createAlerts } from './alerts/alerts.ts';
import type { Config } from './config.ts';
import { Dashboards } from './dashboards/dashboards.ts';
import { defaultDashboard } from './dashboards/default-dashboard.ts';
import { createAlertStore } from './db/alert-store.ts';
import { createAuditStore } from './db/audit-store.ts';
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
import { createUserStore } from './db/user-store.ts';
import { createWriteStore } from './db/write-store.ts';
import type { Clock } from './domain/clock.ts';
import type { Logger } from './domain/logger.ts';
import type { Driver } from './drivers/driver.ts';
import { ReadingsLog } from './graphql/readings-log.ts';
import { SeenHeatpumps } from './graphql/seen-heatpumps.ts';
import { createGraphqlWebSocket, type GraphqlWebSocket } from './graphql/websocket.ts';
import { createGraphql } from './graphql/yoga.ts';
import { Catalogue } from './heatpumps/catalogue.ts';
import { EventBus } from './heatpumps/event-bus.ts';
import { HeatpumpManager } from './heatpumps/manager.ts';
import { SettingsHistory } from './heatpumps/settings-history.ts';
import { SettingsSnapshots } from './heatpumps/settings-snapshots.ts';
import { createExports } from './history/export-handler.ts';
import { createHistory, type History } from './history/history.ts';
import { createHttp, type HttpParts } from './http.ts';
import { importAtStart } from './import/at-start.ts';
import { Jobs } from './jobs/jobs.ts';
import { localTimeZone } from './jobs/schedule.ts';
import { unreadyBecause } from './lifecycle/readiness.ts';
import { type StopStep, stopInSteps } from './lifecycle/stop-steps.ts';
import { createMetrics } from './metrics/metrics.ts';
import { allowCidrs, exceptOwn } from './modbus/address.ts';
import { createLines } from './modbus/lines.ts';
import type { Backups } from './operations/backups.ts';
import { LogBook } from './operations/log-book.ts';
import { createBackups, createOperations } from './operations/operations.ts';
import { restoreAtStart } from './operations/restore-at-start.ts';
import { heatpumpsToGoBackTo } from './operations/ways-back.ts';

/** What a server is made of; a test makes a second one beside the first. */
export interface ServerDeps {
  readonly config: Config;
  readonly drivers: readonly Driver[];
  readonly clock: Clock;
  readonly logger: Logger;
  /** A number from 0 to 1. */
  readonly random: () => number;
  /** `open`: everybody may do everything, and nobody is asked; left out: only those who have signed in. */
  readonly access?: 'open';
  /** Stops this server and starts another one in its place, after a restore; left out: nobody does. */
  readonly restart?: () => void;
}

/** The same with the server's own log. */
interface Deps extends ServerDeps {
  readonly logger: LogBook;
}

/** The whole server. */
export interface ThermographServer {
  readonly heatpumps: HeatpumpManager;
  readonly history: History;
  /** Where it is reached. */
  readonly url: string;
  /** With what the first user is made; null: there is one, or nobody is asked. */
  readonly setUpCode: string | null;
  /** Ends polling, closes all connections and the database. */
  stop(): Promise<void>;
}

/** What has an end of its own. */
interface Running {
  readonly access: AccessControl;
  readonly alerting: Alerts;
  readonly backups: Backups;
  readonly jobs: Jobs;
  readonly heatpumps: HeatpumpManager;
  readonly settings: SettingsHistory;
  readonly history: History;
  readonly webSocket: GraphqlWebSocket;
  readonly endSubscriptions: () => void;
  readonly http: Server;
  readonly prisma: PrismaClient;
}

/** The built client; src/ and dist/ are equally deep. */
const CLIENT_DIR = fileURLToPath(new URL('../dist/client', import.meta.url));

/** Builds every part once, hands each what it needs, and starts them. Throws {@link DatabaseError}, or if the port is taken. */
export async function startServer(given: ServerDeps): Promise<ThermographServer> {
  const { config, clock } = given;
  const logger = new LogBook({ output: given.logger, clock, keepsDebug: /^(debug|trace)$/.test(config.logLevel) });
  const deps = { ...given, logger };
  mkdirSync(config.dataDir, { recursive: true, mode: 0o700 });
  restoreAtStart(config, clock.now(), logger);
  const prisma = await openDatabase(config.databaseFile);
  await importLegacy(deps, prisma);
  let ownPort: number | null = null;
  const parts = createParts(deps, prisma, () => ownPort);
  const { heatpumps, settings, history, jobs, alerting, backups, access } = parts;
  let phase: 'starting' | 'running' | 'stopping' = 'starting';
  const { http, ...front } = createFront(deps, parts, () =>
    unreadyBecause({
      phase: () => phase,
      databaseFault: () => databaseFault(prisma, config.databaseFile),
      dataDir: config.dataDir,
      overdue: () => heatpumps.overdue,
    }),
  );

  const stop = () => {
    phase = 'stopping';
    return stopInSteps(stepsToStop({ ...parts, ...front, http, prisma }), clock, logger);
  };
  try {
    await access.start();
    http.listen(config.port, config.host);
    await once(http, 'listening');
    ownPort = (http.address() as AddressInfo).port;
    await alerting.start();
    settings.start();
    history.forgetAllBut([...(await heatpumps.initialize()), ...heatpumpsToGoBackTo(config.dataDir)]);
    await jobs.start();
    backups.start();
  } catch (thrown) {
    // What is left of it would keep the port, and the databases, from whoever is started next.
    await stop();
    throw thrown;
  }
  phase = 'running';
  return {
    heatpumps,
    history,
    url: urlOf(http.address() as AddressInfo, config.host),
    setUpCode: !access.isOpen && access.setUp.isNeeded ? access.setUp.code : null,
    stop,
  };
}

/** What is ended, and in which order, so that nothing is lost that was acknowledged; less than ten seconds in all. */
function stepsToStop({
  access,
  alerting,
  backups,
  jobs,
  heatpumps,
  settings,
  history,
  webSocket,
  endSubscriptions,
  http,
  prisma,
}: Running): StopStep[] {
  const closed = new Promise((resolve) => http.close(resolve));
  return [
    { name: 'alerts and backups', maxMs: 1_000, run: () => Promise.all([alerting.stop(), backups.stop()]) },
    // Runs end when the heat pumps have settled, or given up, their writes.
    { name: 'jobs and heat pumps', maxMs: 4_500, run: () => Promise.all([jobs.stop(), heatpumps.stop()]) },
    { name: 'records', maxMs: 1_500, run: () => Promise.all([settings.stop(), history.stop()]) },
    { name: 'WebSockets', maxMs: 1_000, run: () => webSocket.close() },
    // Those that are left were asked for over HTTP; a WebSocket's would be taken for complete, and not be begun again.
    { name: 'subscriptions', maxMs: 100, run: () => endSubscriptions() },
    { name: 'answers', maxMs: 500, run: () => closed },
    { name: 'connections', maxMs: 200, run: () => http.closeAllConnections() },
    { name: 'access', maxMs: 200, run: () => access.stop() },
    // The last to close a database puts its log into it.
    { name: 'database', maxMs: 500, run: () => prisma.$disconnect() },
  ];
}

/** Everything that is served, on one port that is not open yet. */
function createFront(
  { config, clock, logger }: Deps,
  parts: ReturnType<typeof createParts>,
  notReadyBecause: HttpParts['notReadyBecause'],
) {
  const { bus, heatpumps, history, backups, access } = parts;
  const graphql = createGraphql({ ...access, ...parts, log: logger }, logger, {
    introspection: config.graphiql,
    heatpumpCount: () => heatpumps.count,
    clock,
  });
  const webSocket = createGraphqlWebSocket(graphql.server, access, logger, clock);
  const { legacyMetrics, graphiql } = config;
  const http = createHttp({
    graphql: graphql.handle,
    webSocket,
    metrics: createMetrics({
      events: bus,
      heatpumps: () => heatpumps.list(),
      subscribers: graphql.subscribers,
      lastBackupAt: () => backups.lastMadeAt,
    }),
    operations: createOperations({
      ...{ ...parts, config, clock, log: logger },
      visitor: (request) => access.visitor(request),
      isSameOrigin: (request) => access.isSameOrigin(request),
      record: (visitor, done) => access.audit.record(visitor, done),
    }),
    exports: createExports({ history, heatpumps: (visitor) => new SeenHeatpumps(heatpumps, visitor), clock }),
    ...{ legacyMetrics, graphiql, limits: config, access, notReadyBecause, clientDir: CLIENT_DIR, clock, logger },
  });
  return { http, webSocket, endSubscriptions: graphql.endSubscriptions };
}

/** Takes over what an older application has left in the data folder. */
function importLegacy({ config, drivers, clock, logger }: ServerDeps, prisma: PrismaClient): Promise<void> {
  const { dataDir } = config;
  const [store, now, timeZone] = [createBundleStore(prisma), clock.now(), localTimeZone()];
  return importAtStart({ dataDir, store, drivers, now, timeZone, logger });
}

/** Who may come in; not started. */
function createDoors({ config, access, clock, logger }: ServerDeps, prisma: PrismaClient, heatpumps: HeatpumpManager) {
  return createAccess({
    isOpen: access === 'open',
    dataDir: config.dataDir,
    adminTokenHash: config.adminTokenHash,
    metricsTokenHash: config.metricsTokenHash,
    isTrustedProxy: allowCidrs(config.trustProxy),
    isScraper: allowCidrs(config.metricsAllow),
    prisma,
    users: createUserStore(prisma),
    audit: createAuditStore(prisma),
    isHeatpump: (id) => heatpumps.find(id) !== null,
    clock,
    logger,
  });
}

/** The parts behind the API, none of them started. `ownPort` is where the server listens, once it does. */
function createParts(deps: Deps, prisma: PrismaClient, ownPort: () => number | null) {
  const { config, drivers, clock, logger, random } = deps;
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
  const told = { bus, clock, logger };
  const settings = new SettingsHistory({ ...told, manager: heatpumps, snapshots, settings: settingsStore, writes });
  const alerting = createAlerts({
    alertStore: createAlertStore(prisma),
    channelStore: createChannelStore(prisma),
    deliveryStore: createDeliveryStore(prisma),
    heatpumps,
    ...told,
  });
  const history = createHistory(config, { events: bus, find: (id) => heatpumps.find(id), clock, logger });
  const dashboards = new Dashboards({ store: createDashboardStore(prisma), heatpumps, clock });
  const jobs = new Jobs({ store: createJobStore(prisma), heatpumps, clock, logger, timeZone: localTimeZone() });
  return {
    ...{ bus, heatpumps, settings, history, dashboards, jobs, alerting },
    alerts: alerting.alerts,
    channels: alerting.channels,
    readingsLog: new ReadingsLog(heatpumps),
    backups: createBackups(config, logger, clock, deps.restart ?? null),
    access: createDoors(deps, prisma, heatpumps),
  };
}

function urlOf({ port }: AddressInfo, host: string): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}
