import {
  copyFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { makeTempDir } from '../support/house.ts';
import { sqlOfSchema } from '../support/prisma-sql.ts';

const SCHEMA = new URL('../../prisma/schema.prisma', import.meta.url);
const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const MIGRATION_NAMES = readdirSync(MIGRATIONS, { withFileTypes: true })
  .filter((entry) => entry.isDirectory())
  .map(({ name }) => name)
  .sort();

let directory: ReturnType<typeof makeTempDir>;
let file: string;
beforeEach(() => {
  directory = makeTempDir();
  file = join(directory.path, 'test.db');
});
afterEach(() => directory.remove());

function withDatabase<T>(path: string, use: (database: Database.Database) => T): T {
  const database = new Database(path);
  try {
    return use(database);
  } finally {
    database.close();
  }
}

/** Tables, columns, indexes and foreign keys, as SQLite itself sees them. */
function structureOf(path: string): unknown {
  return withDatabase(path, (database) => {
    const tables = database
      .prepare("SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' ORDER BY name")
      .pluck()
      .all() as string[];
    return tables.map((table) => ({
      table,
      columns: database.pragma(`table_info("${table}")`),
      foreignKeys: database.pragma(`foreign_key_list("${table}")`),
      indexes: (database.pragma(`index_list("${table}")`) as { name: string; unique: number }[])
        .map(({ name, unique }) => ({ name, unique, columns: database.pragma(`index_info("${name}")`) }))
        .sort((a, b) => a.name.localeCompare(b.name)),
    }));
  });
}

describe('the migrations', () => {
  it('lead to exactly the schema that Prisma works with', async () => {
    migrateDatabase(file);
    const wanted = join(directory.path, 'wanted.db');
    const sql = await sqlOfSchema(readFileSync(SCHEMA, 'utf8'));
    withDatabase(wanted, (database) => database.exec(sql));
    expect(structureOf(file)).toStrictEqual(structureOf(wanted));
    expect(structureOf(file)).not.toStrictEqual([]);
  });

  it('are noted as Prisma notes them, and run once', () => {
    migrateDatabase(file);
    migrateDatabase(file);
    const noted = withDatabase(file, (database) =>
      database
        .prepare('SELECT migration_name, checksum, applied_steps_count, rolled_back_at FROM _prisma_migrations')
        .all(),
    );
    const entries = readdirSync(new URL('../../prisma/migrations', import.meta.url), { withFileTypes: true });
    const names = entries.flatMap((entry) => (entry.isDirectory() ? entry.name : [])).sort();
    expect(names[0]).toBe('20261124000000_heatpumps');
    expect(noted).toStrictEqual(
      names.map((name) => ({
        migration_name: name,
        checksum: expect.stringMatching(/^[0-9a-f]{64}$/),
        applied_steps_count: 1,
        rolled_back_at: null,
      })),
    );
  });

  it('are all applied, or none', () => {
    const migrations = join(directory.path, 'migrations');
    mkdirSync(join(migrations, '1_good'), { recursive: true });
    mkdirSync(join(migrations, '2_bad'));
    writeFileSync(join(migrations, '1_good', 'migration.sql'), 'CREATE TABLE good (id TEXT);');
    writeFileSync(
      join(migrations, '2_bad', 'migration.sql'),
      'CREATE TABLE bad (id TEXT); CREATE TABLE good (id TEXT);',
    );
    expect(() => migrateDatabase(file, migrations)).toThrow(/already exists/);
    expect(structureOf(file)).toStrictEqual([]);
  });
});

/** Copies the first `count` migrations to a folder, as a server of that time had them. */
function migrationsUntil(count: number): string {
  const folder = join(directory.path, `migrations-${count}`);
  for (const name of MIGRATION_NAMES.slice(0, count))
    cpSync(join(MIGRATIONS, name), join(folder, name), { recursive: true });
  return folder;
}

/** Puts a row into every table. Whatever refers to another row finds it, for all keys are equal. */
function fill(path: string): Record<string, Record<string, unknown>> {
  return withDatabase(path, (database) => {
    database.pragma('foreign_keys = OFF');
    for (const table of tablesOf(database)) {
      const columns = database.pragma(`table_info("${table}")`) as { name: string; type: string }[];
      const values = columns.map(({ type }) => (type === 'TEXT' ? 'one' : 1));
      const names = columns.map(({ name }) => `"${name}"`).join(', ');
      database.prepare(`INSERT INTO "${table}" (${names}) VALUES (${columns.map(() => '?').join(', ')})`).run(values);
    }
    return rowsOf(database);
  });
}

function tablesOf(database: Database.Database): string[] {
  const all = database.prepare("SELECT name FROM sqlite_master WHERE type = 'table'").pluck().all() as string[];
  return all.filter((name) => !/^(_prisma|sqlite_)/.test(name));
}

const rowsOf = (database: Database.Database) =>
  Object.fromEntries(
    tablesOf(database).map((table) => [
      table,
      database.prepare(`SELECT * FROM "${table}"`).get() as Record<string, unknown>,
    ]),
  );

describe('a database of an earlier version', () => {
  it.each(MIGRATION_NAMES.map((name, index) => [name, index + 1] as const))(
    'keeps every row it had at %s',
    (_, count) => {
      migrateDatabase(file, migrationsUntil(count));
      const before = fill(file);
      expect(Object.keys(before).length).toBeGreaterThan(0);
      migrateDatabase(file);
      withDatabase(file, (database) => {
        expect(rowsOf(database)).toMatchObject(before);
        expect(database.pragma('foreign_key_check')).toStrictEqual([]);
        expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
      });
    },
  );
});

describe('the database', () => {
  it('keeps what was written through a crash of the process or the machine', async () => {
    const prisma = await openDatabase(file);
    const setting = async (name: string) =>
      Object.values(((await prisma.$queryRawUnsafe(`PRAGMA ${name}`)) as object[])[0] ?? {})[0];
    expect(await setting('journal_mode')).toBe('wal');
    expect(Number(await setting('synchronous'))).toBe(2);
    expect(Number(await setting('foreign_keys'))).toBe(1);
    await prisma.$disconnect();
  });
});

describe('a database that cannot be used', () => {
  /** The refusal, and proof that the file is as it was. */
  function refusalOf(path: string): unknown {
    const before = readFileSync(path);
    const { mtimeMs } = statSync(path);
    let refusal: unknown = null;
    try {
      migrateDatabase(path);
    } catch (thrown) {
      refusal = thrown;
    }
    expect(readFileSync(path).equals(before)).toBe(true);
    expect(statSync(path).mtimeMs).toBe(mtimeMs);
    expect(existsSync(`${path}-wal`)).toBe(false);
    return refusal;
  }

  it('is refused if it is newer', () => {
    migrateDatabase(file);
    withDatabase(file, (database) => {
      database.pragma('journal_mode = DELETE');
      database.exec(
        "INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES ('x', '', '29990101000000_future')",
      );
    });
    expect(refusalOf(file)).toMatchObject({ code: 'NEWER', message: expect.stringMatching(/29990101000000_future/) });
  });

  it('is refused if it is somebody else’s', () => {
    withDatabase(file, (database) => database.exec('CREATE TABLE settings (key TEXT)'));
    expect(refusalOf(file)).toMatchObject({ code: 'FOREIGN' });
  });

  it('is refused if it is no database', () => {
    writeFileSync(file, 'not a database, but long enough to have a header '.repeat(100));
    expect(refusalOf(file)).toMatchObject({ code: 'DAMAGED' });
  });

  it('is refused if it is cut off', () => {
    migrateDatabase(file);
    withDatabase(file, (database) => database.pragma('journal_mode = DELETE'));
    const cut = join(directory.path, 'cut.db');
    copyFileSync(file, cut);
    writeFileSync(cut, readFileSync(file).subarray(0, 6_000));
    expect(refusalOf(cut)).toMatchObject({ code: 'DAMAGED' });
  });

  it('is refused if a page is overwritten', () => {
    migrateDatabase(file);
    withDatabase(file, (database) => database.pragma('journal_mode = DELETE'));
    const bytes = readFileSync(file);
    bytes.fill(0xa5, 4_096, 8_192);
    writeFileSync(file, bytes);
    expect(refusalOf(file)).toMatchObject({ code: 'DAMAGED' });
  });

  it('is an empty file like a new one', () => {
    writeFileSync(file, '');
    migrateDatabase(file);
    const fresh = join(directory.path, 'fresh.db');
    migrateDatabase(fresh);
    expect(structureOf(file)).toStrictEqual(structureOf(fresh));
    expect(structureOf(file)).not.toStrictEqual([]);
  });
});
