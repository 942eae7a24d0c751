import { describe, expect, it } from 'vitest';
import { takeToken } from '../../src/domain/token-bucket.ts';

const RULE = { burst: 3, refillMs: 1_000 };

/** The times, among those tried, at which a write may come. */
function allowed(times: readonly number[]): number[] {
  let fullAt: number | null = null;
  return times.filter((now) => {
    const taken = takeToken(fullAt, RULE, now);
    if (taken.ok) fullAt = taken.value;
    return taken.ok;
  });
}

describe('a bucket of writes', () => {
  it('bears a burst, and then one write for each refill', () => {
    expect(allowed([0, 0, 0, 0, 0, 999, 1_000, 1_001, 1_999, 2_000])).toStrictEqual([0, 0, 0, 1_000, 2_000]);
  });

  it('loses nothing of a refill to a late write', () => {
    expect(allowed([0, 0, 0, 1_700, 1_900, 2_000])).toStrictEqual([0, 0, 0, 1_700, 2_000]);
  });

  it('holds no more than the burst, however long nobody writes', () => {
    expect(allowed([0, 0, 0, 60_000, 60_000, 60_000, 60_000])).toStrictEqual([0, 0, 0, 60_000, 60_000, 60_000]);
  });

  it('tells when the next write may come', () => {
    expect(takeToken(3_000, RULE, 0)).toStrictEqual({ ok: false, error: { nextAt: 1_000 } });
    expect(takeToken(3_000, RULE, 400)).toStrictEqual({ ok: false, error: { nextAt: 1_000 } });
  });

  it('is empty, but not for years, if the wall clock is set back', () => {
    expect(takeToken(9e12, RULE, 0)).toStrictEqual({ ok: false, error: { nextAt: 1_000 } });
  });
});
