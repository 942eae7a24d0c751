import { systemClock } from '../src/domain/clock.ts';
import { openForWriting } from '../src/history/history-file.ts';
import { HistoryWriter } from '../src/history/history-writer.ts';
import { DERIVED_SERIES, seriesOf } from '../src/history/series.ts';
import { SENSORS } from './history-parts.ts';

const ALL_SERIES = [...SENSORS.flatMap((sensor) => seriesOf(sensor) ?? []), ...DERIVED_SERIES];
/** Counters that go up and down would be corrected. */
const SERIES = ALL_SERIES.filter(({ kind }) => kind !== 'COUNTER');
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const SCANS_PER_BATCH = 300;

/** Records the last day of a heat pump that has none: every ten seconds, and in the last hour every second, so that charts are full. */
export function recordDay(historyFile: string, heatpumpId: string): void {
  const database = openForWriting(historyFile);
  const writer = new HistoryWriter(database, { rawDays: 30, minuteDays: 365, maxBytes: 1e12 });
  const layouts = new Map([[0, { id: 0, heatpumpId, series: SERIES }]]);
  const write = (from: number, to: number, intervalMs: number) => {
    for (let at = from; at < to; at += SCANS_PER_BATCH * intervalMs) {
      const scans = Array.from({ length: SCANS_PER_BATCH }, (_, index) => scanAt(at + index * intervalMs, intervalMs));
      writer.write(Float64Array.from(scans.flat()), layouts);
      writer.maintain(at);
    }
  };
  const now = systemClock.now();
  write(now - DAY_MS, now - HOUR_MS, 10_000);
  write(now - HOUR_MS, now, 1_000);
  database.close();
}

/** Layout, time and interval, then a value of each series. */
function scanAt(at: number, intervalMs: number): number[] {
  return [0, at, intervalMs, ...SERIES.map(({ kind }, index) => valueAt(at, kind === 'STATE', index))];
}

/** States change every twenty minutes, the rest goes up and down. */
function valueAt(at: number, isState: boolean, index: number): number {
  if (isState) return Math.floor(at / (HOUR_MS / 3)) % 3;
  return Math.round(400 + 200 * Math.sin(at / HOUR_MS + index) + 20 * Math.sin(at / 97_000)) / 10;
}
