import { existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { ConfigError, readConfig } from '../config.ts';
import { createBundleStore } from '../db/bundle-store.ts';
import { copyDatabase, openDatabase, refuseInUse } from '../db/database.ts';
import { DatabaseError } from '../db/migrate.ts';
import { systemClock } from '../domain/clock.ts';
import { DRIVERS } from '../drivers/index.ts';
import { localTimeZone } from '../jobs/schedule.ts';
import { type ImportRequest, importLegacy } from './import.ts';
import { ImportError } from './import-error.ts';
import { readLegacyFile } from './legacy-file.ts';
import { type ImportReport, reportText } from './report.ts';

const HELP = `Takes over the settings of idm_logger: npm run import -- FILE [options]

FILE is its database, idm_logger.db, with .secret.key beside it for passwords. Nothing is written to it. Both
applications must be stopped; settings go to where the server keeps them (DATA_DIR, DATABASE_URL).

  --dry-run         only tell what would come over
  --host ADDRESS    address of the heat pump in place of the one in FILE, where it may be missing
  --json            the report as JSON
  --help            this text
`;

const OPTIONS = {
  'dry-run': { type: 'boolean', default: false },
  host: { type: 'string' },
  json: { type: 'boolean', default: false },
  help: { type: 'boolean', default: false },
} as const;

/** What is taken over, and how. */
type Source = Pick<ImportRequest, 'file' | 'data' | 'host' | 'isDryRun'>;

/** A command line that cannot be followed. */
class UsageError extends Error {}

async function main(): Promise<void> {
  const { values, positionals } = commandLine();
  if (values.help) return void process.stdout.write(HELP);
  const [file, ...others] = positionals;
  if (!file || others.length > 0) throw new UsageError('exactly one FILE is required');
  const { databaseFile } = readConfig(process.env);
  // First, so that nothing is made here for a file that is none.
  const path = resolve(file);
  const source = { file: path, data: readLegacyFile(path), host: values.host ?? null, isDryRun: values['dry-run'] };
  const report = await (source.isDryRun ? withCopy : inPlace)(databaseFile, (database) => importInto(database, source));
  process.stdout.write(values.json ? `${JSON.stringify(report, null, 2)}\n` : reportText(report));
}

function commandLine() {
  try {
    return parseArgs({ options: OPTIONS, allowPositionals: true });
  } catch (thrown) {
    throw new UsageError((thrown as Error).message);
  }
}

/** Works on the database itself, which nobody else may have open. */
function inPlace<T>(databaseFile: string, work: (database: string) => Promise<T>): Promise<T> {
  refuseInUse(databaseFile);
  mkdirSync(dirname(databaseFile), { recursive: true, mode: 0o700 });
  return work(databaseFile);
}

/** Works on a copy of the database, so that it is not even brought to this version's schema. */
async function withCopy<T>(databaseFile: string, work: (copy: string) => Promise<T>): Promise<T> {
  const directory = mkdtempSync(join(tmpdir(), 'thermograph-import-'));
  try {
    const copy = join(directory, 'copy.db');
    if (existsSync(databaseFile)) copyDatabase(databaseFile, copy);
    return await work(copy);
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function importInto(database: string, source: Source): Promise<ImportReport> {
  const prisma = await openDatabase(database);
  try {
    const [store, now, timeZone] = [createBundleStore(prisma), systemClock.now(), localTimeZone()];
    return await importLegacy({ ...source, store, drivers: DRIVERS, now, timeZone });
  } finally {
    await prisma.$disconnect();
  }
}

main().catch((thrown: unknown) => {
  const isExpected = [ImportError, DatabaseError, ConfigError, UsageError].some((kind) => thrown instanceof kind);
  const message = isExpected ? (thrown as Error).message : String((thrown as Error).stack);
  process.stderr.write(`Nothing was taken over:\n${message}\n`);
  process.exitCode = 1;
});
