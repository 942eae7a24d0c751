import type { BundleStore } from '../domain/settings-bundle.ts';
import type { Driver } from '../drivers/driver.ts';
import { Catalogue } from '../heatpumps/catalogue.ts';
import { takeAlerts } from './alerts.ts';
import { takeChannels } from './channels.ts';
import { takeDashboards } from './dashboards.ts';
import { takeHeatpumps } from './heatpumps.ts';
import { takeJobs } from './jobs.ts';
import type { LegacyData } from './legacy-file.ts';
import { type ImportReport, ReportBook } from './report.ts';
import { noteSettings, readConfigSetting } from './settings.ts';
import type { Takeover } from './takeover.ts';

/** What a takeover needs, and how it is wanted. */
export interface ImportRequest {
  /** Path of the database of idm_logger, for the report. */
  readonly file: string;
  /** What {@link readLegacyFile} has found in it. */
  readonly data: LegacyData;
  /** Address of the configured heat pump in place of the one in the file; null: as the file says. */
  readonly host: string | null;
  /** Write nothing. */
  readonly isDryRun: boolean;
  /** What is here, and where what comes over is put. */
  readonly store: BundleStore;
  readonly drivers: readonly Driver[];
  /** Milliseconds UTC. */
  readonly now: number;
  /** The time zone of jobs, which name none there. */
  readonly timeZone: string;
}

/**
 * Takes over a database of idm_logger: all that can come over in one step, or nothing. What is here already stays as it is, so
 * that a second time changes nothing.
 */
export async function importLegacy(request: ImportRequest): Promise<ImportReport> {
  const { file, data, host, isDryRun, store, drivers, now, timeZone } = request;
  const existing = await store.read();
  const report = new ReportBook();
  const config = readConfigSetting(data.settings.get('config'), report);
  const bundle = convert({ data, config, existing, catalogue: new Catalogue(drivers), host, now, timeZone, report });
  if (!isDryRun) await store.insert(bundle);
  return { file, schema: data.schema, isDryRun, items: report.items };
}

function convert(takeover: Takeover) {
  const targets = takeHeatpumps(takeover);
  const { channels, ids } = takeChannels(takeover);
  const bundle = {
    heatpumps: [...new Set(targets.values())].flatMap(({ isNew, settings }) => (isNew ? settings : [])),
    dashboards: takeDashboards(takeover, targets),
    jobs: takeJobs(takeover, targets),
    channels,
    alerts: takeAlerts(takeover, targets, ids),
  };
  noteSettings(takeover);
  return bundle;
}
