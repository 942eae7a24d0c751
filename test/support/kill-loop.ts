import { join } from 'node:path';
import Database from 'better-sqlite3';
import { ADD, addInput } from './api.ts';
import { makeTempDir } from './house.ts';
import { ADMIN_TOKEN, startProgram } from './program.ts';
import { startRecordingUnit } from './recording-unit.ts';
import { askAsAdmin, urlOf } from './server-program.ts';
import { createWritingClient, noteOf } from './writing-client.ts';

/** What became of a server that was killed again and again. */
export interface KillReport {
  readonly kills: number;
  /** Those of them while the server was serving. */
  readonly killsWhileServing: number;
  /** Writes asked for, acknowledged, and arrived at the heat pump. */
  readonly asked: number;
  readonly acknowledged: number;
  readonly arrived: number;
  /** What is wrong; empty if nothing is. */
  readonly faults: readonly string[];
}

const LONGEST_LIFE_MS = 4_000;

/** Kills a server at random moments, over one heat pump that is written to all the time, and looks at what is left each time. */
export async function killAgainAndAgain(nodeArgs: readonly string[], durationMs: number): Promise<KillReport> {
  const directory = makeTempDir();
  const unit = await startRecordingUnit();
  const client = createWritingClient();
  const faults: string[] = [];
  const start = () => startProgram(process.execPath, nodeArgs, { ...ENVIRONMENT, DATA_DIR: directory.path });
  const first = start();
  await askAsAdmin(await urlOf(first), ADD, addInput(unit.port));
  await first.end('SIGKILL');
  const deadline = performance.now() + durationMs;
  let kills = 0;
  let killsWhileServing = 0;
  while (performance.now() < deadline) {
    const program = start();
    // Every other one may be killed before it serves, however long that takes; the others while they do.
    const kill = () => pause(Math.random() * LONGEST_LIFE_MS).then(() => program.end('SIGKILL'));
    const early = kills % 2 === 0 ? kill() : null;
    const url = await urlOf(program).catch(() => null);
    const killing = early ?? kill();
    if (url !== null) await client.writeUntilGone(url);
    if (url !== null) killsWhileServing++;
    await killing;
    kills++;
    if (/"level":(50|60)/.test(program.stderr)) faults.push(program.stderr);
    faults.push(...faultsOf(directory.path, 'quick_check'));
  }
  // Once more, so that it settles what is open, and ends well.
  const last = start();
  await urlOf(last);
  if ((await last.end('SIGTERM')) !== 0) faults.push('the last server did not end well');
  faults.push(...faultsOf(directory.path, 'integrity_check'), ...lostWrites(directory.path, client.acknowledged));
  faults.push(...strayWrites(client.asked, unit.writes()));
  await unit.close();
  directory.remove();
  const { asked, acknowledged } = client;
  return {
    kills,
    killsWhileServing,
    asked: asked.length,
    acknowledged: acknowledged.size,
    arrived: unit.writes().length,
    faults,
  };
}

const ENVIRONMENT = { ADMIN_TOKEN, PORT: '0', LOG_LEVEL: 'warn', POLL_INTERVAL_MS: '300', CRASH_BACKOFF: 'off' };

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** What SQLite itself says of both databases. */
function faultsOf(directory: string, check: string): string[] {
  return ['thermograph.db', 'history.db'].flatMap((name) => {
    const database = new Database(join(directory, name));
    const found = database.pragma(check, { simple: true });
    database.close();
    return found === 'ok' ? [] : [`${name}: ${String(found)}`];
  });
}

/** Acknowledged writes that nobody knows of any more, or that are still waiting. */
function lostWrites(directory: string, acknowledged: ReadonlyMap<string, number>): string[] {
  const database = new Database(join(directory, 'thermograph.db'), { readonly: true });
  const rows = database.prepare('SELECT id, state, requested FROM "Write"').all() as Row[];
  database.close();
  const found = new Map(rows.map((row) => [row.id, row]));
  // The record keeps the last 10,000.
  const recent = [...acknowledged].slice(-9_000);
  return recent.flatMap(([id, value]) => {
    const row = found.get(id);
    if (row?.requested !== value) return [`the acknowledged write of ${value} is lost`];
    return row.state === 'PENDING' ? [`the write of ${value} is still waiting`] : [];
  });
}

interface Row {
  readonly id: string;
  readonly state: string;
  readonly requested: number;
}

/** What has arrived must be what was asked for, in that order, and never twice. */
function strayWrites(asked: readonly number[], arrived: readonly string[]): string[] {
  let next = 0;
  for (const [index, note] of arrived.entries()) {
    while (next < asked.length && noteOf(asked[next] ?? 0) !== note) next++;
    if (next === asked.length)
      return [`number ${index + 1} of ${arrived.length} writes was asked for once, or never: ${note}`];
    next++;
  }
  return [];
}
