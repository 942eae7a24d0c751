import { prismaAdapter } from 'better-auth/adapters/prisma';
import { hashPassword } from 'better-auth/crypto';
import { betterAuth } from 'better-auth/minimal';

/** A signed-in browser, as the cookie tells. */
export interface KnownSession {
  readonly sessionId: string;
  readonly userId: string;
  /** Milliseconds UTC. */
  readonly expiresAt: number;
}

/** Passwords, sessions and their cookies: what the sign-in library does for us. */
export interface SignIn {
  /** Whose session a cookie header belongs to; null: nobody's. */
  session(cookie: string): Promise<KnownSession | null>;
  /** Answers a request below {@link AUTH_PATH}, whose sender has been checked. */
  handle(request: Request): Promise<Response>;
  hashPassword(password: string): Promise<string>;
}

/** What the sign-in library needs. */
export interface SignInDeps {
  /** The Prisma client, which only the library's own adapter looks into. */
  readonly prisma: object;
  /** Signs cookies. */
  readonly secret: string;
  /** Whether this user may sign in at all. */
  readonly isWelcome: (userId: string) => boolean;
}

/** Where the sign-in is served. */
export const AUTH_PATH = '/auth';
/** The library sees one origin, for the real one was checked before. */
export const AUTH_ORIGIN = 'http://localhost';
/** Tells the library the address of the sender. */
export const ADDRESS_HEADER = 'x-sender-address';
/** The cookie that holds a session. */
export const SESSION_COOKIE = 'thermograph.session_token';
/** The shortest and the longest password. */
export const PASSWORD_LENGTH = { min: 10, max: 128 } as const;

const DAY_S = 86_400;
const SESSION_LIFE_S = 30 * DAY_S;

/** Sets the library up: sign-in by e-mail address and password, no sign-up, nothing sent anywhere. */
export function createSignIn({ prisma, secret, isWelcome }: SignInDeps): SignIn {
  const auth = betterAuth({
    baseURL: AUTH_ORIGIN,
    basePath: AUTH_PATH,
    secret,
    database: prismaAdapter(prisma, { provider: 'sqlite' }),
    emailAndPassword: {
      enabled: true,
      disableSignUp: true,
      minPasswordLength: PASSWORD_LENGTH.min,
      maxPasswordLength: PASSWORD_LENGTH.max,
    },
    session: { expiresIn: SESSION_LIFE_S, updateAge: DAY_S },
    databaseHooks: { session: { create: { before: async ({ userId }) => isWelcome(userId) } } },
    // Our own throttle knows accounts as well as addresses.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      cookiePrefix: 'thermograph',
      defaultCookieAttributes: { httpOnly: true, sameSite: 'strict' },
      ipAddress: { ipAddressHeaders: [ADDRESS_HEADER] },
    },
  });
  return {
    session: async (cookie) => {
      const found = await auth.api.getSession({ headers: new Headers({ cookie }) });
      if (!found) return null;
      const { id: sessionId, userId, expiresAt } = found.session;
      return { sessionId, userId, expiresAt: expiresAt.getTime() };
    },
    handle: (request) => auth.handler(request),
    hashPassword,
  };
}
