import { existsSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import Database from 'better-sqlite3';
import { messageOf } from '../domain/errors.ts';
import { ImportError } from './import-error.ts';
import type { Loose } from './loose.ts';

/** What a database of idm_logger holds, as it is there. */
export interface LegacyData {
  /** 2: of the line for several heat pumps. */
  readonly schema: 1 | 2;
  /** Texts by their keys. */
  readonly settings: ReadonlyMap<string, string>;
  readonly heatpumps: readonly Loose[];
  readonly dashboards: readonly Loose[];
  readonly jobs: readonly Loose[];
  readonly alerts: readonly Loose[];
  /** Tables that every version has, and that are not there. */
  readonly missingTables: readonly string[];
  /** What encrypts passwords; null if it is not there. */
  readonly secretKey: string | null;
}

/** The database of a household has less than 1 MB; what is far beyond is another file. */
const MAX_FILE_BYTES = 256 * 1024 * 1024;
const MAX_KEY_BYTES = 1_024;
/** Rows of each table: more than can be kept of anything. */
const MAX_ROWS = 5_000;
/** By the name of the table, a column that tells it from another application's. */
const MARKS = { settings: 'key', heatpumps: 'connection_config' } as const;
/** The file format version of a database in WAL mode, and the two places in its header where it stands. */
const WAL = 2;
const VERSIONS_AT = [18, 19] as const;

/**
 * Reads a database of idm_logger. The file is read as a whole and looked at in memory, so that nothing is ever written to
 * it or beside it. Throws {@link ImportError}.
 */
export function readLegacyFile(file: string): LegacyData {
  const database = openCopy(file);
  try {
    return { ...readTables(file, database), secretKey: readKey(join(dirname(file), '.secret.key')) };
  } catch (thrown) {
    if (thrown instanceof ImportError) throw thrown;
    throw new ImportError('DAMAGED', `${file} is not an intact database: ${messageOf(thrown)}`);
  } finally {
    database.close();
  }
}

function openCopy(file: string): Database.Database {
  const bytes = readBytes(file);
  if (bytes.toString('latin1', 0, 16) !== 'SQLite format 3\0') {
    throw new ImportError('FOREIGN', `${file} is not an SQLite database`);
  }
  // A copy in memory has no log of changes beside it, and needs none: that it is empty has been seen.
  for (const at of VERSIONS_AT) if (bytes[at] === WAL) bytes[at] = 1;
  try {
    return new Database(bytes);
  } catch (thrown) {
    throw new ImportError('DAMAGED', `${file} is not an intact database: ${messageOf(thrown)}`);
  }
}

/** The whole file at a moment when nobody was changing it. */
function readBytes(file: string): Buffer {
  if (!existsSync(file)) throw new ImportError('NOT_FOUND', `there is no file ${file}`);
  try {
    const before = statSync(file);
    if (!before.isFile()) throw new ImportError('UNREADABLE', `${file} is not a file`);
    if (before.size > MAX_FILE_BYTES)
      throw new ImportError('FOREIGN', `${file} is too large for an idm_logger database`);
    refuseUnfinished(file);
    const bytes = readFileSync(file);
    refuseUnfinished(file);
    const after = statSync(file);
    if (after.mtimeMs !== before.mtimeMs || after.size !== before.size) throw isOpen(file, 'it was changed meanwhile');
    return bytes;
  } catch (thrown) {
    if (thrown instanceof ImportError) throw thrown;
    throw new ImportError('UNREADABLE', `${file} cannot be read: ${messageOf(thrown)}`);
  }
}

/** What lies beside a database is a part of it: changes that are not in the file yet, or must be taken back. */
function refuseUnfinished(file: string): void {
  for (const ending of ['-journal', '-wal']) {
    const size = statSync(`${file}${ending}`, { throwIfNoEntry: false })?.size ?? 0;
    if (size > 0) throw isOpen(file, `${file}${ending} holds unfinished changes`);
  }
}

function isOpen(file: string, why: string): ImportError {
  return new ImportError('OPEN', `${file} is in use: ${why}; stop idm_logger first, and try again`);
}

function readTables(file: string, database: Database.Database): Omit<LegacyData, 'secretKey'> {
  const check = database.pragma('quick_check(1)', { simple: true });
  if (check !== 'ok') throw new ImportError('DAMAGED', `${file} is damaged: ${String(check)}`);
  const tables = database.prepare<[], string>("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
  const isMarked = ([table, column]: [string, string]) => columnsOf(database, table).includes(column);
  if (!Object.entries(MARKS).some(isMarked))
    throw new ImportError('FOREIGN', `${file} is not a database of idm_logger`);
  const rows = (table: string): Loose[] => {
    if (!tables.includes(table)) return [];
    const found = database.prepare<[], Loose>(`SELECT * FROM "${table}" LIMIT ${MAX_ROWS + 1}`).all();
    if (found.length <= MAX_ROWS) return found;
    throw new ImportError('FOREIGN', `${file} has more than ${MAX_ROWS} ${table}, which no household has`);
  };
  return {
    schema: tables.includes('heatpumps') ? 2 : 1,
    settings: new Map(rows('settings').map(({ key, value }) => [String(key), String(value ?? '')])),
    heatpumps: rows('heatpumps'),
    dashboards: rows('dashboards'),
    jobs: rows('jobs'),
    alerts: rows('alerts'),
    missingTables: ['settings', 'jobs'].filter((table) => !tables.includes(table)),
  };
}

function columnsOf(database: Database.Database, table: string): string[] {
  return (database.pragma(`table_info("${table}")`) as { name: string }[]).map(({ name }) => name);
}

function readKey(file: string): string | null {
  const status = statSync(file, { throwIfNoEntry: false });
  if (!status?.isFile() || status.size > MAX_KEY_BYTES) return null;
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return null;
  }
}
