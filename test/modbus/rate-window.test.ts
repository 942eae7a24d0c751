import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RateWindow } from '../../src/modbus/rate-window.ts';

describe('a rate window', () => {
  it('lets the first words through and makes the next ones wait until the oldest are forgotten', () => {
    const window = new RateWindow();
    expect(window.waitMs(0, 60, 100)).toBe(0);
    window.note(0, 60);
    window.note(200, 40);
    expect(window.waitMs(400, 20, 100)).toBe(650);
    expect(window.waitMs(1_049, 60, 100)).toBe(1);
    expect(window.waitMs(1_050, 60, 100)).toBe(0);
    expect(window.waitMs(1_050, 61, 100)).toBe(200);
  });

  it('never lets more words through within a second than the limit, whatever is asked for and when', () => {
    const requests = fc.array(fc.record({ gap: fc.nat(400), words: fc.integer({ min: 1, max: 20 }) }), {
      maxLength: 60,
    });
    fc.assert(
      fc.property(requests, (asked) => {
        const window = new RateWindow();
        const sent: { at: number; words: number }[] = [];
        let now = 0;
        for (const { gap, words } of asked) {
          now += gap;
          for (let wait = window.waitMs(now, words, 100); wait > 0; wait = window.waitMs(now, words, 100)) now += wait;
          window.note(now, words);
          sent.push({ at: now, words });
        }
        for (const { at } of sent) {
          const within = sent.filter((other) => other.at >= at && other.at < at + 1_000);
          expect(within.reduce((sum, { words }) => sum + words, 0)).toBeLessThanOrEqual(100);
        }
      }),
    );
  });
});
