import { type Register, wordCount } from '../domain/register.ts';

/**
 * The words a simulated device holds for a value; null: its "not available". Written without the server's codec, so that
 * a mistake in one of them cannot cancel out in the other.
 */
export function toWords(register: Register, value: number | null): number[] {
  const raw = value === null ? (register.notAvailable[0] ?? 0) : (value - register.offset) / register.scale;
  const bytes = Buffer.alloc(2 * wordCount(register.dataType));
  if (register.dataType === 'FLOAT32') bytes.writeFloatBE(raw);
  else if (bytes.length === 4) bytes.writeInt32BE(Math.round(raw) | 0);
  else if (register.dataType === 'UINT8') bytes.writeUInt8(Math.round(raw) & 0xff, 1);
  else bytes.writeUInt16BE(Math.round(raw) & 0xffff);
  const words = bytes.length === 4 ? [bytes.readUInt16BE(0), bytes.readUInt16BE(2)] : [bytes.readUInt16BE(0)];
  return register.wordOrder === 'LITTLE' ? words.reverse() : words;
}

/** The value that written words stand for. */
export function fromWords(register: Register, words: readonly number[]): number {
  const ordered = register.writeWordOrder === 'LITTLE' ? [...words].reverse() : words;
  const bytes = Buffer.concat(ordered.map((word) => Buffer.from([word >> 8, word & 0xff])));
  return readRaw(register, bytes) * register.scale + register.offset;
}

function readRaw({ dataType }: Register, bytes: Buffer): number {
  switch (dataType) {
    case 'FLOAT32':
      return bytes.readFloatBE();
    case 'INT32':
      return bytes.readInt32BE();
    case 'UINT32':
      return bytes.readUInt32BE();
    case 'INT16':
      return bytes.readInt16BE();
    case 'INT8':
      return bytes.readInt8(1);
    case 'UINT8':
      return bytes.readUInt8(1);
    default:
      return bytes.readUInt16BE();
  }
}
