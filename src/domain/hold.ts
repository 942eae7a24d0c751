/** How a value is held in a register that the device expects to be refreshed. */
export interface HoldRule {
  /** How often the value is written again. */
  readonly refreshMs: number;
  /** What leaves the device to itself again: the key of a sensor, mostly the held one itself, and its value. */
  readonly release: { readonly key: string; readonly value: number };
}

/**
 * `ACTIVE`: refreshed until it expires. `RELEASING`: the safe value is yet to be written, for the heat pump is not reached or
 * refused it. `RELEASED`: it was written.
 */
export type HoldState = 'ACTIVE' | 'RELEASING' | 'RELEASED';

/**
 * What keeps a value from being held. `UNREACHABLE`: it could not be sent, or that was not acknowledged. `REJECTED`: refused
 * by an exception. `CLAMPED`: the heat pump shows another value since it was written. `FOREIGN_WRITE`: somebody else has
 * written another value, or the heat pump has forgotten it; it is written again at the next refresh, not before.
 */
export type HoldProblem = 'UNREACHABLE' | 'REJECTED' | 'CLAMPED' | 'FOREIGN_WRITE';

/** A hold as it is kept: what must be known to give it back after a crash. Times are milliseconds UTC. */
export interface KeptHold {
  readonly heatpumpId: string;
  readonly key: string;
  /** In the sensor's unit. */
  readonly value: number;
  /** Who holds it, in words of its own. */
  readonly holder: string;
  /** Who has asked for it last, as the origin of a write tells; null: nobody knows. */
  readonly actor: string | null;
  readonly since: number;
  /** When it ends unless its holder asks again. */
  readonly expiresAt: number;
}

/** A value that the server keeps refreshing for somebody, until a time. */
export interface Hold extends KeptHold {
  readonly state: HoldState;
  /** When it was last sent; null: never by this process. */
  readonly lastWrittenAt: number | null;
  /** Null while it is given back. */
  readonly nextRefreshAt: number | null;
  readonly problem: HoldProblem | null;
}

/** Where holds are kept. A promise that resolves means that the change is on disk. */
export interface HoldStore {
  list(heatpumpId: string): Promise<KeptHold[]>;
  /** Adds a hold, or replaces the one of the same register. */
  put(hold: KeptHold): Promise<void>;
  /** Nothing if it is gone. */
  delete(heatpumpId: string, key: string): Promise<void>;
}
