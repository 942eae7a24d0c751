import { chmodSync, existsSync, mkdirSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { BackupError } from './backup-error.ts';

/** How a backup came to be. */
export const BACKUP_ORIGINS = ['SCHEDULED', 'MANUAL', 'UPLOADED'] as const;
/** One of {@link BACKUP_ORIGINS}. */
export type BackupOrigin = (typeof BACKUP_ORIGINS)[number];

/** A backup in the folder of backups. */
export interface BackupFile {
  /** Its name is its id. */
  readonly name: string;
  readonly origin: BackupOrigin;
  readonly isSealed: boolean;
  readonly bytes: number;
  /** When it was made, or came here; milliseconds UTC. */
  readonly at: number;
}

/** Only files with such names exist for us: nothing else is listed, sent or deleted. */
const NAME =
  /^thermograph-(scheduled|manual|uploaded)-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z(?:-\d+)?\.tar\.gz(\.sealed)?$/;
/** Left behind by what was cut off. */
const LEFTOVER = /^\.(making|receiving)-/;

/** The folder of backups. */
export class BackupFiles {
  readonly folder: string;

  constructor(folder: string) {
    this.folder = folder;
  }

  /** Makes the folder, for nobody else to look into, and removes what was cut off. */
  prepare(): void {
    mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    chmodSync(this.folder, 0o700);
    for (const name of readdirSync(this.folder).filter((one) => LEFTOVER.test(one))) {
      rmSync(join(this.folder, name), { recursive: true, force: true });
    }
  }

  /** Newest first. */
  list(): BackupFile[] {
    const files = this.#names().flatMap((name) => toFile(name, join(this.folder, name)) ?? []);
    return files.sort((a, b) => b.at - a.at || b.name.localeCompare(a.name, 'en'));
  }

  /** Throws `NOT_FOUND`. */
  require(name: string): BackupFile {
    const file = this.list().find((one) => one.name === name);
    if (!file) throw new BackupError('NOT_FOUND', 'there is no backup of this name');
    return file;
  }

  /** Where a backup is, or is to be. */
  pathOf({ name }: Pick<BackupFile, 'name'>): string {
    return join(this.folder, name);
  }

  /** A name that no backup has. */
  newName(origin: BackupOrigin, isSealed: boolean, nowMs: number): string {
    const time = new Date(nowMs).toISOString().replaceAll(/[-:]|\.\d+/g, '');
    const stem = `thermograph-${origin.toLowerCase()}-${time}`;
    const taken = this.#names();
    for (let number = 1; ; number++) {
      const name = `${stem}${number === 1 ? '' : `-${number}`}.tar.gz${isSealed ? '.sealed' : ''}`;
      if (!taken.includes(name)) return name;
    }
  }

  /** Throws `NOT_FOUND`. */
  delete(name: string): void {
    rmSync(this.pathOf(this.require(name)));
  }

  /** Deletes the oldest scheduled ones beyond so many. */
  keepScheduled(count: number): void {
    const scheduled = this.list().filter(({ origin }) => origin === 'SCHEDULED');
    for (const file of scheduled.slice(count)) rmSync(this.pathOf(file));
  }

  /** None while there is no folder. */
  #names(): string[] {
    if (!existsSync(this.folder)) return [];
    return readdirSync(this.folder).filter((name) => NAME.test(name));
  }
}

function toFile(name: string, path: string): BackupFile | null {
  const [, origin = '', year, month, day, hour, minute, second, sealed] = NAME.exec(name) ?? [];
  const status = statSync(path, { throwIfNoEntry: false });
  if (!status?.isFile()) return null;
  return {
    name,
    origin: origin.toUpperCase() as BackupOrigin,
    isSealed: sealed !== undefined,
    bytes: status.size,
    at: Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`),
  };
}
