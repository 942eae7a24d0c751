import Database from 'better-sqlite3';

/** A database to be copied, and the file to be made. */
export interface DatabaseCopy {
  readonly file: string;
  readonly copy: string;
}

/** As many pages as there are: a copy in one step reads one state, whatever is written meanwhile. */
const ALL_PAGES = 0x7f_ff_ff_ff;

/**
 * Rows that no backup has: who is signed in, and links sent by mail, would be let in again. What is not there in an older
 * database is passed over.
 */
const NEVER_KEPT = ['Session', 'Verification'];

/** Columns that can be read as they are, so that they are in no backup without a passphrase. */
const SECRET_COLUMNS = [{ table: 'Channel', column: 'secret' }];

/**
 * Copies databases as they were at one moment, while others read and write them. Blocks its thread, so not for the main one. The
 * copies have no log beside them.
 */
export async function copyDatabases(copies: readonly DatabaseCopy[]): Promise<void> {
  const sources = copies.map(({ file, copy }) => ({ copy, database: new Database(file, { fileMustExist: true }) }));
  try {
    // From now on each connection sees what was there then, one right after the other.
    for (const { database } of sources) database.exec('BEGIN; SELECT count(*) FROM sqlite_master;');
    for (const { copy, database } of sources) await database.backup(copy, { progress: () => ALL_PAGES });
  } finally {
    for (const { database } of sources) database.close();
  }
  for (const { copy } of copies) withDatabase(copy, (database) => database.pragma('journal_mode = DELETE'));
}

/** Takes out of a copy what no backup may have, and unless `withSecrets` what only a sealed one may; nothing of it is left in the file. */
export function stripCopy(copy: string, withSecrets: boolean): void {
  withDatabase(copy, (database) => {
    for (const table of NEVER_KEPT) if (columnsOf(database, table).length > 0) database.exec(`DELETE FROM "${table}"`);
    for (const { table, column } of withSecrets ? [] : SECRET_COLUMNS) {
      if (columnsOf(database, table).includes(column)) database.exec(`UPDATE "${table}" SET "${column}" = NULL`);
    }
    database.exec('VACUUM');
  });
}

/** The names of the columns of a table; none if there is no such table. */
export function columnsOf(database: Database.Database, table: string): string[] {
  return database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(table);
}

/** The steps of the schema that a database has had, oldest first. */
export function migrationsOf(file: string): string[] {
  return withDatabase(file, (database) =>
    database.prepare<[], string>('SELECT migration_name FROM _prisma_migrations ORDER BY migration_name').pluck().all(),
  );
}

/** Works on a database and closes it again. */
export function withDatabase<T>(file: string, use: (database: Database.Database) => T): T {
  const database = new Database(file, { fileMustExist: true });
  try {
    return use(database);
  } finally {
    database.close();
  }
}
