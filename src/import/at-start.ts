import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { type ImportRequest, importLegacy } from './import.ts';
import { readLegacyFile } from './legacy-file.ts';
import { countsOf, type ImportItem, type ImportReport, reportText } from './report.ts';

/** The file that the owner of idm_logger puts into the data folder. */
const FILE = 'idm_logger.db';
/** Written beside it once its heat pump is here: what came over. While it is there, nothing is taken over again. */
const REPORT_FILE = 'idm_logger-report.txt';

/** What a takeover at start needs. */
export interface StartImport extends Pick<ImportRequest, 'store' | 'drivers' | 'now' | 'timeZone'> {
  readonly dataDir: string;
  readonly logger: Logger;
}

/**
 * Takes over `idm_logger.db` in the data folder once, while there is no heat pump yet, and logs what came of it: whoever has
 * removed the last heat pump does not want it back. A failure is logged and ends nothing.
 */
export async function importAtStart({ dataDir, logger, ...request }: StartImport): Promise<void> {
  const file = join(dataDir, FILE);
  const reportFile = join(dataDir, REPORT_FILE);
  if (!existsSync(file) || existsSync(reportFile)) return;
  try {
    const { heatpumps } = await request.store.read();
    if (heatpumps.length > 0) return;
    const report = await importLegacy({ ...request, file, data: readLegacyFile(file), host: null, isDryRun: false });
    logReport(report, logger);
    if (report.items.some(isHeatpumpHere)) keepReport(report, reportFile, logger);
  } catch (thrown) {
    logger.error({ file, error: messageOf(thrown) }, 'idm_logger could not be taken over');
  }
}

function keepReport(report: ImportReport, reportFile: string, logger: Logger): void {
  try {
    writeFileSync(reportFile, reportText(report), { mode: 0o600 });
  } catch (thrown) {
    logger.warn({ reportFile, error: messageOf(thrown) }, 'the report of what came over cannot be kept');
  }
}

function isHeatpumpHere({ kind, outcome }: ImportItem): boolean {
  return kind === 'HEATPUMP' && outcome !== 'NOT_TAKEN';
}

function logReport(report: ImportReport, logger: Logger): void {
  const { file, items } = report;
  logger.info({ file, ...countsOf(report) }, 'idm_logger is taken over');
  for (const { kind, name, outcome, reason } of items) {
    if (outcome === 'NOT_TAKEN') logger.warn({ kind, name, reason }, 'not taken over from idm_logger');
    if (outcome === 'ADAPTED') logger.info({ kind, name, reason }, 'taken over from idm_logger with a difference');
  }
}
