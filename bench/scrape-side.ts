import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout } from 'node:timers/promises';
import { Gauge, Registry } from 'prom-client';
import type { Heatpump, HeatpumpSettings } from '../src/domain/heatpump.ts';
import { isReadable, type Sensor } from '../src/domain/sensor.ts';
import type { Reading, Snapshot } from '../src/domain/snapshot.ts';
import type { Driver } from '../src/drivers/driver.ts';
import { DRIVERS } from '../src/drivers/index.ts';
import { createMetrics } from '../src/metrics/metrics.ts';

/** What scrapes have cost. */
export interface ScrapeRound {
  readonly series: number;
  readonly bytes: number;
  /** CPU of each scrape. */
  readonly cpuMs: readonly number[];
  /** The longest time in which nothing else could run. */
  readonly stallMs: number;
}

const SERIES = 100_000;
const CONFIG = { circuits: ['A', 'B', 'C', 'D', 'E', 'F', 'G'], zones: [0, 1, 2, 3, 4, 5, 6, 7, 8, 9] };

/** A snapshot in which every reading is good. */
function snapshotOf(id: string, sensors: readonly Sensor[], index: number, revision: number): Snapshot {
  const valueAt = (at: number) => Math.round(Math.sin(index + at + (at % EVERY === 0 ? revision : 0)) * 500) / 10;
  const readings = sensors.map(
    (sensor, at): Reading => ({ sensor, value: valueAt(at), text: null, quality: 'GOOD', observedAt: 0 }),
  );
  return { heatpumpId: id, revision, observedAt: 0, readings };
}

function settingsOf(index: number): HeatpumpSettings {
  return {
    id: `hp-${String(index).padStart(3, '0')}`,
    name: `Building "${index}"`,
    manufacturer: model.manufacturer.id,
    model: model.id,
    connection: { host: '10.0.0.1', port: 502, unitId: index, timeoutMs: 1_000 },
    config: CONFIG,
    enabled: true,
    readOnly: false,
    pollIntervalMs: null,
    createdAt: 0,
    updatedAt: 0,
  };
}

/** A heat pump as it is after a poll. */
function heatpump(settings: HeatpumpSettings, sensors: readonly Sensor[], index: number, revision: number) {
  return {
    settings,
    model,
    pollIntervalMs: 10_000,
    isDefault: false,
    identity: null,
    sensors,
    status: {
      state: 'ONLINE',
      since: 0,
      lastReadAt: revision,
      lastError: null,
      consecutiveFailures: 0,
      nextAttemptAt: null,
      lastPoll: { durationMs: 100 + revision, requests: 38, registers: 800 },
    },
    snapshot: snapshotOf(settings.id, sensors, index, revision),
    counters: { requests: 1_000 + revision, errors: {} },
  } as unknown as Heatpump;
}

/** The same values as gauges of prom-client, set beforehand: only what it takes to tell them is compared. */
function registryOf(heatpumps: readonly Heatpump[]): Registry {
  const registry = new Registry();
  const gauges = new Map<string, Gauge>();
  for (const { settings, snapshot } of heatpumps) {
    for (const { sensor, value } of snapshot?.readings ?? []) {
      const name = `idm_heatpump_${sensor.key}`;
      const labelNames = ['heatpump_id', 'manufacturer', 'model', 'name'];
      const gauge = gauges.get(name) ?? new Gauge({ name, help: sensor.name.EN, labelNames, registers: [registry] });
      gauges.set(name, gauge);
      const { id, manufacturer, model } = settings;
      gauge.set({ heatpump_id: id, manufacturer, model, name: settings.name }, value ?? 0);
    }
  }
  return registry;
}

const [side = 'ours', every = '5'] = process.argv.slice(2);
/** Every how manieth reading changes from poll to poll: settings and counters mostly stay, temperatures mostly do not. */
const EVERY = Number(every);
const model = DRIVERS.find(({ id }) => id === 'navigator_2_0') as Driver;
const readable = model.sensors(CONFIG).filter(isReadable);
const pumps = Array.from({ length: Math.ceil(SERIES / readable.length) }, (_, index) => {
  return { settings: settingsOf(index), sensors: model.sensors(CONFIG).filter(isReadable) };
});
/** All heat pumps after one poll, and after the next: they are polled between two scrapes. */
const polls = [0, 1].map((revision) =>
  pumps.map(({ settings, sensors }, index) => heatpump(settings, sensors, index, revision)),
);
let turn = 0;

/** A way to scrape, and to tell how much there was. */
function scraperOf(): () => Promise<number> {
  if (side === 'theirs') {
    const registries = polls.map(registryOf);
    return async () => Buffer.from((await registries[turn % 2]?.metrics()) ?? '').length;
  }
  const metrics = createMetrics({
    events: { on: () => () => {} },
    heatpumps: () => polls[turn % 2] ?? [],
    subscribers: () => 0,
    lastBackupAt: () => null,
  });
  return async () => (await metrics.scrape(() => true)).reduce((sum, { length }) => sum + length, 0);
}

const scrape = scraperOf();
process.on('message', async (count: number) => {
  const delay = monitorEventLoopDelay({ resolution: 1 });
  const cpuMs: number[] = [];
  let bytes = 0;
  for (let left = count; left > 0; left--) {
    turn++;
    delay.enable();
    const before = process.cpuUsage();
    bytes = await scrape();
    const { user, system } = process.cpuUsage(before);
    cpuMs.push((user + system) / 1_000);
    await setTimeout(5);
    delay.disable();
  }
  process.send?.({
    series: pumps.length * readable.length,
    bytes,
    cpuMs,
    stallMs: delay.max / 1e6,
  } satisfies ScrapeRound);
});
