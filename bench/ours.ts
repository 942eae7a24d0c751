import { defaultDashboard } from '../src/dashboards/default-dashboard.ts';
import { systemClock } from '../src/domain/clock.ts';
import type { HeatpumpStore } from '../src/domain/heatpump-store.ts';
import { Catalogue } from '../src/heatpumps/catalogue.ts';
import { EventBus } from '../src/heatpumps/event-bus.ts';
import { HeatpumpManager } from '../src/heatpumps/manager.ts';
import { allowCidrs } from '../src/modbus/address.ts';
import { createLines } from '../src/modbus/lines.ts';
import { answerRounds } from './rounds.ts';
import { hurriedDriver, MODEL_CONFIG } from './workload.ts';

/** Our side: everything from the line to a snapshot on the bus, with one listener. Only the database is left out. */
const ignore = () => {};
const logger = { debug: ignore, info: ignore, warn: console.warn, error: console.error };
const store: HeatpumpStore = {
  list: async () => [],
  insert: async () => {},
  update: async () => {},
  delete: async () => {},
};
const bus = new EventBus(logger);
const driver = hurriedDriver();
const manager = new HeatpumpManager({
  catalogue: new Catalogue([driver]),
  store,
  defaultDashboard,
  snapshots: { beforeWrite: async () => {} },
  missingRegisters: { list: async () => [], replace: async () => {} },
  writes: {
    insert: async () => {},
    update: async () => {},
    withdraw: async () => {},
    find: async () => null,
    unsettled: async () => [],
    abandonPending: async () => {},
    page: async () => ({ writes: [], nextCursor: null }),
    wear: async () => null,
    wearOf: async () => [],
  },
  paces: { find: async () => null, put: async () => {} },
  holds: { list: async () => [], put: async () => {}, delete: async () => {} },
  lines: createLines(systemClock, allowCidrs(['127.0.0.0/8'])),
  pollIntervalMs: 3_600_000,
  clock: systemClock,
  random: Math.random,
  bus,
  logger,
});
const { settings } = await manager.add({
  name: 'Bench',
  manufacturer: driver.manufacturer.id,
  model: driver.id,
  connection: { host: '127.0.0.1', port: Number(process.argv[2]) },
  config: MODEL_CONFIG,
});
bus.on('snapshot', ignore);

answerRounds(async () => {
  const outcome = await manager.read(settings.id);
  if (!outcome.ok) throw new Error(outcome.error.message);
});
