import type { ConnectionState, LiveReadingFragment } from './generated/types.ts';
import type { LinkState } from './server-link.ts';

/** A reading of a sensor or of a quantity. */
export type AnyReading = Pick<LiveReadingFragment, 'value' | 'text' | 'quality' | 'observedAt'>;

/**
 * What may be shown of a reading. `VALUE`: as the heat pump last said, at `observedAt`; stale if it may not be so any
 * more. `MISSING`, `FAILED`: as in Quality. `NONE`: never read, or the heat pump is disabled.
 */
export type Shown =
  | {
      readonly kind: 'VALUE';
      readonly reading: AnyReading;
      readonly isStale: boolean;
      readonly observedAt: string;
    }
  | { readonly kind: 'MISSING' | 'FAILED' | 'NONE' };

/** What bears on how far a reading can be trusted here and now. */
export interface ShownContext {
  readonly link: LinkState;
  /** Undefined: not known yet. */
  readonly state: ConnectionState | undefined;
  /** When the reading had been seen again, if it is GOOD; undefined: not since it was told. */
  readonly seenAt?: string | undefined;
}

/** Nothing old ever looks new: without a connection to the server, or of the server to the heat pump, values are stale. */
export function shown(reading: AnyReading | undefined, { link, state, seenAt }: ShownContext): Shown {
  if (!reading || state === 'DISABLED') return { kind: 'NONE' };
  if (reading.quality === 'MISSING' || reading.quality === 'FAILED') return { kind: reading.quality };
  const at = lastSeenAt(reading, seenAt);
  if (at === null) return { kind: 'FAILED' };
  const isStale = reading.quality !== 'GOOD' || link !== 'CONNECTED' || state === 'OFFLINE';
  return { kind: 'VALUE', reading, isStale, observedAt: at };
}

/** When a reading was certainly so: as told, or when what is GOOD had been seen again. Both times are written alike. */
export function lastSeenAt({ quality, observedAt }: AnyReading, seenAt: string | undefined): string | null {
  return quality === 'GOOD' && observedAt !== null && seenAt !== undefined && seenAt > observedAt ? seenAt : observedAt;
}
