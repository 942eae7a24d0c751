import { isIPv6 } from 'node:net';
import type { Clock } from '../domain/clock.ts';
import { rateLimited } from '../domain/errors.ts';
import { takeToken } from '../domain/token-bucket.ts';

/** What somebody has tried from one address at one account. */
interface Tries {
  readonly failed: number;
  /** When the next try is allowed, in the clock's monotonic milliseconds. */
  readonly nextAt: number;
}

/** Tries at one account from one address before each has to wait. */
const FREE_TRIES = 5;
const FIRST_WAIT_MS = 2_000;
const LONGEST_WAIT_MS = 15 * 60_000;
/** Tries from one address at whatever accounts. */
const ADDRESS_RULE = { burst: 20, refillMs: 15_000 };
/** Accounts and addresses that are remembered. */
const MAX_ENTRIES = 10_000;

/**
 * Slows down guessing. Whoever guesses at an account makes only their own address wait: the owner still gets in from
 * another one, and with a session there is. One address that tries many accounts runs dry.
 */
export class GuessThrottle {
  readonly #clock: Pick<Clock, 'monotonicMs'>;
  readonly #tries = new Map<string, Tries>();
  readonly #fullAt = new Map<string, number>();

  constructor(clock: Pick<Clock, 'monotonicMs'>) {
    this.#clock = clock;
  }

  /** Counts a try, which is taken for failed until {@link succeed}. Throws `RATE_LIMITED`. */
  take(account: string, sender: string): void {
    const address = networkOf(sender);
    const now = this.#clock.monotonicMs();
    const pair = pairOf(account, address);
    const { failed, nextAt } = this.#tries.get(pair) ?? { failed: 0, nextAt: now };
    if (nextAt > now) throw rateLimited('too many failed tries', nextAt - now);
    const taken = takeToken(this.#fullAt.get(address) ?? null, ADDRESS_RULE, now);
    if (!taken.ok) throw rateLimited('too many tries from this address', taken.error.nextAt - now);
    remember(this.#fullAt, address, taken.value);
    const waitMs =
      failed + 1 < FREE_TRIES ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (failed + 1 - FREE_TRIES), LONGEST_WAIT_MS);
    remember(this.#tries, pair, { failed: failed + 1, nextAt: now + waitMs });
  }

  /** Forgets the tries at an account from an address. */
  succeed(account: string, address: string): void {
    this.#tries.delete(pairOf(account, networkOf(address)));
  }
}

/** A connection has 2 to the power of 64 addresses of IPv6, which count as one. */
function networkOf(address: string): string {
  if (!isIPv6(address)) return address;
  const [left = [], right = []] = address.split('::').map((half) => half.split(':'));
  const zeros = Array(Math.max(8 - left.length - right.length, 0)).fill('0');
  return [...left, ...zeros, ...right].slice(0, 4).join(':');
}

function pairOf(account: string, address: string): string {
  return JSON.stringify([account, address]);
}

/** The oldest entry makes room. */
function remember<T>(entries: Map<string, T>, key: string, value: T): void {
  entries.delete(key);
  entries.set(key, value);
  const [oldest] = entries.keys();
  if (entries.size > MAX_ENTRIES && oldest !== undefined) entries.delete(oldest);
}
