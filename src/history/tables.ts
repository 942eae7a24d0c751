import { BucketTable } from './bucket-table.ts';
import { TIERS } from './buckets.ts';
import { CorrectionTable } from './correction-table.ts';
import type { HistoryFile } from './history-file.ts';
import { LayoutTable } from './layout-table.ts';
import { RawSamples } from './raw-samples.ts';
import { ScanTable } from './scan-table.ts';
import { SeriesTable, type StoredSeries } from './series-table.ts';

/** Everything in a file, as those who read and write it see it. */
export interface Tables {
  readonly database: HistoryFile;
  readonly series: SeriesTable;
  readonly layouts: LayoutTable;
  readonly scans: ScanTable;
  readonly samples: RawSamples;
  readonly buckets: Readonly<Record<keyof typeof TIERS, BucketTable>>;
  readonly corrections: CorrectionTable;
}

/** The last value of a series before a time, be it that of an hour; null if nothing is kept. */
export function lastBefore(
  { samples, buckets }: Pick<Tables, 'samples' | 'buckets'>,
  axis: number,
  series: StoredSeries,
  before: number,
): number | null {
  return samples.lastBefore(axis, series.id, before) ?? buckets.HOUR.lastBefore(series, before)?.last ?? null;
}

/** Prepares the access to an open file. */
export function tablesOf(database: HistoryFile): Tables {
  const series = new SeriesTable(database);
  const layouts = new LayoutTable(database, series);
  const scans = new ScanTable(database, layouts);
  return {
    database,
    series,
    layouts,
    scans,
    samples: new RawSamples(database, scans),
    buckets: { MINUTE: new BucketTable(database, TIERS.MINUTE), HOUR: new BucketTable(database, TIERS.HOUR) },
    corrections: new CorrectionTable(database),
  };
}
