/**
 * The Modbus data model a register lives in; it decides the function code of a read: 3 for `HOLDING`, 4 for `INPUT`,
 * 1 for `COIL`, 2 for `DISCRETE`. A coil or discrete input is one "word" of 0 or 1.
 */
export const REGISTER_TABLES = ['HOLDING', 'INPUT', 'COIL', 'DISCRETE'] as const;
/** One of {@link REGISTER_TABLES}. */
export type RegisterTable = (typeof REGISTER_TABLES)[number];

/**
 * How the words of a register make a number.
 * `INT8` and `UINT8` are the low byte of one word; whatever the high byte holds is ignored when reading, and an `INT8` is
 * written sign-extended. `BOOL` is one word of 0 or 1; `BITFIELD16` and `BITFIELD32` are one or two words whose bits are
 * states of their own; `TEXT16` is one word holding two ASCII characters, high byte first.
 */
export const DATA_TYPES = [
  'INT8',
  'UINT8',
  'INT16',
  'UINT16',
  'INT32',
  'UINT32',
  'FLOAT32',
  'BOOL',
  'BITFIELD16',
  'BITFIELD32',
  'TEXT16',
] as const;
/** One of {@link DATA_TYPES}. */
export type DataType = (typeof DATA_TYPES)[number];

/** Order of the two words of a 32-bit value: `LITTLE` has the low word at the lower address. */
export const WORD_ORDERS = ['BIG', 'LITTLE'] as const;
/** One of {@link WORD_ORDERS}. */
export type WordOrder = (typeof WORD_ORDERS)[number];

/** Where a value lies on the wire and how it is coded there. */
export interface Register {
  readonly table: RegisterTable;
  /** The address as it goes on the wire (PDU address, counted from 0). */
  readonly address: number;
  readonly dataType: DataType;
  /** Only meaningful for 32-bit types; bytes within a word are always big-endian. */
  readonly wordOrder: WordOrder;
  /** Word order in which the device takes 32-bit values; it may differ from the one it shows them in. */
  readonly writeWordOrder: WordOrder;
  /** value = raw * scale + offset. */
  readonly scale: number;
  readonly offset: number;
  /** Raw numbers, before scale and offset, by which the device says "not available". */
  readonly notAvailable: readonly number[];
  /** The device answers it wrongly within a longer read, so it gets a request of its own. */
  readonly readAlone: boolean;
}

/** Number of 16-bit words that a register of this type takes. */
export function wordCount(dataType: DataType): 1 | 2 {
  return TWO_WORDS.includes(dataType) ? 2 : 1;
}

const TWO_WORDS: readonly DataType[] = ['INT32', 'UINT32', 'FLOAT32', 'BITFIELD32'];
