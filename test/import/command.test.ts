import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { makeTempDir } from '../support/house.ts';
import { makeLegacyDatabase } from '../support/legacy-database.ts';
import { type Program, startProgram } from '../support/program.ts';
import { askAsAdmin as ask, builtModule, startServerProgram, urlOf } from '../support/server-program.ts';

let directory: ReturnType<typeof makeTempDir>;
let dataDir: string;
let file: string;
let server: Program | null = null;

beforeEach(() => {
  directory = makeTempDir();
  dataDir = join(directory.path, 'data');
  mkdirSync(join(directory.path, 'old'));
  file = join(directory.path, 'old', 'idm_logger.db');
});
afterEach(async () => {
  await server?.end('SIGKILL');
  server = null;
  directory.remove();
});

/** Runs the command as `npm run import --` does. */
async function runImport(...args: string[]) {
  const program = startProgram(process.execPath, [builtModule('import/main'), ...args], { DATA_DIR: dataDir });
  const code = await program.exited;
  return { code, stdout: program.stdout, stderr: program.stderr };
}

async function startServer(): Promise<string> {
  server = startServerProgram({ DATA_DIR: dataDir, LOG_LEVEL: 'info', LEGACY_METRICS: 'on' });
  return urlOf(server);
}

function makeFile(path = file, host = '127.0.0.1'): void {
  const jobs = [{ id: '1', sensor: 'temp_water_target', value: '48', time: '06:30', days: '["Mon"]', enabled: 1 }];
  const dashboards = [
    { id: 'default', name: 'Home', charts: [{ title: 'T', queries: [{ query: 'idm_heatpump_temp_outside' }] }] },
  ];
  makeLegacyDatabase(path, 1, { config: { idm: { host, port: 1 }, dashboards }, jobs });
}

const QUERY = `{
  heatpumps { id isDefault connection { host port unitId } }
  heatpump { jobs { key value } dashboards { name widgets { queries { key } } } }
}`;
const EXPECTED = {
  heatpumps: [{ id: 'hp-legacy', isDefault: true, connection: { host: '127.0.0.1', port: 1, unitId: 1 } }],
  heatpump: {
    jobs: [{ key: 'temp_water_target', value: 48 }],
    dashboards: [{ name: 'Home', widgets: [{ queries: [{ key: 'temp_outside' }] }] }],
  },
};

// Each starts several programs.
const TIMEOUT_MS = 60_000;

describe('the command', { timeout: TIMEOUT_MS }, () => {
  it('takes a file over for the server to find', async () => {
    makeFile();
    const { code, stdout, stderr } = await runImport(file);
    expect({ code, stderr }).toStrictEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Taken over (3)\n  heat pump IDM Wärmepumpe (hp-legacy)\n');
    expect(await ask(await startServer(), QUERY)).toStrictEqual(EXPECTED);
  });

  it('writes nothing in a dry run, not even a database', async () => {
    makeFile();
    const { code, stdout } = await runImport(file, '--dry-run', '--json', '--host', '10.0.0.9');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      schema: 1,
      isDryRun: true,
      items: [{ kind: 'HEATPUMP', id: 'hp-legacy', outcome: 'TAKEN' }, { kind: 'DASHBOARD' }, { kind: 'JOB' }],
    });
    expect(existsSync(dataDir)).toBe(false);
    expect(readdirSync(join(directory.path, 'old'))).toStrictEqual(['idm_logger.db']);
  });

  it('looks at what is here already in a dry run, byte for byte leaving it alone', async () => {
    makeFile();
    await runImport(file);
    const database = join(dataDir, 'thermograph.db');
    const before = readFileSync(database);
    const { stdout } = await runImport(file, '--dry-run');
    expect(stdout).toContain('Here already (3)');
    expect(readFileSync(database).equals(before)).toBe(true);
    expect(readdirSync(dataDir)).toStrictEqual(['thermograph.db']);
  });

  it('refuses while a server is running, and not after it was killed', async () => {
    makeFile();
    const url = await startServer();
    const refused = await runImport(file);
    expect(refused.code).toBe(1);
    expect(refused.stderr).toMatch(/^Nothing was taken over:\n.*thermograph\.db is in use; stop the server first\n$/);
    expect(await ask(url, '{ heatpumps { id } }')).toStrictEqual({ heatpumps: [] });
    expect((await runImport(file, '--dry-run')).code).toBe(0);
    await server?.end('SIGKILL');
    expect((await runImport(file)).code).toBe(0);
  });

  it.each([
    [[], 'exactly one FILE is required'],
    [['a', 'b'], 'exactly one FILE is required'],
    [['--colour'], "Unknown option '--colour'"],
    [['nowhere.db'], 'there is no file'],
  ])('says what is wrong with %j, and makes nothing', async (args, message) => {
    const { code, stderr } = await runImport(...args);
    expect(code).toBe(1);
    expect(stderr).toContain(message);
    expect(stderr).not.toMatch(/^ +at /m);
    expect(existsSync(dataDir)).toBe(false);
  });

  it('leaves a database alone that is not ours', async () => {
    makeFile();
    mkdirSync(dataDir);
    const own = join(dataDir, 'thermograph.db');
    new Database(own).exec('CREATE TABLE other (x)').close();
    const before = readFileSync(own);
    for (const args of [[], ['--dry-run']]) {
      const { code, stderr } = await runImport(file, ...args);
      expect(code).toBe(1);
      expect(stderr).toContain('is not a database of Thermograph');
    }
    expect(readFileSync(own).equals(before)).toBe(true);
  });
});

describe('the server', { timeout: TIMEOUT_MS }, () => {
  it('takes over the file in its data folder by itself, and starts without it if it cannot', async () => {
    mkdirSync(dataDir);
    const own = join(dataDir, 'idm_logger.db');
    writeFileSync(own, 'x');
    const url = await startServer();
    expect(await ask(url, '{ heatpumps { id } }')).toStrictEqual({ heatpumps: [] });
    expect(server?.stderr).toContain('idm_logger could not be taken over');
    await server?.end();
    writeFileSync(own, '');
    makeFile(own);
    expect(await ask(await startServer(), QUERY)).toStrictEqual(EXPECTED);
    expect(server?.stderr).toContain('idm_logger is taken over');
    await server?.end();
    expect(await ask(await startServer(), QUERY)).toStrictEqual(EXPECTED);
    expect(server?.stderr).not.toContain('idm_logger');
  });
});
