/**
 * Why a heat pump is read as fast as it is. `FREE`: as fast as the driver allows. `SLOW`: its answers took much longer than
 * usual, or did not come. `BUSY`: it said so, by Modbus exception 5 or 6. `LOST`: it was gone while it was read, as a device is
 * that restarts because it is asked too often.
 */
export const PACE_REASONS = ['FREE', 'SLOW', 'BUSY', 'LOST'] as const;
/** One of {@link PACE_REASONS}. */
export type PaceReason = (typeof PACE_REASONS)[number];

/** How fast a heat pump is read, and why. Rates are requests of the usual size per second; times are milliseconds UTC. */
export interface Pace {
  readonly reason: PaceReason;
  /** When the reason came up. */
  readonly since: number;
  /** Null: nothing but the driver's own limits. */
  readonly requestsPerSecond: number | null;
  /** What that is in registers, or the driver's limit where that is lower; null: there is none. */
  readonly registersPerSecond: number | null;
  /** The rate at which the trouble came. */
  readonly troubleAt: number | null;
  /** It is not read faster than its poll interval wants before this time; null: it was not lost lately. */
  readonly sparedUntil: number | null;
}

/** What is remembered of a unit that was lost while it was read, for it not to be lost again after a restart of our own. */
export interface KeptPace {
  /** Model and place of the unit: another one may follow it under the same id. */
  readonly device: string;
  /** Rates, and a time, as the governor knows them. */
  readonly limit: number;
  readonly ceiling: number;
  readonly troubleAt: number;
  readonly liftedAt: number;
  readonly lostAt: number;
}

/** Where that is remembered. A promise that resolves means that it is on disk. */
export interface PaceStore {
  /** Null: nothing is known of the heat pump. */
  find(heatpumpId: string): Promise<KeptPace | null>;
  put(heatpumpId: string, pace: KeptPace): Promise<void>;
}
