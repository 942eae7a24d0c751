import type { ConnectionState } from '../domain/heatpump.ts';

/** A failing heat pump is tried again at the latest after this time. */
export const MAX_BACKOFF_MS = 60_000;
/** Readings older than this many poll intervals are stale. */
const STALE_AFTER_INTERVALS = 3;

/** What a heat pump's state follows from. */
export interface Availability {
  /** A complete poll has been published since it was enabled or changed. */
  readonly hasReadings: boolean;
  readonly isStale: boolean;
  /** Failed polls and probes since the last success. */
  readonly failures: number;
  /** The last complete poll contains failed readings. */
  readonly isPartial: boolean;
}

/** The state of an enabled heat pump. */
export function stateOf({ hasReadings, isStale, failures, isPartial }: Availability): ConnectionState {
  if (isStale) return 'OFFLINE';
  if (!hasReadings) return failures > 0 ? 'OFFLINE' : 'CONNECTING';
  return failures > 0 || isPartial ? 'DEGRADED' : 'ONLINE';
}

/**
 * The pause before the next attempt: the poll interval, doubled with each failure up to {@link MAX_BACKOFF_MS}, less up
 * to a tenth by `random` (0 to 1), so that many heat pumps that failed together do not come back together.
 */
export function backoffMs(failures: number, pollIntervalMs: number, random: number): number {
  const doubled = pollIntervalMs * 2 ** Math.min(failures - 1, 20);
  return Math.round(Math.min(doubled, MAX_BACKOFF_MS) * (1 - random / 10));
}

/** The age at which readings become stale, given how long polls take. */
export function staleAfterMs(pollIntervalMs: number, pollDurationMs: number): number {
  return STALE_AFTER_INTERVALS * Math.max(pollIntervalMs, pollDurationMs);
}
