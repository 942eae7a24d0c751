import { describe, expect, it } from 'vitest';
import { stopInSteps } from '../../src/lifecycle/stop-steps.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { LogBook } from '../support/house.ts';

describe('stopping', () => {
  it('takes each step in turn, past those that fail, throw or never end', async () => {
    const clock = new FakeClock();
    const log = new LogBook();
    const taken: string[] = [];
    const step = (name: string, run: () => unknown) => ({
      name,
      maxMs: 500,
      run: () => {
        taken.push(name);
        return run();
      },
    });
    const stopped = stopInSteps(
      [
        step('good', () => Promise.resolve(1)),
        step('throws', () => {
          throw new Error('oh');
        }),
        step('rejects', () => Promise.reject(new Error('no'))),
        step('never ends', () => new Promise(() => {})),
        step('last', () => undefined),
      ],
      clock,
      log,
    );
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toStrictEqual(['good', 'throws', 'rejects', 'never ends']);
    clock.advance(499);
    await new Promise((resolve) => setImmediate(resolve));
    expect(taken).toHaveLength(4);
    clock.advance(1);
    await stopped;
    expect(taken.at(-1)).toBe('last');
    expect(log.lines).toHaveLength(3);
  });
});
