/** What an entry of the audit is about. */
export const AUDIT_KINDS = [
  'heatpump',
  'sensor',
  'hold',
  'job',
  'dashboard',
  'alert',
  'channel',
  'user',
  'token',
  'session',
  'backup',
] as const;
/** One of {@link AUDIT_KINDS}. */
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** Something that somebody did, or tried to, before the store has numbered it. */
export interface NewAuditEntry {
  /** Milliseconds UTC. */
  readonly at: number;
  /** Who, e.g. `user:Anna` or `token:prometheus`; of a failed sign-in, nobody. */
  readonly actor: string | null;
  /** The IP address it came from. */
  readonly address: string;
  /** Name of the mutation, or `signIn`, `signOut`, `changePassword`. */
  readonly action: string;
  readonly kind: AuditKind;
  /** Which thing of its kind, mostly its id. */
  readonly target: string | null;
  /** As it was and as it was asked to be, without secrets. */
  readonly old: unknown;
  readonly new: unknown;
  /** `OK`, or the code it was refused with. */
  readonly outcome: string;
}

/** An entry of the audit. */
export interface AuditEntry extends NewAuditEntry {
  /** Grows from entry to entry. */
  readonly id: number;
}

/** Which entries to list. */
export interface AuditQuery {
  /** At most so many. */
  readonly first: number;
  /** Only those before this one. */
  readonly before?: number | null | undefined;
  readonly action?: string | null | undefined;
  readonly actor?: string | null | undefined;
}

/** Where the audit is kept. A promise that resolves means that the change is on disk. */
export interface AuditStore {
  insert(entry: NewAuditEntry): Promise<void>;
  /** Newest first. */
  list(query: AuditQuery): Promise<AuditEntry[]>;
  /** Deletes what happened before a time, all but the newest `most`, and of those without an actor all but `mostOfNobody`. */
  prune(before: number, most: number, mostOfNobody: number): Promise<void>;
}
