import { spawnSync } from 'node:child_process';
import { createDecipheriv, scryptSync } from 'node:crypto';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { makeBackup } from '../../src/operations/make-backup.ts';
import { prepareRestore } from '../../src/operations/restore.ts';
import { applyRestore, stage, stagedRestore, stageUndo, waysBack } from '../../src/operations/restore-swap.ts';
import { heatpumpsToGoBackTo } from '../../src/operations/ways-back.ts';
import {
  CHANNEL_SECRET,
  change,
  fingerprint,
  KEY,
  makeData,
  placesIn,
  rows,
  SESSION_TOKEN,
  sqlDump,
  THEN,
} from '../support/data-folder.ts';
import { makeTempDir } from '../support/house.ts';
import { builtModule } from '../support/server-program.ts';

const MIGRATIONS = fileURLToPath(new URL('../../prisma/migrations', import.meta.url));
const PASSPHRASE = 'correct horse battery';
const NOW = Date.parse('2026-03-08T12:00:00Z');
const NOW_TEXT = '2026-03-08T12:00:00.000+00:00';
/** Tables that a restore changes, for the rest of the world has gone on. */
const SETTLED = ['Hold', 'Write', 'Job', 'JobRun', 'Delivery', 'Session', 'Verification', 'sqlite_sequence'];

let directory: ReturnType<typeof makeTempDir>;
let source: ReturnType<typeof makeData>;
let file: string;
beforeEach(() => {
  directory = makeTempDir();
  source = makeData(join(directory.path, 'source'));
  file = join(directory.path, 'backup');
});
afterEach(() => directory.remove());

const backUp = (passphrase: string | null, places = source, path = file) =>
  makeBackup({ places, file: path, passphrase, version: '1.2.3', now: NOW - 1_000 });

/** Restores as the command does. */
async function restore(dataDir: string, passphrase: string | null, extent: 'ALL' | 'SETTINGS' = 'ALL') {
  await prepareRestore({ dataDir, file, passphrase, extent });
  return applyRestore(placesIn(dataDir), NOW);
}

describe('a backup', () => {
  it('without a passphrase is an archive that tar unpacks, without secrets and without leftovers of them', async () => {
    const manifest = await backUp(null);
    const folder = join(directory.path, 'unpacked');
    mkdirSync(folder);
    expect(spawnSync('tar', ['-xzf', file, '-C', folder]).status).toBe(0);
    expect(readdirSync(folder).sort()).toStrictEqual(['history.db', 'manifest.json', 'thermograph.db']);
    expect(JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8'))).toStrictEqual(manifest);
    for (const { name, bytes, sha256 } of manifest.parts) {
      expect(statSync(join(folder, name)).size).toBe(bytes);
      expect(spawnSync('sha256sum', [join(folder, name)], { encoding: 'utf8' }).stdout.slice(0, 64)).toBe(sha256);
    }
    const content = readFileSync(join(folder, 'thermograph.db'), 'latin1');
    expect(content).toContain('ada@example.org');
    for (const secret of [CHANNEL_SECRET, SESSION_TOKEN, KEY]) expect(content).not.toContain(secret);
    expect(manifest).toMatchObject({ product: 'thermograph', format: 1, version: '1.2.3', hasSecrets: false });
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('was thought of for every column that may hold a secret', () => {
    const all = rows(
      source.databaseFile,
      "SELECT m.name || '.' || c.name FROM sqlite_master AS m, pragma_table_info(m.name) AS c WHERE m.type = 'table' ORDER BY 1",
    ).flat() as string[];
    const isSuspicious = (name: string) =>
      /\.\w*(secret|passw|token|hash|credential|key$)|^Verification\.value/i.test(name);
    expect(all.filter(isSuspicious).filter((name) => !/\.key$/.test(name))).toStrictEqual([
      // Of the library for signing in; nothing is kept in these.
      'Account.accessToken',
      'Account.accessTokenExpiresAt',
      'Account.idToken',
      // A hash that is slow to guess; without it, nobody could sign in after a restore.
      'Account.password',
      'Account.refreshToken',
      'Account.refreshTokenExpiresAt',
      // A hash of 32 random bytes: nobody guesses those.
      'ApiToken.hash',
      // In sealed backups only.
      'Channel.secret',
      // In none, as all of these tables.
      'Session.token',
      'Verification.value',
    ]);
  });

  it('holds what the databases did, as another program sees it', async () => {
    await backUp(null);
    const folder = join(directory.path, 'unpacked');
    mkdirSync(folder);
    spawnSync('tar', ['-xzf', file, '-C', folder]);
    const left = ['Session', 'Verification', 'Channel'];
    expect(sqlDump(join(folder, 'thermograph.db'), left)).toStrictEqual(sqlDump(source.databaseFile, left));
    expect(sqlDump(join(folder, 'history.db'))).toStrictEqual(sqlDump(source.historyFile));
  });

  it('with a passphrase shows nothing of what is in it, and leaves nothing else behind', async () => {
    const before = fingerprint(source.dataDir);
    await backUp(PASSPHRASE);
    expect(readFileSync(file).subarray(0, 8).toString('latin1')).toBe('THGSEAL1');
    // What looks like chance cannot be compressed.
    const { stdout } = spawnSync('gzip', ['-9', '-c', file], { maxBuffer: 1e9 });
    expect(stdout.length).toBeGreaterThanOrEqual(statSync(file).size);
    expect(readdirSync(directory.path).sort()).toStrictEqual(['backup', 'source']);
    expect(fingerprint(source.dataDir)).toStrictEqual(before);
  });
});

describe('a sealed file', () => {
  it('is what the documents say: anybody can write a program that opens it', async () => {
    await backUp(PASSPHRASE);
    const sealed = readFileSync(file);
    const salt = sealed.subarray(8, 24);
    const options = { N: 32_768, r: 8, p: 3, maxmem: 2 ** 27 };
    const keys = scryptSync(PASSPHRASE, salt, 48, options);
    expect(sealed.subarray(24, 40)).toStrictEqual(keys.subarray(32));
    const content: Buffer[] = [];
    const frames = sealed.subarray(40);
    for (let number = 0; number * 65_552 <= frames.length; number++) {
      const frame = frames.subarray(number * 65_552, (number + 1) * 65_552);
      const nonce = Buffer.alloc(12);
      nonce.writeUInt32BE(number, 4);
      nonce.writeUInt8(frame.length < 65_552 ? 1 : 0, 11);
      const decipher = createDecipheriv('aes-256-gcm', keys.subarray(0, 32), nonce);
      decipher.setAuthTag(frame.subarray(-16));
      content.push(decipher.update(frame.subarray(0, -16)), decipher.final());
    }
    const { stdout } = spawnSync('tar', ['-tzf', '-'], { input: Buffer.concat(content), encoding: 'utf8' });
    expect(stdout).toBe('manifest.json\nthermograph.db\nhistory.db\nkeys.json\n');
  });
});

describe('restoring into an empty folder', () => {
  it('gives the same system', async () => {
    await backUp(PASSPHRASE);
    const target = placesIn(join(directory.path, 'target'));
    const restored = await restore(target.dataDir, PASSPHRASE);
    expect(sqlDump(target.databaseFile, SETTLED)).toStrictEqual(sqlDump(source.databaseFile, SETTLED));
    expect(sqlDump(target.historyFile)).toStrictEqual(sqlDump(source.historyFile));
    expect(readFileSync(join(target.dataDir, 'access.key'), 'utf8')).toBe(KEY);
    expect(statSync(join(target.dataDir, 'access.key')).mode & 0o777).toBe(0o600);
    expect(restored).toMatchObject({ type: 'BACKUP', before: null, holds: 0, problem: null });
    expect(readdirSync(target.dataDir).sort()).toStrictEqual(['access.key', 'history.db', 'thermograph.db']);
    expect(stagedRestore(target.dataDir)).toBeNull();
    expect(waysBack(target.dataDir)).toStrictEqual([]);
  });

  it('makes up for nothing: no stale hold, no missed job, no old message, no write left to be settled', async () => {
    await backUp(PASSPHRASE);
    const target = placesIn(join(directory.path, 'target'));
    const restored = await restore(target.dataDir, PASSPHRASE);
    const ask = (sql: string) => rows(target.databaseFile, sql);
    expect(ask('SELECT * FROM Hold')).toStrictEqual([]);
    expect(restored?.droppedHolds).toStrictEqual(['hp-0 power_pv', 'hp-1 power_pv']);
    expect(ask('SELECT DISTINCT doneUntil FROM Job')).toStrictEqual([[NOW_TEXT]]);
    expect(ask('SELECT DISTINCT outcome FROM JobRun')).toStrictEqual([['UNKNOWN']]);
    expect(ask('SELECT state, nextAttemptAt, errorCode FROM Delivery')).toStrictEqual([['FAILED', null, 'DROPPED']]);
    expect(ask("SELECT id, state, settledAt FROM Write WHERE heatpumpId = 'hp-0' ORDER BY id")).toStrictEqual([
      ['done-hp-0', 'CONFIRMED', '2026-03-01T12:00:00.000+00:00'],
      ['open-hp-0', 'UNKNOWN', NOW_TEXT],
      ['pending-hp-0', 'UNKNOWN', NOW_TEXT],
    ]);
    expect(ask('SELECT * FROM Session')).toStrictEqual([]);
    expect(ask('SELECT email FROM User')).toStrictEqual([['ada@example.org']]);
  });

  it('brings an older database to this version', async () => {
    const [name = ''] = readdirSync(MIGRATIONS)
      .filter((entry) => /^\d/.test(entry))
      .sort();
    const onlyFirst = join(directory.path, 'migrations');
    cpSync(join(MIGRATIONS, name), join(onlyFirst, name), { recursive: true });
    const old = placesIn(join(directory.path, 'first'));
    mkdirSync(old.dataDir);
    migrateDatabase(old.databaseFile, onlyFirst);
    change(
      old.databaseFile,
      `INSERT INTO Heatpump (id, name, manufacturer, model, host, port, unitId, timeoutMs, config, enabled, readOnly, pollIntervalMs, createdAt, updatedAt) VALUES ('hp-1', 'Old', 'idm', 'navigator_2_0', 'h', 502, 1, 1000, '{}', 0, 0, NULL, '${THEN}', '${THEN}')`,
    );
    const { migrations } = await backUp(null, old);
    expect(migrations).toStrictEqual([name]);
    const target = placesIn(join(directory.path, 'target'));
    await restore(target.dataDir, null);
    expect(rows(target.databaseFile, 'SELECT name FROM Heatpump')).toStrictEqual([['Old']]);
  });
});

describe('restoring over what is there', () => {
  const SECOND =
    "INSERT INTO Hold (heatpumpId, key, value, holder, since, expiresAt) VALUES ('hp-0', 'power_grid', 1, 'grid', '2026-03-07T12:00:00.000+00:00', '2026-03-09T12:00:00.000+00:00')";

  async function restoreOver(passphrase: string | null, sql: string) {
    await backUp(passphrase);
    const target = makeData(join(directory.path, 'target'));
    change(target.databaseFile, sql);
    return { target, restored: await restore(target.dataDir, passphrase) };
  }

  it('goes on giving back what is held now, not what was held then', async () => {
    const { target, restored } = await restoreOver(PASSPHRASE, `DELETE FROM Hold; ${SECOND}`);
    expect(restored?.holds).toBe(1);
    expect(rows(target.databaseFile, 'SELECT heatpumpId, key, holder FROM Hold')).toStrictEqual([
      ['hp-0', 'power_grid', 'grid'],
    ]);
  });

  it('gives nothing back to a unit that is another one in the backup', async () => {
    const { target } = await restoreOver(
      PASSPHRASE,
      `UPDATE Heatpump SET host = 'elsewhere' WHERE id = 'hp-0'; DELETE FROM Hold; ${SECOND}`,
    );
    expect(rows(target.databaseFile, 'SELECT * FROM Hold')).toStrictEqual([]);
  });

  it('compares settings with what is accounted for now, so that nothing passes for changed by somebody else', async () => {
    const known = (bytes: string) => `INSERT INTO KnownSettings VALUES ('hp-0', 'idm/navigator_2_0', x'${bytes}')`;
    change(source.databaseFile, known('01'));
    const { target } = await restoreOver(PASSPHRASE, known('02'));
    expect(rows(target.databaseFile, 'SELECT hex(settings) FROM KnownSettings')).toStrictEqual([['02']]);
    await restore(join(directory.path, 'another'), PASSPHRASE);
    const another = placesIn(join(directory.path, 'another')).databaseFile;
    expect(rows(another, 'SELECT * FROM KnownSettings')).toStrictEqual([]);
  });

  it('never lowers a count of writes that wear, and keeps the audit of what happened since', async () => {
    const { target } = await restoreOver(
      PASSPHRASE,
      `UPDATE RegisterWear SET writes = 25 WHERE unit LIKE '192.0.2.1%';
       UPDATE RegisterWear SET writes = 3 WHERE unit LIKE '192.0.2.2%';
       INSERT INTO RegisterWear (unit, "table", address, writes, firstAt, lastAt, bucketFullAt, days) VALUES ('192.0.2.9:502 unit 1', 'COIL', 1, 4, '', '', '', '[]');
       INSERT INTO AuditEntry (at, actor, address, action, kind, outcome) VALUES ('2026-03-07T00:00:00.000+00:00', 'Eve', '127.0.0.1', 'deleteUser', 'CHANGE', 'OK');`,
    );
    expect(rows(target.databaseFile, 'SELECT unit, writes FROM RegisterWear ORDER BY unit')).toStrictEqual([
      ['192.0.2.1:502 unit 1', 25],
      ['192.0.2.2:502 unit 1', 10],
      ['192.0.2.9:502 unit 1', 4],
    ]);
    expect(rows(target.databaseFile, 'SELECT actor FROM AuditEntry ORDER BY id')).toStrictEqual([['Ada'], ['Eve']]);
  });

  it('takes secrets that the backup does not have from the same channel, and from no other', async () => {
    const { target } = await restoreOver(null, "UPDATE Channel SET secret = 'newer'");
    expect(rows(target.databaseFile, 'SELECT secret FROM Channel')).toStrictEqual([['newer']]);
    expect(readFileSync(join(target.dataDir, 'access.key'), 'utf8')).toBe(KEY);
  });

  it('gives no secret to a channel that leads elsewhere', async () => {
    const { target } = await restoreOver(null, "UPDATE Channel SET settings = '{}'");
    expect(rows(target.databaseFile, 'SELECT secret FROM Channel')).toStrictEqual([[null]]);
  });

  it('works over a database that is damaged, and says so', async () => {
    await backUp(PASSPHRASE);
    const target = makeData(join(directory.path, 'target'));
    writeFileSync(target.databaseFile, 'not a database at all, but some text that is long enough'.repeat(50));
    const restored = await restore(target.dataDir, PASSPHRASE);
    expect(restored?.problem).toMatch(/not a database/);
    expect(rows(target.databaseFile, 'SELECT name FROM Heatpump ORDER BY id')).toStrictEqual([['Home'], ['Annex']]);
  });

  it('works where the database lies on another disk', async () => {
    await backUp(PASSPHRASE);
    const elsewhere = mkdtempSync('/dev/shm/thermograph-test-');
    try {
      expect(statSync(elsewhere).dev).not.toBe(statSync(directory.path).dev);
      const target = { ...placesIn(join(directory.path, 'target')), databaseFile: join(elsewhere, 'other.db') };
      const other = makeData(join(directory.path, 'other'), ['Other']);
      cpSync(other.databaseFile, target.databaseFile);
      await prepareRestore({ dataDir: target.dataDir, file, passphrase: PASSPHRASE, extent: 'ALL' });
      const restored = applyRestore(target, NOW);
      expect(rows(target.databaseFile, 'SELECT name FROM Heatpump ORDER BY id')).toStrictEqual([['Home'], ['Annex']]);
      expect(rows(join(String(restored?.before), 'thermograph.db'), 'SELECT name FROM Heatpump')).toStrictEqual([
        ['Other'],
      ]);
      expect(readdirSync(elsewhere)).toStrictEqual(['other.db']);
    } finally {
      rmSync(elsewhere, { recursive: true });
    }
  });

  it('can leave the history as it is', async () => {
    await backUp(PASSPHRASE);
    const target = makeData(join(directory.path, 'target'), ['Other']);
    const history = sqlDump(target.historyFile);
    await restore(target.dataDir, PASSPHRASE, 'SETTINGS');
    expect(sqlDump(target.historyFile)).toStrictEqual(history);
    expect(rows(target.databaseFile, 'SELECT name FROM Heatpump ORDER BY id')).toStrictEqual([['Home'], ['Annex']]);
    // So that going back brings heat pumps with their history, that of those is kept.
    change(target.databaseFile, 'DELETE FROM Heatpump');
    expect(heatpumpsToGoBackTo(target.dataDir)).toStrictEqual(['hp-0']);
  });

  it('can be undone, and that again', async () => {
    await backUp(PASSPHRASE);
    const target = makeData(join(directory.path, 'target'), ['Other']);
    writeFileSync(join(target.dataDir, 'access.key'), 'another key');
    const before = sqlDump(target.databaseFile, SETTLED);
    const history = sqlDump(target.historyFile);
    await restore(target.dataDir, PASSPHRASE);
    const restored = sqlDump(target.databaseFile, SETTLED);
    stageUndo(target.dataDir);
    expect(applyRestore(target, NOW)).toMatchObject({ type: 'UNDO' });
    // Counts of writes that wear are never lowered, so those of the backup's units stay.
    const withoutWear = (lines: string[]) => lines.filter((line) => !line.includes('"RegisterWear"'));
    expect(withoutWear(sqlDump(target.databaseFile, SETTLED))).toStrictEqual(withoutWear(before));
    expect(sqlDump(target.historyFile)).toStrictEqual(history);
    expect(readFileSync(join(target.dataDir, 'access.key'), 'utf8')).toBe('another key');
    stageUndo(target.dataDir);
    applyRestore(target, NOW);
    expect(withoutWear(sqlDump(target.databaseFile, SETTLED))).toStrictEqual(withoutWear(restored));
  });

  it('is completed, or not begun, wherever it is cut off', async () => {
    await backUp(PASSPHRASE);
    const begun = join(directory.path, 'begun');
    makeData(begun, ['Other']);
    await prepareRestore({ dataDir: begun, file, passphrase: PASSPHRASE, extent: 'ALL' });
    const complete = join(directory.path, 'complete');
    cpSync(begun, complete, { recursive: true });
    applyRestore(placesIn(complete), NOW);
    const expected = sqlDump(placesIn(complete).databaseFile);
    const moves = countMoves(begun);
    expect(moves).toBeGreaterThan(5);
    for (let cut = 0; cut < moves; cut++) {
      const dataDir = join(directory.path, `cut-${cut}`);
      cpSync(begun, dataDir, { recursive: true });
      cutOff(dataDir, cut);
      applyRestore(placesIn(dataDir), NOW);
      expect(sqlDump(placesIn(dataDir).databaseFile), `cut off at ${cut}`).toStrictEqual(expected);
      expect(sqlDump(placesIn(dataDir).historyFile)).toStrictEqual(sqlDump(source.historyFile));
      expect(stagedRestore(dataDir)).toBeNull();
      expect(waysBack(dataDir)).toHaveLength(1);
    }
  }, 60_000);
});

it('what is staged without a database is no reason to begin anew', async () => {
  const folder = join(directory.path, 'staged');
  mkdirSync(folder);
  const before = sqlDump(source.databaseFile);
  stage(source.dataDir, folder, { type: 'BACKUP', createdAt: null });
  expect(() => applyRestore(source, NOW)).toThrow(/there is no database/);
  expect(stagedRestore(source.dataDir)).toBeNull();
  expect(applyRestore(source, NOW)).toBeNull();
  expect(sqlDump(source.databaseFile)).toStrictEqual(before);
});

/** Exchanges data in a process of its own that ends at the given call to rename or remove a file. */
function cutOff(dataDir: string, cut: number): number {
  const script = `
    import fs from 'node:fs';
    import { syncBuiltinESMExports } from 'node:module';
    let calls = 0;
    for (const name of ['renameSync', 'rmSync']) {
      const change = fs[name];
      fs[name] = (...args) => {
        if (calls++ === ${cut}) process.exit(9);
        return change(...args);
      };
    }
    syncBuiltinESMExports();
    const { applyRestore } = await import(${JSON.stringify(pathToFileURL(builtModule('operations/restore-swap')).href)});
    applyRestore(${JSON.stringify(placesIn(dataDir))}, ${NOW});
    process.stdout.write(String(calls));
  `;
  const { stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });
  return Number(stdout);
}

function countMoves(begun: string): number {
  const dataDir = join(directory.path, 'counted');
  cpSync(begun, dataDir, { recursive: true });
  return cutOff(dataDir, -1);
}
