import { chmodSync, mkdirSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { Backups } from '../../src/operations/backups.ts';
import { makeData } from '../support/data-folder.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { LogBook, makeTempDir } from '../support/house.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;

let directory: ReturnType<typeof makeTempDir>;
let clock: FakeClock;
let log: LogBook;
let backups: Backups;

beforeEach(() => {
  directory = makeTempDir();
  clock = new FakeClock(Date.parse('2026-03-08T12:00:00Z'));
  log = new LogBook();
});
afterEach(async () => {
  await backups.stop();
  directory.remove();
});

function build(keep = 3, places = makeData(directory.path)): Backups {
  backups = new Backups({
    places,
    version: '1.2.3',
    passphrase: null,
    schedule: { type: 'CRON', expression: '15 3 * * *' },
    timeZone: 'UTC',
    keep,
    clock,
    logger: log,
    restart: null,
  });
  return backups;
}

/** Lets time pass, and the thread that it may have started end. */
async function pass(ms: number): Promise<void> {
  for (let left = ms; left > 0; left -= MINUTE_MS) {
    clock.advance(Math.min(left, MINUTE_MS));
    await new Promise((resolve) => setImmediate(resolve));
    while (backups.status.running !== null) await new Promise((resolve) => setTimeout(resolve, 5));
    await new Promise((resolve) => setImmediate(resolve));
  }
}

const made = () => backups.files.list().map(({ at }) => new Date(at).toISOString().slice(0, 16));

describe('scheduled backups', () => {
  it('are made at their time, and the newest are kept', async () => {
    mkdirSync(join(directory.path, 'backups'));
    writeFileSync(join(directory.path, 'backups', 'thermograph-scheduled-20260308T031500Z.tar.gz'), 'an old one');
    writeFileSync(join(directory.path, 'backups', 'thermograph-manual-20260101T000000Z.tar.gz'), 'by hand');
    build(2).start();
    expect(new Date(backups.status.nextAt ?? 0).toISOString()).toBe('2026-03-09T03:15:00.000Z');
    await pass(15 * HOUR_MS);
    expect(made()).toStrictEqual(['2026-03-08T03:15', '2026-01-01T00:00']);
    await pass(16 * MINUTE_MS);
    expect(made()).toStrictEqual(['2026-03-09T03:15', '2026-03-08T03:15', '2026-01-01T00:00']);
    await pass(24 * HOUR_MS);
    expect(made()).toStrictEqual(['2026-03-10T03:15', '2026-03-09T03:15', '2026-01-01T00:00']);
  }, 60_000);

  it('that were missed are made up for soon after the start', async () => {
    build().start();
    await pass(9 * MINUTE_MS);
    expect(made()).toStrictEqual([]);
    await pass(2 * MINUTE_MS);
    expect(made()).toStrictEqual(['2026-03-08T12:10']);
    expect(new Date(backups.status.nextAt ?? 0).toISOString()).toBe('2026-03-09T03:15:00.000Z');
  });

  it('that fail are told, and tried again in an hour', async () => {
    const places = makeData(directory.path);
    rmSync(places.databaseFile);
    build(3, places).start();
    await pass(11 * MINUTE_MS);
    expect(backups.status.problem).toMatch(/database|open|file/);
    expect(log.lines.filter((line) => line.startsWith('error'))).toStrictEqual([
      'error the scheduled backup was not made; it is tried again in an hour',
    ]);
    expect(readdirSync(join(directory.path, 'backups'))).toStrictEqual([]);
    makeData(join(directory.path, 'again'));
    (await import('node:fs')).renameSync(join(directory.path, 'again', 'thermograph.db'), places.databaseFile);
    await pass(HOUR_MS + MINUTE_MS);
    expect(backups.status.problem).toBeNull();
    expect(made()).toHaveLength(1);
  });

  it('leave nothing half made behind when the server ends, or was killed', async () => {
    build();
    mkdirSync(join(directory.path, 'backups', '.making-abc'), { recursive: true });
    mkdirSync(join(directory.path, '.restore-abc'));
    chmodSync(join(directory.path, 'backups'), 0o755);
    backups.start();
    expect(readdirSync(join(directory.path, 'backups'))).toStrictEqual([]);
    expect(readdirSync(directory.path)).not.toContain('.restore-abc');
    const making = backups.make('MANUAL');
    await Promise.all([expect(making).rejects.toThrow(/ended before/), backups.stop()]);
    expect(readdirSync(join(directory.path, 'backups')).filter((name) => !name.startsWith('.'))).toStrictEqual([]);
  });
});
