import { readConfig } from '../src/config.ts';
import type { Reading, Snapshot } from '../src/domain/snapshot.ts';
import type { EventBus } from '../src/heatpumps/event-bus.ts';
import type { ThermographServer } from '../src/server.ts';
import { benchFolder } from './history-parts.ts';
import { startOpenServer } from './whole-server.ts';
import { hurriedDriver, MODEL, MODEL_CONFIG } from './workload.ts';

/** What every subscriber asks for. */
export const QUERY = `subscription Readings($heatpumpIds: [ID!]) {
  readings(heatpumpIds: $heatpumpIds) {
    heatpump { id name }
    complete
    revision
    observedAt
    readings { key value text quality observedAt }
  }
}`;

const SENSORS = 100;

/** What a server of the comparison is asked for, by its parent. */
export type ServerOrder =
  | { readonly emit: true }
  | { readonly cpu: true }
  | { readonly memory: true }
  | { readonly message: string };

/** The whole server with one heat pump that is not polled, and a way to publish polls of 100 sensors in its place. */
export async function startLoad(): Promise<{
  readonly server: ThermographServer;
  readonly heatpumpId: string;
  /** Publishes a poll in which everything has changed. */
  readonly emit: () => void;
}> {
  const config = readConfig({
    PORT: '0',
    DATA_DIR: benchFolder(),
    LOG_LEVEL: 'silent',
    MAX_CONNECTIONS_PER_ADDRESS: '10000',
  });
  const server = await startOpenServer(config);
  const [manufacturer = '', model = ''] = MODEL.split('/');
  const connection = { host: '127.0.0.1', port: 9 };
  const { settings } = await server.heatpumps.add({
    name: 'Bench',
    manufacturer,
    model,
    connection,
    config: MODEL_CONFIG,
    enabled: false,
  });
  const sensors = hurriedDriver().sensors(MODEL_CONFIG).slice(0, SENSORS);
  let revision = 0;
  const emit = () => {
    revision++;
    const observedAt = Date.now();
    const readings = sensors.map((sensor, index): Reading => {
      const value = 20 + ((revision + index) % 500) / 10;
      return { sensor, value, text: null, quality: 'GOOD', observedAt };
    });
    const snapshot: Snapshot = { heatpumpId: settings.id, revision, observedAt, readings };
    (server.heatpumps.events as EventBus).emit('snapshot', snapshot);
  };
  return { server, heatpumpId: settings.id, emit };
}

/** Does what the parent orders, and answers. */
export function serveOrders(
  url: string,
  heatpumpId: string,
  emit: () => void,
  setMessage: (text: string) => void = () => {},
): void {
  process.on('message', (order: ServerOrder) => {
    if ('message' in order) setMessage(order.message);
    if ('emit' in order) {
      const at = nowMs();
      emit();
      process.send?.({ at });
    } else if ('cpu' in order) process.send?.(process.cpuUsage());
    else if ('memory' in order) {
      globalThis.gc?.();
      process.send?.(process.memoryUsage());
    } else process.send?.({});
  });
  process.send?.({ url, heatpumpId });
}

/** Milliseconds on the one clock that all processes share. */
export function nowMs(): number {
  return Number(process.hrtime.bigint()) / 1e6;
}
