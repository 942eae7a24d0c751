import { describe, expect, it } from 'vitest';
import { type AnyReading, lastSeenAt, shown } from '../../../client/src/graphql/shown.ts';

const [EARLIER, THEN, LATER] = ['2026-01-12T10:00:00.000Z', '2026-01-12T10:00:30.000Z', '2026-01-12T10:01:00.000Z'];
const reading = (more: Partial<AnyReading> = {}): AnyReading => {
  return { value: 48, text: null, quality: 'GOOD', observedAt: THEN, ...more };
};

describe('when a reading was certainly so', () => {
  it.each([
    ['as it was told, if it was not seen again', reading(), undefined, THEN],
    ['as it was told, if others are older', reading(), EARLIER, THEN],
    ['when all were seen again', reading(), LATER, LATER],
    ['as it was told, where it is stale', reading({ quality: 'STALE' }), LATER, THEN],
    ['as it was told, where the heat pump has none', reading({ quality: 'MISSING', value: null }), LATER, THEN],
    ['never, where it could not be read', reading({ quality: 'FAILED', observedAt: null }), LATER, null],
  ])('is %s', (_, told, seenAt, expected) => {
    expect(lastSeenAt(told, seenAt)).toBe(expected);
  });
});

describe('what is shown', () => {
  const context = { link: 'CONNECTED', state: 'ONLINE' } as const;

  it('is a value with the time it was last seen', () => {
    expect(shown(reading(), { ...context, seenAt: LATER })).toStrictEqual({
      kind: 'VALUE',
      reading: reading(),
      isStale: false,
      observedAt: LATER,
    });
  });

  it('is stale without a connection, and where the server says so', () => {
    expect(shown(reading(), { ...context, link: 'LOST' })).toMatchObject({ isStale: true, observedAt: THEN });
    expect(shown(reading(), { ...context, state: 'OFFLINE' })).toMatchObject({ isStale: true });
    expect(shown(reading({ quality: 'STALE' }), context)).toMatchObject({ isStale: true });
  });

  it('is nothing of a heat pump that is disabled, and no value where there is none', () => {
    expect(shown(reading(), { ...context, state: 'DISABLED' })).toStrictEqual({ kind: 'NONE' });
    expect(shown(undefined, context)).toStrictEqual({ kind: 'NONE' });
    expect(shown(reading({ quality: 'MISSING', value: null }), context)).toStrictEqual({ kind: 'MISSING' });
    expect(shown(reading({ quality: 'FAILED', observedAt: null }), context)).toStrictEqual({ kind: 'FAILED' });
  });
});
