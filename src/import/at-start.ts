import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { type ImportRequest, importLegacy } from './import.ts';
import { readLegacyFile } from './legacy-file.ts';
import { countsOf, type ImportReport } from './report.ts';

/** The file that the owner of idm_logger puts into the data folder. */
const FILE = 'idm_logger.db';

/** What a takeover at start needs. */
export interface StartImport extends Pick<ImportRequest, 'store' | 'drivers' | 'now' | 'timeZone'> {
  readonly dataDir: string;
  readonly logger: Logger;
}

/**
 * Takes over `idm_logger.db` in the data folder while there is no heat pump yet, and logs what came of it. A failure is logged
 * and ends nothing.
 */
export async function importAtStart({ dataDir, logger, ...request }: StartImport): Promise<void> {
  const file = join(dataDir, FILE);
  if (!existsSync(file)) return;
  try {
    const { heatpumps } = await request.store.read();
    if (heatpumps.length > 0) return;
    logReport(
      await importLegacy({ ...request, file, data: readLegacyFile(file), host: null, isDryRun: false }),
      logger,
    );
  } catch (thrown) {
    logger.error({ file, error: messageOf(thrown) }, 'idm_logger could not be taken over');
  }
}

function logReport(report: ImportReport, logger: Logger): void {
  const { file, items } = report;
  logger.info({ file, ...countsOf(report) }, 'idm_logger is taken over');
  for (const { kind, name, outcome, reason } of items) {
    if (outcome === 'NOT_TAKEN') logger.warn({ kind, name, reason }, 'not taken over from idm_logger');
    if (outcome === 'ADAPTED') logger.info({ kind, name, reason }, 'taken over from idm_logger with a difference');
  }
}
