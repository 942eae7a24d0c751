import { BackupError } from './backup-error.ts';
import type { ByteReader } from './byte-reader.ts';

/** One file of an archive. */
export interface TarEntry {
  readonly name: string;
  readonly bytes: number;
}

const BLOCK = 512;
/** From here on a size does not fit into eleven octal digits. */
const MAX_OCTAL_SIZE = 8 ** 11;
/** Archives end with two empty blocks, and many programs fill up to twenty. */
const MAX_END_BYTES = 64 * BLOCK;

/** Where the fields of a header lie (POSIX.1-1988, "ustar"). */
const FIELDS = {
  name: [0, 100],
  mode: [100, 8],
  owner: [108, 8],
  group: [116, 8],
  size: [124, 12],
  modifiedAt: [136, 12],
  checksum: [148, 8],
  type: [156, 1],
  magic: [257, 8],
} as const;
const MAGIC = 'ustar\u000000';
const ORDINARY_FILE = '0';

/**
 * The header of a file; its content, filled up by {@link tarPadding}, comes next. We write it ourselves, for of the format we need
 * three fields, and of what we read nothing but these is to be understood: no links, no folders, no names from elsewhere.
 */
export function tarHeader({ name, bytes }: TarEntry, modifiedAtMs: number): Buffer {
  const header = Buffer.alloc(BLOCK);
  const put = (field: keyof typeof FIELDS, text: string) => header.write(text, FIELDS[field][0], 'latin1');
  put('name', name);
  put('mode', '0000600\0');
  put('owner', '0000000\0');
  put('group', '0000000\0');
  putSize(header, bytes);
  put('modifiedAt', `${octal(Math.floor(modifiedAtMs / 1_000), 11)}\0`);
  put('type', ORDINARY_FILE);
  put('magic', MAGIC);
  put('checksum', `${octal(checksumOf(header), 6)}\0 `);
  return header;
}

/** What fills a file of this size up to whole blocks. */
export function tarPadding(bytes: number): Buffer {
  return Buffer.alloc((BLOCK - (bytes % BLOCK)) % BLOCK);
}

/** The end of an archive. */
export function tarEnd(): Buffer {
  return Buffer.alloc(2 * BLOCK);
}

/**
 * The next file of an archive, of which the caller then reads exactly the content and the padding; null at the end. Throws
 * `DAMAGED`, or `FOREIGN` for what only other programs write.
 */
export async function readTarHeader(reader: ByteReader): Promise<TarEntry | null> {
  const header = await reader.take(BLOCK);
  if (header.every((byte) => byte === 0)) {
    await reader.drain(MAX_END_BYTES);
    return null;
  }
  const isOurs = textOf(header, 'type') === ORDINARY_FILE && textOf(header, 'magic') === MAGIC.slice(0, 5);
  if (!isOurs) throw new BackupError('FOREIGN', 'this is no backup of Thermograph');
  if (Number.parseInt(textOf(header, 'checksum'), 8) !== checksumOf(header)) {
    throw new BackupError('DAMAGED', 'the backup is damaged: a header is not what it was');
  }
  return { name: textOf(header, 'name'), bytes: sizeOf(header) };
}

/** Sizes of 8 GiB and more are binary, with the first bit set, as GNU tar has them. */
function putSize(header: Buffer, bytes: number): void {
  const [offset] = FIELDS.size;
  if (bytes < MAX_OCTAL_SIZE) {
    header.write(`${octal(bytes, 11)}\0`, offset, 'latin1');
    return;
  }
  header[offset] = 0x80;
  header.writeBigUInt64BE(BigInt(bytes), offset + 4);
}

function sizeOf(header: Buffer): number {
  const [offset] = FIELDS.size;
  const size =
    header[offset] === 0x80 ? Number(header.readBigUInt64BE(offset + 4)) : Number(`0o${textOf(header, 'size')}`);
  if (!Number.isSafeInteger(size)) throw new BackupError('DAMAGED', 'the backup is damaged: a size is none');
  return size;
}

/** The sum of all bytes, with the checksum itself counted as spaces. */
function checksumOf(header: Buffer): number {
  const [start, length] = FIELDS.checksum;
  return header.reduce((sum, byte, index) => sum + (index >= start && index < start + length ? 0x20 : byte), 0);
}

function textOf(header: Buffer, field: keyof typeof FIELDS): string {
  const [start, length] = FIELDS[field];
  const [text = ''] = header.toString('latin1', start, start + length).split('\0');
  return text;
}

function octal(value: number, digits: number): string {
  return value.toString(8).padStart(digits, '0');
}
