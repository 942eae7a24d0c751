import type { Quantity } from './quantity.ts';
import type { Quality } from './snapshot.ts';

/**
 * Why a quantity has no value although its sensors are there. `SOURCE_NOT_GOOD`: a value it is made of is missing, stale or
 * could not be read. `NO_RULE_FITS`: the states shown are none we know. `NOT_HEATING`: the machine does not heat now.
 * `TOO_LITTLE_POWER`: it draws too little for the figure to mean anything. `IMPLAUSIBLE`: physics forbids the result.
 */
export const NO_VALUE_REASONS = [
  'SOURCE_NOT_GOOD',
  'NO_RULE_FITS',
  'NOT_HEATING',
  'TOO_LITTLE_POWER',
  'IMPLAUSIBLE',
] as const;
/** One of {@link NO_VALUE_REASONS}. */
export type NoValueReason = (typeof NO_VALUE_REASONS)[number];

/** One quantity of a heat pump, or of one of its circuits, whoever made it. */
export interface QuantityReading {
  readonly quantity: Quantity;
  /** As the maker counts circuits; null: of the heat pump as a whole. */
  readonly circuit: string | null;
  /** In the quantity's unit; of an operating state its place in {@link OPERATING_STATES}. */
  readonly value: number | null;
  /** An operating state, the name of an option, or a code. */
  readonly text: string | null;
  readonly quality: Quality;
  /** When the device said so (the oldest of several values), milliseconds UTC. */
  readonly observedAt: number | null;
  /** Keys of the sensors it is made of. */
  readonly keys: readonly string[];
  /** Null unless it is worked out and could not be. */
  readonly reason: NoValueReason | null;
}

/** The earliest of several times; null if one is not known, or there is none. */
export function oldest(times: readonly (number | null)[]): number | null {
  return times.reduce(
    (earliest, time) => (earliest === null || time === null ? null : Math.min(earliest, time)),
    times[0] ?? null,
  );
}
