import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type AccessControl, createAccess } from '../../src/access/access.ts';
import { type Alerts, createAlerts } from '../../src/alerts/alerts.ts';
import { readConfig } from '../../src/config.ts';
import { Dashboards } from '../../src/dashboards/dashboards.ts';
import { defaultDashboard } from '../../src/dashboards/default-dashboard.ts';
import { createAlertStore } from '../../src/db/alert-store.ts';
import { createAuditStore } from '../../src/db/audit-store.ts';
import { createChannelStore } from '../../src/db/channel-store.ts';
import { createDashboardStore } from '../../src/db/dashboard-store.ts';
import { openDatabase } from '../../src/db/database.ts';
import { createDeliveryStore } from '../../src/db/delivery-store.ts';
import { createHeatpumpStore } from '../../src/db/heatpump-store.ts';
import { createHoldStore } from '../../src/db/hold-store.ts';
import { createJobStore } from '../../src/db/job-store.ts';
import { createMissingRegisterStore } from '../../src/db/missing-register-store.ts';
import { createPaceStore } from '../../src/db/pace-store.ts';
import { createSettingsStore } from '../../src/db/settings-store.ts';
import { createUserStore } from '../../src/db/user-store.ts';
import { createWriteStore } from '../../src/db/write-store.ts';
import { OPEN_VISITOR } from '../../src/domain/access.ts';
import { type Clock, systemClock } from '../../src/domain/clock.ts';
import type { DomainEventName, DomainEvents } from '../../src/domain/events.ts';
import type { HeatpumpStore } from '../../src/domain/heatpump-store.ts';
import type { Logger } from '../../src/domain/logger.ts';
import type { MissingRegisterStore } from '../../src/domain/missing-register.ts';
import type { Driver } from '../../src/drivers/driver.ts';
import { DRIVERS } from '../../src/drivers/index.ts';
import { type Context, createContext, type House as Parts } from '../../src/graphql/context.ts';
import { ReadingsLog } from '../../src/graphql/readings-log.ts';
import { Catalogue } from '../../src/heatpumps/catalogue.ts';
import { EventBus } from '../../src/heatpumps/event-bus.ts';
import { HeatpumpManager } from '../../src/heatpumps/manager.ts';
import { SettingsHistory } from '../../src/heatpumps/settings-history.ts';
import { SettingsSnapshots } from '../../src/heatpumps/settings-snapshots.ts';
import { createHistory } from '../../src/history/history.ts';
import { Jobs } from '../../src/jobs/jobs.ts';
import { allowCidrs } from '../../src/modbus/address.ts';
import { createLines } from '../../src/modbus/lines.ts';
import { LogBook as OperationsLog } from '../../src/operations/log-book.ts';
import { createBackups } from '../../src/operations/operations.ts';

/** What was logged, as `level message`. */
export class LogBook implements Logger {
  readonly lines: string[] = [];
  readonly debug = () => {};
  readonly info = (_: object, message: string) => void this.lines.push(`info ${message}`);
  readonly warn = (_: object, message: string) => void this.lines.push(`warn ${message}`);
  readonly error = (_: object, message: string) => void this.lines.push(`error ${message}`);
}

/** A folder of its own for a test's files. */
export function makeTempDir(): { path: string; remove: () => void } {
  const path = mkdtempSync(join(tmpdir(), 'thermograph-test-'));
  return { path, remove: () => rmSync(path, { recursive: true, force: true }) };
}

/** A manager over a real database and real sockets; only its clock may be a test's. */
export interface House {
  readonly manager: HeatpumpManager;
  /** All that the API works with, and how somebody sees it who may see everything. */
  readonly parts: Parts;
  readonly context: Context;
  /** Open, and not started. */
  readonly access: AccessControl;
  /** None of them is started. */
  readonly alerting: Alerts;
  readonly jobs: Jobs;
  readonly settings: SettingsHistory;
  readonly bus: EventBus;
  readonly store: HeatpumpStore;
  readonly missingRegisters: MissingRegisterStore;
  readonly log: LogBook;
  readonly databaseFile: string;
  close(): Promise<void>;
}

/** Builds a house, in a folder of its own or where another one was. Sockets keep real time even where the manager does not. */
export async function buildHouse(
  clock: Clock = systemClock,
  pollIntervalMs = 10_000,
  drivers: readonly Driver[] = DRIVERS,
  directory: ReturnType<typeof makeTempDir> = makeTempDir(),
): Promise<House> {
  const databaseFile = join(directory.path, 'test.db');
  const prisma = await openDatabase(databaseFile);
  const log = new LogBook();
  const bus = new EventBus(log);
  const store = createHeatpumpStore(prisma);
  const missingRegisters = createMissingRegisterStore(prisma);
  const writes = createWriteStore(prisma);
  const settingsStore = createSettingsStore(prisma);
  const snapshots = new SettingsSnapshots({ clock, logger: log, settings: settingsStore });
  const manager = new HeatpumpManager({
    catalogue: new Catalogue(drivers),
    store,
    defaultDashboard,
    missingRegisters,
    snapshots,
    writes,
    holds: createHoldStore(prisma),
    paces: createPaceStore(prisma),
    lines: createLines(systemClock, allowCidrs(['127.0.0.0/8'])),
    pollIntervalMs,
    clock,
    random: () => 0,
    bus,
    logger: log,
  });
  const settings = new SettingsHistory({
    manager,
    snapshots,
    settings: settingsStore,
    writes,
    bus,
    clock,
    logger: log,
  });
  const alerting = createAlerts({
    alertStore: createAlertStore(prisma),
    channelStore: createChannelStore(prisma),
    deliveryStore: createDeliveryStore(prisma),
    heatpumps: manager,
    bus,
    clock,
    logger: log,
  });
  const dashboards = new Dashboards({ store: createDashboardStore(prisma), heatpumps: manager, clock });
  const jobs = new Jobs({
    store: createJobStore(prisma),
    heatpumps: manager,
    clock,
    logger: log,
    timeZone: 'Europe/Berlin',
  });
  const { alerts, channels } = alerting;
  // It hears of nothing, so that it adds no timers to a test's clock.
  const history = createHistory(readConfig({ DATA_DIR: directory.path }), {
    events: new EventBus(log),
    find: (id) => manager.find(id),
    clock,
    logger: log,
  });
  const config = readConfig({ DATA_DIR: directory.path });
  const access = createAccess({
    ...{
      isOpen: true,
      dataDir: directory.path,
      adminTokenHash: null,
      metricsTokenHash: null,
      prisma,
      clock,
      logger: log,
    },
    // Tests say themselves where a request comes from.
    isTrustedProxy: () => true,
    isScraper: () => true,
    users: createUserStore(prisma),
    audit: createAuditStore(prisma),
    isHeatpump: (id) => manager.find(id) !== null,
  });
  const operationsLog = new OperationsLog({ output: log, clock, keepsDebug: false });
  const parts = {
    ...access,
    heatpumps: manager,
    readingsLog: new ReadingsLog(manager),
    settings,
    history,
    dashboards,
    jobs,
    alerts,
    channels,
    backups: createBackups(config, operationsLog, clock, null),
    log: operationsLog,
  };
  const context = createContext(parts, OPEN_VISITOR);
  const close = async () => {
    await alerting.stop();
    await Promise.all([jobs.stop(), manager.stop()]);
    await Promise.all([settings.stop(), history.stop()]);
    await prisma.$disconnect();
    directory.remove();
  };
  return {
    manager,
    parts,
    access,
    context,
    alerting,
    jobs,
    settings,
    bus,
    store,
    missingRegisters,
    log,
    databaseFile,
    close,
  };
}

/** Resolves with the next event that fits; fails after five seconds. */
export function nextEvent<N extends DomainEventName>(
  bus: EventBus,
  name: N,
  fits: (event: DomainEvents[N]) => boolean = () => true,
): Promise<DomainEvents[N]> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`no fitting ${name} event within 5 s`)), 5_000);
    const off = bus.on(name, (event) => {
      if (!fits(event)) return;
      clearTimeout(timer);
      off();
      resolve(event);
    });
  });
}
