import type { IncomingMessage } from 'node:http';
import { join } from 'node:path';
import { OPEN_VISITOR, type Visitor } from '../domain/access.ts';
import type { AuditStore } from '../domain/audit.ts';
import type { Clock } from '../domain/clock.ts';
import type { Logger } from '../domain/logger.ts';
import type { UserStore } from '../domain/user.ts';
import { Accounts } from './accounts.ts';
import { AuditLog } from './audit-log.ts';
import { type AuthHandler, createAuthHandler } from './auth-handler.ts';
import { bearerIn, Doorkeeper, isToken } from './doorkeeper.ts';
import { GuessThrottle } from './guess-throttle.ts';
import { SECRET_FILE, secretOf } from './secret-file.ts';
import { type AddressTest, isFrom, isSameOrigin, type Sender, senderOf } from './sender.ts';
import { SetUp } from './set-up.ts';
import { createSignIn } from './sign-in.ts';

/** What access control needs of the house. */
export interface AccessDeps {
  /** True: everybody may do everything, and nobody is asked. */
  readonly isOpen: boolean;
  readonly dataDir: string;
  /** SHA-256 of `ADMIN_TOKEN` in hexadecimal; null: there is none. */
  readonly adminTokenHash: string | null;
  /** The same of `METRICS_TOKEN`. */
  readonly metricsTokenHash: string | null;
  /** Whose word on who sends a request counts. */
  readonly isTrustedProxy: AddressTest;
  /** Who may read metrics without a token. */
  readonly isScraper: AddressTest;
  /** The Prisma client, for the sign-in library. */
  readonly prisma: object;
  readonly users: UserStore;
  readonly audit: AuditStore;
  readonly isHeatpump: (id: string) => boolean;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Who may come in, and what for. */
export interface AccessControl {
  readonly isOpen: boolean;
  readonly accounts: Accounts;
  readonly audit: AuditLog;
  readonly setUp: SetUp;
  readonly handleAuth: AuthHandler;
  /** Who has sent a request; see {@link Doorkeeper.visitor}. */
  visitor(request: IncomingMessage, authorization?: string): Promise<Visitor>;
  /** Where a request comes from, and how. */
  sender(request: IncomingMessage): Sender;
  /** Whether a request has a share of its own, whatever else comes from its address: it has a token, or needs none. */
  hasOwnShare(request: IncomingMessage): boolean;
  /** False for a request that a page from elsewhere has made. */
  isSameOrigin(request: IncomingMessage): boolean;
  /** Whether a request comes from where metrics may be read without a token, or has the one for them. */
  mayScrape(request: IncomingMessage): boolean;
  start(): Promise<void>;
  stop(): void;
}

/** Access control, not started. */
export function createAccess(deps: AccessDeps): AccessControl {
  const { isOpen, isTrustedProxy, clock, logger } = deps;
  const audit = new AuditLog({ store: deps.audit, clock, logger });
  const secret = secretOf(join(deps.dataDir, SECRET_FILE));
  const signIn = createSignIn({
    prisma: deps.prisma,
    secret,
    isWelcome: (id) => accounts.user(id)?.disabled === false,
  });
  const accounts = new Accounts({
    store: deps.users,
    hashPassword: signIn.hashPassword,
    isHeatpump: deps.isHeatpump,
    clock,
    onChange: () => doorkeeper.recheck(),
  });
  const adminTokenHash = bytesOf(deps.adminTokenHash);
  const metricsTokenHash = bytesOf(deps.metricsTokenHash);
  const doorkeeper = new Doorkeeper({ accounts, signIn, adminTokenHash, isTrustedProxy, clock, logger });
  const throttle = new GuessThrottle(clock);
  return {
    isOpen,
    accounts,
    audit,
    setUp: new SetUp(accounts, throttle),
    handleAuth: createAuthHandler({ signIn, accounts, throttle, doorkeeper, audit, isTrustedProxy }),
    visitor: async (request, authorization) =>
      isOpen
        ? { ...OPEN_VISITOR, address: senderOf(request, isTrustedProxy).address }
        : doorkeeper.visitor(request, authorization),
    sender: (request) => senderOf(request, isTrustedProxy),
    hasOwnShare: (request) => isOpen || doorkeeper.hasToken(request),
    isSameOrigin: (request) => isSameOrigin(request, isTrustedProxy),
    mayScrape: (request) =>
      isOpen ||
      isFrom(request, isTrustedProxy, deps.isScraper) ||
      isToken(bearerIn(request.headers.authorization), metricsTokenHash),
    start: async () => {
      await accounts.load();
      await audit.start();
    },
    stop: () => {
      doorkeeper.stop();
      audit.stop();
    },
  };
}

function bytesOf(hash: string | null): Buffer | null {
  return hash === null ? null : Buffer.from(hash, 'hex');
}
