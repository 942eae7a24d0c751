import { constants } from 'node:fs';
import { access } from 'node:fs/promises';
import { PrismaBetterSqlite3 } from '@prisma/adapter-better-sqlite3';
import { PrismaClient } from './generated/client.ts';
import { migrateDatabase } from './migrate.ts';

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
