import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { migrateDatabase } from '../db/migrate.ts';
import { messageOf } from '../domain/errors.ts';
import { BackupError } from './backup-error.ts';
import { type CarriedOver, carryOver } from './carry-over.ts';
import { withDatabase } from './database-copies.ts';
import { KEY_FILES } from './key-files.ts';
import type { DataPlaces } from './make-backup.ts';
import { moveFile, sync } from './moved-file.ts';

/** What is about to take the place of the data, or has. */
export interface RestoreNote {
  /** `BACKUP`: what a backup has. `UNDO`: what was there before a restore. */
  readonly type: 'BACKUP' | 'UNDO';
  /** When the backup was made; null: what was there before. ISO 8601, UTC. */
  readonly createdAt: string | null;
}

/** What a restore has done. */
export interface Restored extends RestoreNote, CarriedOver {
  /** The folder that what was there before is kept in; null: there was nothing. */
  readonly before: string | null;
}

/** The folder that holds what takes the place of the data at the next start; it is complete once the note is in it. */
const STAGED = '.staged-restore';
const NOTE = 'ready.json';
/** Says that the exchange has begun, and where what was there before goes. */
const SWAP = 'swap.json';
const BEFORE = /^before-restore-\d{8}T\d{6}Z(-\d+)?$/;
/** Ways back that are kept, each as large as the data was. */
const KEPT_BEFORE = 2;
/** What SQLite may have beside a database. */
const SUFFIXES = ['-wal', '-shm', ''];

/** Makes an unpacked and checked folder, on the same disk, take the place of the data at the next start. */
export function stage(dataDir: string, folder: string, note: RestoreNote): void {
  writeFileSync(join(folder, NOTE), JSON.stringify(note), { mode: 0o600, flush: true });
  sync(folder);
  const staged = join(dataDir, STAGED);
  rmSync(staged, { recursive: true, force: true });
  renameSync(folder, staged);
  sync(dataDir);
}

/** What takes the place of the data at the next start; null: nothing. */
export function stagedRestore(dataDir: string): RestoreNote | null {
  return readJson<RestoreNote>(join(dataDir, STAGED, NOTE));
}

/** Makes what was there before a restore, null: the last one, take the place of the data again. Throws `NOT_FOUND`. */
export function stageUndo(dataDir: string, name: string | null = null): void {
  const ways = waysBack(dataDir);
  const way = name === null ? ways[0] : ways.find((one) => one === name);
  if (way === undefined) throw new BackupError('NOT_FOUND', 'there is nothing to go back to');
  stage(dataDir, join(dataDir, way), { type: 'UNDO', createdAt: null });
}

/** The folders of what was there before a restore, newest first. */
export function waysBack(dataDir: string): string[] {
  const folders = existsSync(dataDir) ? readdirSync(dataDir).filter((name) => BEFORE.test(name)) : [];
  return folders
    .filter((name) => existsSync(join(dataDir, name, 'thermograph.db')))
    .sort()
    .reverse();
}

/**
 * Exchanges the data for what is staged, if anything is: to be called while nobody has the databases open. What was there is
 * kept beside it. Cut off at any moment, it is completed by the next call. Throws `DAMAGED` for what cannot be used any more;
 * then nothing was exchanged, and nothing is staged.
 */
export function applyRestore(places: DataPlaces, nowMs: number): Restored | null {
  const { dataDir } = places;
  const folder = join(dataDir, STAGED);
  const note = stagedRestore(dataDir);
  if (note === null) return null;
  const swap = readJson<Begun>(join(folder, SWAP)) ?? beginOrDiscard(places, folder, note, nowMs);
  const before = join(dataDir, swap.before);
  for (const [name, target] of targetsOf(places)) exchange(join(folder, name), target, join(before, name));
  sync(before);
  // First, for without it nothing of what is left in the folder counts.
  rmSync(join(folder, NOTE));
  sync(folder);
  rmSync(folder, { recursive: true, force: true });
  sync(dataDir);
  for (const old of waysBack(dataDir).slice(KEPT_BEFORE)) rmSync(join(dataDir, old), { recursive: true, force: true });
  const isEmpty = readdirSync(before).length === 0;
  if (isEmpty) rmSync(before, { recursive: true });
  return { ...note, ...swap, before: isEmpty ? null : before };
}

interface Begun extends CarriedOver {
  readonly before: string;
}

function beginOrDiscard(places: DataPlaces, folder: string, { type }: RestoreNote, nowMs: number): Begun {
  try {
    return begin(places, folder, nowMs);
  } catch (thrown) {
    // A way back stays one.
    if (type === 'UNDO') renameSync(folder, join(places.dataDir, folderName(places.dataDir, nowMs)));
    else rmSync(folder, { recursive: true, force: true });
    throw new BackupError('DAMAGED', `what was to be restored cannot be used: ${messageOf(thrown)}`);
  }
}

/** Done while all that is staged, and all that is replaced, is still in its place. */
function begin({ dataDir, databaseFile }: DataPlaces, folder: string, nowMs: number): Begun {
  const [database, history] = [join(folder, 'thermograph.db'), join(folder, 'history.db')];
  if (!existsSync(database)) throw new Error('there is no database');
  migrateDatabase(database);
  const carried = carryOver(database, existsSync(databaseFile) ? databaseFile : null, nowMs);
  if (existsSync(history)) withDatabase(history, (one) => one.pragma('wal_checkpoint(TRUNCATE)'));
  const begun = { ...carried, before: folderName(dataDir, nowMs) };
  mkdirSync(join(dataDir, begun.before), { mode: 0o700 });
  const part = join(folder, `${SWAP}.part`);
  writeFileSync(part, JSON.stringify(begun), { mode: 0o600, flush: true });
  renameSync(part, join(folder, SWAP));
  sync(folder);
  return begun;
}

/** As long as the new file is not in its place, what is there is the old one, with what SQLite has beside it. */
function exchange(staged: string, target: string, before: string): void {
  if (!existsSync(staged)) return;
  for (const suffix of SUFFIXES) if (existsSync(target + suffix)) moveFile(target + suffix, before + suffix);
  moveFile(staged, target);
}

/** Where each file of a backup belongs. */
function targetsOf({ dataDir, databaseFile, historyFile }: DataPlaces): [name: string, target: string][] {
  const keys = KEY_FILES.map((name): [string, string] => [name, join(dataDir, name)]);
  return [['thermograph.db', databaseFile], ['history.db', historyFile], ...keys];
}

function folderName(dataDir: string, nowMs: number): string {
  const name = `before-restore-${new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '')}`;
  for (let number = 1; ; number++) {
    const candidate = number === 1 ? name : `${name}-${number}`;
    if (!existsSync(join(dataDir, candidate))) return candidate;
  }
}

function readJson<T>(file: string): T | null {
  return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as T) : null;
}
