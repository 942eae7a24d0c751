import { createHash, randomUUID } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { messageOf } from '../domain/errors.ts';

/** The migrations of this version; src/ and dist/ are equally deep. */
const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));

/** A database that cannot be used; it has been left as it was. */
export class DatabaseError extends Error {
  override readonly name = 'DatabaseError';
  /** `DAMAGED`: no intact SQLite database. `FOREIGN`: not one of ours. `NEWER`: from a newer version. `IN_USE`: by a server. */
  readonly code: 'DAMAGED' | 'FOREIGN' | 'NEWER' | 'IN_USE';

  constructor(code: DatabaseError['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/** One step of the schema's history, as Prisma keeps it on disk. */
interface Migration {
  readonly name: string;
  readonly sql: string;
}

/**
 * Brings the database file to this version's schema, creating it if need be. All missing steps are applied in one
 * transaction and noted in Prisma's own table. Throws {@link DatabaseError}, with the file untouched, if it is damaged,
 * not ours, or newer than this version.
 */
export function migrateDatabase(file: string, directory = MIGRATIONS): void {
  const migrations = readMigrations(directory);
  if (existsSync(file)) inspect(file, migrations);
  const database = new Database(file);
  try {
    database.pragma('journal_mode = WAL');
    database.pragma('foreign_keys = OFF');
    database.transaction(() => applyMissing(database, migrations)).immediate();
  } finally {
    database.close();
  }
}

function readMigrations(directory: string): Migration[] {
  return readdirSync(directory, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => ({ name, sql: readFileSync(join(directory, name, 'migration.sql'), 'utf8') }))
    .sort((a, b) => a.name.localeCompare(b.name, 'en'));
}

/** Looks at the file without writing to it. */
function inspect(file: string, migrations: readonly Migration[]): void {
  let applied: string[];
  try {
    applied = inspectReadOnly(file);
  } catch (thrown) {
    if (thrown instanceof DatabaseError) throw thrown;
    throw new DatabaseError('DAMAGED', `${file} is not an intact database: ${messageOf(thrown)}`);
  }
  const unknown = applied.filter((name) => !migrations.some((migration) => migration.name === name));
  if (unknown.length === 0) return;
  const message = `${file} was written by a newer version of Thermograph (${unknown.join(', ')}); install that version`;
  throw new DatabaseError('NEWER', message);
}

/** The names of the migrations a database has had. */
function inspectReadOnly(file: string): string[] {
  const database = new Database(file, { readonly: true });
  try {
    const check = database.pragma('quick_check(1)', { simple: true });
    if (check !== 'ok') throw new DatabaseError('DAMAGED', `${file} is damaged: ${String(check)}`);
    const tables = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all();
    if (tables.length > 0 && !tables.includes('_prisma_migrations')) {
      throw new DatabaseError('FOREIGN', `${file} is not a database of Thermograph`);
    }
    return appliedMigrations(database);
  } finally {
    database.close();
  }
}

function appliedMigrations(database: Database.Database): string[] {
  const exists = database.prepare("SELECT 1 FROM sqlite_master WHERE name = '_prisma_migrations'").get();
  if (!exists) return [];
  return database.prepare<[], string>('SELECT migration_name FROM _prisma_migrations').pluck().all();
}

function applyMissing(database: Database.Database, migrations: readonly Migration[]): void {
  database.exec(MIGRATIONS_TABLE);
  const applied = appliedMigrations(database);
  const note = database.prepare(NOTE_MIGRATION);
  for (const { name, sql } of migrations.filter((migration) => !applied.includes(migration.name))) {
    database.exec(sql);
    note.run(randomUUID(), createHash('sha256').update(sql).digest('hex'), name);
  }
  const broken = database.pragma('foreign_key_check');
  if (Array.isArray(broken) && broken.length > 0) throw new Error('a migration left broken references');
}

const MIGRATIONS_TABLE = `
  CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
    "id" TEXT PRIMARY KEY NOT NULL,
    "checksum" TEXT NOT NULL,
    "finished_at" DATETIME,
    "migration_name" TEXT NOT NULL,
    "logs" TEXT,
    "rolled_back_at" DATETIME,
    "started_at" DATETIME NOT NULL DEFAULT current_timestamp,
    "applied_steps_count" INTEGER UNSIGNED NOT NULL DEFAULT 0
  )`;

const NOTE_MIGRATION = `
  INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
  VALUES (?, ?, ?, strftime('%Y-%m-%dT%H:%M:%fZ'), strftime('%Y-%m-%dT%H:%M:%fZ'), 1)`;
