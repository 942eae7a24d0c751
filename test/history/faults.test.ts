import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync, statfsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, it } from 'vitest';
import type { Heatpump } from '../../src/domain/heatpump.ts';
import { makeTempDir } from '../support/house.ts';
import { clockAt, type Records, recordedHeatpump, startRecords } from '../support/recorded.ts';

const START = Date.UTC(2026, 0, 15, 12);
const POLL_MS = 10_000;
const heatpump: Heatpump = recordedHeatpump();

const cleanUps: (() => void | Promise<void>)[] = [];
afterEach(async () => {
  for (const cleanUp of cleanUps.splice(0).reverse()) await cleanUp();
});

/** Polls once for each index, all sensors with a value that tells the poll. */
function pollAll(records: Records, from: number, to: number): void {
  const keys = heatpump.sensors.map(({ key }) => key);
  for (let index = from; index < to; index++) {
    records.poll(heatpump, START + index * POLL_MS, Object.fromEntries(keys.map((key) => [key, index / 10])));
  }
}

async function until(fits: () => boolean): Promise<void> {
  const deadline = performance.now() + 15_000;
  while (!fits()) {
    if (performance.now() > deadline) throw new Error('did not happen within 15 s');
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

/** The values of one sensor, to be compared with those polled. */
async function recorded(records: Records, count: number): Promise<number[]> {
  const span = { from: START, to: START + count * POLL_MS };
  const query = { heatpumps: [heatpump], keys: ['temp_outside'], quantities: [], maxPoints: 10_000, ...span };
  const [series] = await records.history.query(query);
  return Array.from(series?.points.mean ?? []);
}

const expected = (count: number) => Array.from({ length: count }, (_, index) => index / 10);
const statusOf = (records: Records) => records.history.recordingStatus;
/** True when everything polled so far is on disk. */
const isWritten = (records: Records) => existsSync(records.file) && statusOf(records).waitingValues === 0;

describe('history', () => {
  it('is told once to be in trouble while another program holds the file, and loses nothing', async () => {
    const records = startRecords([heatpump], { clock: clockAt(START + 300 * POLL_MS) });
    cleanUps.push(records.close);
    pollAll(records, 0, 10);
    await until(() => isWritten(records));
    const other = new Database(records.file);
    cleanUps.push(() => void other.close());
    other.exec('BEGIN EXCLUSIVE');
    pollAll(records, 10, 20);
    await until(() => statusOf(records).problem !== null);
    pollAll(records, 20, 30);
    other.exec('COMMIT');
    await until(() => statusOf(records).problem === null && isWritten(records));
    expect(await recorded(records, 30)).toStrictEqual(expected(30));
    expect(records.log.lines).toStrictEqual([
      'error history cannot be recorded; polling goes on, and recording resumes by itself',
      'info history is recorded again',
    ]);
  });

  it('goes on by itself when a full disk has space again, with what was polled in between', async (test) => {
    const directory = makeTempDir();
    const disk = join(directory.path, 'disk');
    mkdirSync(disk);
    const mount = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m', 'tmpfs', disk], { encoding: 'utf8' });
    if (mount.status !== 0) test.skip(`no file system can be mounted here: ${mount.stderr.trim()}`);
    cleanUps.push(directory.remove, () => void spawnSync('umount', [disk]));
    const clock = clockAt(START + 400 * POLL_MS);
    const records = startRecords([heatpump], { clock, directory: { path: disk, remove: () => {} } });
    cleanUps.push(records.close);
    pollAll(records, 0, 10);
    await until(() => isWritten(records));

    const { bavail, bsize } = statfsSync(disk);
    writeFileSync(join(disk, 'filler'), Buffer.alloc(bavail * bsize));
    pollAll(records, 10, 400);
    await until(() => statusOf(records).problem !== null);
    expect(statusOf(records).problem).toMatch(/full/);
    expect(statusOf(records).waitingValues).toBeGreaterThan(0);

    rmSync(join(disk, 'filler'));
    await until(() => statusOf(records).problem === null && isWritten(records));
    expect(await recorded(records, 400)).toStrictEqual(expected(400));
    expect(statusOf(records).lostValues).toBe(0);
    expect(records.log.lines).toHaveLength(2);
    const database = new Database(records.file, { readonly: true });
    expect(database.pragma('integrity_check', { simple: true })).toBe('ok');
    database.close();
  });

  it('begins a new file when somebody takes the old one away', async () => {
    const records = startRecords([heatpump], { clock: clockAt(START + 300 * POLL_MS) });
    cleanUps.push(records.close);
    pollAll(records, 0, 10);
    await until(() => isWritten(records));
    for (const suffix of ['', '-wal', '-shm']) rmSync(`${records.file}${suffix}`);
    pollAll(records, 10, 20);
    await until(() => isWritten(records));
    expect((await recorded(records, 20)).slice(1)).toStrictEqual(expected(20).slice(10));
  });

  it('leaves a file alone that is damaged or none of ours, and says why it does not record', async () => {
    const directory = makeTempDir();
    writeFileSync(join(directory.path, 'history.db'), 'this is no database, but somebody may need it'.repeat(100));
    const records = startRecords([heatpump], { directory });
    cleanUps.push(records.close);
    pollAll(records, 0, 1);
    await until(() => statusOf(records).problem !== null);
    expect(statusOf(records).problem).toMatch(/not a database/);
    await expect(records.history.info()).rejects.toMatchObject({ code: 'UNREACHABLE' });
    rmSync(records.file);
    await until(() => statusOf(records).problem === null);
    expect(await recorded(records, 1)).toStrictEqual([0]);
  });
});
