/**
 * What a person or a token may do: look; also write sensors and acknowledge alerts; also change everything else. Each may do
 * all that those before it may.
 */
export const ROLES = ['VIEWER', 'OPERATOR', 'ADMIN'] as const;
/** One of {@link ROLES}. */
export type Role = (typeof ROLES)[number];

/** Who asks, and what of the house they may see and do. */
export interface Access {
  /** Null: nobody who has shown who they are. */
  readonly role: Role | null;
  /** The heat pumps that may be seen; null: all, also those added later. */
  readonly heatpumpIds: ReadonlySet<string> | null;
  /** Two that ask are given the same bytes if, and only if, this is equal. */
  readonly scope: string;
}

/** Nobody who has shown who they are. */
export const NO_ACCESS: Access = { role: null, heatpumpIds: new Set(), scope: 'none' };

/** Of a server that asks nobody who they are, such as the demonstration. */
export const OPEN_ACCESS: Access = { role: 'ADMIN', heatpumpIds: null, scope: 'open' };

/** Whether somebody of this role may do what `needed` may. */
export function isAtLeast(role: Role | null, needed: Role): boolean {
  return role !== null && ROLES.indexOf(role) >= ROLES.indexOf(needed);
}

/** Whether a heat pump is among those that may be seen. */
export function maySee({ role, heatpumpIds }: Access, heatpumpId: string): boolean {
  return role !== null && (heatpumpIds === null || heatpumpIds.has(heatpumpId));
}

/** Somebody who asks, by whatever has shown who they are. */
export interface Visitor {
  readonly access: Access;
  /** In the records: `user:<name>`, `token:<name>`, `ADMIN_TOKEN`, or `api` where nobody is asked; null: nobody. */
  readonly actor: string | null;
  /** Null: not a user. */
  readonly userId: string | null;
  /** Null: not signed in with a browser. */
  readonly sessionId: string | null;
  /** The IP address. */
  readonly address: string;
  /** Calls back once, soon after what has shown who they are ends or its rights change; returns how to stop listening. */
  onEnd(listener: () => void): () => void;
}

/** Somebody who has shown nothing. */
export const NOBODY: Visitor = {
  access: NO_ACCESS,
  actor: null,
  userId: null,
  sessionId: null,
  address: '',
  onEnd: () => () => {},
};

/** Whoever asks an open server. */
export const OPEN_VISITOR: Visitor = {
  access: OPEN_ACCESS,
  actor: 'api',
  userId: null,
  sessionId: null,
  address: '127.0.0.1',
  onEnd: () => () => {},
};
