import { expect, it } from 'vitest';
import { backOffMs } from '../../../client/src/lib/back-off.ts';

it('waits twice as long each time, up to four seconds for ever', () => {
  expect([0, 1, 2, 3, 4, 1_000, 10_000].map((attempts) => backOffMs(attempts, 0))).toStrictEqual([
    300, 600, 1_200, 2_400, 4_000, 4_000, 4_000,
  ]);
});

it('waits down to half as long by chance', () => {
  expect(backOffMs(1, 0.5)).toBe(450);
  expect(backOffMs(10, 1)).toBe(2_000);
});
