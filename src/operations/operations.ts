import type { Config } from '../config.ts';
import type { Clock } from '../domain/clock.ts';
import { localTimeZone } from '../jobs/schedule.ts';
import { Backups } from './backups.ts';
import { createDiagnostics, type DiagnosticsSources } from './diagnostics.ts';
import { createOperationsHandlers, type OperationsDeps, type OperationsHandlers } from './handlers.ts';
import type { LogBook } from './log-book.ts';
import { readVersion } from './version.ts';

/** What operations need of the house. */
export interface OperationsParts
  extends Pick<DiagnosticsSources, 'heatpumps' | 'history'>,
    Pick<OperationsDeps, 'visitor' | 'isSameOrigin' | 'record'> {
  readonly backups: Backups;
  readonly config: Config;
  readonly log: LogBook;
  readonly clock: Clock;
}

/** Makes and keeps backups as the settings say; not started. `restart` starts the server anew, null: nothing can. */
export function createBackups(config: Config, log: LogBook, clock: Clock, restart: (() => void) | null): Backups {
  return new Backups({
    places: config,
    version: readVersion(),
    passphrase: config.backupPassphrase,
    schedule: config.backupAt,
    timeZone: localTimeZone(),
    keep: config.backupKeep,
    clock,
    logger: log,
    restart,
  });
}

/** The paths that backups and diagnostics are moved over. */
export function createOperations(parts: OperationsParts): OperationsHandlers {
  const diagnostics = createDiagnostics({ ...parts, version: readVersion(), settings: parts.config });
  return createOperationsHandlers({ ...parts, diagnostics });
}
