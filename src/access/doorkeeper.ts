import { createHash, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Visitor } from '../domain/access.ts';
import type { Clock } from '../domain/clock.ts';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { ApiToken } from '../domain/user.ts';
import type { Accounts } from './accounts.ts';
import { accessOf, type Credential, NOTHING } from './credential.ts';
import { type AddressTest, senderOf } from './sender.ts';
import { type KnownSession, SESSION_COOKIE, type SignIn } from './sign-in.ts';
import { Watchers } from './watchers.ts';

/** What a doorkeeper needs of the house. */
export interface DoorkeeperDeps {
  readonly accounts: Accounts;
  readonly signIn: SignIn;
  /** SHA-256 of `ADMIN_TOKEN`; null: there is none. */
  readonly adminTokenHash: Buffer | null;
  readonly isTrustedProxy: AddressTest;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Sessions that are remembered, and for how long at most: now and then the library must see a session, to extend it. */
const MAX_SESSIONS = 1_000;
const REMEMBER_MS = 60_000;

const ALL = { role: 'ADMIN', heatpumpIds: null } as const;
const ADMIN_TOKEN: Credential = { ...NOTHING, key: 'ADMIN_TOKEN', actor: 'ADMIN_TOKEN', access: accessOf(ALL) };

/** Tells who asks: by a token, else by the cookie of a session. */
export class Doorkeeper {
  readonly #deps: DoorkeeperDeps;
  readonly #watchers: Watchers;
  /** By cookie; emptied whenever something changes. */
  readonly #sessions = new Map<string, { readonly session: Promise<KnownSession | null>; readonly until: number }>();

  constructor(deps: DoorkeeperDeps) {
    this.#deps = deps;
    this.#watchers = new Watchers({ again: (credential) => this.#again(credential), ...deps });
  }

  /** Who has sent a request; `authorization` is as in the header of that name. A token that is none is nobody's. */
  async visitor(request: IncomingMessage, authorization = request.headers.authorization): Promise<Visitor> {
    const { changes } = this.#watchers;
    const credential = authorization
      ? this.#byToken(authorization)
      : await this.#byCookie(request.headers.cookie ?? '');
    const { access, actor, userId, sessionId } = credential;
    const { address } = senderOf(request, this.#deps.isTrustedProxy);
    const onEnd = (listener: () => void) => this.#watchers.watch(credential, listener, changes);
    return { access, actor, userId, sessionId, address, onEnd };
  }

  /** Whether a request has a token that opens something. */
  hasToken({ headers: { authorization } }: IncomingMessage): boolean {
    return authorization !== undefined && this.#byToken(authorization) !== NOTHING;
  }

  /** Looks again at whatever is running: users, sessions or tokens have changed. */
  recheck(): Promise<void> {
    this.#sessions.clear();
    return this.#watchers.check();
  }

  stop(): void {
    this.#watchers.stop();
  }

  #byToken(authorization: string): Credential {
    const secret = bearerIn(authorization);
    if (secret === null) return NOTHING;
    const { adminTokenHash, accounts, logger } = this.#deps;
    if (isToken(secret, adminTokenHash)) return ADMIN_TOKEN;
    const token = accounts.tokenOf(secret);
    if (!token) return NOTHING;
    accounts.touch(token).catch((thrown: unknown) => {
      logger.error({ token: token.id, error: messageOf(thrown) }, 'the use of a token cannot be kept');
    });
    return ofToken(token);
  }

  async #byCookie(header: string): Promise<Credential> {
    const cookie = sessionCookieIn(header);
    if (!cookie) return NOTHING;
    const now = this.#deps.clock.now();
    const known = this.#sessions.get(cookie);
    const entry = known && known.until > now ? known : this.#look(cookie, now + REMEMBER_MS);
    const session = await entry.session;
    return (session && session.expiresAt > now && this.#ofSession(session)) || NOTHING;
  }

  #look(cookie: string, until: number) {
    const session = this.#deps.signIn.session(cookie);
    session.catch(() => this.#sessions.delete(cookie));
    const entry = { session, until };
    this.#sessions.delete(cookie);
    this.#sessions.set(cookie, entry);
    const [oldest] = this.#sessions.keys();
    if (this.#sessions.size > MAX_SESSIONS && oldest !== undefined) this.#sessions.delete(oldest);
    return entry;
  }

  #ofSession({ sessionId, userId, expiresAt }: KnownSession): Credential | null {
    const user = this.#deps.accounts.user(userId);
    if (!user || user.disabled) return null;
    const who = { key: `session:${sessionId}`, actor: `user:${user.name}`, userId, sessionId };
    return { ...who, access: accessOf(user), expiresAt };
  }

  async #again({ key, userId, sessionId }: Credential): Promise<Credential | null> {
    const { accounts } = this.#deps;
    if (key === ADMIN_TOKEN.key) return ADMIN_TOKEN;
    if (userId === null || sessionId === null) {
      const token = accounts.token(key.slice(TOKEN_KEY.length));
      return token && ofToken(token);
    }
    const session = (await accounts.sessions(userId)).find(({ id }) => id === sessionId);
    return session ? this.#ofSession({ sessionId, userId, expiresAt: session.expiresAt }) : null;
  }
}

const TOKEN_KEY = 'token:';

function ofToken(token: ApiToken): Credential {
  const { id, name, expiresAt } = token;
  return { ...NOTHING, key: `${TOKEN_KEY}${id}`, actor: `token:${name}`, access: accessOf(token), expiresAt };
}

/** The token in a header `Authorization`; null: none. */
export function bearerIn(authorization = ''): string | null {
  return /^Bearer +(\S+)$/i.exec(authorization)?.[1] ?? null;
}

/** Whether a secret is the token of this hash; takes as long whatever the secret is. */
export function isToken(secret: string | null, hash: Buffer | null): boolean {
  return secret !== null && hash !== null && timingSafeEqual(sha256(secret), hash);
}

/** As the library knows it: the session's cookie alone. */
function sessionCookieIn(header: string): string | null {
  const found = header.split(/; */).find((pair) => pair.startsWith(`${SESSION_COOKIE}=`));
  return found ?? null;
}

/** The hash that tokens are compared by, for those are of any length. */
export function sha256(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}
