/** A running timer, as returned by {@link Clock.setTimeout}. */
export type Timer = unknown;

/** The only source of time: passed in everywhere, so that tests need not wait. */
export interface Clock {
  /** Milliseconds since the epoch, UTC. */
  now(): number;
  /** Milliseconds since some moment; for durations, for unlike {@link now} it never jumps. */
  monotonicMs(): number;
  /** Calls `callback` once after `delayMs`. */
  setTimeout(callback: () => void, delayMs: number): Timer;
  /** Forgets a timer; a timer that has already fired is ignored. */
  clearTimeout(timer: Timer): void;
}

/** The computer's own clock. */
export const systemClock: Clock = {
  now: Date.now,
  monotonicMs: () => performance.now(),
  setTimeout: (callback, delayMs) => setTimeout(callback, delayMs),
  clearTimeout: (timer) => clearTimeout(timer as NodeJS.Timeout),
};

/** Resolves after `delayMs` on `clock`. */
export function sleep(clock: Clock, delayMs: number): Promise<void> {
  return new Promise((resolve) => {
    clock.setTimeout(resolve, delayMs);
  });
}
