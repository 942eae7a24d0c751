import { existsSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer } from 'node:net';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateDatabase } from '../src/db/migrate.ts';
import { ADD, addInput } from './support/api.ts';
import { makeTempDir } from './support/house.ts';
import { BEARER, type Program } from './support/program.ts';
import { startServerProgram, urlOf } from './support/server-program.ts';
import { openSocket } from './support/socket.ts';

let directory: ReturnType<typeof makeTempDir>;
let server: Program | null = null;

beforeEach(() => {
  directory = makeTempDir();
});
afterEach(async () => {
  await server?.end('SIGKILL');
  server = null;
  directory.remove();
});

/** The server as `npm start` runs it. */
function startServer(env: Record<string, string> = {}): Program {
  server = startServerProgram({ DATA_DIR: directory.path, ...env });
  return server;
}

async function post(url: string, query: string, variables: object = {}) {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...BEARER },
    body: JSON.stringify({ query, variables }),
  });
  return (await response.json()) as { data: { heatpumps: { name: string }[]; addHeatpump: object | null } };
}

/** What was written besides lines about something. */
function linesBut(output: string, about: string): string[] {
  return output.split('\n').filter((line) => line !== '' && !line.includes(about));
}

/** Adds heat pumps one after the other until the server is gone; tells which it acknowledged and which it did not. */
async function addUntilGone(url: string, prefix: string): Promise<{ acknowledged: string[]; unanswered: string }> {
  const acknowledged: string[] = [];
  for (let number = 0; ; number++) {
    const name = `${prefix} ${number}`;
    const host = `${prefix}-${number}.example`.toLowerCase();
    const input = { ...addInput(502).input, name, enabled: false, connection: { host } };
    const answer = await post(url, ADD, { input }).catch(() => null);
    if (!answer) return { acknowledged, unanswered: name };
    expect(answer.data.addHeatpump).not.toBeNull();
    acknowledged.push(name);
  }
}

describe('the server as a process', () => {
  it('has everything it acknowledged after being killed at any moment, and nothing nobody asked for', async () => {
    const acknowledged: string[] = [];
    const unanswered: string[] = [];
    // A busy machine acknowledges less before it is killed; it is killed more often then.
    for (let round = 0; round < 6 || acknowledged.length <= 20; round++) {
      const program = startServer();
      const url = await urlOf(program);
      const { data } = await post(url, '{ heatpumps { name } }');
      const names = data.heatpumps.map(({ name }) => name);
      expect(names).toStrictEqual(expect.arrayContaining(acknowledged));
      expect(names.filter((name) => !acknowledged.includes(name) && !unanswered.includes(name))).toStrictEqual([]);
      expect(new Set(names).size).toBe(names.length);
      const adding = addUntilGone(url, `R${round}`);
      await new Promise((resolve) => setTimeout(resolve, 30 + Math.random() * 250));
      await program.end('SIGKILL');
      const result = await adding;
      acknowledged.push(...result.acknowledged);
      unanswered.push(result.unanswered);
    }
    const database = new Database(join(directory.path, 'thermograph.db'));
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  }, 180_000);

  it.each(['SIGTERM', 'SIGINT'] as const)('ends well and soon on %s, telling its subscribers', async (signal) => {
    const program = startServer();
    const client = await openSocket(await urlOf(program), BEARER);
    client.subscribe('1', 'subscription { heatpumpStatus { id } }');
    const startedAt = performance.now();
    expect(await program.end(signal)).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(4_000);
    expect(await client.closed).toBe(1001);
    expect(linesBut(program.stderr, 'set-up code')).toStrictEqual([]);
    expect(readdirSync(directory.path)).toStrictEqual(['access.key', 'backups', 'history.db', 'thermograph.db']);
  });

  it('makes its data folder, for its owner alone', async () => {
    const folder = join(directory.path, 'new/data');
    await urlOf(startServer({ DATA_DIR: folder }));
    expect(existsSync(join(folder, 'thermograph.db'))).toBe(true);
    expect(statSync(folder).mode & 0o777).toBe(0o700);
  });

  it('tells the set-up code until there is a user, and never the token', async () => {
    const program = startServer({ ADMIN_TOKEN: 'e'.repeat(40) });
    const [, code] = await program.until(/^Set-up code: ((?:[A-Z2-9]{4}-){3}[A-Z2-9]{4})$/m);
    await program.until(new RegExp(`"setUpCode":"${code}"`));
    expect(program.stdout + program.stderr).not.toContain('eeee');
    expect(statSync(join(directory.path, 'access.key')).mode & 0o777).toBe(0o600);
  });
});

describe('a server that cannot start', () => {
  /** It says why in a few lines and ends with 1. */
  async function refusal(env: Record<string, string>): Promise<string> {
    const program = startServer(env);
    expect(await program.exited).toBe(1);
    expect(program.stdout).toBe('');
    expect(program.stderr).not.toMatch(/^\s+at /m);
    expect(program.stderr.trim().split('\n').length).toBeLessThan(5);
    return program.stderr;
  }

  it('names the setting that is wrong', async () => {
    expect(await refusal({ PORT: 'http', ADMIN_TOKEN: 'short' })).toBe(
      'Thermograph cannot start:\n' +
        'PORT must be a whole number from 0 to 65535, not "http"\n' +
        'ADMIN_TOKEN must be 32 characters or more\n',
    );
  });

  it('names the port that is taken', async () => {
    const other = createServer();
    await new Promise<void>((resolve) => other.listen(0, '127.0.0.1', resolve));
    const { port } = other.address() as AddressInfo;
    expect(await refusal({ PORT: String(port) })).toMatch(new RegExp(`address already in use 127\\.0\\.0\\.1:${port}`));
    other.close();
  });

  it('names the folder that cannot be written', async () => {
    writeFileSync(join(directory.path, 'file'), '');
    expect(await refusal({ DATA_DIR: join(directory.path, 'file') })).toContain(join(directory.path, 'file'));
  });

  it.each([
    [
      'no database at all',
      (file: string) => writeFileSync(file, 'These are not the bytes you are looking for.\n'),
      /not/,
    ],
    ['cut short', (file: string) => truncateSync(file, 9_000), /damaged|intact/],
    ['overwritten in the middle', damage, /damaged|intact/],
    ['another program’s', foreign, /not a database of Thermograph/],
    ['a newer version’s', newer, /newer version/],
  ])('leaves a database that is %s byte by byte as it was', async (_, spoil, message) => {
    const file = join(directory.path, 'thermograph.db');
    migrateDatabase(file);
    spoil(file);
    const before = readFileSync(file);
    expect(await refusal({})).toMatch(message);
    expect(readFileSync(file).equals(before)).toBe(true);
  });
});

/** Overwrites all but the first page. */
function damage(file: string): void {
  const bytes = readFileSync(file);
  writeFileSync(file, bytes.fill(0x5a, 4_096));
}

function foreign(file: string): void {
  writeFileSync(file, '');
  const database = new Database(file);
  database.exec('CREATE TABLE recipes (id INTEGER PRIMARY KEY)');
  database.close();
}

function newer(file: string): void {
  const database = new Database(file);
  database
    .prepare('INSERT INTO _prisma_migrations (id, checksum, migration_name) VALUES (?, ?, ?)')
    .run('x', 'x', '29990101000000_flux');
  database.close();
}
