import type { Logger } from '../domain/logger.ts';
import { BackupError } from './backup-error.ts';
import type { DataPlaces } from './make-backup.ts';
import { applyRestore, type Restored } from './restore-swap.ts';

/** Lets what was restored take the place of the data, if anything was; to be called before the databases are opened. */
export function restoreAtStart(places: DataPlaces, nowMs: number, logger: Logger): void {
  const restored = attempt(places, nowMs, logger);
  if (!restored) return;
  const { droppedHolds, problem, ...what } = restored;
  logger.warn(what, restored.type === 'UNDO' ? 'a restore was undone' : 'a backup was restored');
  if (problem !== null) logger.error({ problem }, 'nothing could be taken from the database that was replaced');
  if (droppedHolds.length > 0) {
    logger.warn({ droppedHolds }, 'values were held when the backup was made; nothing is written for them now');
  }
}

/** What was staged, and cannot be used any more, must not keep the server from starting with what is there. */
function attempt(places: DataPlaces, nowMs: number, logger: Logger): Restored | null {
  try {
    return applyRestore(places, nowMs);
  } catch (thrown) {
    if (!(thrown instanceof BackupError)) throw thrown;
    logger.error({ error: thrown.message }, 'nothing was restored');
    return null;
  }
}
