import { createWriteStream, readdirSync, renameSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Clock } from '../domain/clock.ts';
import { messageOf } from '../domain/errors.ts';
import type { Schedule } from '../domain/job.ts';
import type { Logger } from '../domain/logger.ts';
import { BackupError } from './backup-error.ts';
import { type BackupFile, BackupFiles, type BackupOrigin } from './backup-files.ts';
import { BackupSchedule } from './backup-schedule.ts';
import { usableBytes } from './disk-space.ts';
import type { DataPlaces } from './make-backup.ts';
import type { Manifest } from './manifest.ts';
import { backupKind } from './open-backup.ts';
import type { RestoreOrder } from './restore.ts';
import { type RestoreNote, stagedRestore, stageUndo, waysBack } from './restore-swap.ts';
import { type RunningThread, startTask, type ThreadTask } from './thread.ts';

/** What backups need of the house. */
export interface BackupsDeps {
  readonly places: DataPlaces;
  /** Of Thermograph. */
  readonly version: string;
  /** Seals scheduled backups, and those for which no other is given; null: they have no secrets. */
  readonly passphrase: string | null;
  /** When backups are made by themselves; null: never. */
  readonly schedule: Schedule | null;
  /** IANA name. */
  readonly timeZone: string;
  /** Scheduled backups that are kept. */
  readonly keep: number;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Starts the server anew, with what was restored; null: somebody else has to. */
  readonly restart: (() => void) | null;
}

/** How backups are doing; times are milliseconds UTC. */
export interface BackupStatus {
  readonly schedule: Schedule | null;
  readonly nextAt: number | null;
  readonly keep: number;
  /** Whether scheduled backups have secrets, and need a passphrase. */
  readonly isSealed: boolean;
  /** What is being done now; null: nothing. */
  readonly running: 'MAKING' | 'CHECKING' | 'RECEIVING' | null;
  /** Why the last scheduled backup was not made; null if it was. */
  readonly problem: string | null;
  /** What takes the place of the data when the server starts next; null: nothing. */
  readonly staged: RestoreNote | null;
  /** What was there before restores, newest first. */
  readonly waysBack: readonly string[];
}

/** The most bytes of an upload, whatever the disk has. */
const MAX_UPLOAD_BYTES = 50_000_000_000;
const RESTART_DELAY_MS = 500;
const LEFTOVER = /^\.restore-/;

/** Makes, keeps and takes backups, one at a time. */
export class Backups {
  readonly files: BackupFiles;
  readonly #deps: BackupsDeps;
  readonly #schedule: BackupSchedule | null;
  #running: BackupStatus['running'] = null;
  #thread: RunningThread | null = null;
  #problem: string | null = null;

  constructor(deps: BackupsDeps) {
    const { places, schedule, timeZone, clock } = deps;
    this.#deps = deps;
    this.files = new BackupFiles(join(places.dataDir, 'backups'));
    const lastDoneAt = () => this.files.list().find(({ origin }) => origin === 'SCHEDULED')?.at ?? null;
    const run = () => this.#makeScheduled();
    this.#schedule = schedule && new BackupSchedule({ schedule, timeZone, clock, lastDoneAt, run });
  }

  /** Removes what an earlier process has left half done, and follows the schedule from now on. */
  start(): void {
    const { dataDir } = this.#deps.places;
    this.files.prepare();
    for (const name of readdirSync(dataDir).filter((one) => LEFTOVER.test(one))) {
      rmSync(join(dataDir, name), { recursive: true, force: true });
    }
    this.#schedule?.start();
  }

  /** Ends what is being made or checked; nothing of it stays. */
  async stop(): Promise<void> {
    this.#schedule?.stop();
    await this.#thread?.stop();
  }

  /** When the newest backup was made here, milliseconds UTC; null: never. */
  get lastMadeAt(): number | null {
    return this.files.list().find(({ origin }) => origin !== 'UPLOADED')?.at ?? null;
  }

  get status(): BackupStatus {
    const { schedule, keep, passphrase, places } = this.#deps;
    const nextAt = this.#schedule?.nextAt ?? Number.POSITIVE_INFINITY;
    return {
      schedule,
      nextAt: Number.isFinite(nextAt) ? nextAt : null,
      keep,
      isSealed: passphrase !== null,
      running: this.#running,
      problem: this.#problem,
      staged: stagedRestore(places.dataDir),
      waysBack: waysBack(places.dataDir),
    };
  }

  /** Makes a backup, sealed if a passphrase is given or set. Throws `BUSY`, `NO_SPACE`, and what {@link startTask} does. */
  async make(origin: BackupOrigin, given: string | null = null): Promise<BackupFile> {
    const { places, version, clock, logger } = this.#deps;
    const passphrase = given ?? this.#deps.passphrase;
    const now = clock.now();
    const name = this.files.newName(origin, passphrase !== null, now);
    await this.#inThread('MAKING', {
      type: 'MAKE',
      order: { places, file: this.files.pathOf({ name }), passphrase, version, now },
    });
    const file = this.files.require(name);
    logger.info({ ...file, durationMs: clock.now() - now }, 'a backup was made');
    return file;
  }

  /** Unpacks a backup and proves it; changes nothing. Throws a {@link BackupError} saying why it would be refused. */
  check(name: string, passphrase: string | null): Promise<Manifest> {
    return this.#prepare(name, passphrase, 'CHECK');
  }

  /**
   * Makes a backup take the place of the data: at once if the server can be started anew, else at the next start. Throws as
   * {@link check} does, with nothing changed.
   */
  async restore(name: string, passphrase: string | null, withHistory: boolean): Promise<Manifest> {
    const manifest = await this.#prepare(name, passphrase, withHistory ? 'ALL' : 'SETTINGS');
    this.#deps.logger.warn({ name, createdAt: manifest.createdAt }, 'a backup is restored');
    this.#restartSoon();
    return manifest;
  }

  /** Goes back to what was there before a restore, null: the last one, as {@link restore} does. Throws `NOT_FOUND` or `BUSY`. */
  undo(name: string | null): void {
    if (this.#running) throw busy();
    stageUndo(this.#deps.places.dataDir, name);
    this.#deps.logger.warn({ name }, 'a restore is undone');
    this.#restartSoon();
  }

  /** True if the server starts anew by itself after a restore. */
  get canRestart(): boolean {
    return this.#deps.restart !== null;
  }

  /** Takes in a backup from elsewhere; it is only looked at from outside. Throws `BUSY`, `TOO_LARGE`, `NO_SPACE` or `FOREIGN`. */
  async receive(content: Readable): Promise<BackupFile> {
    if (this.#running) throw busy();
    this.#running = 'RECEIVING';
    const part = join(this.files.folder, `.receiving-${this.#deps.clock.now()}`);
    try {
      const most = Math.min(MAX_UPLOAD_BYTES, usableBytes(this.files.folder));
      await pipeline(content, bounded(most), createWriteStream(part, { mode: 0o600, flags: 'wx', flush: true }));
      const kind = await backupKind(part);
      if (kind === null) throw new BackupError('FOREIGN', 'this is no backup of Thermograph');
      const name = this.files.newName('UPLOADED', kind === 'SEALED', this.#deps.clock.now());
      renameSync(part, this.files.pathOf({ name }));
      return this.files.require(name);
    } finally {
      this.#running = null;
      rmSync(part, { force: true });
    }
  }

  /** Whoever has asked is answered first. */
  #restartSoon(): void {
    const { restart, clock } = this.#deps;
    if (restart) clock.setTimeout(restart, RESTART_DELAY_MS);
  }

  #prepare(name: string, passphrase: string | null, extent: RestoreOrder['extent']): Promise<Manifest> {
    const file = this.files.pathOf(this.files.require(name));
    const { dataDir } = this.#deps.places;
    const order = { dataDir, file, passphrase: passphrase ?? this.#deps.passphrase, extent };
    return this.#inThread('CHECKING', { type: 'RESTORE', order });
  }

  async #inThread(running: 'MAKING' | 'CHECKING', task: ThreadTask): Promise<Manifest> {
    if (this.#running) throw busy();
    this.#running = running;
    this.#thread = startTask(task);
    try {
      return await this.#thread.result;
    } finally {
      this.#running = null;
      this.#thread = null;
    }
  }

  async #makeScheduled(): Promise<boolean> {
    try {
      await this.make('SCHEDULED');
      this.files.keepScheduled(this.#deps.keep);
      this.#problem = null;
    } catch (thrown) {
      this.#problem = messageOf(thrown);
      this.#deps.logger.error(
        { error: this.#problem },
        'the scheduled backup was not made; it is tried again in an hour',
      );
    }
    return this.#problem === null;
  }
}

function busy(): BackupError {
  return new BackupError('BUSY', 'another backup is being made or checked; try again when that is done');
}

/** Lets no more than so many bytes through. */
function bounded(mostBytes: number) {
  return async function* (source: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
    let bytes = 0;
    for await (const piece of source) {
      bytes += piece.length;
      if (bytes > mostBytes) throw new BackupError('TOO_LARGE', `more than ${mostBytes} bytes cannot be taken in now`);
      yield piece;
    }
  };
}
