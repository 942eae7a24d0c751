import type { AppError } from './errors.ts';
import type { Sensor } from './sensor.ts';

/** What a user may give as a value: a number, a boolean, or the name of an option. */
export type WriteInput = number | boolean | string;

/**
 * How a write ended. `PENDING`: the device acknowledged it, the read-back is still due. `CONFIRMED`: read back as
 * requested. `CLAMPED`: the device took another value. `REJECTED`: refused by the device or by a limit of ours, or the device
 * kept the previous value. `UNKNOWN`: it may or may not have taken effect; it is never repeated, but the next good read of
 * the register settles it, if it can be read.
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
  /** How it came to its state, where that is not plain, as an English sentence. */
  readonly reason: string | null;
  /**
   * Who asked for it: `user:<name>`, `token:<name>`, `ADMIN_TOKEN`, `api` where nobody is asked, `job:<id>`, `hold:<holder>`,
   * `undo:<write id>` or `restore:<snapshot id>`.
   */
  readonly origin: string;
  /** Milliseconds UTC; of a held value, when it was first sent. */
  readonly requestedAt: number;
  /** When its state became final; null while a read may still change it. */
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
