import type { Clock, Timer } from '../../src/domain/clock.ts';

interface Entry {
  readonly at: number;
  readonly callback: () => void;
}

/** A clock that stands still until told to go on, so that tests of minutes take no time. */
export class FakeClock implements Clock {
  #now: number;
  readonly #timers = new Map<number, Entry>();
  #nextId = 1;
  #wallOffsetMs = 0;

  constructor(now = Date.UTC(2026, 0, 15, 12)) {
    this.#now = now;
  }

  now(): number {
    return this.#now + this.#wallOffsetMs;
  }

  /** Sets the wall clock forward or back, as a time server does; durations and timers are not touched by it. */
  stepWallClock(ms: number): void {
    this.#wallOffsetMs += ms;
  }

  monotonicMs(): number {
    return this.#now;
  }

  setTimeout(callback: () => void, delayMs: number): Timer {
    const id = this.#nextId++;
    this.#timers.set(id, { at: this.#now + delayMs, callback });
    return id;
  }

  clearTimeout(timer: Timer): void {
    this.#timers.delete(timer as number);
  }

  /** Milliseconds until each running timer, soonest first. */
  get pendingMs(): number[] {
    return [...this.#timers.values()].map(({ at }) => at - this.#now).sort((a, b) => a - b);
  }

  /** Lets what falls due at once happen until a promise has settled; it takes real time, but hardly any of the processor's. */
  async until<T>(promise: Promise<T>): Promise<T> {
    let isSettled = false;
    const settle = () => {
      isSettled = true;
    };
    promise.then(settle, settle);
    while (!isSettled) {
      this.advance(0);
      await new Promise((resolve) => setTimeout(resolve, 1));
    }
    return promise;
  }

  /** Lets time pass; timers that fall due run in order. */
  advance(ms: number): void {
    const end = this.#now + ms;
    for (;;) {
      const due = [...this.#timers].filter(([, { at }]) => at <= end).sort(([, a], [, b]) => a.at - b.at)[0];
      if (!due) break;
      const [id, { at, callback }] = due;
      this.#timers.delete(id);
      this.#now = Math.max(this.#now, at);
      callback();
    }
    this.#now = end;
  }
}
