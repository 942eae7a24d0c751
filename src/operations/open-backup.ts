import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream, readFileSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { pipeline } from 'node:stream/promises';
import { createGunzip } from 'node:zlib';
import { BackupError } from './backup-error.ts';
import { ByteReader } from './byte-reader.ts';
import { requireSpace } from './disk-space.ts';
import { unpackKeys } from './key-files.ts';
import { MANIFEST_NAME, MAX_MANIFEST_BYTES, type Manifest, type Part, parseManifest } from './manifest.ts';
import { SEAL_MAGIC, unseal } from './seal.ts';
import { readTarHeader, tarPadding } from './tar.ts';

const GZIP_MAGIC = Buffer.from([0x1f, 0x8b]);

/** What a file looks like from outside. */
export type BackupKind = 'PLAIN' | 'SEALED';

/** Tells from its first bytes what a file is; null: no backup of ours. */
export async function backupKind(file: string): Promise<BackupKind | null> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(SEAL_MAGIC.length), 0, SEAL_MAGIC.length);
    const start = buffer.subarray(0, bytesRead);
    if (start.equals(SEAL_MAGIC)) return 'SEALED';
    return start.subarray(0, GZIP_MAGIC.length).equals(GZIP_MAGIC) ? 'PLAIN' : null;
  } finally {
    await handle.close();
  }
}

/**
 * Unpacks a backup into an empty folder, and proves every byte of it. Nothing is written but the files that a backup has, each
 * as large as the manifest says, and only if the disk bears it. Throws {@link BackupError}; what is in the folder then is not to
 * be used.
 */
export async function unpackBackup(file: string, passphrase: string | null, folder: string): Promise<Manifest> {
  const kind = await backupKind(file);
  if (kind === null) throw new BackupError('FOREIGN', 'this is no backup of Thermograph');
  const content = kind === 'SEALED' ? unseal(bytesOf(file), requirePassphrase(passphrase)) : bytesOf(file);
  const gunzip = createGunzip();
  let taken = 0;
  let manifest: Manifest | null = null;
  const counted = async function* () {
    for await (const piece of content) {
      taken += piece.length;
      yield piece;
    }
  };
  try {
    await pipeline(counted, gunzip, async (source) => {
      manifest = await unpack(new ByteReader(source as AsyncIterable<Buffer>), folder);
    });
  } catch (thrown) {
    throw isOfGzip(thrown) ? damaged() : thrown;
  }
  // What follows the end of the archive is passed over by gzip itself.
  if (manifest === null || gunzip.bytesWritten !== taken) throw damaged();
  return manifest;
}

async function unpack(reader: ByteReader, folder: string): Promise<Manifest> {
  const first = await readTarHeader(reader);
  if (first?.name !== MANIFEST_NAME || first.bytes > MAX_MANIFEST_BYTES) {
    throw new BackupError('FOREIGN', 'this is no backup of Thermograph');
  }
  const manifest = parseManifest((await reader.take(first.bytes)).toString('utf8'));
  await reader.take(tarPadding(first.bytes).length);
  requireSpace(
    folder,
    manifest.parts.reduce((sum, { bytes }) => sum + bytes, 0),
  );
  for (const part of manifest.parts) await unpackPart(reader, part, folder);
  if ((await readTarHeader(reader)) !== null) throw new BackupError('FOREIGN', 'the backup has a file too many');
  return manifest;
}

async function unpackPart(reader: ByteReader, { name, bytes, sha256 }: Part, folder: string): Promise<void> {
  const header = await readTarHeader(reader);
  if (header?.name !== name || header.bytes !== bytes) throw damaged();
  const hash = createHash('sha256');
  const path = join(folder, name);
  const hashed = async function* () {
    for await (const piece of reader.pieces(bytes)) {
      hash.update(piece);
      yield piece;
    }
  };
  await pipeline(hashed, createWriteStream(path, { mode: 0o600, flags: 'wx', flush: true }));
  await reader.take(tarPadding(bytes).length);
  if (hash.digest('hex') !== sha256) throw damaged();
  if (name !== 'keys.json') return;
  unpackKeys(readFileSync(path, 'utf8'), folder);
  rmSync(path);
}

function bytesOf(file: string): AsyncIterable<Buffer> {
  return createReadStream(file);
}

function requirePassphrase(passphrase: string | null): string {
  if (passphrase !== null) return passphrase;
  throw new BackupError('PASSPHRASE_NEEDED', 'the backup is sealed; its passphrase is needed');
}

function isOfGzip(thrown: unknown): boolean {
  return /^Z_/.test(String((thrown as { code?: unknown }).code));
}

function damaged(): BackupError {
  return new BackupError('DAMAGED', 'the backup is cut off, or was changed since it was made');
}
