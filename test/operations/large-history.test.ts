import { readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { openForWriting } from '../../src/history/history-file.ts';
import { Backups } from '../../src/operations/backups.ts';
import { prepareRestore } from '../../src/operations/restore.ts';
import { applyRestore } from '../../src/operations/restore-swap.ts';
import { makeData, placesIn, rows } from '../support/data-folder.ts';
import { LogBook, makeTempDir } from '../support/house.ts';

const BLOCKS = 60_000;
const BLOCK_BYTES = 2_000;

let directory: ReturnType<typeof makeTempDir>;
beforeEach(() => {
  directory = makeTempDir();
});
afterEach(() => directory.remove());

/** Writes to both databases some fifty times a second, a number at a time, first to the one and then to the other. */
async function writeOn(places: ReturnType<typeof placesIn>, isRunning: () => boolean): Promise<number> {
  const [database, history] = [new Database(places.databaseFile), openForWriting(places.historyFile)];
  const one = database.prepare("UPDATE Heatpump SET pollIntervalMs = ? WHERE id = 'hp-0'");
  const other = history.prepare("INSERT OR REPLACE INTO total VALUES ('written', ?)");
  let count = 0;
  while (isRunning()) {
    one.run(++count);
    other.run(count);
    await pause(20);
  }
  database.close();
  history.close();
  return count;
}

it('a large history is backed up at one moment while both databases are written, and the server goes on', async () => {
  const places = makeData(directory.path);
  const history = openForWriting(places.historyFile);
  const insert = history.prepare(`INSERT INTO raw VALUES (?, randomblob(${BLOCK_BYTES}))`);
  history.transaction(() => {
    for (let id = 1_000; id < BLOCKS + 1_000; id++) insert.run(id);
  })();
  history.close();
  expect(statSync(places.historyFile).size).toBeGreaterThan(BLOCKS * BLOCK_BYTES);

  const backups = new Backups({
    places,
    version: '1.2.3',
    passphrase: 'correct horse battery',
    schedule: null,
    timeZone: 'UTC',
    keep: 1,
    clock: systemClock,
    logger: new LogBook(),
    restart: null,
  });
  backups.start();
  let isRunning = true;
  const writing = writeOn(places, () => isRunning);
  await pause(200);
  const before = performance.eventLoopUtilization();
  const { name } = await backups.make('MANUAL');
  const { utilization } = performance.eventLoopUtilization(before);
  isRunning = false;
  const written = await writing;
  await backups.stop();
  expect(written).toBeGreaterThan(20);
  // What the main thread did meanwhile is what this test wrote: the backup took none of its time.
  expect(utilization).toBeLessThan(0.5);

  const target = placesIn(join(directory.path, 'target'));
  const order = {
    dataDir: target.dataDir,
    file: join(directory.path, 'backups', name),
    passphrase: 'correct horse battery',
  };
  await prepareRestore({ ...order, extent: 'ALL' });
  applyRestore(target, systemClock.now());
  const [[one]] = rows(target.databaseFile, "SELECT pollIntervalMs FROM Heatpump WHERE id = 'hp-0'") as [[number]];
  const [[other]] = rows(target.historyFile, "SELECT value FROM total WHERE name = 'written'") as [[number]];
  expect(one).toBeGreaterThan(0);
  // One is written before the other, so at any moment they differ by one at most.
  expect(one - other).toBeGreaterThanOrEqual(0);
  expect(one - other).toBeLessThanOrEqual(1);
  expect(rows(target.historyFile, 'SELECT count(*) FROM raw')).toStrictEqual([[BLOCKS + 200]]);
  expect(readdirSync(join(directory.path, 'backups'))).toStrictEqual([name]);
  rmSync(target.dataDir, { recursive: true });
}, 120_000);
