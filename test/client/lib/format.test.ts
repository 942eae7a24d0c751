import { describe, expect, it } from 'vitest';
import { createFormat, LOCALES } from '../../../client/src/lib/format.ts';

const DECIMALS = [0, 1, 2, 3, 4];
/** Where rounding, signs, groups and doubles are at odds with each other. */
const ODD = [
  ...[0, -0, 0.04, 0.05, 0.06, 0.5, 1.5, 2.5, 1.005, 2.675, 8.345, 0.1 + 0.2, 1.45, 21.25, 21.35, 0.99995, 0.00005],
  ...[9.95, 99.95, 99.995, 999.4, 999.5, 999.949, 999.95, 999.96, 1_000, 1_234.5, 12_345_678.9, 1e21],
  ...[5e-324, 1e-7, Number.MAX_VALUE, Number.NaN, Number.POSITIVE_INFINITY, Math.fround(21.3), Math.fround(54.05)],
];

/** Numbers between 0 and 1, the same in each run. */
function* numbers(seed: number): Generator<number> {
  for (let state = seed; ; ) {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    yield state / 2 ** 32;
  }
}

/** Values of all sizes: as registers hold them, as doubles, and as floats. */
function values(): number[] {
  const random = numbers(7);
  const next = () => random.next().value as number;
  const made = Array.from({ length: 4_000 }, () => {
    const value = next() * 10 ** Math.floor(next() * 7 - 2);
    return [value, Math.fround(value), Math.round(value * 100) / 100, Math.round(value * 20) / 20];
  });
  return [...ODD, ...made.flat()].flatMap((value) => [value, -value]);
}

describe.each(['EN', 'DE'] as const)('numbers in %s', (language) => {
  it.each(DECIMALS)('are written as Intl does, with %i decimals', (decimals) => {
    const format = createFormat(language);
    const options = { minimumFractionDigits: decimals, maximumFractionDigits: decimals } as const;
    const intl = new Intl.NumberFormat(LOCALES[language], { ...options, signDisplay: 'negative' });
    const expected = (value: number) => intl.format(value).replace('-', '\u2212');
    const different = values().filter((value) => format.number(value, decimals) !== expected(value));
    expect(different).toStrictEqual([]);
    expect(values().length).toBeGreaterThan(32_000);
  });
});
