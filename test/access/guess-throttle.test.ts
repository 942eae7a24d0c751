import { describe, expect, it } from 'vitest';
import { GuessThrottle } from '../../src/access/guess-throttle.ts';
import { FakeClock } from '../support/fake-clock.ts';

const MINUTE_MS = 60_000;

/** Tries until it has to wait; tells how often. */
function tries(throttle: GuessThrottle, account: string, address: string): number {
  for (let count = 0; count < 100; count++) {
    try {
      throttle.take(account, address);
    } catch {
      return count;
    }
  }
  return 100;
}

describe('whoever guesses', () => {
  it('waits longer each time, a quarter of an hour at most', () => {
    const clock = new FakeClock();
    const throttle = new GuessThrottle(clock);
    expect(tries(throttle, 'a', '10.0.0.1')).toBe(5);
    const waits: number[] = [];
    for (let round = 0; round < 12; round++) {
      const startedAt = clock.now();
      while (tries(throttle, 'a', '10.0.0.1') === 0) clock.advance(1_000);
      waits.push((clock.now() - startedAt) / 1_000);
    }
    expect(waits).toStrictEqual([2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900, 900]);
  });

  it('has nothing to do with others', () => {
    const throttle = new GuessThrottle(new FakeClock());
    expect(tries(throttle, 'a', '10.0.0.1')).toBe(5);
    expect(tries(throttle, 'a', '10.0.0.2')).toBe(5);
    expect(tries(throttle, 'b', '10.0.0.1')).toBe(5);
  });

  it('begins anew after a right guess', () => {
    const throttle = new GuessThrottle(new FakeClock());
    for (let count = 0; count < 4; count++) throttle.take('a', '10.0.0.1');
    throttle.succeed('a', '10.0.0.1');
    expect(tries(throttle, 'a', '10.0.0.1')).toBe(5);
  });

  it('does not get on by the many addresses of one connection', () => {
    const throttle = new GuessThrottle(new FakeClock());
    for (let count = 0; count < 5; count++) throttle.take('a', `2001:db8:0:1::${count}`);
    expect(tries(throttle, 'a', '2001:db8::1:ffff:0:0:1')).toBe(0);
    expect(tries(throttle, 'a', '2001:db8:0:2::1')).toBe(5);
  });

  it('may go on after a while at other accounts', () => {
    const clock = new FakeClock();
    const throttle = new GuessThrottle(clock);
    for (let count = 0; count < 20; count++) throttle.take(`a${count}`, '10.0.0.1');
    expect(tries(throttle, 'b', '10.0.0.1')).toBe(0);
    clock.advance(MINUTE_MS);
    expect(tries(throttle, 'b', '10.0.0.1')).toBe(4);
  });
});
