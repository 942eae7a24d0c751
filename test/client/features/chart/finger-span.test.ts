import { describe, expect, it } from 'vitest';
import { spanUnder } from '../../../../client/src/features/chart/finger-span.ts';

const HOUR = 3_600_000;
const NOON = Date.UTC(2026, 0, 15, 12);
/** Twelve hours on 600 pixels: 50 to the hour. */
const BEFORE = { from: NOON - 12 * HOUR, to: NOON };
const LATER = NOON + 100 * HOUR;

describe('the span under fingers', () => {
  it('moves with one finger', () => {
    const finger = { at: NOON - 6 * HOUR, x: 400 };
    expect(spanUnder([finger], 600, BEFORE, LATER)).toStrictEqual({ from: NOON - 14 * HOUR, to: NOON - 2 * HOUR });
  });

  it('keeps the time under each of two fingers, whichever was first', () => {
    // Three hours apart on 300 pixels: 100 pixels to the hour.
    const left = { at: NOON - 6 * HOUR, x: 200 };
    const right = { at: NOON - 3 * HOUR, x: 500 };
    const expected = { from: NOON - 8 * HOUR, to: NOON - 2 * HOUR };
    expect(spanUnder([left, right], 600, BEFORE, LATER)).toStrictEqual(expected);
    expect(spanUnder([right, left], 600, BEFORE, LATER)).toStrictEqual(expected);
  });

  it('never shows what has not been yet', () => {
    const finger = { at: NOON - 6 * HOUR, x: 100 };
    expect(spanUnder([finger], 600, BEFORE, NOON)).toStrictEqual(BEFORE);
    expect(spanUnder([finger], 600, BEFORE, NOON + HOUR)).toStrictEqual({ from: NOON - 11 * HOUR, to: NOON + HOUR });
  });

  it('has a least and a greatest width', () => {
    const narrow = spanUnder(
      [
        { at: NOON, x: 0 },
        { at: NOON + 1_000, x: 600 },
      ],
      600,
      BEFORE,
      LATER,
    );
    expect(narrow).toStrictEqual({ from: NOON, to: NOON + 10_000 });
    const wide = spanUnder(
      [
        { at: NOON - 9_000 * HOUR, x: 300 },
        { at: NOON, x: 316 },
      ],
      600,
      BEFORE,
      LATER,
    );
    expect((wide?.to ?? 0) - (wide?.from ?? 0)).toBe(10 * 366 * 24 * HOUR);
  });

  it('says nothing where the fingers say nothing', () => {
    expect(spanUnder([], 600, BEFORE, LATER)).toBeUndefined();
    const crossed = [
      { at: NOON - 2 * HOUR, x: 300 },
      { at: NOON - 1 * HOUR, x: 290 },
    ];
    expect(spanUnder(crossed, 600, BEFORE, LATER)).toBeUndefined();
    expect(spanUnder([{ at: NOON, x: 0 }], 0, BEFORE, LATER)).toBeUndefined();
  });
});
