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
