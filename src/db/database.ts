import { constants, existsSync } from 'node:fs';
import { access } from 'node:fs/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import Database from 'better-sqlite3';
import { messageOf } from '../domain/errors.ts';
import { PrismaClient } from './generated/client.ts';
import { DatabaseError, migrateDatabase } from './migrate.ts';

/**
 * Opens the database file, after bringing it to this version's schema. What a query has written is on disk when its
 * promise resolves. Throws {@link DatabaseError} if the file cannot be used.
 */
export async function openDatabase(file: string): Promise<PrismaClient> {
  migrateDatabase(file);
  const client = new PrismaClient({ adapter: new PrismaBetterSqlite3({ url: `file:${file}` }) });
  // The adapter keeps one connection, so these hold for every query.
  await client.$queryRawUnsafe('PRAGMA synchronous = FULL');
  await client.$queryRawUnsafe('PRAGMA foreign_keys = ON');
  return client;
}

/**
 * Throws {@link DatabaseError} `IN_USE` while a server has the database open: it would not notice what others write. Every
 * connection to a database with a write-ahead log keeps a lock for as long as it lives, even if its process is killed.
 */
export function refuseInUse(file: string): void {
  if (existsSync(file) && isInUse(file)) throw new DatabaseError('IN_USE', `${file} is in use; stop the server first`);
}

function isInUse(file: string): boolean {
  try {
    const database = new Database(file, { timeout: 0 });
    try {
      database.pragma('locking_mode = EXCLUSIVE');
      database.exec('BEGIN IMMEDIATE; ROLLBACK');
      return false;
    } finally {
      database.close();
    }
  } catch (thrown) {
    // Whatever else is wrong with it, whoever opens it is told.
    return String((thrown as { code?: unknown }).code).startsWith('SQLITE_BUSY');
  }
}

/** Copies a database, with a server on it or not; what it holds stays the same. Throws {@link DatabaseError} if it is not intact. */
export function copyDatabase(file: string, copy: string): void {
  try {
    // Not read-only: such a connection would leave its log behind as empty files.
    const database = new Database(file, { fileMustExist: true });
    try {
      database.prepare('VACUUM INTO ?').run(copy);
    } finally {
      database.close();
    }
  } catch (thrown) {
    throw new DatabaseError('DAMAGED', `${file} is not an intact database: ${messageOf(thrown)}`);
  }
}

/**
 * Why the database cannot be used now; null if it can. SQLite goes on with a file that was removed, and everything
 * written to it would be gone with the process, so the file itself is looked at too.
 */
export async function databaseFault(client: PrismaClient, file: string): Promise<string | null> {
  const isThere = await access(file, constants.R_OK | constants.W_OK).then(
    () => true,
    () => false,
  );
  if (!isThere) return 'the database file is missing or may not be written';
  return client.heatpump.count().then(
    () => null,
    () => 'the database cannot be read',
  );
}
