import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { readConfig } from '../src/config.ts';
import { openForWriting } from '../src/history/history-file.ts';
import { HistoryWriter } from '../src/history/history-writer.ts';
import type { Layout } from '../src/history/layout-table.ts';
import { seriesOf } from '../src/history/series.ts';
import { benchFolder, SENSORS } from './history-parts.ts';
import { startOpenServer } from './whole-server.ts';
import { MODEL, MODEL_CONFIG } from './workload.ts';

/** Times of questions asked over HTTP, in milliseconds. */
export interface LargeResults {
  readonly values: number;
  readonly buildingS: number;
  readonly fileMb: number;
  readonly questions: readonly { readonly name: string; readonly points: number; readonly medianMs: number }[];
}

const HEATPUMPS = 4;
const SERIES = SENSORS.flatMap((sensor) => seriesOf(sensor) ?? []).slice(0, 97);
const KEYS = SERIES.filter(({ kind }, index) => kind === 'ANALOG' && index % 3 === 0).map(({ key }) => key);
const DAY_MS = 86_400_000;
const RAW_DAYS = 30;
const NOW = Date.now();
const ROUNDS = 15;
const dataDir = join(benchFolder(), 'data');
mkdirSync(dataDir);
const config = readConfig({ PORT: '0', DATA_DIR: dataDir, LOG_LEVEL: 'silent' });

/** Heat pumps that are known and not read. */
async function addHeatpumps(): Promise<string[]> {
  const server = await startOpenServer(config);
  const [manufacturer = '', model = ''] = MODEL.split('/');
  const ids: string[] = [];
  for (let index = 0; index < HEATPUMPS; index++) {
    const place = { connection: { host: '127.0.0.1', port: 1_000 + index }, config: MODEL_CONFIG, enabled: false };
    ids.push((await server.heatpumps.add({ name: `Pump ${index}`, manufacturer, model, ...place })).settings.id);
  }
  await server.stop();
  return ids;
}

/** A quarter of the sensors polled every ten minutes for eleven months, then all every ten seconds for one, written as the server writes. */
function fill(ids: readonly string[]): void {
  const retention = { rawDays: RAW_DAYS, minuteDays: 365, maxBytes: 1e12 };
  const database = openForWriting(config.historyFile);
  database.pragma('synchronous = OFF');
  const writer = new HistoryWriter(database, retention);
  const layouts = new Map(ids.map((heatpumpId, id): [number, Layout] => [id, { id, heatpumpId, series: SERIES }]));
  const write = (from: number, to: number, intervalMs: number, isRecorded: (index: number) => boolean) => {
    const scan = 3 + SERIES.length;
    for (let at = from; at < to; ) {
      const batch = new Float64Array(250 * ids.length * scan);
      for (let offset = 0; offset < batch.length; at += intervalMs) {
        for (const id of ids.keys()) {
          batch.set([id, at, intervalMs], offset);
          for (let index = 0; index < SERIES.length; index++)
            batch[offset + 3 + index] = isRecorded(index) ? valueAt(at, index) : Number.NaN;
          offset += scan;
        }
      }
      writer.write(batch, layouts);
      writer.maintain(at);
    }
  };
  write(NOW - 365 * DAY_MS, NOW - RAW_DAYS * DAY_MS, 600_000, (index) => KEYS.includes(SERIES[index]?.key ?? ''));
  write(NOW - RAW_DAYS * DAY_MS, NOW, 10_000, () => true);
  database.pragma('wal_checkpoint(TRUNCATE)');
  database.close();
}

/** A third drifts, a third changes now and then, a third stays. */
function valueAt(at: number, index: number): number {
  if (index % 3 === 0)
    return Math.round(400 + 200 * Math.sin(at / 3_600_000 + index) + 20 * Math.sin(at / 97_000)) / 10;
  return index % 3 === 1 ? Math.floor(at / (600_000 + 60_000 * index)) % 4 : index;
}

const QUERY = `query ($ids: [ID!], $keys: [String!]!, $from: DateTime!, $to: DateTime!, $max: Int) {
  history(heatpumpIds: $ids, keys: $keys, from: $from, to: $to, maxPoints: $max) {
    heatpumpId key unit stepMs resolution points { at mean min max }
  }
}`;

/** The median of several rounds, each of another sensor. */
async function ask(url: string, name: string, ids: readonly string[], days: number, maxPoints: number) {
  const times: number[] = [];
  let points = 0;
  for (let round = 0; round < ROUNDS + 5; round++) {
    const keys = [KEYS[round % KEYS.length] ?? ''];
    const [from, to] = [new Date(NOW - days * DAY_MS), new Date(NOW)];
    const body = JSON.stringify({ query: QUERY, variables: { ids, keys, from, to, max: maxPoints } });
    const startedAt = performance.now();
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    const answer = (await response.json()) as { data: { history: { points: unknown[] }[] } };
    if (round >= 5) times.push(performance.now() - startedAt);
    points = answer.data.history.reduce((sum, series) => sum + series.points.length, 0);
  }
  return { name, points, medianMs: times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? Number.NaN };
}

const ids = await addHeatpumps();
const startedAt = performance.now();
fill(ids);
const buildingS = (performance.now() - startedAt) / 1_000;
const server = await startOpenServer(config);
const { values, bytes } = await server.history.info();
const first = ids.slice(0, 1);
const results: LargeResults = {
  values,
  buildingS,
  fileMb: bytes / 1_000_000,
  questions: [
    await ask(server.url, 'one sensor, a day', first, 1, 500),
    await ask(server.url, 'one sensor, a day, every value', first, 1, 10_000),
    await ask(server.url, 'one sensor, a year by the hour', first, 365, 10_000),
    await ask(server.url, 'one sensor, a year', first, 365, 500),
    await ask(server.url, 'four heat pumps, a year by the hour', ids, 365, 10_000),
    await ask(server.url, 'four heat pumps, a year', ids, 365, 500),
  ],
};
await server.stop();
if (process.send) process.send(results);
else process.stdout.write(`${JSON.stringify(results, null, 2)}\n`);
