import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { SECRET_FILE } from '../access/secret-file.ts';
import { BackupError } from './backup-error.ts';

/** Files of the data folder that hold the server's own keys; they are in sealed backups only. */
export const KEY_FILES = [SECRET_FILE] as const;

const keys = z.partialRecord(z.enum(KEY_FILES), z.base64());

/** The keys of a data folder as JSON text; null if there are none. */
export function packKeys(dataDir: string): string | null {
  const present = KEY_FILES.filter((name) => existsSync(join(dataDir, name)));
  if (present.length === 0) return null;
  return JSON.stringify(Object.fromEntries(present.map((name) => [name, readFileSync(join(dataDir, name), 'base64')])));
}

/** Writes packed keys as files of a folder. Throws `FOREIGN`. */
export function unpackKeys(text: string, folder: string): void {
  const result = keys.safeParse(parseJson(text));
  if (!result.success) throw new BackupError('FOREIGN', 'the keys in the backup are none of Thermograph');
  for (const [name, content] of Object.entries(result.data)) {
    writeFileSync(join(folder, name), Buffer.from(content, 'base64'), { mode: 0o600 });
  }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
