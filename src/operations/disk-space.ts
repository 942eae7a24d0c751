import { statfsSync } from 'node:fs';
import { BackupError } from './backup-error.ts';

/** What is left free for everything else. */
const RESERVE_BYTES = 200 * 1024 * 1024;

/** Bytes that may be written to the disk of a folder. */
export function usableBytes(folder: string): number {
  const { bavail, bsize } = statfsSync(folder);
  return Math.max(0, bavail * bsize - RESERVE_BYTES);
}

/** Throws `NO_SPACE` unless so much can be written to the disk of a folder. */
export function requireSpace(folder: string, bytes: number): void {
  if (bytes <= usableBytes(folder)) return;
  const megabytes = Math.ceil((bytes + RESERVE_BYTES) / 1_000_000);
  throw new BackupError('NO_SPACE', `the disk of ${folder} is too full: ${megabytes} MB must be free`);
}
