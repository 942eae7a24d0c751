import type Database from 'better-sqlite3';
import { messageOf } from '../domain/errors.ts';
import { columnsOf, withDatabase } from './database-copies.ts';

/** What a restored database took from the one it replaces, and what it could not. */
export interface CarriedOver {
  /** Values that are held now and go on being given back. */
  readonly holds: number;
  /** Values held when the backup was made; whether they still are, nobody knows, so that nothing is written for them. */
  readonly droppedHolds: readonly string[];
  /** Why nothing could be taken from the database that is replaced; null if there is none, or it could be read. */
  readonly problem: string | null;
}

/** Whatever happened between the backup and now must not be made up for, nor told, nor settled by what is read from now on. */
const SETTLE = [
  `UPDATE "Write" SET "state" = 'UNKNOWN', "reason" = 'a backup was restored before the read-back' WHERE "state" = 'PENDING'`,
  `UPDATE "Write" SET "settledAt" = $now WHERE "settledAt" IS NULL`,
  `UPDATE "JobRun" SET "outcome" = 'UNKNOWN' WHERE "outcome" = 'PENDING'`,
  `UPDATE "Job" SET "doneUntil" = $now WHERE "doneUntil" < $now`,
  `UPDATE "Delivery" SET "state" = 'FAILED', "nextAttemptAt" = NULL, "errorCode" = 'DROPPED',
     "errorMessage" = 'a backup was restored before it was sent' WHERE "state" = 'PENDING'`,
  'DELETE FROM "KnownSettings"',
  'DELETE FROM "Session"',
  'DELETE FROM "Verification"',
];

/** The same unit, set up in both databases. */
const SAME_UNIT = `"Heatpump" AS h WHERE EXISTS (SELECT 1 FROM current."Heatpump" AS c WHERE c."id" = h."id"
  AND c."host" = h."host" AND c."port" = h."port" AND c."unitId" = h."unitId"
  AND c."manufacturer" = h."manufacturer" AND c."model" = h."model")`;

/**
 * Makes a restored database fit for now. `current` is the one it replaces: it knows what is true of the devices, whatever the
 * backup says, so that held values, settings that are accounted for, and counts of writes that wear are taken from it; so are
 * the entries of the audit since, and secrets of channels that a backup without a passphrase does not have. The `current` file is
 * only read. All or nothing.
 */
export function carryOver(restored: string, current: string | null, nowMs: number): CarriedOver {
  return withDatabase(restored, (database) => {
    const droppedHolds = database
      .prepare<[], string>(`SELECT "heatpumpId" || ' ' || "key" FROM "Hold" ORDER BY 1`)
      .pluck()
      .all();
    const problem = current === null ? null : attach(database, current);
    const isAttached = current !== null && problem === null;
    const holds = database.transaction(() => {
      for (const sql of SETTLE) settle(database, sql, nowMs);
      database.exec('DELETE FROM "Hold"');
      return isAttached ? takeOver(database) : 0;
    })();
    if (isAttached) database.exec('DETACH current');
    // One file, for it is about to be moved.
    database.pragma('journal_mode = DELETE');
    return { holds, droppedHolds, problem };
  });
}

/** Why the database that is replaced cannot be read; null if it can. It may well be the reason for restoring. */
function attach(database: Database.Database, current: string): string | null {
  try {
    database.prepare('ATTACH ? AS current').run(current);
    database.prepare('SELECT count(*) FROM current."Heatpump"').get();
    return null;
  } catch (thrown) {
    return messageOf(thrown);
  }
}

function settle(database: Database.Database, sql: string, nowMs: number): void {
  // As Prisma writes times.
  const now = new Date(nowMs).toISOString().replace('Z', '+00:00');
  const statement = database.prepare(sql);
  if (sql.includes('$now')) statement.run({ now });
  else statement.run();
}

/** Returns how many held values were taken. */
function takeOver(database: Database.Database): number {
  copyRows(
    database,
    'RegisterWear',
    `WHERE NOT EXISTS (SELECT 1 FROM main."RegisterWear" AS own WHERE own."unit" = source."unit"
       AND own."table" = source."table" AND own."address" = source."address" AND own."writes" > source."writes")`,
  );
  copyRows(
    database,
    'AuditEntry',
    'WHERE "at" > (SELECT coalesce(max("at"), \'\') FROM main."AuditEntry") ORDER BY "id"',
    ['id'],
  );
  database.exec(`UPDATE main."Channel" SET "secret" = (SELECT c."secret" FROM current."Channel" AS c
    WHERE c."id" = main."Channel"."id" AND c."settings" = main."Channel"."settings") WHERE "secret" IS NULL`);
  const ofSameUnit = `WHERE "heatpumpId" IN (SELECT h."id" FROM main.${SAME_UNIT})`;
  // Else every setting that was changed since the backup would pass for changed by somebody else.
  copyRows(database, 'KnownSettings', ofSameUnit);
  return copyRows(database, 'Hold', ofSameUnit);
}

/** Copies rows of the database that is replaced, as far as both know their columns; returns how many. */
function copyRows(database: Database.Database, table: string, where: string, without: readonly string[] = []): number {
  const known = database
    .prepare<[string], string>("SELECT name FROM pragma_table_info(?, 'current')")
    .pluck()
    .all(table);
  const columns = columnsOf(database, table).filter((column) => known.includes(column) && !without.includes(column));
  if (columns.length === 0) return 0;
  const list = columns.map((column) => `"${column}"`).join(', ');
  const sql = `INSERT OR REPLACE INTO main."${table}" (${list}) SELECT ${list} FROM current."${table}" AS source ${where}`;
  return database.prepare(sql).run().changes;
}
