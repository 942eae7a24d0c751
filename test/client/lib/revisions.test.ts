import { describe, expect, it } from 'vitest';
import { Revisions } from '../../../client/src/lib/revisions.ts';

const event = (id: string, revision: number, more: object = {}) => {
  return { heatpump: { id }, revision, skipped: 0, complete: false, ...more };
};

describe('the revisions of live readings', () => {
  it('are new as long as each follows the one before, or stands for those between', () => {
    const revisions = new Revisions();
    expect(revisions.since).toBeNull();
    expect(revisions.add(event('a', 7, { complete: true }))).toBe('NEW');
    expect(revisions.add(event('a', 8))).toBe('NEW');
    expect(revisions.add(event('a', 12, { skipped: 3 }))).toBe('NEW');
    expect(revisions.since).toBe(12);
  });

  it('have a hole where one is missing, and where there was no state to change', () => {
    const revisions = new Revisions();
    expect(revisions.add(event('a', 7))).toBe('HOLE');
    revisions.add(event('a', 7, { complete: true }));
    expect(revisions.add(event('a', 9))).toBe('HOLE');
    expect(revisions.add(event('a', 12, { skipped: 3 }))).toBe('HOLE');
    expect(revisions.since).toBe(7);
    expect(revisions.add(event('a', 11, { skipped: 3 }))).toBe('NEW');
  });

  it('are taken once, but where the complete state is told anew', () => {
    const revisions = new Revisions();
    revisions.add(event('a', 7, { complete: true }));
    revisions.add(event('a', 8));
    expect(revisions.add(event('a', 8))).toBe('KNOWN');
    expect(revisions.add(event('a', 7))).toBe('KNOWN');
    expect(revisions.add(event('a', 10, { skipped: 2 }))).toBe('NEW');
    // The server has started anew, somewhere else.
    expect(revisions.add(event('a', 3, { complete: true }))).toBe('NEW');
    expect(revisions.add(event('a', 4))).toBe('NEW');
  });

  it('go on from the smallest of all heat pumps, whose others are then known', () => {
    const revisions = new Revisions();
    for (const [id, revision] of [
      ['a', 20],
      ['b', 12],
    ] as const) {
      revisions.add(event(id, revision, { complete: true }));
    }
    expect(revisions.since).toBe(12);
    expect([13, 14, 20, 21].map((revision) => revisions.add(event('a', revision)))).toStrictEqual([
      'KNOWN',
      'KNOWN',
      'KNOWN',
      'NEW',
    ]);
    expect(revisions.add(event('b', 13))).toBe('NEW');
  });
});
