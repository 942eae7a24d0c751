import type { AppError } from './errors.ts';
import type { Sensor } from './sensor.ts';

/** What a user may give as a value: a number, a boolean, or the name of an option. */
export type WriteInput = number | boolean | string;

/**
 * How a write ended. `PENDING`: the device acknowledged it, the read-back is still due. `CONFIRMED`: read back as
 * requested. `CLAMPED`: the device took another value. `REJECTED`: the device refused it, or kept the previous value.
 * `UNKNOWN`: it may or may not have taken effect; it is never repeated blindly.
 */
export const WRITE_STATES = ['PENDING', 'CONFIRMED', 'CLAMPED', 'REJECTED', 'UNKNOWN'] as const;
/** One of {@link WRITE_STATES}. */
export type WriteState = (typeof WRITE_STATES)[number];

/** One value sent to a heat pump, and what became of it. */
export interface Write {
  readonly id: string;
  readonly heatpumpId: string;
  readonly key: string;
  /** In the sensor's unit, like `previous` and `confirmed`. */
  readonly requested: number;
  /** The last value known before the write. */
  readonly previous: number | null;
  /** The value read back. */
  readonly confirmed: number | null;
  readonly state: WriteState;
  /** Why it is not `CONFIRMED`, as an English sentence. */
  readonly reason: string | null;
  /** Milliseconds UTC. */
  readonly requestedAt: number;
  readonly settledAt: number | null;
}

/** A value that might be written, checked by the rules of a write; nothing is sent. */
export interface WriteCheck {
  readonly heatpumpId: string;
  readonly sensor: Sensor;
  /** The number that the value stands for, in the sensor's unit. */
  readonly value: number;
  /** Why it would be refused as the heat pump is now; null if it would be sent. */
  readonly refusal: AppError | null;
}
