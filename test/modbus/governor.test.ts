import { describe, expect, it } from 'vitest';
import { type GovernorState, govern, type Sign, unknownUnit } from '../../src/modbus/governor.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY_AND_HALF = 36 * HOUR;
/** What keeps the poll interval, in requests per second. */
const NEED = 4;
const START = 1_000_000;

/** What becomes of a unit that nothing is known of, by signs at times. */
function after(...signs: readonly (readonly [at: number, kind: Sign['kind'], rate: number])[]): GovernorState {
  return signs.reduce((state, [at, kind, rate]) => govern(state, { kind, rate }, NEED, START + at), unknownUnit(START));
}

/** The limit after so many good minutes from a time on. */
function grown(state: GovernorState, fromAt: number, minutes: number): GovernorState {
  let now = state;
  for (let minute = 1; minute <= minutes; minute++) {
    now = govern(now, { kind: 'WELL', rate: 1 }, NEED, START + fromAt + minute * MINUTE);
  }
  return now;
}

describe('signs of strain', () => {
  it.each(['SLOW', 'BUSY'] as const)('%s takes three tenths off', (kind) => {
    expect(after([MINUTE, kind, 20])).toMatchObject({ limit: 14, reason: kind, since: START + MINUTE, troubleAt: 20 });
  });

  it('are not heeded twice within ten seconds, for the first step may not show yet', () => {
    const once = after([MINUTE, 'SLOW', 20]);
    expect(after([MINUTE, 'SLOW', 20], [MINUTE + 9_999, 'SLOW', 20])).toStrictEqual(once);
    expect(after([MINUTE, 'SLOW', 20], [MINUTE + 10_000, 'SLOW', 14]).limit).toBeCloseTo(9.8);
  });

  it.each([
    ['SLOW', NEED],
    ['BUSY', NEED / 8],
  ] as const)('%s slow down to %d requests per second at the most', (kind, least) => {
    const signs = Array.from({ length: 30 }, (_, n) => [n * MINUTE, kind, 20] as const);
    expect(after(...signs).limit).toBeCloseTo(least);
  });

  it('change nothing where the poll interval needs more than is asked already', () => {
    expect(after([MINUTE, 'SLOW', 3])).toStrictEqual(unknownUnit(START));
  });

  it('are forgotten in small steps: a twentieth of what is needed with each good minute', () => {
    const slowed = after([0, 'SLOW', 20]);
    expect(grown(slowed, 0, 1).limit).toBeCloseTo(14.2);
    expect(grown(slowed, 0, 29).limit).toBeCloseTo(19.8);
    expect(grown(slowed, 0, 31)).toMatchObject({ limit: null, reason: 'FREE' });
  });
});

describe('a unit that is lost under load', () => {
  it('is read no faster than keeps the poll interval, for a day and a half', () => {
    const lost = after([MINUTE, 'LOST', 90]);
    expect(lost).toMatchObject({ limit: NEED, ceiling: NEED, reason: 'LOST', troubleAt: 90, lostAt: START + MINUTE });
    expect(grown(lost, MINUTE, 36 * 60).limit).toBe(NEED);
    expect(grown(lost, MINUTE, 36 * 60 + 1).limit).toBeCloseTo(NEED * 1.05);
    // From 4 to 90 by steps of 0.2: seven hours later.
    expect(grown(lost, MINUTE, 36 * 60 + 429).limit).not.toBeNull();
    expect(grown(lost, MINUTE, 36 * 60 + 431)).toMatchObject({ limit: null, reason: 'FREE' });
  });

  it('is read a quarter as fast where the poll interval needs more than that, and then half as fast at most', () => {
    const lost = after([MINUTE, 'LOST', 6]);
    expect(lost).toMatchObject({ limit: 1.5, ceiling: 3 });
    expect(grown(lost, MINUTE, 60).limit).toBe(3);
  });

  it('is read a quarter as fast again when that was too much', () => {
    const twice = after([MINUTE, 'LOST', 90], [5 * MINUTE, 'LOST', NEED]);
    expect(twice).toMatchObject({ limit: 1, ceiling: 1, troubleAt: NEED });
    expect(grown(twice, 5 * MINUTE, 36 * 60).limit).toBe(1);
    // It does not go from there to the first rate at once, but by steps.
    expect(grown(twice, 5 * MINUTE, 37 * 60).limit).toBeCloseTo(1 + 60 * 0.2);
  });

  it('is read four fifths as fast as it bore when it is lost on the way up', () => {
    const way = grown(after([0, 'LOST', 6]), 0, 5);
    expect(way.limit).toBeCloseTo(2.5);
    expect(way.proven).toBeCloseTo(2.3);
    const lost = govern(way, { kind: 'LOST', rate: 2.5 }, NEED, START + 6 * MINUTE);
    expect(lost.limit).toBeCloseTo(0.625);
    expect(lost.ceiling).toBeCloseTo(0.8 * 2.3);
    expect(grown(lost, 6 * MINUTE, 600).limit).toBeCloseTo(0.8 * 2.3);
  });

  it('is never read more slowly than eight times the poll interval wants', () => {
    const signs = Array.from({ length: 9 }, (_, n) => [n * MINUTE, 'LOST', 90 / 4 ** n] as const);
    expect(after(...signs).limit).toBe(NEED / 8);
  });

  it('is forgiven once in a day and a half at a rate that it has borne for more than an hour', () => {
    const forgiven = after([HOUR + 1, 'LOST', 20]);
    expect(forgiven).toMatchObject({ limit: null, reason: 'FREE', lostAt: START + HOUR + 1 });
    expect(after([HOUR + 1, 'LOST', 20], [3 * HOUR, 'LOST', 20])).toMatchObject({ limit: NEED, reason: 'LOST' });
    expect(after([HOUR + 1, 'LOST', 20], [DAY_AND_HALF + 2 * HOUR, 'LOST', 20])).toMatchObject({
      limit: null,
      reason: 'FREE',
    });
    expect(after([HOUR, 'LOST', 20])).toMatchObject({ reason: 'LOST' });
  });
});
