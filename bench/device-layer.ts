import { defaultDashboard } from '../src/dashboards/default-dashboard.ts';
import { systemClock } from '../src/domain/clock.ts';
import type { HeatpumpStore } from '../src/domain/heatpump-store.ts';
import type { Driver } from '../src/drivers/driver.ts';
import { Catalogue } from '../src/heatpumps/catalogue.ts';
import { EventBus } from '../src/heatpumps/event-bus.ts';
import { HeatpumpManager } from '../src/heatpumps/manager.ts';
import { allowCidrs } from '../src/modbus/address.ts';
import { createLines } from '../src/modbus/lines.ts';

const ignore = () => {};
const logger = { debug: ignore, info: ignore, warn: console.warn, error: console.error };
const store: HeatpumpStore = {
  list: async () => [],
  insert: async () => {},
  update: async () => {},
  delete: async () => {},
};

/** Our device layer: everything from the line to a snapshot on the bus. Only the database is left out. */
export function createDeviceLayer(driver: Driver, pollIntervalMs: number) {
  const bus = new EventBus(logger);
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
    pollIntervalMs,
    clock: systemClock,
    random: Math.random,
    bus,
    logger,
  });
  return { manager, bus };
}
