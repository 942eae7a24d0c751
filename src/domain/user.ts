import type { Role } from './access.ts';

/** What somebody may do and see: a role, and of which heat pumps. */
export interface Rights {
  readonly role: Role;
  /** Null: all heat pumps, also those added later; of an `ADMIN` always. */
  readonly heatpumpIds: readonly string[] | null;
}

/** A person who signs in. Times are milliseconds UTC. */
export interface User extends Rights {
  readonly id: string;
  readonly name: string;
  /** Lower case; what they sign in with. */
  readonly email: string;
  /** Whether they are kept out. */
  readonly disabled: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** A token for programs; of the token itself only a hash is kept. Times are milliseconds UTC. */
export interface ApiToken extends Rights {
  readonly id: string;
  readonly name: string;
  /** SHA-256 in hexadecimal. */
  readonly hash: string;
  /** Null: never. */
  readonly expiresAt: number | null;
  /** To the minute; null: never used. */
  readonly lastUsedAt: number | null;
  readonly createdAt: number;
}

/** A browser in which a user is signed in. Times are milliseconds UTC. */
export interface Session {
  readonly id: string;
  readonly userId: string;
  readonly address: string | null;
  readonly userAgent: string | null;
  readonly createdAt: number;
  /** When it was last extended, to the day. */
  readonly updatedAt: number;
  readonly expiresAt: number;
}

/** Where users, sessions and tokens are kept. A promise that resolves means that the change is on disk. */
export interface UserStore {
  users(): Promise<User[]>;
  /** Adds a user and the password to sign in with; both or neither. */
  insertUser(user: User, passwordHash: string): Promise<void>;
  /** Replaces a user, and the password if one is given; both or neither. */
  updateUser(user: User, passwordHash: string | null): Promise<void>;
  /** With sessions and password. */
  deleteUser(id: string): Promise<void>;
  tokens(): Promise<ApiToken[]>;
  insertToken(token: ApiToken): Promise<void>;
  touchToken(id: string, lastUsedAt: number): Promise<void>;
  deleteToken(id: string): Promise<void>;
  /** Of a user, or of all; newest first. */
  sessions(userId: string): Promise<Session[]>;
  /** Nothing if it is gone. */
  deleteSession(id: string): Promise<void>;
  deleteSessionsOf(userId: string): Promise<void>;
  /** Deletes the sessions of a user that are over, and all but the newest `most`. */
  tidySessions(userId: string, now: number, most: number): Promise<void>;
}
