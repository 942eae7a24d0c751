import { basename, dirname } from 'node:path';
import pino from 'pino';
import { createStream } from 'rotating-file-stream';

/** The settings that logs follow. */
export interface LogSettings {
  /** Of pino, e.g. `info`. */
  readonly logLevel: string;
  /** A file that lines go to as well; null: none. */
  readonly logFile: string | null;
}

/** Where the file is renewed, and the old ones that are kept: `<file>.1` is the newest. */
const MAX_SIZE = '10M';
const KEPT_FILES = 5;
const STANDARD_ERROR = 2;

/** Where lines are written to. */
export interface LogOutput {
  readonly logger: pino.Logger;
  /** Resolves when what was logged is in the file. */
  close(): Promise<void>;
}

/** Writes each line as JSON to standard error, and to a file if that is set. A file that cannot be written is told once and left. */
export function createLogOutput({ logLevel, logFile }: LogSettings, maxSize = MAX_SIZE): LogOutput {
  const standardError = pino.destination(STANDARD_ERROR);
  if (logFile === null) return { logger: pino({ level: logLevel }, standardError), close: async () => {} };
  const file = createStream(basename(logFile), {
    path: dirname(logFile),
    size: maxSize,
    rotate: KEPT_FILES,
    mode: 0o600,
  });
  file.once('error', (error: Error) => {
    standardError.write(`${JSON.stringify({ level: 50, file: logFile, error: error.message, msg: 'no log file' })}\n`);
  });
  const level = logLevel as pino.Level;
  const streams = pino.multistream([
    { stream: standardError, level },
    { stream: file, level },
  ]);
  const close = () =>
    new Promise<void>((resolve) => {
      file.once('close', resolve);
      if (file.destroyed) resolve();
      else file.end();
    });
  return { logger: pino({ level: logLevel }, streams), close };
}
