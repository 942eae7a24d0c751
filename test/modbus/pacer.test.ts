import { describe, expect, it } from 'vitest';
import type { DeviceError } from '../../src/domain/device-error.ts';
import { err, ok, type Result } from '../../src/domain/result.ts';
import { Pacer } from '../../src/modbus/pacer.ts';
import { FakeClock } from '../support/fake-clock.ts';

const INTERVAL_MS = 10_000;
const DAY_MS = 24 * 3_600_000;
const REBOOT_MS = 45_000;
/** One poll: forty requests of one to ten words, 220 in all. */
const BLOCKS = Array.from({ length: 40 }, (_, n) => 1 + (n % 10));
const WORDS = BLOCKS.reduce((sum, words) => sum + words);
const SILENCE: Result<never, DeviceError> = err({ code: 'NO_ANSWER', message: 'no answer' });
const REFUSED: Result<never, DeviceError> = err({ code: 'REFUSED', message: 'refused' });

/** A unit with a limit of its own that nobody is told of: above it, it restarts. Made without regard to the pacer. */
class FragileUnit {
  readonly reboots: number[] = [];
  readonly #clock: FakeClock;
  readonly #bears: { readonly requests: number; readonly words: number };
  #sent: { at: number; words: number }[] = [];

  constructor(clock: FakeClock, bears: { readonly requests: number; readonly words: number }) {
    this.#clock = clock;
    this.#bears = bears;
  }

  get isAway(): boolean {
    return this.#clock.now() < (this.reboots.at(-1) ?? Number.NEGATIVE_INFINITY) + REBOOT_MS;
  }

  ask(words: number): Result<unknown, DeviceError> {
    const now = this.#clock.now();
    if (this.isAway) return REFUSED;
    this.#sent = [...this.#sent.filter(({ at }) => at > now - 1_000), { at: now, words }];
    const sum = this.#sent.reduce((total, one) => total + one.words, 0);
    if (this.#sent.length <= this.#bears.requests && sum <= this.#bears.words) return ok(null);
    this.reboots.push(now);
    return SILENCE;
  }
}

/** Polls a unit as the poller does, for a time; how long after each other complete polls ended. */
function pollFor(ms: number, clock: FakeClock, unit: FragileUnit, pacer: Pacer, answerMs: () => number): number[] {
  const gaps: number[] = [];
  const read = (words: number): boolean => {
    clock.advance(Math.max(0, pacer.waitMs()));
    const startedAt = clock.monotonicMs();
    pacer.sending(words);
    const result = unit.ask(words);
    clock.advance(result.ok ? answerMs() : 500);
    pacer.ended(words, startedAt, result);
    return result.ok;
  };
  const end = clock.now() + ms;
  let lastAt = clock.now();
  while (clock.now() < end) {
    const startedAt = clock.now();
    pacer.begin({ requests: BLOCKS.length, registers: WORDS, pollIntervalMs: INTERVAL_MS });
    // A unit that is gone costs two requests: the poll ends with the second one that is not answered.
    let misses = 0;
    for (const words of BLOCKS) if (!read(words) && ++misses === 2) break;
    if (misses === 0) {
      gaps.push(clock.now() - lastAt);
      lastAt = clock.now();
    }
    clock.advance(Math.max(0, startedAt + INTERVAL_MS - clock.now()));
  }
  return gaps;
}

const answerSoon = () => 30;

describe('a unit that restarts when it is asked too often', () => {
  it.each([
    ['15 requests a second', { requests: 15, words: 1_000 }],
    ['10 requests a second', { requests: 10, words: 1_000 }],
    ['5 requests a second', { requests: 5, words: 1_000 }],
    ['2 requests a second', { requests: 2, words: 1_000 }],
    ['60 registers a second', { requests: 1_000, words: 60 }],
    ['20 registers a second', { requests: 1_000, words: 20 }],
    ['12 registers a second', { requests: 1_000, words: 12 }],
  ])('does so twice at most, then not once in 24 hours, and is read all the time (%s)', (_, bears) => {
    const clock = new FakeClock();
    const unit = new FragileUnit(clock, bears);
    const pacer = new Pacer(clock, null);
    pollFor(600_000, clock, unit, pacer, answerSoon);
    expect(unit.reboots.length).toBeGreaterThan(0);
    // The interval itself, or as long as a poll takes at the rate that the unit is taken to bear after ten minutes.
    const { requestsPerSecond } = pacer.pace;
    const inForceMs = Math.max(INTERVAL_MS, ((BLOCKS.length + 1) / (requestsPerSecond ?? 0)) * 1_000);
    const gaps = pollFor(DAY_MS, clock, unit, pacer, answerSoon);
    expect(unit.reboots.length).toBeLessThanOrEqual(2);
    expect(Math.max(...gaps)).toBeLessThan(3 * inForceMs);
    expect(gaps.length).toBeGreaterThan(DAY_MS / inForceMs - 2);
    expect(pacer.pace).toMatchObject({ reason: 'LOST', sparedUntil: expect.any(Number) });
  });

  it('is spared by the next process, too', () => {
    const clock = new FakeClock();
    const unit = new FragileUnit(clock, { requests: 10, words: 1_000 });
    const first = new Pacer(clock, null);
    pollFor(600_000, clock, unit, first, answerSoon);
    const { kept } = first;
    if (!kept) throw new Error('nothing is remembered');
    const next = new Pacer(clock, null);
    next.restore(JSON.parse(JSON.stringify(kept)));
    const reboots = unit.reboots.length;
    pollFor(DAY_MS - 1_200_000, clock, unit, next, answerSoon);
    expect(unit.reboots).toHaveLength(reboots);
  });

  it('keeps the poll interval if it can', () => {
    const clock = new FakeClock();
    const pacer = new Pacer(clock, null);
    pollFor(600_000, clock, new FragileUnit(clock, { requests: 15, words: 1_000 }), pacer, answerSoon);
    const gaps = pollFor(600_000, clock, new FragileUnit(clock, { requests: 15, words: 1_000 }), pacer, answerSoon);
    expect(Math.max(...gaps)).toBeLessThan(1.1 * INTERVAL_MS);
  });
});

describe('a unit that shows strain', () => {
  /** Answers take as long as the requests of the last second make them: 20 ms up to a rate, then much more. */
  function strained(clock: FakeClock, bearsPerSecond: number) {
    let sent: number[] = [];
    return () => {
      sent = [...sent.filter((at) => at > clock.now() - 1_000), clock.now()];
      return sent.length > bearsPerSecond ? 20 + 60 * (sent.length - bearsPerSecond) : 20;
    };
  }

  it('is read more slowly before anything breaks, and faster again by and by', () => {
    const clock = new FakeClock();
    const unit = new FragileUnit(clock, { requests: 1_000, words: 10_000 });
    const pacer = new Pacer(clock, null);
    pollFor(60_000, clock, unit, pacer, () => 20);
    expect(pacer.pace).toMatchObject({ reason: 'FREE', requestsPerSecond: null });
    pollFor(300_000, clock, unit, pacer, strained(clock, 8));
    const slowed = pacer.pace;
    expect(slowed).toMatchObject({ reason: 'SLOW', sparedUntil: null });
    pollFor(4 * 3_600_000, clock, unit, pacer, () => 20);
    expect(pacer.pace).toMatchObject({ reason: 'FREE', requestsPerSecond: null });
    expect(unit.reboots).toStrictEqual([]);
  });

  it('is not taken for strained by slow answers now and then, or if all of them are slow', () => {
    const clock = new FakeClock();
    const pacer = new Pacer(clock, null);
    const unit = new FragileUnit(clock, { requests: 1_000, words: 10_000 });
    let count = 0;
    pollFor(3_600_000, clock, unit, pacer, () => (++count % 9 === 0 ? 900 : 40));
    const slow = new Pacer(clock, null);
    pollFor(3_600_000, clock, unit, slow, () => 700);
    expect([pacer.pace.reason, slow.pace.reason]).toStrictEqual(['FREE', 'FREE']);
  });
});

describe('a pacer', () => {
  const busy = err<DeviceError>({ code: 'EXCEPTION', message: 'busy', exceptionCode: 6 });

  /** Sends so many requests of one word, each answered after 50 ms, and then one that ends otherwise. */
  function after(count: number, result: Result<unknown, DeviceError>, ...more: Result<unknown, DeviceError>[]): Pacer {
    const clock = new FakeClock();
    const pacer = new Pacer(clock, 100);
    pacer.begin({ requests: 10, registers: 10, pollIntervalMs: INTERVAL_MS });
    for (const one of [...Array.from({ length: count }, () => ok(null)), result, ...more]) {
      const startedAt = clock.monotonicMs();
      pacer.sending(1);
      clock.advance(50);
      pacer.ended(1, startedAt, one);
    }
    return pacer;
  }

  it.each([
    ['BUSY', [busy]],
    ['FREE', [SILENCE]],
    ['FREE', [SILENCE, SILENCE]],
    ['LOST', [SILENCE, SILENCE, SILENCE]],
    ['FREE', [SILENCE, SILENCE, ok(null)]],
    ['LOST', [SILENCE, SILENCE, ok(null), SILENCE, SILENCE, ok(null)]],
    ['FREE', [SILENCE, ok(null), SILENCE, ok(null), SILENCE, ok(null)]],
    ['LOST', [REFUSED]],
    ['LOST', [err({ code: 'EXCEPTION' as const, message: 'gateway', exceptionCode: 11 }), REFUSED]],
    ['FREE', [err({ code: 'EXCEPTION' as const, message: 'no such register', exceptionCode: 2 })]],
    ['FREE', [err({ code: 'PROTOCOL_ERROR' as const, message: 'garbage' })]],
    ['FREE', [err({ code: 'CANCELLED' as const, message: 'the line was closed' })]],
  ] as const)('concludes %s from what comes under load', (reason, [first, ...more]) => {
    expect(after(20, first, ...more).pace).toMatchObject({ reason, registersPerSecond: expect.any(Number) });
  });

  it('concludes nothing from a unit that was not there before', () => {
    expect(after(0, REFUSED, REFUSED, REFUSED).pace.reason).toBe('FREE');
  });

  it('tells the limit of the driver where it is free', () => {
    expect(after(20, ok(null)).pace).toMatchObject({
      requestsPerSecond: null,
      registersPerSecond: 100,
      troubleAt: null,
    });
  });

  it('tells at which rate the trouble came: 20 requests a second, of which the last 1,050 ms hold 21', () => {
    const { pace } = after(40, busy);
    expect(pace.troubleAt).toBeCloseTo(21, 5);
    expect(pace.requestsPerSecond).toBeCloseTo(0.7 * 21, 5);
  });
});
