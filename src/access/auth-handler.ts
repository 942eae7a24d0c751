import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Visitor } from '../domain/access.ts';
import { Refusal } from '../domain/refusal.ts';
import type { Accounts } from './accounts.ts';
import type { AuditLog } from './audit-log.ts';
import type { Doorkeeper } from './doorkeeper.ts';
import type { GuessThrottle } from './guess-throttle.ts';
import { type AddressTest, isSameOrigin, senderOf } from './sender.ts';
import { ADDRESS_HEADER, AUTH_ORIGIN, AUTH_PATH, type SignIn } from './sign-in.ts';

/** What the handler of sign-ins needs of the house. */
export interface AuthHandlerDeps {
  readonly signIn: SignIn;
  readonly accounts: Accounts;
  readonly throttle: GuessThrottle;
  readonly doorkeeper: Doorkeeper;
  readonly audit: AuditLog;
  readonly isTrustedProxy: AddressTest;
}

/** Answers a request below {@link AUTH_PATH}. */
export type AuthHandler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** What of the library is served: nothing that is not needed. Each is noted in the audit under its name. */
const ACTIONS: Readonly<Record<string, string>> = {
  [`POST ${AUTH_PATH}/sign-in/email`]: 'signIn',
  [`POST ${AUTH_PATH}/sign-out`]: 'signOut',
  [`POST ${AUTH_PATH}/change-password`]: 'changePassword',
  [`GET ${AUTH_PATH}/get-session`]: 'getSession',
};
const MAX_BODY_BYTES = 4_096;

/** Sign-in, sign-out and change of one's own password: checked here, done by the library. */
export function createAuthHandler(deps: AuthHandlerDeps): AuthHandler {
  return (request, response) => answer(deps, request, response);
}

async function answer(deps: AuthHandlerDeps, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const { signIn, doorkeeper, isTrustedProxy } = deps;
  const path = (request.url ?? '').split('?', 1)[0];
  const action = ACTIONS[`${request.method} ${path}`];
  if (!action) throw new Refusal(404, 'NOT_FOUND', 'there is no such address');
  if (!isSameOrigin(request, isTrustedProxy)) throw new Refusal(403, 'FORBIDDEN', 'the page comes from elsewhere');
  const visitor = await doorkeeper.visitor(request);
  const body = request.method === 'POST' ? await readJson(request) : null;
  const account = action === 'signIn' ? accountOf(body) : visitor.userId;
  if (action === 'changePassword' && account === null) throw new Refusal(401, 'UNAUTHENTICATED', 'nobody is signed in');
  const isGuess = action === 'signIn' || action === 'changePassword';
  if (isGuess) deps.throttle.take(account ?? '', visitor.address);
  const answered = await signIn.handle(libraryRequest(request, `${path}`, body, visitor.address));
  if (isGuess && answered.ok) deps.throttle.succeed(account ?? '', visitor.address);
  if (action === 'signIn' && answered.ok && account) await deps.accounts.tidySessions(account);
  // Whoever is nobody, and stays so, changes nothing; only their guesses are noted.
  const isSomebody = action === 'signIn' ? answered.ok : visitor.userId !== null;
  if (isSomebody && request.method === 'POST') await doorkeeper.recheck();
  if (isGuess || (isSomebody && action === 'signOut')) await note(deps, action, account, visitor, answered);
  await pass(request, response, answered, isTrustedProxy);
}

/** The library is handed what was checked, and nothing else. */
function libraryRequest(request: IncomingMessage, path: string, body: object | null, address: string): Request {
  const { cookie, 'user-agent': userAgent } = request.headers;
  return new Request(`${AUTH_ORIGIN}${path}`, {
    method: request.method ?? 'GET',
    headers: {
      origin: AUTH_ORIGIN,
      [ADDRESS_HEADER]: address,
      ...(cookie && { cookie }),
      ...(userAgent && { 'user-agent': userAgent.slice(0, 300) }),
      ...(body && { 'content-type': 'application/json' }),
    },
    ...(body && { body: JSON.stringify(body) }),
  });
}

/** Passes on how it went, and cookies; never the token of a session, which scripts of a page must not see. */
async function pass(
  request: IncomingMessage,
  response: ServerResponse,
  answered: Response,
  isTrustedProxy: AddressTest,
): Promise<void> {
  const secure = senderOf(request, isTrustedProxy).isSecure ? '; Secure' : '';
  const cookies = answered.headers.getSetCookie().map((cookie) => `${cookie}${secure}`);
  if (cookies.length > 0) response.setHeader('Set-Cookie', cookies);
  if (answered.ok) {
    response.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify({ ok: true }));
    return;
  }
  // Whether there is such a user, or one who is kept out, is nobody's business.
  if (answered.status === 401) throw new Refusal(401, 'UNAUTHENTICATED', 'wrong e-mail address or password');
  const { code, message } = (await answered.json().catch(() => ({}))) as { code?: string; message?: string };
  throw new Refusal(answered.status, code ?? 'REFUSED', message ?? 'refused');
}

/** Who signed in is known only now. */
async function note(
  { audit, accounts }: AuthHandlerDeps,
  action: string,
  account: string | null,
  visitor: Visitor,
  answered: Response,
) {
  const outcome = answered.ok ? 'OK' : 'REFUSED';
  const name = answered.ok && action === 'signIn' ? accounts.byEmail(account ?? '')?.name : undefined;
  const actor = name === undefined ? visitor.actor : `user:${name}`;
  await audit.record(
    { actor, address: visitor.address },
    { action, kind: 'session', target: account, old: null, new: null, outcome },
  );
}

function accountOf(body: object | null): string {
  const email = (body as { email?: unknown } | null)?.email;
  if (typeof email !== 'string') throw new Refusal(400, 'BAD_USER_INPUT', 'email must be text');
  return email.trim().toLowerCase().slice(0, 200);
}

async function readJson(request: IncomingMessage): Promise<object> {
  if (!/^application\/json\s*(;|$)/i.test(request.headers['content-type'] ?? '')) {
    throw new Refusal(415, 'BAD_USER_INPUT', 'the content type must be application/json');
  }
  const chunks: Buffer[] = [];
  let bytes = 0;
  // Not destroyed with the loop, for whoever sends too much is to be told.
  for await (const chunk of request.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    if (bytes > MAX_BODY_BYTES) throw new Refusal(413, 'BAD_USER_INPUT', `more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  try {
    const body: unknown = JSON.parse(Buffer.concat(chunks).toString('utf8'));
    if (typeof body === 'object' && body !== null && !Array.isArray(body)) return body;
  } catch {
    // Told below, as is any other body that is no object.
  }
  throw new Refusal(400, 'BAD_USER_INPUT', 'the body must be a JSON object');
}
