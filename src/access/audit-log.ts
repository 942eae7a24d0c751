import { z } from 'zod';
import type { Visitor } from '../domain/access.ts';
import type { AuditEntry, AuditQuery, AuditStore, NewAuditEntry } from '../domain/audit.ts';
import type { Clock, Timer } from '../domain/clock.ts';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import { LEFT_OUT, withoutSecrets } from '../domain/redaction.ts';
import { check, line, whole } from '../input/check.ts';

/** What the audit needs of the house. */
export interface AuditLogDeps {
  readonly store: AuditStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

const DAY_MS = 86_400_000;
const KEPT_MS = 365 * DAY_MS;
const KEPT_ENTRIES = 100_000;
/** Of those nobody known is behind, such as wrong passwords: they must not drive out the others. */
const KEPT_OF_NOBODY = 10_000;
/** Entries after which it is looked whether there are too many. */
const PRUNE_AFTER = 1_000;
/** Entries on a page at most. */
export const MAX_AUDIT_PAGE = 200;
/** Longer values are not kept, in characters of JSON. */
const MAX_VALUE_LENGTH = 4_000;
const MAX_TARGET_LENGTH = 200;

/** Besides what is a secret anywhere: the set-up code, and addresses of services, which may hold a key. */
const SECRETS: readonly string[] = ['code', 'url'];

const query = z.object({
  first: whole(1, MAX_AUDIT_PAGE),
  before: z
    .string()
    .regex(/^\d{1,15}$/, { error: 'must be the id of an entry' })
    .transform(Number)
    .nullish(),
  action: line(100).nullish(),
  actor: line(200).nullish(),
});

/** Who did what, when and from where. */
export class AuditLog {
  readonly #deps: AuditLogDeps;
  #timer: Timer | null = null;
  #sincePruned = 0;

  constructor(deps: AuditLogDeps) {
    this.#deps = deps;
  }

  /** Deletes what is too old, now and every day. */
  async start(): Promise<void> {
    await this.#prune();
    this.#timer = this.#deps.clock.setTimeout(() => void this.#pruneDaily(), DAY_MS);
  }

  stop(): void {
    if (this.#timer !== null) this.#deps.clock.clearTimeout(this.#timer);
  }

  /** Notes what somebody did. What has happened is not undone because it cannot be noted. */
  async record(
    { actor, address }: Pick<Visitor, 'actor' | 'address'>,
    { target, old, new: asked, ...rest }: Omit<NewAuditEntry, 'at' | 'actor' | 'address'>,
  ): Promise<void> {
    const values = { target: target?.slice(0, MAX_TARGET_LENGTH) ?? null, old: told(old), new: told(asked) };
    const entry = { at: this.#deps.clock.now(), actor, address, ...rest, ...values };
    try {
      await this.#deps.store.insert(entry);
      if (++this.#sincePruned >= PRUNE_AFTER) await this.#prune();
    } catch (thrown) {
      this.#deps.logger.error({ action: entry.action, actor, error: messageOf(thrown) }, 'the audit cannot be kept');
    }
  }

  /** The newest entries, newest first. Throws `BAD_USER_INPUT`. */
  async list(
    asked: Omit<AuditQuery, 'before'> & { readonly before?: string | null | undefined },
  ): Promise<AuditEntry[]> {
    return this.#deps.store.list(check(query, asked, []));
  }

  #prune(): Promise<void> {
    this.#sincePruned = 0;
    return this.#deps.store.prune(this.#deps.clock.now() - KEPT_MS, KEPT_ENTRIES, KEPT_OF_NOBODY);
  }

  async #pruneDaily(): Promise<void> {
    await this.start().catch((thrown: unknown) => {
      this.#deps.logger.error({ error: messageOf(thrown) }, 'old entries of the audit cannot be deleted');
      this.#timer = this.#deps.clock.setTimeout(() => void this.#pruneDaily(), DAY_MS);
    });
  }
}

/** A value as it is kept: without secrets, and not endless. */
function told(value: unknown): unknown {
  if (value === null || value === undefined) return null;
  const isSecret = (key: string, inner: unknown) => SECRETS.includes(key) && typeof inner === 'string';
  const text = JSON.stringify(withoutSecrets(value), (key, inner) => (isSecret(key, inner) ? LEFT_OUT : inner));
  return text.length > MAX_VALUE_LENGTH ? `${text.length} characters` : JSON.parse(text);
}
