import type { Logger } from '../domain/logger.ts';
import type { DataPlaces } from './make-backup.ts';
import { applyRestore } from './restore-swap.ts';

/** Lets what was restored take the place of the data, if anything was; to be called before the databases are opened. */
export function restoreAtStart(places: DataPlaces, nowMs: number, logger: Logger): void {
  const restored = applyRestore(places, nowMs);
  if (!restored) return;
  const { droppedHolds, problem, ...what } = restored;
  logger.warn(what, restored.type === 'UNDO' ? 'a restore was undone' : 'a backup was restored');
  if (problem !== null) logger.error({ problem }, 'nothing could be taken from the database that was replaced');
  if (droppedHolds.length > 0) {
    logger.warn({ droppedHolds }, 'values were held when the backup was made; nothing is written for them now');
  }
}
