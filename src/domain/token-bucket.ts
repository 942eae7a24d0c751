import { err, ok, type Result } from './result.ts';

/** How much may come at once, and how long it takes until there is room for one more. */
export interface BucketRule {
  readonly burst: number;
  readonly refillMs: number;
}

/**
 * Takes one from a bucket that is full again at `fullAt` (null: it is full). Succeeds with when it will then be full
 * again; the error is when the next may come. A time further off than an empty bucket takes to fill is a wall clock's
 * fault and counts as empty.
 */
export function takeToken(
  fullAt: number | null,
  { burst, refillMs }: BucketRule,
  now: number,
): Result<number, { readonly nextAt: number }> {
  const lackMs = Math.min(Math.max((fullAt ?? now) - now, 0), burst * refillMs);
  const roomMs = (burst - 1) * refillMs;
  if (lackMs > roomMs) return err({ nextAt: now + lackMs - roomMs });
  return ok(now + lackMs + refillMs);
}
