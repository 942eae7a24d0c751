import { type BucketRule, takeToken } from './token-bucket.ts';

/** How much each caller may do, and all of them together. */
export interface ThrottleRules {
  readonly perCaller: BucketRule;
  readonly inAll: BucketRule;
}

/** Callers remembered at once; of more, those heard of least recently are forgotten. */
const MAX_CALLERS = 10_000;

/** Keeps callers from doing something too often. */
export class Throttle {
  readonly #rules: ThrottleRules;
  /** When the bucket of each caller is full again, those that took last at the end. */
  readonly #fullAt = new Map<string, number>();
  #allFullAt: number | null = null;

  constructor(rules: ThrottleRules) {
    this.#rules = rules;
  }

  /**
   * Null if `caller` may do it at `nowMs`, which is then counted; else the milliseconds to wait. Times are of a clock that
   * does not jump.
   */
  take(caller: string, nowMs: number): number | null {
    const own = takeToken(this.#fullAt.get(caller) ?? null, this.#rules.perCaller, nowMs);
    if (!own.ok) return own.error.nextAt - nowMs;
    const all = takeToken(this.#allFullAt, this.#rules.inAll, nowMs);
    if (!all.ok) return all.error.nextAt - nowMs;
    this.#fullAt.delete(caller);
    this.#fullAt.set(caller, own.value);
    this.#allFullAt = all.value;
    this.#forgetOldest();
    return null;
  }

  #forgetOldest(): void {
    const [oldest] = this.#fullAt.keys();
    if (this.#fullAt.size > MAX_CALLERS && oldest !== undefined) this.#fullAt.delete(oldest);
  }
}
