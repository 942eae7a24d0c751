import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Answer, startApi } from '../support/api.ts';
import { type Guarded, startGuarded } from '../support/guarded.ts';
import { ADMIN_TOKEN } from '../support/program.ts';

const PASSWORD = 'correct horse battery';
const SET_UP = 'mutation ($input: SetUpInput!) { setUp(input: $input) { user { id name email role } } }';
const VIEWER = '{ viewer { name email role seesAllHeatpumps heatpumpIds isOpen setupNeeded } }';
const ANNA = { name: 'Anna', email: 'Anna@Example.org', password: PASSWORD };

let guarded: Guarded;
beforeEach(async () => {
  guarded = await startGuarded();
});
afterEach(() => guarded.close());

const setUp = (code: string, more: object = {}) => guarded.ask({}, SET_UP, { input: { code, ...ANNA, ...more } });
const code = () => guarded.server.setUpCode ?? '';
const codeOf = ({ errors }: Answer) => errors?.[0]?.extensions?.code;

describe('the first start', () => {
  it('has no user and no password, but a code that makes the first admin, once', async () => {
    const nobody = { name: null, email: null, role: null, seesAllHeatpumps: false, heatpumpIds: [], isOpen: false };
    expect(await guarded.ask({}, VIEWER)).toStrictEqual({ data: { viewer: { ...nobody, setupNeeded: true } } });
    expect(code()).toMatch(/^([A-Z2-9]{4}-){3}[A-Z2-9]{4}$/);
    const { data } = await setUp(code().toLowerCase().replaceAll('-', ' '));
    expect(data.setUp.user).toStrictEqual({
      id: expect.any(String),
      ...{ name: 'Anna', email: 'anna@example.org', role: 'ADMIN' },
    });
    expect(codeOf(await setUp(code(), { email: 'second@example.org' }))).toBe('CONFLICT');
    expect((await guarded.ask({}, VIEWER)).data.viewer.setupNeeded).toBe(false);
    expect(guarded.server.setUpCode).not.toBeNull();
  });

  it('refuses a wrong code, and soon makes whoever guesses wait', async () => {
    const codes: (string | undefined)[] = [];
    for (let number = 0; number < 7; number++) codes.push(codeOf(await setUp('AAAA-AAAA-AAAA-AAAA')));
    expect(codes).toStrictEqual([...Array(5).fill('FORBIDDEN'), 'RATE_LIMITED', 'RATE_LIMITED']);
    expect((await guarded.admin('{ users { id } }')).data.users).toStrictEqual([]);
  });

  it.each([
    [{ password: 'ninechars' }, 'password'],
    [{ email: 'anna' }, 'email'],
    [{ name: ' ' }, 'name'],
  ])('refuses %j, and makes nobody', async (more, field) => {
    const answer = await setUp(code(), more);
    expect(codeOf(answer)).toBe('BAD_USER_INPUT');
    expect(answer.errors?.[0]?.extensions?.issues?.map(({ path }) => path)).toStrictEqual([['input', field]]);
    expect((await setUp(code())).errors).toBeUndefined();
  });

  it('leaves no password and no token readable', async () => {
    await setUp(code());
    const token = await guarded.token({ name: 'x', role: 'VIEWER' });
    const database = new Database(join(guarded.dataDir, 'thermograph.db'), { readonly: true });
    const tables = ['User', 'Account', 'ApiToken', 'AuditEntry'];
    const rows = JSON.stringify(tables.map((table) => database.prepare(`SELECT * FROM "${table}"`).all()));
    database.close();
    for (const secret of [PASSWORD, ADMIN_TOKEN, token.headers.authorization?.slice(7) ?? '', code()]) {
      expect(secret.length).toBeGreaterThan(9);
      expect(rows).not.toContain(secret);
    }
    const key = join(guarded.dataDir, 'access.key');
    expect(statSync(key).mode & 0o777).toBe(0o600);
    expect(readFileSync(key, 'utf8').trim().length).toBe(43);
  });
});

describe('users', () => {
  const change = async (name: string, input: object) =>
    guarded.admin(
      `mutation ($input: ${name[0]?.toUpperCase()}${name.slice(1)}Input!) { ${name}(input: $input) { __typename } }`,
      { input },
    );

  it('always have an admin among them', async () => {
    const anna = (await setUp(code())).data.setUp.user.id;
    for (const input of [{ role: 'OPERATOR' }, { disabled: true }]) {
      expect(codeOf(await change('updateUser', { id: anna, ...input }))).toBe('CONFLICT');
    }
    expect(codeOf(await change('deleteUser', { id: anna }))).toBe('CONFLICT');
    const bert = { name: 'Bert', email: 'bert@example.org', password: PASSWORD, role: 'ADMIN' };
    expect((await change('createUser', bert)).errors).toBeUndefined();
    expect((await change('updateUser', { id: anna, role: 'VIEWER' })).errors).toBeUndefined();
    expect((await change('deleteUser', { id: anna })).errors).toBeUndefined();
    expect((await guarded.admin('{ users { name role } }')).data.users).toStrictEqual([
      { name: 'Bert', role: 'ADMIN' },
    ]);
  });

  it.each([
    [{ role: 'ADMIN', heatpumpIds: [] }, ['input', 'heatpumpIds']],
    [{ role: 'VIEWER', heatpumpIds: ['hp-none'] }, ['input', 'heatpumpIds', 0]],
    [{ role: 'VIEWER', password: 'short' }, ['input', 'password']],
    [{ role: 'VIEWER', password: 'x'.repeat(129) }, ['input', 'password']],
  ])('are not made with %j', async (more, path) => {
    const answer = await change('createUser', { name: 'C', email: 'c@example.org', password: PASSWORD, ...more });
    expect(answer.errors?.[0]?.extensions?.issues?.[0]?.path).toStrictEqual(path);
    expect((await guarded.admin('{ users { id } }')).data.users).toStrictEqual([]);
  });

  it('have addresses of their own, and tokens that end in the future', async () => {
    const one = { name: 'C', email: 'c@example.org', password: PASSWORD, role: 'VIEWER' };
    expect((await change('createUser', one)).errors).toBeUndefined();
    expect(codeOf(await change('createUser', { ...one, email: 'C@example.ORG ' }))).toBe('CONFLICT');
    const past = { name: 'T', role: 'VIEWER', expiresAt: '2020-01-01T00:00:00Z' };
    expect(codeOf(await change('createApiToken', past))).toBe('BAD_USER_INPUT');
  });
});

describe('an open server', () => {
  it('says so, and asks nobody', async () => {
    const api = await startApi();
    const everything = { name: 'api', email: null, role: 'ADMIN', seesAllHeatpumps: true, heatpumpIds: [] };
    expect(await api.query(VIEWER)).toStrictEqual({
      data: { viewer: { ...everything, isOpen: true, setupNeeded: false } },
    });
    expect(api.server.setUpCode).toBeNull();
    await api.close();
  });
});
