import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeBackup } from '../../src/operations/make-backup.ts';
import { ADD, addInput } from '../support/api.ts';
import { change, makeData, placesIn, rows, sqlDump } from '../support/data-folder.ts';
import { makeTempDir } from '../support/house.ts';
import { BEARER, type Program } from '../support/program.ts';
import { askAsAdmin, builtModule, startServerProgram, urlOf } from '../support/server-program.ts';
import { startTestSimulator } from '../support/simulator.ts';

const PASSPHRASE = 'correct horse battery';
const OVERVIEW =
  '{ backups { files { name origin isSealed bytes at } running problem isRestorePending canRestart waysBack } }';
const CHECK =
  'mutation ($input: CheckBackupInput!) { checkBackup(input: $input) { check { ok code createdAt version hasSecrets hasHistory } } }';
const RESTORE = 'mutation ($input: RestoreBackupInput!) { restoreBackup(input: $input) { check { ok code } } }';
const WRITE = 'mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { id state } } }';

/** A server of its own process and data folder, as `npm start` runs it. */
interface Home {
  readonly program: Program;
  readonly url: string;
  readonly dataDir: string;
}

let directory: ReturnType<typeof makeTempDir>;
let simulators: Awaited<ReturnType<typeof startTestSimulator>>[] = [];
const programs: Program[] = [];

beforeEach(async () => {
  directory = makeTempDir();
  simulators = await Promise.all([1, 2].map((seed) => startTestSimulator({ seed })));
});
afterEach(async () => {
  await Promise.all(programs.splice(0).map((program) => program.end('SIGKILL')));
  await Promise.all(simulators.map((simulator) => simulator.close()));
  directory.remove();
});

async function start(name: string, env: Record<string, string> = {}): Promise<Home> {
  const dataDir = join(directory.path, name);
  mkdirSync(dataDir, { recursive: true });
  const own = { DATA_DIR: dataDir, LOG_LEVEL: 'info', POLL_INTERVAL_MS: '200', BACKUP_AT: 'off' };
  const program = startServerProgram({ ...own, ...env });
  programs.push(program);
  return { program, url: await urlOf(program), dataDir };
}

const ask = ({ url }: Pick<Home, 'url'>, query: string, variables?: object) => askAsAdmin(url, query, variables);

/** Asks until it is as wanted. */
// biome-ignore lint/suspicious/noExplicitAny: the shape is the test's business
async function until(home: Home, query: string, fits: (data: any) => boolean): Promise<any> {
  let last: unknown;
  for (let attempt = 0; attempt < 200; attempt++) {
    const data = await ask(home, query).catch((thrown: unknown) => {
      last = thrown;
    });
    if (data && fits(data)) return data;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`it never came to be:\n${String(last)}\n${home.program.stderr}`);
}

/** Something of everything a person sets up. */
async function furnish(home: Home): Promise<string[]> {
  const ids: string[] = [];
  for (const [index, { port }] of simulators.entries()) {
    const { addHeatpump } = await ask(home, ADD, addInput(port, { name: `House ${index}` }));
    ids.push(addHeatpump.heatpump.id);
  }
  const [heatpumpId] = ids;
  const schedule = { weekly: { days: ['MON'], times: ['06:00'] } };
  const job = { name: 'Morning', heatpumpId, key: 'temp_water_target', value: 48, schedule, missedRuns: 'RUN_ONCE' };
  await ask(home, 'mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } } }', { input: job });
  const settings = { url: 'https://ntfy.example', topic: 'heat' };
  const channel = { name: 'Phone', type: 'NTFY', settings, secret: 'secret-of-the-channel' };
  const { createChannel } = await ask(
    home,
    'mutation ($input: CreateChannelInput!) { createChannel(input: $input) { channel { id } } }',
    { input: channel },
  );
  const alert = { name: 'Away', rule: { type: 'OFFLINE', durationMs: 60_000 }, channelIds: [createChannel.channel.id] };
  await ask(home, 'mutation ($input: CreateAlertInput!) { createAlert(input: $input) { alert { id } } }', {
    input: alert,
  });
  const user = { name: 'Ada', email: 'ada@example.org', password: 'a long password', role: 'VIEWER' };
  await ask(home, 'mutation ($input: CreateUserInput!) { createUser(input: $input) { user { id } } }', { input: user });
  return ids;
}

/** The query for what was recorded of heat pumps in a span, the first one as `h0`. */
function historyOf(ids: readonly string[], from: number, to: number): string {
  const span = `from: "${new Date(from).toISOString()}", to: "${new Date(to).toISOString()}", maxPoints: 2000`;
  const keys = '["temp_outside", "power_solar_surplus"]';
  const one = (id: string, index: number) =>
    `h${index}: history(heatpumpId: "${id}", keys: ${keys}, ${span}) { key unit points { at mean } }`;
  return `{ ${ids.map(one).join(' ')} }`;
}

/** How many values of its first series were recorded. */
function recorded([series]: { points: { mean: number | null }[] }[]): number {
  return series?.points.filter(({ mean }) => mean !== null).length ?? 0;
}

/** Writes again and again, until told to stop; returns how many were taken. */
function keepWriting(home: Home, heatpumpIds: readonly string[]): () => Promise<number> {
  let isRunning = true;
  let count = 0;
  const running = (async () => {
    while (isRunning) {
      const heatpumpId = heatpumpIds[count % heatpumpIds.length];
      await ask(home, WRITE, { input: { heatpumpId, key: 'power_solar_surplus', value: (count++ % 50) / 10 } });
    }
  })();
  return async () => {
    isRunning = false;
    await running;
    return count;
  };
}

describe('a house that moves', () => {
  it('is backed up under load, taken to another machine, and is the same there', async () => {
    const old = await start('old');
    const ids = await furnish(old);
    const stopWriting = keepWriting(old, ids);
    await until(old, historyOf(ids, Date.now() - 60_000, Date.now() + 60_000), ({ h0 }) => recorded(h0) > 8);
    // The name of a backup tells its time to the second.
    await new Promise((resolve) => setTimeout(resolve, 2_000));
    const { createBackup } = await ask(
      old,
      'mutation ($input: CreateBackupInput!) { createBackup(input: $input) { backup { name isSealed bytes at } } }',
      { input: { passphrase: PASSPHRASE } },
    );
    const { name, bytes, at } = createBackup.backup;
    await new Promise((resolve) => setTimeout(resolve, 1_000));
    expect(await stopWriting()).toBeGreaterThan(10);

    const download = await fetch(`${old.url}/backups/download?name=${name}`, { headers: BEARER });
    expect(download.status).toBe(200);
    const content = Buffer.from(await download.arrayBuffer());
    expect(content.length).toBe(bytes);
    expect(content.includes('ada@example.org')).toBe(false);

    const fresh = await start('fresh');
    const headers = { ...BEARER, 'content-type': 'application/octet-stream' };
    const upload = await fetch(`${fresh.url}/backups/upload`, { method: 'POST', headers, body: content });
    expect(upload.status).toBe(201);
    const uploaded = ((await upload.json()) as { name: string }).name;
    expect(uploaded).toMatch(/^thermograph-uploaded-.*\.sealed$/);
    const check = async (input: object) => (await ask(fresh, CHECK, { input })).checkBackup.check;
    expect(await check({ name: uploaded })).toMatchObject({ ok: false, code: 'PASSPHRASE_NEEDED' });
    expect(await check({ name: uploaded, passphrase: 'wrong' })).toMatchObject({ ok: false, code: 'WRONG_PASSPHRASE' });
    const found = await check({ name: uploaded, passphrase: PASSPHRASE });
    expect(found).toMatchObject({ ok: true, code: 'OK', hasSecrets: true, hasHistory: true });
    expect(Math.abs(Date.parse(found.createdAt) - Date.parse(at))).toBeLessThan(5_000);
    expect((await ask(fresh, '{ heatpumps { id } }')).heatpumps).toStrictEqual([]);

    const restore = { name: uploaded, passphrase: PASSPHRASE, history: true };
    expect((await ask(fresh, RESTORE, { input: restore })).restoreBackup.check).toMatchObject({ ok: true });
    const everything = `{
      heatpumps { id name connection { host port unitId } dashboards { id name widgets { x y w h hours } } jobs { id name key value schedule { cron weekly { days times } } timeZone missedRuns enabled } createdAt }
      alerts { id name enabled channels { id name } }
      users { id name email role }
    }`;
    const there = await until(fresh, everything, ({ heatpumps }) => heatpumps.length === 2);
    expect(there).toStrictEqual(await ask(old, everything));
    expect(fresh.program.stdout.match(/Thermograph is at \S+/g)).toStrictEqual(
      Array(2).fill(`Thermograph is at ${fresh.url}`),
    );
    await until(fresh, '{ heatpumps { status { state } } }', ({ heatpumps }) =>
      heatpumps.every(({ status }: { status: { state: string } }) => status.state === 'ONLINE'),
    );

    const history = historyOf(ids, Date.parse(at) - 60_000, Date.parse(at) - 500);
    const then = await ask(old, history);
    expect(recorded(then.h0)).toBeGreaterThan(3);
    expect(await ask(fresh, history)).toStrictEqual(then);

    const overview = (await ask(fresh, OVERVIEW)).backups;
    expect(overview).toMatchObject({ isRestorePending: false, canRestart: true, running: null, problem: null });
    expect(overview.waysBack).toHaveLength(1);
    await Promise.all([old.program.end(), fresh.program.end()]);
    const files = [old, fresh].map(({ dataDir }) => placesIn(dataDir).databaseFile) as [string, string];
    for (const table of ['Heatpump', 'Dashboard', 'Alert', 'AlertChannel', 'Channel', 'User', 'Account', 'ApiToken']) {
      const [one, other] = files.map((file) =>
        sqlDump(file).filter((line) => line.startsWith(`INSERT INTO "${table}"`)),
      );
      expect(other, table).toStrictEqual(one);
    }
    expect(rows(files[1], 'SELECT secret FROM Channel')).toStrictEqual([['secret-of-the-channel']]);
    // Whatever was on its way when the backup was made is unknown there, and stays so.
    expect(rows(files[1], "SELECT count(*) FROM Write WHERE state = 'PENDING'")).toStrictEqual([[0]]);
    const written = rows(files[1], 'SELECT id FROM Write ORDER BY number');
    expect(written.length).toBeGreaterThan(5);
    expect(rows(files[0], 'SELECT id FROM Write ORDER BY number').slice(0, written.length)).toStrictEqual(written);
  }, 120_000);

  it('goes back to what it was', async () => {
    const home = await start('home', { BACKUP_PASSPHRASE: PASSPHRASE });
    await furnish(home);
    await ask(home, 'mutation { createBackup(input: {}) { backup { name } } }');
    const [{ name }] = (await ask(home, OVERVIEW)).backups.files;
    const before = await ask(home, '{ heatpumps { id name } }');
    for (const { id } of before.heatpumps) {
      await ask(home, 'mutation ($id: ID!) { removeHeatpump(input: { id: $id }) { removedId } }', { id });
    }
    await ask(home, RESTORE, { input: { name } });
    await until(home, '{ heatpumps { id name } }', ({ heatpumps }) => heatpumps.length === 2);
    expect(await ask(home, '{ heatpumps { id name } }')).toStrictEqual(before);
    const undone = await ask(home, 'mutation { undoRestore(input: {}) { restarts } }');
    expect(undone.undoRestore.restarts).toBe(true);
    await until(home, '{ heatpumps { id } }', ({ heatpumps }) => heatpumps.length === 0);
    expect(await home.program.end()).toBe(0);
  }, 60_000);

  it('stays as it was if what was to be restored cannot be used', async () => {
    const home = await start('home');
    await furnish(home);
    await ask(home, 'mutation { createBackup(input: {}) { backup { name } } }');
    const [{ name }] = (await ask(home, OVERVIEW)).backups.files;
    await ask(home, RESTORE, { input: { name, history: false } });
    // Between the check and the restart something ruins it.
    writeFileSync(join(home.dataDir, '.staged-restore', 'thermograph.db'), 'nothing that could be a database');
    await home.program.until(/what was to be restored cannot be used/);
    const { heatpumps } = await until(home, '{ heatpumps { id } }', () => true);
    expect(heatpumps).toHaveLength(2);
  }, 60_000);
});

describe('a house that cannot be moved into', () => {
  it('is left again: if the server does not start with what was restored, it starts with what was there before', async () => {
    const broken = makeData(join(directory.path, 'broken'));
    change(broken.databaseFile, "UPDATE Alert SET rule = 'no rule at all'");
    const home = await start('home');
    await furnish(home);
    const name = 'thermograph-manual-20260301T000000Z.tar.gz';
    const file = join(home.dataDir, 'backups', name);
    await makeBackup({ places: broken, file, passphrase: null, version: '1.2.3', now: 0 });
    const { restoreBackup } = await ask(home, RESTORE, { input: { name } });
    expect(restoreBackup.check).toStrictEqual({ ok: true, code: 'OK' });
    await home.program.until(/what was restored cannot be used; what was there before comes back/);
    const { heatpumps } = await until(home, '{ heatpumps { name } }', () => true);
    expect(heatpumps).toStrictEqual([{ name: 'House 0' }, { name: 'House 1' }]);
    expect(await home.program.end()).toBe(0);
  }, 60_000);
});

describe('the commands', () => {
  const run = (script: string, args: readonly string[], dataDir: string, env: Record<string, string> = {}) => {
    const { status, stdout, stderr } = spawnSync(
      process.execPath,
      [builtModule(`operations/${script}-command`), ...args],
      { encoding: 'utf8', env: { ...process.env, DATA_DIR: dataDir, ...env } },
    );
    return { status, stdout, stderr };
  };

  it('back up a server that runs, and restore where none does', async () => {
    const home = await start('home');
    await furnish(home);
    const file = join(directory.path, 'mine.tar.gz');
    const passphrase = join(directory.path, 'passphrase');
    writeFileSync(passphrase, `${PASSPHRASE}\n`);
    const made = run('backup', [file, '--passphrase-file', passphrase], home.dataDir);
    expect(made).toMatchObject({ status: 0, stderr: '' });
    expect(made.stdout).toMatch(/mine\.tar\.gz was made, sealed: thermograph\.db \(\d+ bytes\), history\.db/);
    expect(statSync(file).mode & 0o777).toBe(0o600);
    expect(run('backup', [file], home.dataDir)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('is there already'),
    });

    const target = join(directory.path, 'target');
    expect(run('restore', [file], target)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('(PASSPHRASE_NEEDED)'),
    });
    const env = { BACKUP_PASSPHRASE: PASSPHRASE };
    expect(run('restore', [file, '--check'], target, env)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('The backup is whole'),
    });
    expect(readdirSync(target)).toStrictEqual([]);
    expect(run('restore', [file], target, env)).toMatchObject({
      status: 0,
      stdout: expect.stringContaining('Restored.'),
    });
    expect(rows(placesIn(target).databaseFile, 'SELECT count(*) FROM Heatpump')).toStrictEqual([[2]]);
    expect(run('restore', ['--undo'], target)).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('(NOT_FOUND)'),
    });

    const refused = run('restore', [file], home.dataDir, env);
    expect(refused).toMatchObject({ status: 1, stderr: expect.stringContaining('is in use; stop the server first') });
    await home.program.end();
    expect(run('restore', [file], home.dataDir, env).status).toBe(0);
    expect(run('restore', ['--undo'], home.dataDir).stdout).toContain('Restored.');
    expect(run('backup', ['x', 'y'], home.dataDir).stderr).toContain('exactly one FILE is required');
    expect(run('backup', [join(directory.path, 'x')], join(directory.path, 'nowhere')).stderr).toContain('(NOT_FOUND)');
    for (const script of ['backup', 'restore'])
      expect(run(script, ['--help'], home.dataDir).stdout).toContain(`npm run ${script}`);
    expect(readFileSync(file).length).toBeGreaterThan(1_000);
  }, 90_000);
});
