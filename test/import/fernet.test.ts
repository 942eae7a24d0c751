import { describe, expect, it } from 'vitest';
import { decryptFernet } from '../../src/import/fernet.ts';

/** Made by another program, Python's "cryptography": key of the bytes 0 to 31, IV of the bytes 0 to 15. */
const KEY = 'AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=';
const TOKEN =
  'gAAAAABlU_EAAAECAwQFBgcICQoLDA0OD_upIJ0dq45_RQo0OhceZ7XRQJ5EfMsfVyetI5RSh_jhdMO0uBkPyhEO6idnoc2COfGdjD8zEG8Otxqebsh7bYU=';
/** Of the bytes 32 to 63. */
const OTHER_KEY = 'ICEiIyQlJicoKSorLC0uLzAxMjM0NTY3ODk6Ozw9Pj8=';

describe('a Fernet token', () => {
  it('is decrypted with its key', () => {
    expect(decryptFernet(TOKEN, KEY)).toStrictEqual({ ok: true, value: 's3crét pässword' });
    expect(decryptFernet(`${TOKEN}\n`, ` ${KEY}\n`)).toStrictEqual({ ok: true, value: 's3crét pässword' });
  });

  it('is not decrypted with another key, nor if a single bit of it has changed', () => {
    expect(decryptFernet(TOKEN, OTHER_KEY)).toMatchObject({ ok: false, error: expect.stringContaining('not the one') });
    const bytes = Buffer.from(TOKEN, 'base64url');
    for (let at = 0; at < bytes.length; at++) {
      const changed = Buffer.from(bytes);
      changed.writeUInt8(bytes.readUInt8(at) ^ 1, at);
      expect(decryptFernet(changed.toString('base64url'), KEY).ok, `byte ${at}`).toBe(false);
    }
  });

  it.each(['', 'x', TOKEN.slice(0, 80), `${TOKEN.slice(0, -4)}`])('is told from %j', (text) => {
    expect(decryptFernet(text, KEY)).toStrictEqual({ ok: false, error: 'it is not a Fernet token' });
  });

  it.each(['', 'short', KEY.slice(4), 'ä'.repeat(44)])('needs a key, not %j', (key) => {
    expect(decryptFernet(TOKEN, key)).toMatchObject({ ok: false, error: expect.stringContaining('32 bytes') });
  });
});
