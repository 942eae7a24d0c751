import { createHash } from 'node:crypto';
import {
  createReadStream,
  createWriteStream,
  existsSync,
  mkdtempSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { copyDatabases, migrationsOf, stripCopy } from './database-copies.ts';
import { requireSpace } from './disk-space.ts';
import { packKeys } from './key-files.ts';
import { BACKUP_FORMAT, MANIFEST_NAME, type Manifest, type Part, type PartName } from './manifest.ts';
import { seal } from './seal.ts';
import { tarEnd, tarHeader, tarPadding } from './tar.ts';

/** Where a server keeps what it has to keep. */
export interface DataPlaces {
  readonly dataDir: string;
  readonly databaseFile: string;
  readonly historyFile: string;
}

/** A backup to be made. */
export interface BackupOrder {
  readonly places: DataPlaces;
  /** The file to be made; its folder is there. */
  readonly file: string;
  /** Null: it is not sealed, and has no secrets. */
  readonly passphrase: string | null;
  /** Of Thermograph. */
  readonly version: string;
  /** Milliseconds UTC. */
  readonly now: number;
}

/** Blocks of history are packed already: more effort finds little more. */
const GZIP_LEVEL = 4;

/**
 * Makes a backup while the server goes on, or while there is none. It is a gzipped tar archive that any program unpacks, sealed
 * if there is a passphrase. The file appears when it is complete and on disk. Blocks its thread for seconds. Throws `NO_SPACE`,
 * and what SQLite and the file system do.
 */
export async function makeBackup(order: BackupOrder): Promise<Manifest> {
  const { places, file, passphrase } = order;
  const sizes = [places.databaseFile, places.historyFile].map(bytesOf);
  // Once for the copies, once for what is made of them.
  requireSpace(dirname(file), 2 * sizes.reduce((sum, size) => sum + size, 0));
  const folder = mkdtempSync(join(dirname(file), '.making-'));
  try {
    const manifest = await describe(order, await collect(places, folder, passphrase !== null), folder);
    const packed = join(folder, basename(file));
    const gzip = createGzip({ level: GZIP_LEVEL });
    const target = createWriteStream(packed, { mode: 0o600, flush: true });
    if (passphrase === null) await pipeline(archive(manifest, folder), gzip, target);
    else await pipeline(archive(manifest, folder), gzip, (content) => seal(content, passphrase), target);
    renameSync(packed, file);
    return manifest;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Puts what is to be in the backup into a folder; returns the names in their order. */
async function collect(places: DataPlaces, folder: string, withSecrets: boolean): Promise<PartName[]> {
  const hasHistory = existsSync(places.historyFile);
  const [database, history] = [join(folder, 'thermograph.db'), join(folder, 'history.db')];
  await copyDatabases([
    { file: places.databaseFile, copy: database },
    ...(hasHistory ? [{ file: places.historyFile, copy: history }] : []),
  ]);
  stripCopy(database, withSecrets);
  const keys = withSecrets ? packKeys(places.dataDir) : null;
  if (keys !== null) writeFileSync(join(folder, 'keys.json'), keys, { mode: 0o600 });
  return [
    'thermograph.db',
    ...(hasHistory ? (['history.db'] as const) : []),
    ...(keys ? (['keys.json'] as const) : []),
  ];
}

async function describe(order: BackupOrder, names: readonly PartName[], folder: string): Promise<Manifest> {
  const parts: Part[] = [];
  for (const name of names) {
    const path = join(folder, name);
    parts.push({ name, bytes: bytesOf(path), sha256: await hashOf(path) });
  }
  return {
    product: 'thermograph',
    format: BACKUP_FORMAT,
    version: order.version,
    createdAt: new Date(order.now).toISOString(),
    hasSecrets: order.passphrase !== null,
    migrations: migrationsOf(join(folder, 'thermograph.db')),
    parts,
  };
}

async function* archive(manifest: Manifest, folder: string): AsyncGenerator<Buffer> {
  const modifiedAt = Date.parse(manifest.createdAt);
  const text = Buffer.from(`${JSON.stringify(manifest, null, 2)}\n`);
  yield tarHeader({ name: MANIFEST_NAME, bytes: text.length }, modifiedAt);
  yield text;
  yield tarPadding(text.length);
  for (const { name, bytes } of manifest.parts) {
    yield tarHeader({ name, bytes }, modifiedAt);
    yield* createReadStream(join(folder, name)) as AsyncIterable<Buffer>;
    yield tarPadding(bytes);
  }
  yield tarEnd();
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  for await (const piece of createReadStream(file)) hash.update(piece as Buffer);
  return hash.digest('hex');
}

function bytesOf(file: string): number {
  return statSync(file, { throwIfNoEntry: false })?.size ?? 0;
}
