import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { type Clock, systemClock } from '../src/domain/clock.ts';
import type { Heatpump } from '../src/domain/heatpump.ts';
import { isReadable, type Sensor } from '../src/domain/sensor.ts';
import type { Reading } from '../src/domain/snapshot.ts';
import { EventBus } from '../src/heatpumps/event-bus.ts';
import { createHistory, type History } from '../src/history/history.ts';
import { hurriedDriver, MODEL_CONFIG } from './workload.ts';

const ignore = () => {};
/** Tells of trouble only. */
export const quietLogger = { debug: ignore, info: ignore, warn: ignore, error: console.error };

/** The readable sensors of the heat pump that is recorded. */
export const SENSORS: readonly Sensor[] = hurriedDriver().sensors(MODEL_CONFIG).filter(isReadable);

/** A heat pump as history sees it, with so many sensors. */
export function benchHeatpump(id: string, pollIntervalMs: number, sensors = SENSORS): Heatpump {
  const model = hurriedDriver();
  const names = { id, name: id, manufacturer: model.manufacturer.id, model: model.id };
  const connection = { host: '127.0.0.1', port: 502, unitId: 1, timeoutMs: 1_000 };
  const rest = { config: MODEL_CONFIG, enabled: true, readOnly: false, pollIntervalMs, createdAt: 0, updatedAt: 0 };
  const status = { state: 'ONLINE', since: 0, lastReadAt: 0, lastError: null, consecutiveFailures: 0 } as const;
  return {
    settings: { ...names, ...rest, connection },
    ...{ model, pollIntervalMs, sensors, isDefault: false, identity: null, snapshot: null },
    status: { ...status, nextAttemptAt: null, lastPoll: null, pace: null },
    counters: { requests: 0, errors: {} },
  };
}

/** Readings of these values; NaN is missing. */
export function readingsOf(
  sensors: readonly Sensor[],
  observedAt: number,
  numberOf: (index: number) => number,
): Reading[] {
  return sensors.map((sensor, index) => {
    const value = numberOf(index);
    const isMissing = Number.isNaN(value);
    return { sensor, value: isMissing ? null : value, text: null, quality: isMissing ? 'MISSING' : 'GOOD', observedAt };
  });
}

/** History over a file of its own. */
export interface BenchHistory {
  readonly history: History;
  readonly bus: EventBus;
  readonly file: string;
  end(): Promise<void>;
}

/** A folder that is removed when the process ends. */
export function benchFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'thermograph-bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

/** Starts history for these heat pumps. */
export function startHistory(heatpumps: readonly Heatpump[], folder: string, clock: Clock = systemClock): BenchHistory {
  const bus = new EventBus(quietLogger);
  const config = readConfig({ DATA_DIR: folder });
  const byId = new Map(heatpumps.map((heatpump) => [heatpump.settings.id, heatpump]));
  const find = (id: string) => byId.get(id) ?? null;
  const history = createHistory(config, { events: bus, find, clock, logger: quietLogger });
  return { history, bus, file: config.historyFile, end: () => history.stop() };
}
