import { readConfig } from '../../src/config.ts';
import { type Clock, systemClock } from '../../src/domain/clock.ts';
import type { Heatpump } from '../../src/domain/heatpump.ts';
import type { Reading, Snapshot } from '../../src/domain/snapshot.ts';
import { DRIVERS } from '../../src/drivers/index.ts';
import { EventBus } from '../../src/heatpumps/event-bus.ts';
import { createHistory, type History } from '../../src/history/history.ts';
import { LogBook, makeTempDir } from './house.ts';

/** A Navigator 2.0 with one circuit, as history sees it. */
export function recordedHeatpump(id = 'hp-1', pollIntervalMs = 10_000): Heatpump {
  const model = DRIVERS.find((driver) => driver.id === 'navigator_2_0');
  if (!model) throw new RangeError('no driver navigator_2_0');
  const config = { circuits: ['A'], zones: [] };
  const ids = { id, name: 'Home', manufacturer: 'idm', model: 'navigator_2_0' };
  const connection = { host: '127.0.0.1', port: 502, unitId: 1, timeoutMs: 1_000 };
  const times = { createdAt: 0, updatedAt: 0 };
  const settings = { ...ids, connection, config, enabled: true, readOnly: false, pollIntervalMs, ...times };
  const status = { state: 'ONLINE', since: 0, lastReadAt: 0, lastError: null } as const;
  return {
    settings,
    model,
    pollIntervalMs,
    isDefault: true,
    sensors: model.sensors(config),
    status: { ...status, consecutiveFailures: 0, nextAttemptAt: null, lastPoll: null, pace: null },
    snapshot: null,
    identity: null,
    counters: { requests: 0, errors: {} },
  };
}

/** One poll: these sensors are good, all others could not be read. */
export function pollOf(heatpump: Heatpump, at: number, values: Readonly<Record<string, number>>): Snapshot {
  const readings = heatpump.sensors
    .filter(({ access }) => access !== 'WRITE_ONLY')
    .map((sensor): Reading => {
      const value = values[sensor.key] ?? null;
      const observedAt = value === null ? null : at;
      return { sensor, value, text: null, quality: value === null ? 'FAILED' : 'GOOD', observedAt };
    });
  return { heatpumpId: heatpump.settings.id, revision: at, observedAt: at, readings };
}

/** History over a real file and real threads, fed by a test. */
export interface Records {
  readonly history: History;
  readonly bus: EventBus;
  readonly log: LogBook;
  readonly file: string;
  readonly directory: string;
  /** Polls a heat pump. */
  poll(heatpump: Heatpump, at: number, values: Readonly<Record<string, number>>): void;
  /** Ends the threads, and starts again with the same file. */
  restart(): Promise<Records>;
  close(): Promise<void>;
}

/** Starts history for these heat pumps; `clock` only decides what "now" is. */
export function startRecords(
  heatpumps: readonly Heatpump[],
  { env = {}, clock = systemClock, directory = makeTempDir() }: RecordsOptions = {},
): Records {
  const log = new LogBook();
  const bus = new EventBus(log);
  const config = readConfig({ DATA_DIR: directory.path, ...env });
  const find = (id: string) => heatpumps.find(({ settings }) => settings.id === id) ?? null;
  const history = createHistory(config, { events: bus, find, clock, logger: log });
  return {
    history,
    bus,
    log,
    file: config.historyFile,
    directory: directory.path,
    poll: (heatpump, at, values) => bus.emit('snapshot', pollOf(heatpump, at, values)),
    restart: async () => {
      await history.stop();
      return startRecords(heatpumps, { env, clock, directory });
    },
    close: async () => {
      await history.stop();
      directory.remove();
    },
  };
}

interface RecordsOptions {
  readonly env?: Record<string, string>;
  readonly clock?: Clock;
  readonly directory?: ReturnType<typeof makeTempDir>;
}

/** A clock that shows a fixed time, while its timers run as in reality. */
export function clockAt(now: number): Clock & { set(now: number): void } {
  let shown = now;
  return {
    ...systemClock,
    now: () => shown,
    set: (time) => {
      shown = time;
    },
  };
}
