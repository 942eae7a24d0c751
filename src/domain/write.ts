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
