import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { makeTempDir } from '../support/house.ts';
import { sqlOfSchema } from '../support/prisma-sql.ts';

const SCHEMA = new URL('../../prisma/schema.prisma', import.meta.url);

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
