import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADD, addInput } from '../support/api.ts';
import { HOLD, NO_SURPLUS, SURPLUS } from '../support/held-surplus.ts';
import { makeTempDir } from '../support/house.ts';
import { BEARER, type Program } from '../support/program.ts';
import { type RecordingUnit, startRecordingUnit } from '../support/recording-unit.ts';
import { askAsAdmin, startServerProgram, urlOf } from '../support/server-program.ts';
import { openSocket } from '../support/socket.ts';
import { createWritingClient, noteOf } from '../support/writing-client.ts';

const LONGEST_STOP_MS = 10_000;

let directory: ReturnType<typeof makeTempDir>;
let unit: RecordingUnit;
let server: Program;
let url: string;

beforeEach(async () => {
  directory = makeTempDir();
  unit = await startRecordingUnit();
  server = startServerProgram({ DATA_DIR: directory.path, POLL_INTERVAL_MS: '300' });
  url = await urlOf(server);
  await ask(ADD, addInput(unit.port));
});
afterEach(async () => {
  await server.end('SIGKILL');
  await unit.close();
  directory.remove();
});

const ask = (query: string, variables?: object) => askAsAdmin(url, query, variables);

/** All that a stream of events says until it ends. */
async function streamOf(query: string): Promise<string> {
  const headers = { 'content-type': 'application/json', accept: 'text/event-stream', ...BEARER };
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  return response.text();
}

describe('a server that is asked to stop', () => {
  it('under load loses nothing it has acknowledged, gives back what it holds, tells everybody, and ends within ten seconds', async () => {
    await ask(HOLD);
    const socket = await openSocket(url, BEARER);
    socket.subscribe('1', 'subscription { readings { revision readings { key value } } }');
    const stream = streamOf('subscription { readings { revision readings { key value } } }');
    const clients = Array.from({ length: 4 }, createWritingClient);
    const writing = clients.map((client) => client.writeUntilGone(url));
    await expect
      .poll(() => clients.map(({ acknowledged }) => acknowledged.size), { timeout: 15_000 })
      .toSatisfy((sizes: number[]) => sizes.every((size) => size > 3));
    const startedAt = performance.now();
    expect(await server.end('SIGTERM')).toBe(0);
    expect(performance.now() - startedAt).toBeLessThan(LONGEST_STOP_MS);
    await Promise.all(writing);
    expect(await socket.closed).toBe(1001);
    expect((await stream).trimEnd()).toMatch(/event: complete(\ndata:.*)?$/);

    expect(readdirSync(directory.path).filter((name) => /-wal|-shm|starts/.test(name))).toStrictEqual([]);
    expect(unit.writes().filter((note) => note.startsWith('write 74='))).toStrictEqual([SURPLUS, NO_SURPLUS]);
    const database = new Database(join(directory.path, 'thermograph.db'), { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    const states = new Map(
      (database.prepare('SELECT id, state FROM "Write"').all() as { id: string; state: string }[]).map(
        ({ id, state }) => [id, state],
      ),
    );
    database.close();
    for (const { acknowledged } of clients) {
      for (const [id, value] of acknowledged) {
        expect(states.get(id), String(value)).toMatch(/^(CONFIRMED|CLAMPED|REJECTED|UNKNOWN)$/);
        expect(unit.writes()).toContain(noteOf(value));
      }
    }
    const history = new Database(join(directory.path, 'history.db'), { readonly: true });
    expect(history.pragma('integrity_check', { simple: true })).toBe('ok');
    history.close();
  }, 60_000);

  it('twice ends at once, whatever it is waiting for', async () => {
    await ask(HOLD);
    await expect.poll(() => unit.writes()).toStrictEqual([SURPLUS]);
    unit.trouble = ({ functionCode }) => (functionCode === 16 ? 'SILENCE' : null);
    const startedAt = performance.now();
    const exited = server.end('SIGTERM');
    await expect.poll(() => unit.writes(), { timeout: 3_000 }).toStrictEqual([SURPLUS, NO_SURPLUS]);
    await server.end('SIGTERM');
    expect(await exited).toBe(1);
    expect(performance.now() - startedAt).toBeLessThan(3_500);
  }, 30_000);
});
