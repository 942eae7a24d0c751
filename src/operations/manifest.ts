import { z } from 'zod';
import { BackupError } from './backup-error.ts';

/** The version of the format that this version makes, and the newest that it takes. */
export const BACKUP_FORMAT = 1;

/** The names of the files in a backup after its manifest, in their order. */
export const PART_NAMES = ['thermograph.db', 'history.db', 'keys.json'] as const;
/** One of {@link PART_NAMES}. */
export type PartName = (typeof PART_NAMES)[number];

/** The name of the manifest, the first file of every backup. */
export const MANIFEST_NAME = 'manifest.json';
/** The most bytes of a manifest. */
export const MAX_MANIFEST_BYTES = 64 * 1024;

const part = z.object({
  name: z.enum(PART_NAMES),
  bytes: z.int().min(0),
  /** Of the content, in hexadecimal digits. */
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
});

const manifest = z.object({
  /** Tells a backup of ours from any other archive. */
  product: z.literal('thermograph'),
  format: z.literal(BACKUP_FORMAT),
  /** Of Thermograph, e.g. "0.1.0". */
  version: z.string().max(100),
  /** ISO 8601, UTC: everything is as it was then. */
  createdAt: z.iso.datetime(),
  /** Whether passwords and tokens of channels, and the server's own keys, are in it. */
  hasSecrets: z.boolean(),
  /** Steps of the schema that the database has had, oldest first. */
  migrations: z.array(z.string().max(200)).max(10_000),
  parts: z.array(part).min(1).max(PART_NAMES.length),
});

/** What is in a backup, and what proves that it is all there. */
export type Manifest = Readonly<z.infer<typeof manifest>>;
/** One file of a backup. */
export type Part = Manifest['parts'][number];

/** Throws `FOREIGN`, or `NEWER` for a format that this version does not know. */
export function parseManifest(text: string): Manifest {
  const value = parseJson(text);
  const newer = z.object({ product: z.literal('thermograph'), format: z.int().gt(BACKUP_FORMAT) }).safeParse(value);
  if (newer.success) throw new BackupError('NEWER', 'the backup was made by a newer version of Thermograph');
  const result = manifest.safeParse(value);
  if (!result.success) throw foreign();
  const names = result.data.parts.map(({ name }) => name);
  const expected = PART_NAMES.filter((name) => names.includes(name));
  if (names[0] !== 'thermograph.db' || names.join() !== expected.join()) throw foreign();
  return result.data;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw foreign();
  }
}

function foreign(): BackupError {
  return new BackupError('FOREIGN', 'this is no backup of Thermograph');
}
