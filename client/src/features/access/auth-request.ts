/** How a request about signing in ended. */
export type AuthOutcome =
  | 'OK'
  /** Address or password are wrong. */
  | 'WRONG'
  /** Tried too often; later it may go again. */
  | 'TOO_OFTEN'
  | 'REFUSED'
  | 'NETWORK';

/** What can be asked for. */
export type AuthAction = 'sign-in/email' | 'sign-out' | 'change-password';

const OUTCOMES: Readonly<Record<number, AuthOutcome>> = { 400: 'WRONG', 401: 'WRONG', 429: 'TOO_OFTEN' };
const TIMEOUT_MS = 20_000;

/** Signs in or out, or changes one's own password; the browser keeps the cookie, which no script sees. */
export async function authRequest(action: AuthAction, body: object): Promise<AuthOutcome> {
  try {
    const response = await fetch(`/auth/${action}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    return response.ok ? 'OK' : (OUTCOMES[response.status] ?? 'REFUSED');
  } catch {
    return 'NETWORK';
  }
}

/** Where to go after signing in: the page that was wanted, which is always one of ours. */
export function wayBack(to: unknown): string {
  if (typeof to !== 'string') return '/';
  const { origin, pathname, search } = new URL(to, location.origin);
  return origin === location.origin ? pathname + search : '/';
}
