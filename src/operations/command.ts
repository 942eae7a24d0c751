import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ConfigError } from '../config.ts';
import { DatabaseError } from '../db/migrate.ts';
import { BackupError } from './backup-error.ts';

/** A command line that cannot be followed. */
export class UsageError extends Error {}

/** The option that both commands have. */
export const PASSPHRASE_OPTION = { 'passphrase-file': { type: 'string' } } as const;

/** Parses a command line. Throws {@link UsageError}. */
export function commandLine<const T extends Record<string, { type: 'boolean' | 'string' }>>(options: T) {
  try {
    return parseArgs({ options, allowPositionals: true });
  } catch (thrown) {
    throw new UsageError((thrown as Error).message);
  }
}

/** The only argument. Throws {@link UsageError}. */
export function onlyFile([file, ...others]: readonly string[]): string {
  if (file === undefined || others.length > 0) throw new UsageError('exactly one FILE is required');
  return file;
}

/** The first line of a file with a passphrase; without a file the one that is set. Throws {@link UsageError}. */
export function passphraseFrom(file: string | undefined, configured: string | null): string | null {
  if (file === undefined) return configured;
  try {
    return readFileSync(file, 'utf8').split(/\r?\n/)[0] || null;
  } catch (thrown) {
    throw new UsageError(`the passphrase cannot be read: ${(thrown as Error).message}`);
  }
}

/** Runs a command; `otherwise` says what its failure means. */
export function runCommand(command: () => Promise<void>, otherwise: string): void {
  command().catch((thrown: unknown) => {
    const isExpected =
      [BackupError, DatabaseError, ConfigError, UsageError].some((kind) => thrown instanceof kind) ||
      (thrown instanceof Error && 'syscall' in thrown);
    const { message, stack } = thrown as Error;
    const code = thrown instanceof BackupError ? ` (${thrown.code})` : '';
    process.stderr.write(`${otherwise}\n${isExpected ? `${message}${code}` : String(stack)}\n`);
    process.exitCode = 1;
  });
}
