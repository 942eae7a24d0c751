import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeBuckets, encodeBuckets } from '../../src/history/bucket-block.ts';
import { type Bucket, TIERS } from '../../src/history/buckets.ts';
import { decodeAxis, decodeValues, encodeAxis, encodeValues } from '../../src/history/raw-block.ts';

const START = Date.UTC(2026, 0, 15, 12);

/** Numbers as heat pumps show them, and as they should not. */
const value = fc.oneof(
  fc.integer({ min: -3_000, max: 3_000 }).map((tenths) => tenths / 10),
  fc.integer({ min: 0, max: 2 ** 32 }).map((raw) => raw / 1_000_000),
  fc.float({ noNaN: true, noDefaultInfinity: true }),
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.constantFrom(0, -0, 2 ** 52, -(2 ** 53), Number.MAX_VALUE, Number.MIN_VALUE),
);
const column = fc
  .array(fc.tuple(fc.oneof(value, fc.constant(Number.NaN)), fc.integer({ min: 1, max: 50 })), { maxLength: 40 })
  .map((runs) => Float64Array.from(runs.flatMap(([one, length]) => new Array<number>(length).fill(one))));

describe('a block', () => {
  it('gives back exactly the values that went in, and where there were none', () => {
    fc.assert(
      fc.property(column, (values) => {
        const block = encodeValues(values);
        if (values.every(Number.isNaN)) expect(block).toBeNull();
        else expect(decodeValues(block ?? new Uint8Array(), values.length)).toStrictEqual(values);
      }),
      { numRuns: 1_000 },
    );
  });

  it('gives back exactly the times and intervals that went in', () => {
    const distances = fc.array(fc.integer({ min: 1, max: 100_000 }), { minLength: 1, maxLength: 300 });
    fc.assert(
      fc.property(fc.integer({ min: 0, max: START }), distances, (start, steps) => {
        let at = start;
        const times = Float64Array.from(steps, (step) => {
          at += step;
          return at;
        });
        const intervalsMs = Float64Array.from(steps, (step) => (step > 50_000 ? 60_000 : 10_000));
        expect(decodeAxis(encodeAxis({ times, intervalsMs }))).toStrictEqual({ times, intervalsMs });
      }),
    );
  });

  it('takes a byte for a value that drifts or a time that jitters, and next to nothing for a value that stays', () => {
    const drifting = Float64Array.from({ length: 360 }, (_, index) => Math.round(200 + 20 * Math.sin(index / 9)) / 10);
    const staying = new Float64Array(360).fill(21.5);
    expect(encodeValues(drifting)?.length).toBeLessThanOrEqual(370);
    expect(encodeValues(staying)?.length).toBeLessThanOrEqual(8);
    const jitter = Float64Array.from({ length: 360 }, (_, index) => START + 10_000 * index + ((index * 7) % 20));
    const axis = encodeAxis({ times: jitter, intervalsMs: new Float64Array(360).fill(10_000) });
    expect(axis.length).toBeLessThanOrEqual(500);
  });

  it('that was cut short is refused', () => {
    const block = encodeValues(Float64Array.of(1.5, 2.25, Math.PI)) ?? new Uint8Array();
    for (let length = 0; length < block.length; length++) {
      expect(() => decodeValues(block.subarray(0, length), 3)).toThrow(RangeError);
    }
  });

  it('of roll-ups keeps what its kind needs', () => {
    const bucket: Bucket = {
      ...{ at: START + 60_000, firstAt: START + 60_000, lastAt: START + 120_000, intervalMs: 10_000 },
      ...{ count: 6, min: 20.1, max: 20.6, sum: 122.1, first: 20.1, last: 20.6, consumption: 0.5 },
    };
    const later = { ...bucket, at: START + 180_000, firstAt: START + 180_000, lastAt: START + 240_000 };
    const through = (kind: 'ANALOG' | 'STATE' | 'COUNTER') =>
      decodeBuckets(encodeBuckets([bucket, later], kind, TIERS.MINUTE, START), kind, TIERS.MINUTE, START);
    expect(through('COUNTER')).toStrictEqual([bucket, later]);
    expect(through('ANALOG')).toStrictEqual([bucket, later].map((one) => ({ ...one, consumption: 0 })));
    expect(through('STATE')).toStrictEqual([bucket, later].map((one) => ({ ...one, consumption: 0, sum: 0 })));
  });
});
