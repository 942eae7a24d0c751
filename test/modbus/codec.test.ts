import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Register } from '../../src/domain/register.ts';
import { type Decoded, decode, encode } from '../../src/modbus/codec.ts';
import { register } from '../support/register.ts';

const value = (number: number): Decoded => ({ kind: 'VALUE', value: number });
const notAvailable = (number: number | null): Decoded => ({ kind: 'NOT_AVAILABLE', value: number });
const INVALID: Decoded = { kind: 'INVALID' };

// The words were made with Python's struct module, or by hand; none by the code under test.
const CASES: readonly [string, Partial<Register>, readonly number[], Decoded][] = [
  ['uint16 zero', { dataType: 'UINT16' }, [0x0000], value(0)],
  ['uint16 highest', { dataType: 'UINT16' }, [0xffff], value(65_535)],
  ['uint16 sentinel', { dataType: 'UINT16', notAvailable: [0xffff] }, [0xffff], notAvailable(65_535)],
  ['uint16 one below its sentinel', { dataType: 'UINT16', notAvailable: [0xffff] }, [0xfffe], value(65_534)],
  ['int16 minus one', { dataType: 'INT16' }, [0xffff], value(-1)],
  ['int16 lowest', { dataType: 'INT16' }, [0x8000], value(-32_768)],
  ['int16 tenths below zero', { dataType: 'INT16', scale: 0.1 }, [0xff85], value(-12.3)],
  ['int16 hundredths', { dataType: 'INT16', scale: 0.01 }, [0x0929], value(23.45)],
  [
    'int16 sentinel before scaling',
    { dataType: 'INT16', scale: 0.1, notAvailable: [-32_768] },
    [0x8000],
    notAvailable(-3276.8),
  ],
  ['several sentinels', { dataType: 'INT16', notAvailable: [32_765, 32_766, 32_767] }, [0x7ffe], notAvailable(32_766)],
  ['offset', { dataType: 'UINT16', scale: 0.5, offset: -20 }, [0x0064], value(30)],
  ['scale above one', { dataType: 'UINT16', scale: 10 }, [0x0017], value(230)],
  ['uint32 high word first', { dataType: 'UINT32' }, [0xee6b, 0x2800], value(4_000_000_000)],
  ['uint32 low word first', { dataType: 'UINT32', wordOrder: 'LITTLE' }, [0x2800, 0xee6b], value(4_000_000_000)],
  [
    'uint32 sentinel',
    { dataType: 'UINT32', notAvailable: [4_294_967_295] },
    [0xffff, 0xffff],
    notAvailable(4_294_967_295),
  ],
  ['int32 high word first', { dataType: 'INT32' }, [0xfffe, 0x1dc0], value(-123_456)],
  ['int32 low word first', { dataType: 'INT32', wordOrder: 'LITTLE' }, [0x1dc0, 0xfffe], value(-123_456)],
  ['int32 lowest', { dataType: 'INT32' }, [0x8000, 0x0000], value(-2_147_483_648)],
  ['float32 low word first', { dataType: 'FLOAT32', wordOrder: 'LITTLE' }, [0x0000, 0x4246], value(49.5)],
  ['float32 high word first', { dataType: 'FLOAT32' }, [0x4246, 0x0000], value(49.5)],
  ['float32 with its own digits', { dataType: 'FLOAT32', wordOrder: 'LITTLE' }, [0x6666, 0x41aa], value(21.3)],
  ['float32 below zero', { dataType: 'FLOAT32', wordOrder: 'LITTLE' }, [0x3333, 0xc14b], value(-12.7)],
  ['float32 counter', { dataType: 'FLOAT32', wordOrder: 'LITTLE' }, [0xf0cd, 0x46fa], value(32_120.4)],
  ['float32 small', { dataType: 'FLOAT32', wordOrder: 'LITTLE' }, [0x126f, 0x3a83], value(0.001)],
  [
    'float32 sentinel',
    { dataType: 'FLOAT32', wordOrder: 'LITTLE', notAvailable: [-1] },
    [0x0000, 0xbf80],
    notAvailable(-1),
  ],
  [
    'float32 beside its sentinel',
    { dataType: 'FLOAT32', wordOrder: 'LITTLE', notAvailable: [-1] },
    [0x0000, 0xbfc0],
    value(-1.5),
  ],
  [
    'float32 sentinel before scaling',
    { dataType: 'FLOAT32', scale: 0.001, notAvailable: [-1] },
    [0xbf80, 0x0000],
    notAvailable(-0.001),
  ],
  ['float32 scaled', { dataType: 'FLOAT32', wordOrder: 'LITTLE', scale: 0.001 }, [0xb333, 0x438f], value(0.2874)],
  ['float32 NaN', { dataType: 'FLOAT32' }, [0x7fc0, 0x0000], notAvailable(null)],
  ['float32 infinity', { dataType: 'FLOAT32' }, [0x7f80, 0x0000], notAvailable(null)],
  ['float32 minus infinity', { dataType: 'FLOAT32' }, [0xff80, 0x0000], notAvailable(null)],
  ['float32 minus zero', { dataType: 'FLOAT32' }, [0x8000, 0x0000], value(0)],
  ['bool off', { dataType: 'BOOL' }, [0], value(0)],
  ['bool on', { dataType: 'BOOL' }, [1], value(1)],
  ['bool of an absent part', { dataType: 'BOOL', notAvailable: [0xffff] }, [0xffff], notAvailable(65_535)],
  ['bool that is none', { dataType: 'BOOL' }, [2], INVALID],
  ['bit field', { dataType: 'BITFIELD16' }, [0x0009], value(9)],
  ['text', { dataType: 'TEXT16' }, [0x3748], { kind: 'TEXT', text: '7H' }],
  ['text of one character', { dataType: 'TEXT16' }, [0x4100], { kind: 'TEXT', text: 'A' }],
  ['text sentinel', { dataType: 'TEXT16', notAvailable: [32_766] }, [0x7ffe], notAvailable(32_766)],
  ['text that cannot be shown', { dataType: 'TEXT16' }, [0x0102], INVALID],
];

describe('decode', () => {
  it.each(CASES)('%s', (_, settings, words, expected) => {
    expect(decode(register(settings), words)).toStrictEqual(expected);
  });

  it('starts at the index given', () => {
    expect(decode(register({ dataType: 'INT16' }), [1, 2, 0xfffd], 2)).toStrictEqual(value(-3));
  });

  it('refuses words that end too early', () => {
    expect(() => decode(register({ dataType: 'INT32' }), [1])).toThrow(RangeError);
    expect(() => decode(register({ dataType: 'INT16' }), [])).toThrow(RangeError);
  });
});

const ENCODED: readonly [string, Partial<Register>, number, readonly number[]][] = [
  ['uint16', { dataType: 'UINT16' }, 48, [48]],
  ['int16 below zero', { dataType: 'INT16' }, -15, [0xfff1]],
  ['int16 tenths', { dataType: 'INT16', scale: 0.1 }, -12.3, [0xff85]],
  ['offset', { dataType: 'UINT16', scale: 0.5, offset: -20 }, 30, [100]],
  ['uint32', { dataType: 'UINT32' }, 4_000_000_000, [0xee6b, 0x2800]],
  ['int32 low word first', { dataType: 'INT32', wordOrder: 'LITTLE' }, -123_456, [0x1dc0, 0xfffe]],
  ['float32 low word first', { dataType: 'FLOAT32', wordOrder: 'LITTLE' }, 21.3, [0x6666, 0x41aa]],
  ['float32 high word first', { dataType: 'FLOAT32' }, -12.7, [0xc14b, 0x3333]],
  ['float32 scaled', { dataType: 'FLOAT32', wordOrder: 'LITTLE', scale: 0.001 }, 0.2874, [0xb333, 0x438f]],
  ['bool', { dataType: 'BOOL' }, 1, [1]],
  ['bit field', { dataType: 'BITFIELD16' }, 9, [9]],
];

const REFUSED: readonly [string, Partial<Register>, number, RegExp][] = [
  ['uint16 below zero', { dataType: 'UINT16' }, -1, /from 0 to 65535/],
  ['uint16 above', { dataType: 'UINT16' }, 65_536, /from 0 to 65535/],
  ['int16 above', { dataType: 'INT16', scale: 0.1 }, 3276.8, /from -3276.8 to 3276.7/],
  ['int32 above', { dataType: 'INT32' }, 2_147_483_648, /from -2147483648 to 2147483647/],
  ['between two steps', { dataType: 'INT16', scale: 0.1 }, 21.35, /multiple of 0.1/],
  ['a fraction of an integer', { dataType: 'UINT16' }, 1.5, /multiple of 1/],
  ['NaN', { dataType: 'FLOAT32' }, Number.NaN, /finite/],
  ['infinity', { dataType: 'FLOAT32' }, Number.POSITIVE_INFINITY, /finite/],
  ['more than a float32', { dataType: 'FLOAT32' }, 1e39, /to fit its register/],
  ['a bool of two', { dataType: 'BOOL' }, 2, /from 0 to 1/],
  ['the sentinel', { dataType: 'FLOAT32', notAvailable: [-1] }, -1, /not available/],
  ['what becomes the sentinel as a float32', { dataType: 'FLOAT32', notAvailable: [-1] }, -1.00000001, /not available/],
  ['an integer sentinel', { dataType: 'UINT16', notAvailable: [0xffff] }, 65_535, /not available/],
  ['text', { dataType: 'TEXT16' }, 65, /cannot be written/],
];

describe('encode', () => {
  it.each(ENCODED)('%s', (_, settings, number, words) => {
    expect(encode(register(settings), number)).toStrictEqual({ ok: true, value: words });
  });

  it.each(REFUSED)('refuses %s', (_, settings, number, reason) => {
    const result = encode(register(settings), number);
    expect(result).toMatchObject({ ok: false });
    expect(result.ok ? '' : result.error).toMatch(reason);
  });

  it('gives back every number a register can hold', () => {
    const types = fc.constantFrom('INT16', 'UINT16', 'INT32', 'UINT32', 'FLOAT32', 'BITFIELD16' as const);
    const settings = fc.record({
      dataType: types,
      wordOrder: fc.constantFrom('BIG', 'LITTLE' as const),
      scale: fc.constantFrom(1, 0.1, 0.01, 0.001),
    });
    const words = fc.tuple(fc.integer({ min: 0, max: 0xffff }), fc.integer({ min: 0, max: 0xffff }));
    fc.assert(
      fc.property(settings, words, (partial, pair) => {
        const target = register(partial as Partial<Register>);
        const decoded = decode(target, pair);
        if (decoded.kind !== 'VALUE' || decoded.value === 0) return;
        const encoded = encode(target, decoded.value);
        expect(encoded).toMatchObject({ ok: true });
        if (encoded.ok) expect(encoded.value).toStrictEqual(pair.slice(0, encoded.value.length));
      }),
      { numRuns: 2_000 },
    );
  });
});
