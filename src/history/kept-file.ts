import { statSync } from 'node:fs';
import type { HistoryFile } from './history-file.ts';

/** One file kept open as `T`, and opened anew when it was closed after a fault, or when another file took its place. */
export class KeptFile<T extends { readonly database: HistoryFile }> {
  readonly #file: string;
  readonly #open: (file: string) => T;
  #opened: { readonly access: T; readonly inode: number | null } | null = null;

  constructor(file: string, open: (file: string) => T) {
    this.#file = file;
    this.#open = open;
  }

  /** The open file. Throws if it cannot be opened. */
  get(): T {
    const known = this.#opened;
    if (known && known.inode === inodeOf(this.#file)) return known.access;
    this.close();
    const access = this.#open(this.#file);
    this.#opened = { access, inode: inodeOf(this.#file) };
    return access;
  }

  close(): void {
    this.#opened?.access.database.close();
    this.#opened = null;
  }
}

/** SQLite goes on with a file that was removed; what it writes there would be gone. */
function inodeOf(file: string): number | null {
  return statSync(file, { throwIfNoEntry: false })?.ino ?? null;
}
