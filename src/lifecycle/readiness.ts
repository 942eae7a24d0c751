import { statfs } from 'node:fs/promises';
import { messageOf } from '../domain/errors.ts';

/**
 * Why a server is not ready. `STARTING`, `STOPPING`: not yet, or no more. `DATABASE`: it cannot be used. `DISK`: too little is
 * left to go on recording. `POLLING`: heat pumps are not being read, and not because they do not answer.
 */
export type UnreadyCode = 'STARTING' | 'STOPPING' | 'DATABASE' | 'DISK' | 'POLLING';

/** One reason. */
export interface Unready {
  readonly code: UnreadyCode;
  /** An English sentence without its full stop. */
  readonly reason: string;
}

/** What readiness is made of. */
export interface ReadinessDeps {
  readonly phase: () => 'starting' | 'running' | 'stopping';
  /** Why the database cannot be used; null if it can. */
  readonly databaseFault: () => Promise<string | null>;
  readonly dataDir: string;
  /** Ids of the heat pumps that are not read as they should be, by a fault of the server. */
  readonly overdue: () => readonly string[];
}

/** Free bytes below which SQLite may soon fail: its log, and a copy of it while it is taken over, must fit. */
const MIN_FREE_BYTES = 64 * 1024 * 1024;

/** Every reason why the server is not ready, the most important first; empty if it is. */
export async function unreadyBecause(deps: ReadinessDeps, minFreeBytes = MIN_FREE_BYTES): Promise<readonly Unready[]> {
  const phase = deps.phase();
  if (phase === 'starting') return [{ code: 'STARTING', reason: 'starting' }];
  if (phase === 'stopping') return [{ code: 'STOPPING', reason: 'stopping' }];
  const [database, disk] = await Promise.all([deps.databaseFault(), diskFault(deps.dataDir, minFreeBytes)]);
  const polling = pollingFault(deps.overdue());
  return [fault('DATABASE', database), fault('DISK', disk), fault('POLLING', polling)].flat();
}

function fault(code: UnreadyCode, reason: string | null): Unready[] {
  return reason === null ? [] : [{ code, reason }];
}

async function diskFault(directory: string, minFreeBytes: number): Promise<string | null> {
  try {
    const { bavail, bsize } = await statfs(directory);
    return bavail * bsize < minFreeBytes ? `only ${megabytes(bavail * bsize)} MB are free in the data folder` : null;
  } catch (thrown) {
    return `the data folder cannot be used: ${messageOf(thrown)}`;
  }
}

function megabytes(bytes: number): number {
  return Math.floor(bytes / 1_048_576);
}

function pollingFault(overdue: readonly string[]): string | null {
  return overdue.length === 0 ? null : `not being read as they should be: ${overdue.slice(0, 10).join(', ')}`;
}
