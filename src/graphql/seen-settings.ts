import { AppError, type Issue } from '../domain/errors.ts';
import type { SettingsRestore, Undo } from '../domain/settings-restore.ts';
import type { SettingsSnapshot } from '../domain/settings-snapshot.ts';
import type { HeatpumpManager } from '../heatpumps/manager.ts';
import type { SettingsHistory } from '../heatpumps/settings-history.ts';

/** The history of settings of those heat pumps that somebody may see; errors are those of {@link SettingsHistory}. */
export interface SeenSettings
  extends Pick<SettingsHistory, 'snapshots' | 'snapshot' | 'takeSnapshot' | 'difference' | 'changes'> {
  undo(writeId: string): Promise<Undo>;
  previewRestore(snapshotId: string, keys: readonly string[] | null): Promise<SettingsRestore>;
  restore(snapshotId: string, keys: readonly string[] | null): Promise<SettingsRestore>;
}

/** See {@link SeenSettings}. */
export function seenSettings(
  settings: SettingsHistory,
  heatpumps: Pick<HeatpumpManager, 'find' | 'info'>,
): SeenSettings {
  const isSeen = (heatpumpId: string) => heatpumps.find(heatpumpId) !== null;
  const snapshot = async (id: string, path: Issue['path'] = ['id']): Promise<SettingsSnapshot> => {
    const found = await settings.snapshot(id, path);
    if (isSeen(found.heatpumpId)) return found;
    const message = 'no snapshot of settings with this id';
    throw new AppError('NOT_FOUND', message, [{ path, message }]);
  };
  const restorable = (id: string) => snapshot(id, ['input', 'snapshotId']);
  return {
    snapshot,
    snapshots: async (query) => settings.snapshots(ofSeen(query)),
    changes: async (query) => settings.changes(ofSeen(query)),
    takeSnapshot: async (heatpumpId) => settings.takeSnapshot(heatpumps.info(heatpumpId).settings.id),
    difference: async (from, to) => {
      await snapshot(from, ['from']);
      if (to !== null) await snapshot(to, ['to']);
      return settings.difference(from, to);
    },
    undo: (writeId) => settings.undo(writeId, `undo:${writeId}`, isSeen),
    previewRestore: async (id, keys) => settings.previewRestore((await restorable(id)).id, keys),
    restore: async (id, keys) => settings.restore((await restorable(id)).id, keys, `restore:${id}`),
  };

  function ofSeen<T extends { readonly heatpumpId: string }>(query: T): T {
    heatpumps.info(query.heatpumpId);
    return query;
  }
}
