import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { DatabaseError, migrateDatabase } from '../db/migrate.ts';
import { messageOf } from '../domain/errors.ts';
import { openForWriting } from '../history/history-file.ts';
import { BackupError } from './backup-error.ts';
import { withDatabase } from './database-copies.ts';

/**
 * Brings unpacked databases to this version's schema, and makes sure that they are intact and hold what such databases do, and
 * no trigger or table besides. Throws `DAMAGED`, `FOREIGN` or `NEWER`.
 */
export function checkDatabases(folder: string): void {
  const model = join(folder, 'model.db');
  const [database, history] = [join(folder, 'thermograph.db'), join(folder, 'history.db')];
  refuseDamaged(database);
  asBackupError(() => migrateDatabase(database));
  migrateDatabase(model);
  refuseOtherSchema(database, model);
  rmSync(model);
  if (!existsSync(history)) return;
  refuseDamaged(history);
  openForWriting(model).close();
  refuseOtherHistory(history, model);
  refuseOtherSchema(history, model);
  rmSync(model);
}

function refuseDamaged(file: string): void {
  let finding: unknown;
  try {
    finding = withDatabase(file, (database) => {
      database.pragma('trusted_schema = OFF');
      database.pragma('cell_size_check = ON');
      return database.pragma('integrity_check(1)', { simple: true });
    });
  } catch (thrown) {
    finding = messageOf(thrown);
  }
  if (finding !== 'ok') throw new BackupError('DAMAGED', `a database in the backup is damaged: ${String(finding)}`);
}

function asBackupError(migrate: () => void): void {
  try {
    migrate();
  } catch (thrown) {
    if (!(thrown instanceof DatabaseError))
      throw new BackupError('FOREIGN', 'the database cannot be brought to this version');
    const code = thrown.code === 'NEWER' ? 'NEWER' : thrown.code === 'DAMAGED' ? 'DAMAGED' : 'FOREIGN';
    const reason = { NEWER: 'is of a newer version of Thermograph', DAMAGED: 'is damaged', FOREIGN: 'is not ours' }[
      code
    ];
    throw new BackupError(code, `the database in the backup ${reason}`);
  }
}

function refuseOtherHistory(file: string, model: string): void {
  const version = (path: string) => Number(withDatabase(path, (one) => one.pragma('user_version', { simple: true })));
  if (version(file) > version(model)) {
    throw new BackupError('NEWER', 'the history in the backup is of a newer version of Thermograph');
  }
}

/** Whatever a database is made of, statement by statement. */
function refuseOtherSchema(file: string, model: string): void {
  const schemaOf = (path: string) => withDatabase(path, schemaText);
  if (schemaOf(file) !== schemaOf(model)) {
    throw new BackupError('FOREIGN', 'a database in the backup is not made as those of Thermograph are');
  }
}

/** Prisma's own note of the migrations may have been made by its own program, in other words. */
function schemaText(database: Database.Database): string {
  const rows = database
    .prepare(
      `SELECT type, name, tbl_name, sql FROM sqlite_master WHERE name NOT LIKE 'sqlite_stat%'
       AND NOT (type IN ('table', 'index') AND tbl_name = '_prisma_migrations')`,
    )
    .all();
  return rows
    .map((row) => JSON.stringify(row))
    .sort()
    .join('\n');
}
