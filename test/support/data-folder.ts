import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { migrateDatabase } from '../../src/db/migrate.ts';
import { openForWriting } from '../../src/history/history-file.ts';
import type { DataPlaces } from '../../src/operations/make-backup.ts';

/** When everything in {@link makeData} happened, as Prisma writes times. */
export const THEN = '2026-03-01T12:00:00.000+00:00';
/** What no backup without a passphrase may show. */
export const CHANNEL_SECRET = 'channel-password-4711';
export const SESSION_TOKEN = 'session-token-of-somebody';
export const KEY = 'the-key-of-the-server';

/** The files of a data folder. */
export function placesIn(dataDir: string): DataPlaces {
  return { dataDir, databaseFile: join(dataDir, 'thermograph.db'), historyFile: join(dataDir, 'history.db') };
}

/** A data folder with something of everything; a heat pump of each name. */
export function makeData(dataDir: string, heatpumps: readonly string[] = ['Home', 'Annex']): DataPlaces {
  mkdirSync(dataDir, { recursive: true });
  const places = placesIn(dataDir);
  migrateDatabase(places.databaseFile);
  const database = new Database(places.databaseFile);
  for (const [index, name] of heatpumps.entries()) database.exec(rowsOf(`hp-${index}`, name, index));
  database.exec(`
    INSERT INTO Channel (id, name, settings, secret, language, enabled, createdAt, updatedAt) VALUES ('ch', 'Mail', '{"type":"NTFY","url":"https://ntfy.example","topic":"x"}', '${CHANNEL_SECRET}', 'EN', 1, '${THEN}', '${THEN}');
    INSERT INTO Alert (id, name, heatpumpId, rule, enabled, createdAt, updatedAt) VALUES ('al', 'Offline', NULL, '{"type":"OFFLINE","durationMs":60000}', 1, '${THEN}', '${THEN}');
    INSERT INTO AlertChannel (alertId, channelId, position) VALUES ('al', 'ch', 0);
    INSERT INTO Delivery (id, channelId, notification, state, attempts, nextAttemptAt, createdAt) VALUES ('de', 'ch', '{}', 'PENDING', 1, '${THEN}', '${THEN}');
    INSERT INTO User (id, name, email, role, createdAt, updatedAt) VALUES ('us', 'Ada', 'ada@example.org', 'ADMIN', '${THEN}', '${THEN}');
    INSERT INTO Account (id, accountId, providerId, userId, password, createdAt, updatedAt) VALUES ('ac', 'us', 'credential', 'us', 'salt:hash', '${THEN}', '${THEN}');
    INSERT INTO Session (id, token, userId, createdAt, updatedAt, expiresAt) VALUES ('se', '${SESSION_TOKEN}', 'us', '${THEN}', '${THEN}', '2099-01-01T00:00:00.000+00:00');
    INSERT INTO ApiToken (id, name, hash, role, createdAt) VALUES ('to', 'Prometheus', 'abc', 'VIEWER', '${THEN}');
    INSERT INTO AuditEntry (at, actor, address, action, kind, outcome) VALUES ('${THEN}', 'Ada', '127.0.0.1', 'signIn', 'SIGN_IN', 'OK');
  `);
  database.close();
  const history = openForWriting(places.historyFile);
  const insert = history.prepare('INSERT INTO raw VALUES (?, randomblob(2000))');
  for (let id = 1; id <= 200; id++) insert.run(id);
  history.close();
  writeFileSync(join(dataDir, 'access.key'), KEY, { mode: 0o600 });
  return places;
}

function rowsOf(id: string, name: string, index: number): string {
  return `
    INSERT INTO Heatpump (id, name, manufacturer, model, host, port, unitId, timeoutMs, config, enabled, readOnly, pollIntervalMs, createdAt, updatedAt) VALUES ('${id}', '${name}', 'idm', 'navigator_2_0', '192.0.2.${index + 1}', 502, 1, 1000, '{"circuits":["A"],"zones":[]}', 0, 0, NULL, '${THEN}', '${THEN}');
    INSERT INTO Dashboard (id, heatpumpId, name, position, widgets, createdAt, updatedAt) VALUES ('da-${id}', '${id}', '{"EN":"Overview","DE":"Übersicht"}', 0, '[]', '${THEN}', '${THEN}');
    INSERT INTO MissingRegister (heatpumpId, device, firmware, "table", address, learntAt, retestAt) VALUES ('${id}', 'd', 'f', 'INPUT', 7, '${THEN}', '${THEN}');
    INSERT INTO Job (id, name, heatpumpId, key, value, schedule, timeZone, enabled, missedRuns, doneUntil, createdAt, updatedAt) VALUES ('jo-${id}', 'Night', '${id}', 'temp_water_target', '48', '{"type":"CRON","expression":"30 2 * * *"}', 'UTC', 1, 'RUN_ALL', '${THEN}', '${THEN}', '${THEN}');
    INSERT INTO JobRun (jobId, dueAt, at, outcome) VALUES ('jo-${id}', '${THEN}', '${THEN}', 'PENDING');
    INSERT INTO Write (id, heatpumpId, key, requested, state, origin, requestedAt) VALUES ('pending-${id}', '${id}', 'temp_water_target', 50, 'PENDING', 'api', '${THEN}');
    INSERT INTO Write (id, heatpumpId, key, requested, state, origin, requestedAt) VALUES ('open-${id}', '${id}', 'temp_water_target', 51, 'UNKNOWN', 'api', '${THEN}');
    INSERT INTO Write (id, heatpumpId, key, requested, confirmed, state, origin, requestedAt, settledAt) VALUES ('done-${id}', '${id}', 'temp_water_target', 52, 52, 'CONFIRMED', 'api', '${THEN}', '${THEN}');
    INSERT INTO RegisterWear (unit, "table", address, writes, firstAt, lastAt, bucketFullAt, days) VALUES ('192.0.2.${index + 1}:502 unit 1', 'HOLDING', 1000, 10, '${THEN}', '${THEN}', '${THEN}', '[]');
    INSERT INTO Hold (heatpumpId, key, value, holder, since, expiresAt) VALUES ('${id}', 'power_pv', 5000, 'pv', '${THEN}', '${THEN}');
  `;
}

/** What a database holds, told by another program than ours: its SQL, without the tables named. */
export function sqlDump(file: string, without: readonly string[] = []): string[] {
  const code = [
    'import sqlite3, sys',
    'for line in sqlite3.connect("file:" + sys.argv[1] + "?mode=ro", uri=True).iterdump(): print(line.replace("\\n", " "))',
  ].join('\n');
  const { status, stdout, stderr } = spawnSync('/usr/bin/python3', ['-c', code, file], {
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  if (status !== 0) throw new Error(stderr);
  const isLeftOut = (line: string) => without.some((table) => line.startsWith(`INSERT INTO "${table}"`));
  return stdout.split('\n').filter((line) => !isLeftOut(line));
}

/** Changes a database behind everybody's back. */
export function change(file: string, sql: string): void {
  const database = new Database(file);
  try {
    database.exec(sql);
  } finally {
    database.close();
  }
}

/** The rows of a query. */
export function rows(file: string, sql: string): unknown[] {
  const database = new Database(file);
  try {
    return database.prepare(sql).raw().all();
  } finally {
    database.close();
  }
}

/** Every file below a folder with a hash of its content: equal if, and only if, nothing was changed. */
export function fingerprint(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort();
  const files = paths.filter((path) => statSync(join(folder, path)).isFile());
  return Object.fromEntries(
    files.map((path) => [
      path,
      createHash('sha256')
        .update(readFileSync(join(folder, path)))
        .digest('hex'),
    ]),
  );
}
