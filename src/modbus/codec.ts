import { type DataType, type Register, wordCount } from '../domain/register.ts';
import { err, ok, type Result } from '../domain/result.ts';

/**
 * What the words of a register say. `INVALID`: something its data type cannot mean, e.g. 7 in a boolean.
 * `NOT_AVAILABLE` carries the number by which the device says so; null for NaN and infinity.
 */
export type Decoded =
  | { readonly kind: 'VALUE'; readonly value: number }
  | { readonly kind: 'TEXT'; readonly text: string }
  | { readonly kind: 'NOT_AVAILABLE'; readonly value: number | null }
  | { readonly kind: 'INVALID' };

const INVALID: Decoded = { kind: 'INVALID' };
const scratch = new DataView(new ArrayBuffer(4));

/** How the joined words (16 or 32 bits, unsigned) of each data type become its raw number. */
const RAW: Record<DataType, (bits: number) => number> = {
  INT8: (bits) => (bits << 24) >> 24,
  UINT8: (bits) => bits & 0xff,
  UINT16: (bits) => bits,
  BOOL: (bits) => bits,
  BITFIELD16: (bits) => bits,
  BITFIELD32: (bits) => bits,
  TEXT16: (bits) => bits,
  INT16: (bits) => (bits << 16) >> 16,
  UINT32: (bits) => bits,
  INT32: (bits) => bits | 0,
  FLOAT32: (bits) => {
    scratch.setUint32(0, bits);
    return shortestDecimal(scratch.getFloat32(0));
  },
};

/**
 * Decodes the register whose first word is `words[index]`.
 * Sentinels are tested on the raw number, before scale and offset; NaN and infinity count as "not available".
 * Throws RangeError if `words` ends before the register does.
 */
export function decode(register: Register, words: ArrayLike<number>, index = 0): Decoded {
  const raw = RAW[register.dataType](joinWords(register, words, index));
  if (!Number.isFinite(raw)) return { kind: 'NOT_AVAILABLE', value: null };
  if (register.notAvailable.includes(raw)) return { kind: 'NOT_AVAILABLE', value: scaled(register, raw) };
  if (register.dataType === 'TEXT16') return decodeText(raw);
  if (register.dataType === 'BOOL' && raw > 1) return INVALID;
  return { kind: 'VALUE', value: scaled(register, raw) };
}

/**
 * The words that stand for `value` (in the sensor's unit). The error is an English sentence:
 * a value that does not fit is refused, never wrapped or clipped.
 */
export function encode(register: Register, value: number): Result<number[], string> {
  if (!Number.isFinite(value)) return err('must be a finite number');
  const raw = register.dataType === 'FLOAT32' ? unscaled(register, value) : wholeNumber(unscaled(register, value));
  if (raw === null) return err(`must be a multiple of ${register.scale}`);
  const range = RAW_RANGES[register.dataType];
  if (!range) return err('cannot be written as a number');
  const [lowest, highest] = range;
  if (raw < lowest || raw > highest) {
    return err(`must be from ${scaled(register, lowest)} to ${scaled(register, highest)} to fit its register`);
  }
  const onWire = register.dataType === 'FLOAT32' ? Math.fround(raw) : raw;
  if (register.notAvailable.includes(onWire)) return err('means "not available" to the device');
  return ok(splitWords(register, raw));
}

const MAX_FLOAT32 = 3.4028234663852886e38;

/** The raw numbers each data type can hold; null: not writable as a number. */
const RAW_RANGES: Record<DataType, readonly [number, number] | null> = {
  INT8: [-0x80, 0x7f],
  UINT8: [0, 0xff],
  INT16: [-0x8000, 0x7fff],
  UINT16: [0, 0xffff],
  INT32: [-0x8000_0000, 0x7fff_ffff],
  UINT32: [0, 0xffff_ffff],
  FLOAT32: [-MAX_FLOAT32, MAX_FLOAT32],
  BOOL: [0, 1],
  BITFIELD16: [0, 0xffff],
  BITFIELD32: [0, 0xffff_ffff],
  TEXT16: null,
};

function joinWords(register: Register, words: ArrayLike<number>, index: number): number {
  const first = wordAt(words, index);
  if (wordCount(register.dataType) === 1) return first;
  const second = wordAt(words, index + 1);
  return register.wordOrder === 'LITTLE' ? second * 0x1_0000 + first : first * 0x1_0000 + second;
}

function wordAt(words: ArrayLike<number>, index: number): number {
  const word = words[index];
  if (word === undefined) throw new RangeError(`no word at ${index} of ${words.length}`);
  return word;
}

function splitWords(register: Register, raw: number): number[] {
  if (register.dataType === 'FLOAT32') scratch.setFloat32(0, raw);
  else if (wordCount(register.dataType) === 2) scratch.setInt32(0, raw);
  else return [raw & 0xffff];
  const high = scratch.getUint16(0);
  const low = scratch.getUint16(2);
  return register.writeWordOrder === 'LITTLE' ? [low, high] : [high, low];
}

function scaled({ scale, offset }: Register, raw: number): number {
  return (scale < 1 ? raw / inverse(scale) : raw * scale) + offset;
}

function unscaled({ scale, offset }: Register, value: number): number {
  return scale < 1 ? (value - offset) * inverse(scale) : (value - offset) / scale;
}

/** 0.1 becomes 10: dividing by it gives the nearest number to the decimal, multiplying by 0.1 does not. */
function inverse(scale: number): number {
  return Math.round(1 / scale);
}

/** The integer that `raw` is, but for the noise of binary fractions; null if it is none. */
function wholeNumber(raw: number): number | null {
  const rounded = Math.round(raw);
  return Math.abs(raw - rounded) < 1e-6 ? rounded : null;
}

/** The decimal with the fewest places that is still the same float32: 21.3 instead of 21.299999237060547. */
function shortestDecimal(float: number): number {
  for (let places = 1; places <= 1e6; places *= 10) {
    const decimal = Math.round(float * places) / places;
    if (Math.fround(decimal) === float) return decimal;
  }
  return float;
}

/** Two printable ASCII characters, high byte first; zero bytes are padding. */
function decodeText(bits: number): Decoded {
  const bytes = [bits >> 8, bits & 0xff].filter((byte) => byte !== 0);
  if (bytes.some((byte) => byte < 0x20 || byte > 0x7e)) return INVALID;
  return { kind: 'TEXT', text: String.fromCharCode(...bytes) };
}
