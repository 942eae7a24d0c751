import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { StartRecord, waitAfter } from '../../src/lifecycle/start-record.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { LogBook, makeTempDir } from '../support/house.ts';

let directory: ReturnType<typeof makeTempDir>;
let clock: FakeClock;
let log: LogBook;
let file: string;

beforeEach(() => {
  directory = makeTempDir();
  file = join(directory.path, 'data/starts');
  clock = new FakeClock();
  log = new LogBook();
});
afterEach(() => directory.remove());

/** Of a new process, with a clock of its own: nobody is there any more for the minute of the one before. */
function newRecord(): StartRecord {
  clock = new FakeClock();
  return new StartRecord({ file, clock, logger: log });
}

/** Starts a server that crashes unless somebody ends the record; tells how many seconds it waited. */
async function start(record = newRecord()): Promise<number> {
  const startedAt = clock.monotonicMs();
  let hasBegun = false;
  const begun = record.begin().then(() => {
    hasBegun = true;
  });
  await Promise.resolve();
  while (!hasBegun) {
    clock.advance(1_000);
    await new Promise((resolve) => setImmediate(resolve));
    if (clock.monotonicMs() - startedAt > 120_000) throw new Error('it waits for ever');
  }
  await begun;
  return (clock.monotonicMs() - startedAt) / 1_000;
}

describe('a server that crashes again and again', () => {
  it('waits from the fourth start on, longer each time, a minute at most, and says why', async () => {
    const waits: number[] = [];
    for (let count = 0; count < 12; count++) waits.push(await start());
    expect(waits).toStrictEqual([0, 0, 0, 1, 2, 4, 8, 16, 32, 60, 60, 60]);
    expect(log.lines).toHaveLength(9);
    expect(log.lines[0]).toBe(
      'error the last 3 starts ended within a minute, and not by a signal to stop; waiting 1 s',
    );
  });

  it('is forgiven once it has lived for a minute', async () => {
    for (let count = 0; count < 5; count++) await start();
    clock.advance(59_000);
    expect(existsSync(file)).toBe(true);
    clock.advance(1_000);
    expect(existsSync(file)).toBe(false);
    expect(await start()).toBe(0);
  });

  it('is forgiven when it is asked to stop', async () => {
    for (let count = 0; count < 4; count++) await start();
    const record = newRecord();
    await start(record);
    record.end();
    expect([existsSync(file), await start()]).toStrictEqual([false, 0]);
  });

  it.each(['', 'many', '-3', '1e99', '9'.repeat(400), '\u0000'])(
    'takes %j in its file for nothing',
    async (content) => {
      mkdirSync(join(directory.path, 'data'));
      writeFileSync(file, content);
      expect(await start()).toBeLessThanOrEqual(60);
      expect(waitAfter(Number.MAX_SAFE_INTEGER)).toBe(60_000);
    },
  );

  it('starts all the same where it cannot be noted', async () => {
    writeFileSync(join(directory.path, 'data'), 'a file where a folder should be');
    expect(await start()).toBe(0);
    expect(log.lines).toStrictEqual(['warn this start cannot be noted']);
  });
});
