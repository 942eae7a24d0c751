import { once } from 'node:events';
import { request } from 'node:http';
import { createClient } from 'graphql-ws';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { WebSocket } from 'ws';
import { bearer, type Guarded, startGuarded } from '../support/guarded.ts';
import { ADMIN_TOKEN } from '../support/program.ts';

const PASSWORD = 'correct horse battery';
const EVENTS = 'subscription { heatpumpStatus { id } }';
const ROLE = '{ viewer { name role } }';

let guarded: Guarded;
let people = 0;

beforeAll(async () => {
  guarded = await startGuarded({ trustProxy: ['127.0.0.1/32'] });
});
afterAll(() => guarded?.close());

/** Sends a request to the sign-in, from an address of its own unless one is given. */
function auth(path: string, body: object, headers: Record<string, string> = {}): Promise<Response> {
  return fetch(`${guarded.url}/auth/${path}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'x-forwarded-for': newAddress(), ...headers },
    body: JSON.stringify(body),
  });
}

let addresses = 0;
const newAddress = () => `198.51.100.${(addresses++ % 250) + 1}`;

const cookieOf = (response: Response) => response.headers.getSetCookie()[0]?.split(';')[0] ?? '';

/** A new user, and the cookie of a browser in which they are signed in. */
async function newUser(role = 'VIEWER', more: object = {}) {
  const email = `person${++people}@example.org`;
  const input = { name: `Person ${people}`, email, password: PASSWORD, role, ...more };
  const { data } = await must(
    'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }',
    input,
  );
  const signIn = () => auth('sign-in/email', { email, password: PASSWORD });
  return { id: data.createUser.user.id as string, email, signIn, cookie: cookieOf(await signIn()) };
}

async function must(query: string, input: object) {
  const answer = await guarded.admin(query, { input });
  expect(answer.errors).toBeUndefined();
  return answer;
}

const updateUser = (input: object) =>
  must('mutation ($input: UpdateUserInput!) { updateUser(input: $input) { user { id } } }', input);

async function roleOf(headers: Record<string, string>): Promise<string | null> {
  return (await guarded.ask(headers, ROLE)).data.viewer.role;
}

/** A subscription over WebSocket; resolves with the code and the time of its end. */
async function listen(headers: Record<string, string>, params: Record<string, unknown> = {}) {
  const client = createClient({
    url: `${guarded.url.replace('http', 'ws')}/graphql`,
    webSocketImpl: class extends WebSocket {
      constructor(url: string, protocols: string[]) {
        super(url, protocols, { headers });
      }
    },
    connectionParams: params,
    retryAttempts: 0,
    lazy: false,
    onNonLazyError: () => {},
  });
  const closed = new Promise<{ code: number; at: number }>((resolve) => {
    client.on('closed', (event) => resolve({ code: (event as { code: number }).code, at: performance.now() }));
  });
  const errors: unknown[] = [];
  const connected = new Promise<void>((resolve) => client.on('connected', () => resolve()));
  client.subscribe(
    { query: EVENTS },
    {
      next: (result) => void errors.push(...(result.errors ?? [])),
      error: (error) => void errors.push(error),
      complete: () => {},
    },
  );
  await Promise.race([connected, closed]);
  return { closed, errors, dispose: () => client.dispose() };
}

/** A subscription over server-sent events; resolves with the time of its end. */
async function listenOverSse(headers: Record<string, string>): Promise<{ ended: Promise<number> }> {
  const query = new URLSearchParams({ query: EVENTS });
  const asked = request(`${guarded.url}/graphql?${query}`, { headers: { accept: 'text/event-stream', ...headers } });
  asked.on('error', () => {});
  asked.end();
  const [response] = await once(asked, 'response');
  expect(response.statusCode).toBe(200);
  response.resume();
  response.on('error', () => {});
  return { ended: new Promise((resolve) => response.once('close', () => resolve(performance.now()))) };
}

/** Takes rights away while somebody listens both ways; tells after how many milliseconds each is over. */
async function timesToEnd(headers: Record<string, string>, takeAway: () => Promise<unknown>): Promise<number[]> {
  const [socket, sse] = await Promise.all([listen(headers), listenOverSse(headers)]);
  const begunAt = performance.now();
  await takeAway();
  const { code, at } = await socket.closed;
  expect(code).toBe(4403);
  return [at - begunAt, (await sse.ended) - begunAt];
}

describe('a token', () => {
  it('lets in with its role, is kept as a hash, and tells when it was used', async () => {
    const { id, headers } = await guarded.token({ name: 'prometheus', role: 'VIEWER' });
    expect(await guarded.ask(headers, ROLE)).toStrictEqual({
      data: { viewer: { name: 'prometheus', role: 'VIEWER' } },
    });
    const { data } = await guarded.admin('{ apiTokens { id lastUsedAt } }');
    expect(data.apiTokens.find((token: { id: string }) => token.id === id).lastUsedAt).not.toBeNull();
  });

  it.each(['', 'x', 'tg_wrong', `${ADMIN_TOKEN}x`, ADMIN_TOKEN.slice(1)])(
    'that is wrong is nobody: %j',
    async (token) => {
      expect(await roleOf(bearer(token))).toBeNull();
      const { errors } = await guarded.ask(bearer(token), '{ heatpumps { id } }');
      expect(errors?.[0]?.extensions?.code).toBe('UNAUTHENTICATED');
    },
  );

  it('does not fall back to a cookie when it is wrong', async () => {
    const { cookie } = await newUser();
    expect(await roleOf({ cookie })).toBe('VIEWER');
    expect(await roleOf({ cookie, ...bearer('wrong') })).toBeNull();
  });

  it('lets in over WebSocket by connection_init, and by the header of the handshake', async () => {
    const byParams = await listen({}, { authorization: `Bearer ${ADMIN_TOKEN}` });
    const byHeader = await listen(bearer(ADMIN_TOKEN));
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect([byParams.errors, byHeader.errors]).toStrictEqual([[], []]);
    await Promise.all([byParams.dispose(), byHeader.dispose()]);
    const wrong = await listen({}, { authorization: 'Bearer wrong' });
    expect((await wrong.closed).code).toBe(4403);
    const nobody = await listen({});
    await expect.poll(() => JSON.stringify(nobody.errors)).toContain('UNAUTHENTICATED');
    await nobody.dispose();
  });

  it('ends what runs when it is revoked, within a second', async () => {
    const { id, headers } = await guarded.token({ name: 'gone', role: 'VIEWER' });
    const times = await timesToEnd(headers, () =>
      must('mutation ($input: RevokeApiTokenInput!) { revokeApiToken(input: $input) { revokedId } }', { id }),
    );
    for (const time of times) expect(time).toBeLessThan(1_000);
    expect(await roleOf(headers)).toBeNull();
  });

  it('ends what runs when it expires', async () => {
    const expiresAt = new Date(Date.now() + 1_500).toISOString();
    const { headers } = await guarded.token({ name: 'short', role: 'VIEWER', expiresAt });
    const times = await timesToEnd(headers, () => Promise.resolve());
    for (const time of times) expect(time).toBeLessThan(2_500);
    expect(await roleOf(headers)).toBeNull();
  });
});

describe('a session', () => {
  it('is begun with the password, in a cookie that scripts cannot read', async () => {
    const { signIn } = await newUser();
    const response = await signIn();
    expect(response.status).toBe(200);
    expect(await response.json()).toStrictEqual({ ok: true });
    expect(response.headers.getSetCookie()).toStrictEqual([
      expect.stringMatching(/^thermograph\.session_token=[^;]+; Max-Age=2592000; Path=\/; HttpOnly; SameSite=Strict$/),
    ]);
  });

  it('has a cookie for TLS only, if a trusted proxy says that it came over TLS', async () => {
    const { email } = await newUser();
    const response = await auth('sign-in/email', { email, password: PASSWORD }, { 'x-forwarded-proto': 'https' });
    expect(response.headers.getSetCookie()[0]).toMatch(/; Secure$/);
  });

  it('ends with sign-out, at once and for good', async () => {
    const { cookie } = await newUser();
    expect(await roleOf({ cookie })).toBe('VIEWER');
    const times = await timesToEnd({ cookie }, () => auth('sign-out', {}, { cookie }));
    for (const time of times) expect(time).toBeLessThan(1_000);
    expect(await roleOf({ cookie })).toBeNull();
  });

  it.each([
    ['another role', { role: 'OPERATOR' }],
    ['other heat pumps', { heatpumpIds: [] }],
    ['being kept out', { disabled: true }],
    ['a new password', { password: 'another password' }],
  ])('ends what runs on %s, within a second', async (_, change) => {
    const { id, cookie } = await newUser();
    const times = await timesToEnd({ cookie }, () => updateUser({ id, ...change }));
    for (const time of times) expect(time).toBeLessThan(1_000);
  });

  it('is watched anew after it came back with other rights', async () => {
    const { id, cookie } = await newUser();
    for (const role of ['OPERATOR', 'VIEWER', 'OPERATOR']) {
      const times = await timesToEnd({ cookie }, () => updateUser({ id, role }));
      for (const time of times) expect(time).toBeLessThan(1_000);
    }
    const [first, second] = [await listen({ cookie }), await listen({ cookie })];
    await first.dispose();
    await updateUser({ id, disabled: true });
    expect((await second.closed).code).toBe(4403);
  });

  it('goes on over a change that takes nothing away', async () => {
    const { id, cookie } = await newUser();
    const socket = await listen({ cookie });
    await updateUser({ id, name: 'Renamed' });
    const first = await Promise.race([socket.closed, new Promise((resolve) => setTimeout(() => resolve('open'), 500))]);
    expect(first).toBe('open');
    await socket.dispose();
  });

  it('is listed, and can be ended from another browser, but only by its user', async () => {
    const user = await newUser();
    const stranger = await newUser();
    const second = cookieOf(await user.signIn());
    const { data } = await guarded.ask({ cookie: user.cookie }, '{ sessions { id isCurrent address } }');
    expect(data.sessions.map(({ isCurrent }: { isCurrent: boolean }) => isCurrent)).toStrictEqual([false, true]);
    const revoke = (cookie: string) =>
      guarded.ask({ cookie }, 'mutation ($input: RevokeSessionInput!) { revokeSession(input: $input) { revokedId } }', {
        input: { id: data.sessions[0].id },
      });
    expect((await revoke(stranger.cookie)).errors?.[0]?.extensions?.code).toBe('NOT_FOUND');
    expect(await roleOf({ cookie: second })).toBe('VIEWER');
    expect((await revoke(user.cookie)).errors).toBeUndefined();
    expect(await roleOf({ cookie: second })).toBeNull();
    expect(await roleOf({ cookie: user.cookie })).toBe('VIEWER');
  });

  it('lets its user change the password, which ends all other sessions', async () => {
    const user = await newUser();
    const other = cookieOf(await user.signIn());
    const change = { currentPassword: PASSWORD, newPassword: 'quite another one', revokeOtherSessions: true };
    expect(
      (await auth('change-password', { ...change, currentPassword: 'wrong' }, { cookie: user.cookie })).status,
    ).toBe(400);
    const response = await auth('change-password', change, { cookie: user.cookie });
    expect(response.status).toBe(200);
    expect(await roleOf({ cookie: other })).toBeNull();
    expect(await roleOf({ cookie: cookieOf(response) })).toBe('VIEWER');
    expect((await user.signIn()).status).toBe(401);
  });

  it('is refused to somebody who is kept out, with the same answer as to a wrong password', async () => {
    const user = await newUser();
    await updateUser({ id: user.id, disabled: true });
    const [kept, wrong, nobody] = await Promise.all([
      user.signIn(),
      auth('sign-in/email', { email: user.email, password: 'wrong password' }),
      auth('sign-in/email', { email: 'nobody@example.org', password: 'wrong password' }),
    ]);
    expect([kept.status, wrong.status, nobody.status]).toStrictEqual([401, 401, 401]);
    expect(new Set([await kept.text(), await wrong.text(), await nobody.text()]).size).toBe(1);
  });
});

describe('the sign-in', () => {
  it.each(['sign-up/email', 'update-user', 'delete-user', 'request-password-reset', 'list-sessions'])(
    'does not offer %s',
    async (path) => {
      expect((await auth(path, {})).status).toBe(404);
    },
  );

  it('takes JSON from its own pages only, and not much of it', async () => {
    const body = { email: 'a@example.org', password: 'x' };
    expect((await auth('sign-in/email', body, { origin: 'http://evil.example' })).status).toBe(403);
    expect((await auth('sign-in/email', body, { 'content-type': 'text/plain' })).status).toBe(415);
    expect((await auth('sign-in/email', { ...body, more: 'x'.repeat(5_000) })).status).toBe(413);
    expect((await auth('sign-in/email', { email: { $ne: 1 }, password: 'x' })).status).toBe(400);
    expect((await auth('sign-in/email', body, { origin: guarded.url })).status).toBe(401);
  });

  it('makes whoever guesses wait, and only them', async () => {
    const { email, cookie, signIn } = await newUser();
    const attacker = { 'x-forwarded-for': '203.0.113.9' };
    const guess = () => auth('sign-in/email', { email, password: 'guess guess' }, attacker);
    const statuses: number[] = [];
    for (let number = 0; number < 8; number++) statuses.push((await guess()).status);
    expect(statuses).toStrictEqual([401, 401, 401, 401, 401, 429, 429, 429]);
    expect(Number((await guess()).headers.get('retry-after'))).toBeGreaterThan(0);
    // Not even with the right password, from there.
    expect((await auth('sign-in/email', { email, password: PASSWORD }, attacker)).status).toBe(429);
    expect((await signIn()).status).toBe(200);
    expect(await roleOf({ cookie })).toBe('VIEWER');
  });

  it('lets one address try only so many accounts', async () => {
    const attacker = { 'x-forwarded-for': '203.0.113.10' };
    const statuses: number[] = [];
    for (let number = 0; number < 25; number++) {
      statuses.push((await auth('sign-in/email', { email: `a${number}@example.org`, password: 'x' }, attacker)).status);
    }
    expect(statuses.slice(0, 20)).toStrictEqual(Array(20).fill(401));
    expect(statuses.slice(22)).toStrictEqual([429, 429, 429]);
  }, 30_000);
});

describe('a page from elsewhere', () => {
  it('cannot make a browser post, nor open a WebSocket', async () => {
    const { cookie } = await newUser('ADMIN');
    const headers = { cookie, origin: 'http://evil.example', 'content-type': 'application/json' };
    const body = JSON.stringify({ query: ROLE });
    const response = await fetch(`${guarded.url}/graphql`, { method: 'POST', headers, body });
    expect(response.status).toBe(403);
    const socket = new WebSocket(`${guarded.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', { headers });
    const [error] = await once(socket, 'error');
    expect(error.message).toContain('403');
  });
});
