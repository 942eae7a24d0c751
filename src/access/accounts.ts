import { createHash, randomBytes, randomUUID } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import { AppError, type Issue } from '../domain/errors.ts';
import { Sequence } from '../domain/sequence.ts';
import type { ApiToken, Session, User, UserStore } from '../domain/user.ts';
import {
  type CreateTokenInput,
  type CreateUserInput,
  checkPassword,
  checkToken,
  checkUser,
  type UpdateUserInput,
} from './account-input.ts';

/** What accounts need of the house. */
export interface AccountsDeps {
  readonly store: UserStore;
  readonly hashPassword: (password: string) => Promise<string>;
  readonly isHeatpump: (id: string) => boolean;
  readonly clock: Clock;
  /** Called after every change that may take rights away. */
  readonly onChange: () => void;
}

/** A token that was just made: the only time that it is seen. */
export interface NewToken {
  readonly token: string;
  readonly apiToken: ApiToken;
}

/** Users and tokens there may be. */
const MAX_USERS = 500;
const MAX_TOKENS = 500;
/** Browsers in which one user may be signed in; with the next one, the one not seen for longest is signed out. */
const MAX_SESSIONS = 50;
/** How exactly the last use of a token is kept. */
const TOUCH_MS = 60_000;

/** Users, tokens and sessions: the one door for changes to them. Refusals are {@link AppError}s and change nothing. */
export class Accounts {
  readonly #deps: AccountsDeps;
  readonly #users = new Map<string, User>();
  readonly #tokens = new Map<string, ApiToken>();
  readonly #changes = new Sequence();

  constructor(deps: AccountsDeps) {
    this.#deps = deps;
  }

  /** Loads users and tokens from the store. */
  async load(): Promise<void> {
    for (const user of await this.#deps.store.users()) this.#users.set(user.id, user);
    for (const token of await this.#deps.store.tokens()) this.#tokens.set(token.hash, token);
  }

  /** All users, oldest first. */
  users(): User[] {
    return [...this.#users.values()];
  }

  /** A user; null if there is none with this id. */
  user(id: string): User | null {
    return this.#users.get(id) ?? null;
  }

  /** Who signs in with an address in lower case; null: nobody. */
  byEmail(email: string): User | null {
    return this.users().find((user) => user.email === email) ?? null;
  }

  /** All tokens, oldest first. */
  tokens(): ApiToken[] {
    return [...this.#tokens.values()];
  }

  /** What a token that somebody shows is; null: none, or it has expired. */
  tokenOf(secret: string): ApiToken | null {
    const token = this.#tokens.get(hashOf(secret));
    return token && this.#isValid(token) ? token : null;
  }

  /** A token by its id; null if it was revoked or has expired. */
  token(id: string): ApiToken | null {
    return this.tokens().find((token) => token.id === id && this.#isValid(token)) ?? null;
  }

  /** Notes that a token was used just now, to the minute. */
  async touch(token: ApiToken): Promise<void> {
    const now = this.#deps.clock.now();
    if (token.lastUsedAt !== null && now - token.lastUsedAt < TOUCH_MS) return;
    this.#tokens.set(token.hash, { ...token, lastUsedAt: now });
    await this.#deps.store.touchToken(token.id, now);
  }

  /** Adds a user. Throws `BAD_USER_INPUT` or `CONFLICT`. */
  createUser(input: CreateUserInput): Promise<User> {
    return this.#changes.run(() => this.#insertUser(input));
  }

  /** Adds the first user, an admin. Throws `CONFLICT` if there is a user. */
  createFirst(input: Pick<CreateUserInput, 'name' | 'email' | 'password'>): Promise<User> {
    return this.#changes.run(async () => {
      if (this.#users.size > 0) throw new AppError('CONFLICT', 'it has been set up already');
      return this.#insertUser({ ...input, role: 'ADMIN' });
    });
  }

  /** Changes a user; kept out, or with another password, they are signed out. Throws `BAD_USER_INPUT`, `NOT_FOUND` or `CONFLICT`. */
  updateUser(input: UpdateUserInput): Promise<User> {
    return this.#changes.run(async () => {
      const { store, hashPassword, isHeatpump, clock, onChange } = this.#deps;
      const before = this.#user(input.id);
      const user = { ...before, ...checkUser(input, before, isHeatpump), updatedAt: clock.now() };
      this.#keepAdmin(before, user);
      const password = input.password ? await hashPassword(checkPassword(input.password)) : null;
      await store.updateUser(user, password);
      this.#users.set(user.id, user);
      if (user.disabled || password) await store.deleteSessionsOf(user.id);
      onChange();
      return user;
    });
  }

  /** Removes a user with all sessions. Throws `NOT_FOUND`, or `CONFLICT` for the last admin. */
  deleteUser(id: string): Promise<void> {
    return this.#changes.run(async () => {
      this.#keepAdmin(this.#user(id), null);
      await this.#deps.store.deleteUser(id);
      this.#users.delete(id);
      this.#deps.onChange();
    });
  }

  /** Makes a token. Throws `BAD_USER_INPUT` or `CONFLICT`. */
  createToken(input: CreateTokenInput): Promise<NewToken> {
    return this.#changes.run(async () => {
      const { store, isHeatpump, clock } = this.#deps;
      const now = clock.now();
      const content = checkToken(input, isHeatpump, now);
      if (this.#tokens.size >= MAX_TOKENS) throw new AppError('CONFLICT', `there are ${MAX_TOKENS} tokens already`);
      const token = `tg_${randomBytes(32).toString('base64url')}`;
      const apiToken = { id: randomUUID(), ...content, hash: hashOf(token), lastUsedAt: null, createdAt: now };
      await store.insertToken(apiToken);
      this.#tokens.set(apiToken.hash, apiToken);
      return { token, apiToken };
    });
  }

  /** Makes a token worthless. Throws `NOT_FOUND`. */
  revokeToken(id: string): Promise<void> {
    return this.#changes.run(async () => {
      const token = this.tokens().find((candidate) => candidate.id === id);
      if (!token) throw notFound('token');
      await this.#deps.store.deleteToken(id);
      this.#tokens.delete(token.hash);
      this.#deps.onChange();
    });
  }

  /** Where a user is signed in, newest first. */
  async sessions(userId: string): Promise<Session[]> {
    const now = this.#deps.clock.now();
    return (await this.#deps.store.sessions(userId)).filter(({ expiresAt }) => expiresAt > now);
  }

  /** Drops the sessions of a user that are over, or of too many. */
  async tidySessions(email: string): Promise<void> {
    const user = this.byEmail(email);
    if (user) await this.#deps.store.tidySessions(user.id, this.#deps.clock.now(), MAX_SESSIONS);
  }

  /** Signs a user out somewhere. Throws `NOT_FOUND`, also for a session of somebody else. */
  async revokeSession(id: string, userId: string): Promise<void> {
    const sessions = await this.#deps.store.sessions(userId);
    if (!sessions.some((session) => session.id === id)) throw notFound('session');
    await this.#deps.store.deleteSession(id);
    this.#deps.onChange();
  }

  async #insertUser(input: CreateUserInput): Promise<User> {
    const { store, hashPassword, isHeatpump, clock } = this.#deps;
    const content = checkUser(input, null, isHeatpump);
    const password = checkPassword(input.password);
    if (this.byEmail(content.email)) throw emailTaken();
    if (this.#users.size >= MAX_USERS) throw new AppError('CONFLICT', `there are ${MAX_USERS} users already`);
    const now = clock.now();
    const user = { id: randomUUID(), ...content, createdAt: now, updatedAt: now };
    await store.insertUser(user, await hashPassword(password));
    this.#users.set(user.id, user);
    return user;
  }

  #isValid({ expiresAt }: ApiToken): boolean {
    return expiresAt === null || expiresAt > this.#deps.clock.now();
  }

  #user(id: string): User {
    const user = this.#users.get(id);
    if (!user) throw notFound('user');
    return user;
  }

  /** Somebody must remain who can do everything. */
  #keepAdmin(before: User, after: User | null): void {
    const isAdmin = (user: User | null) => user !== null && user.role === 'ADMIN' && !user.disabled;
    if (!isAdmin(before) || isAdmin(after)) return;
    if (this.users().some((user) => user.id !== before.id && isAdmin(user))) return;
    throw new AppError('CONFLICT', `${before.name} is the last one with the role ADMIN`);
  }
}

/** How tokens are kept: they are long and random, so that a fast hash is as good as a slow one. */
function hashOf(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

function emailTaken(): AppError {
  const message = 'belongs to another user';
  return new AppError('CONFLICT', `this e-mail address ${message}`, [{ path: ['input', 'email'], message }]);
}

function notFound(what: string, path: Issue['path'] = ['input', 'id']): AppError {
  const message = `no ${what} with this id`;
  return new AppError('NOT_FOUND', message, [{ path, message }]);
}
