import Database from 'better-sqlite3';

/** The version of {@link SCHEMA}, kept in the file. */
const VERSION = 1;

/**
 * The tables. Blocks lie in order of series and time, so that reading one series is reading neighbours: their id is
 * `series * 2^32` + the second (since 1970) they begin at. Ids are never used again, so they may be remembered.
 */
const SCHEMA = `
  CREATE TABLE series (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    heatpump_id TEXT NOT NULL,
    key TEXT NOT NULL,
    kind TEXT NOT NULL,
    unit TEXT NOT NULL,
    rules TEXT,
    UNIQUE (heatpump_id, key, kind, unit)
  );
  CREATE TABLE layout (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    axis INTEGER NOT NULL,
    series BLOB NOT NULL,
    UNIQUE (axis, series)
  );
  CREATE TABLE scan (
    axis INTEGER NOT NULL,
    at INTEGER NOT NULL,
    interval_ms INTEGER NOT NULL,
    layout INTEGER NOT NULL,
    readings BLOB NOT NULL,
    PRIMARY KEY (axis, at)
  ) WITHOUT ROWID;
  CREATE TABLE raw (id INTEGER PRIMARY KEY, block BLOB NOT NULL);
  CREATE TABLE minute (id INTEGER PRIMARY KEY, block BLOB NOT NULL);
  CREATE TABLE hour (id INTEGER PRIMARY KEY, block BLOB NOT NULL);
  CREATE TABLE unrolled (axis INTEGER NOT NULL, hour INTEGER NOT NULL, PRIMARY KEY (axis, hour)) WITHOUT ROWID;
  CREATE TABLE counter (series INTEGER PRIMARY KEY, state TEXT NOT NULL);
  CREATE TABLE correction (
    series INTEGER NOT NULL,
    at INTEGER NOT NULL,
    until INTEGER,
    correction TEXT NOT NULL,
    PRIMARY KEY (series, at)
  ) WITHOUT ROWID;
  CREATE TABLE total (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
`;

/** How long a transaction waits for another program that has locked the file. */
const BUSY_TIMEOUT_MS = 1_000;
const BUSY_TIMEOUT_READING_MS = 5_000;

/** An open file of history. */
export type HistoryFile = Database.Database;

/** Opens the file for writing, making it if need be. What a transaction has committed is on disk. Throws if it cannot be used. */
export function openForWriting(file: string): HistoryFile {
  const database = new Database(file, { timeout: BUSY_TIMEOUT_MS });
  try {
    database.pragma('auto_vacuum = INCREMENTAL');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.transaction(() => migrate(database, file)).immediate();
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

/** Opens the file for reading beside the writer. Throws if it is not there or cannot be used. */
export function openForReading(file: string): HistoryFile {
  const database = new Database(file, { readonly: true, fileMustExist: true, timeout: BUSY_TIMEOUT_READING_MS });
  try {
    refuseOtherVersions(database, file);
    return database;
  } catch (thrown) {
    database.close();
    throw thrown;
  }
}

function migrate(database: HistoryFile, file: string): void {
  if (versionOf(database) === 0) {
    database.exec(SCHEMA);
    database.pragma(`user_version = ${VERSION}`);
  }
  refuseOtherVersions(database, file);
}

function refuseOtherVersions(database: HistoryFile, file: string): void {
  const version = versionOf(database);
  if (version !== VERSION) throw new Error(`${file} was written by another version of Thermograph (${version})`);
}

function versionOf(database: HistoryFile): number {
  return Number(database.pragma('user_version', { simple: true }));
}

/** More than the seconds that a block can begin at. */
const SECONDS = 2 ** 32;

/** The id of the block of `series` that begins at a time in milliseconds UTC. */
export function blockId(series: number, startMs: number): number {
  return series * SECONDS + Math.min(SECONDS - 1, Math.max(0, Math.floor(startMs / 1_000)));
}

/** When a block begins, in milliseconds UTC. */
export function blockStart(id: number): number {
  return (id % SECONDS) * 1_000;
}
