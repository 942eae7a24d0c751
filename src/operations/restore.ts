import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { checkDatabases } from './check-databases.ts';
import type { Manifest } from './manifest.ts';
import { unpackBackup } from './open-backup.ts';
import { stage } from './restore-swap.ts';

/** A backup to be checked, or to take the place of the data. */
export interface RestoreOrder {
  readonly dataDir: string;
  readonly file: string;
  /** Null: none is known. */
  readonly passphrase: string | null;
  /** `CHECK`: nothing more. `SETTINGS`: everything but history, which stays as it is. `ALL`: history, too. */
  readonly extent: 'CHECK' | 'SETTINGS' | 'ALL';
}

/**
 * Unpacks a backup beside the data, proves that it is whole and ours, and brings it to this version. Unless it is only a check,
 * it is then staged: it takes the place of the data at the next start. Blocks its thread for seconds. Throws a `BackupError`, with
 * nothing changed.
 */
export async function prepareRestore({ dataDir, file, passphrase, extent }: RestoreOrder): Promise<Manifest> {
  mkdirSync(dataDir, { recursive: true, mode: 0o700 });
  const folder = mkdtempSync(join(dataDir, '.restore-'));
  try {
    const manifest = await unpackBackup(file, passphrase, folder);
    checkDatabases(folder);
    if (extent === 'SETTINGS') rmSync(join(folder, 'history.db'), { force: true });
    if (extent !== 'CHECK') stage(dataDir, folder, { type: 'BACKUP', createdAt: manifest.createdAt });
    return manifest;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
