import { createCipheriv, createDecipheriv, randomBytes, scrypt, timingSafeEqual } from 'node:crypto';
import { BackupError } from './backup-error.ts';
import { ByteReader } from './byte-reader.ts';

/** What a sealed file begins with; the last character is the version. */
const MAGIC = Buffer.from('THGSEAL1', 'latin1');
/** What every version of a sealed file begins with. */
export const SEAL_MAGIC = MAGIC.subarray(0, 7);

const SALT_BYTES = 16;
const CHECK_BYTES = 16;
const KEY_BYTES = 32;
const TAG_BYTES = 16;
const FRAME_BYTES = 64 * 1024;
/** 32 MB and a few hundred milliseconds for each guess. */
const SCRYPT = { N: 2 ** 15, r: 8, p: 3, maxmem: 64 * 1024 * 1024 };

interface Keys {
  readonly key: Buffer;
  /** Tells a wrong passphrase from a damaged file. */
  readonly check: Buffer;
}

/**
 * Encrypts a stream: `THGSEAL1`, a salt and a check of the passphrase of 16 bytes each, then frames of 64 KiB and one shorter one
 * (maybe empty), each with its tag of 16 bytes. Key and check come from the passphrase by scrypt; frames are AES-256-GCM with
 * their number, and whether they are the last, as nonce. So none can be changed, dropped, repeated or cut off unnoticed.
 */
export async function* seal(source: AsyncIterable<Buffer>, passphrase: string): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT_BYTES);
  const { key, check } = await keysOf(passphrase, salt);
  yield Buffer.concat([MAGIC, salt, check]);
  let number = 0;
  let rest = Buffer.alloc(0);
  for await (const piece of source) {
    rest = Buffer.concat([rest, piece]);
    while (rest.length >= FRAME_BYTES) {
      yield sealFrame(key, nonceOf(number++, false), rest.subarray(0, FRAME_BYTES));
      rest = rest.subarray(FRAME_BYTES);
    }
  }
  yield sealFrame(key, nonceOf(number, true), rest);
}

/** The content of a sealed stream. Throws `NEWER`, `WRONG_PASSPHRASE` or `DAMAGED`; what it has given until then is true. */
export async function* unseal(source: AsyncIterable<Buffer>, passphrase: string): AsyncGenerator<Buffer> {
  const reader = new ByteReader(source);
  const magic = await reader.take(MAGIC.length);
  if (!magic.equals(MAGIC)) throw new BackupError('NEWER', 'the backup was sealed by a newer version of Thermograph');
  const { key, check } = await keysOf(passphrase, await reader.take(SALT_BYTES));
  if (!timingSafeEqual(check, await reader.take(CHECK_BYTES))) {
    throw new BackupError('WRONG_PASSPHRASE', 'the backup was sealed with another passphrase');
  }
  for (let number = 0, isLast = false; !isLast; number++) {
    const frame = await reader.takeUpTo(FRAME_BYTES + TAG_BYTES);
    isLast = frame.length < FRAME_BYTES + TAG_BYTES;
    yield openFrame(key, nonceOf(number, isLast), frame);
  }
}

function sealFrame(key: Buffer, nonce: Buffer, content: Buffer): Buffer {
  const cipher = createCipheriv('aes-256-gcm', key, nonce);
  return Buffer.concat([cipher.update(content), cipher.final(), cipher.getAuthTag()]);
}

function openFrame(key: Buffer, nonce: Buffer, frame: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: TAG_BYTES });
    const end = frame.length - TAG_BYTES;
    decipher.setAuthTag(frame.subarray(end));
    return Buffer.concat([decipher.update(frame.subarray(0, end)), decipher.final()]);
  } catch {
    throw new BackupError('DAMAGED', 'the backup is cut off, or was changed since it was made');
  }
}

/** Every file has a key of its own, so the number is nonce enough. */
function nonceOf(number: number, isLast: boolean): Buffer {
  const nonce = Buffer.alloc(12);
  nonce.writeUInt32BE(number, 4);
  nonce[11] = isLast ? 1 : 0;
  return nonce;
}

function keysOf(passphrase: string, salt: Buffer): Promise<Keys> {
  return new Promise((resolve, reject) => {
    scrypt(passphrase.normalize('NFC'), salt, KEY_BYTES + CHECK_BYTES, SCRYPT, (error, bytes) => {
      if (error) reject(error);
      else resolve({ key: bytes.subarray(0, KEY_BYTES), check: bytes.subarray(KEY_BYTES) });
    });
  });
}
