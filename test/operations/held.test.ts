import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ADD, addInput } from '../support/api.ts';
import { HOLD, NO_SURPLUS, SURPLUS } from '../support/held-surplus.ts';
import { makeTempDir } from '../support/house.ts';
import type { Program } from '../support/program.ts';
import { type RecordingUnit, startRecordingUnit } from '../support/recording-unit.ts';
import { askAsAdmin as ask, builtModule, startServerProgram, urlOf } from '../support/server-program.ts';

const RELEASE = 'mutation { releaseHold(input: { key: "power_solar_surplus", holder: "pv" }) { hold { state } } }';

let directory: ReturnType<typeof makeTempDir>;
let unit: RecordingUnit;
let server: Program | null = null;

beforeEach(async () => {
  directory = makeTempDir();
  unit = await startRecordingUnit();
});
afterEach(async () => {
  await server?.end('SIGKILL');
  server = null;
  await unit.close();
  directory.remove();
});

async function start(): Promise<string> {
  server = startServerProgram({
    DATA_DIR: directory.path,
    POLL_INTERVAL_MS: '300',
    BACKUP_AT: 'off',
    LOG_LEVEL: 'info',
  });
  return urlOf(server);
}

/** Resolves when the unit has been polled so often from now on. */
async function polls(count: number): Promise<void> {
  const reads = () => unit.log.filter((line) => line.startsWith('read')).length;
  const before = reads();
  const perPoll = 10;
  await expect.poll(() => reads() - before, { timeout: 10_000 }).toBeGreaterThan(count * perPoll);
}

const makeBackup = async (url: string) =>
  (await ask(url, 'mutation { createBackup(input: {}) { backup { name } } }')).createBackup.backup.name as string;
const restore = (name: string) => {
  const file = join(directory.path, 'backups', name);
  const args = [builtModule('operations/restore-command'), file];
  return spawnSync(process.execPath, args, { encoding: 'utf8', env: { ...process.env, DATA_DIR: directory.path } });
};

describe('a restore, as the heat pump sees it', () => {
  it('writes nothing for what was held when the backup was made', async () => {
    const url = await start();
    await ask(url, ADD, addInput(unit.port));
    await polls(1);
    await ask(url, HOLD);
    const name = await makeBackup(url);
    await ask(url, RELEASE);
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS]);
    await ask(url, `mutation { restoreBackup(input: { name: "${name}" }) { check { ok } } }`);
    await server?.until(/a backup was restored/);
    await polls(5);
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS]);
    expect(server?.stderr).toContain('values were held when the backup was made; nothing is written for them now');
    expect((await ask(url, '{ heatpumps { holds { key } } }')).heatpumps).toStrictEqual([{ holds: [] }]);
    expect(await server?.end()).toBe(0);
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS]);
  }, 60_000);

  it('gives back what is held now, although the backup knows nothing of it', async () => {
    const url = await start();
    await ask(url, ADD, addInput(unit.port));
    await polls(1);
    const name = await makeBackup(url);
    await ask(url, HOLD);
    expect(unit.writes()).toStrictEqual([SURPLUS]);
    await server?.end('SIGKILL');
    expect(restore(name)).toMatchObject({ status: 0, stderr: '' });
    await start();
    await polls(2);
    expect(unit.writes()).toStrictEqual([SURPLUS, NO_SURPLUS]);
  }, 60_000);
});
