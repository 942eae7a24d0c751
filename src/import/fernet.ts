import { createDecipheriv, createHmac, timingSafeEqual } from 'node:crypto';
import { err, ok, type Result } from '../domain/result.ts';

/** The layout of a token: version, time of 8 bytes, IV, cipher text in blocks, HMAC-SHA256 of all before it. */
const VERSION = 0x80;
const IV_AT = 9;
const CIPHER_TEXT_AT = 25;
const HMAC_BYTES = 32;
const BLOCK_BYTES = 16;
const KEY_BYTES = 32;

/**
 * Decrypts a Fernet token: AES-128-CBC and HMAC-SHA256, all in base64url. The first half of the key signs, the second
 * encrypts. The age of the token is not looked at. An error is one English sentence.
 */
export function decryptFernet(token: string, keyText: string): Result<string, string> {
  const key = Buffer.from(keyText.trim(), 'base64url');
  if (key.length !== KEY_BYTES) return err('the secret key is not 32 bytes in base64');
  const bytes = Buffer.from(token.trim(), 'base64url');
  const cipherBytes = bytes.length - CIPHER_TEXT_AT - HMAC_BYTES;
  if (bytes[0] !== VERSION || cipherBytes < BLOCK_BYTES || cipherBytes % BLOCK_BYTES !== 0) {
    return err('it is not a Fernet token');
  }
  const signed = bytes.subarray(0, -HMAC_BYTES);
  const signature = createHmac('sha256', key.subarray(0, 16)).update(signed).digest();
  if (!timingSafeEqual(signature, bytes.subarray(-HMAC_BYTES)))
    return err('the secret key is not the one it was made with');
  const decipher = createDecipheriv('aes-128-cbc', key.subarray(16), bytes.subarray(IV_AT, CIPHER_TEXT_AT));
  return ok(Buffer.concat([decipher.update(signed.subarray(CIPHER_TEXT_AT)), decipher.final()]).toString('utf8'));
}
