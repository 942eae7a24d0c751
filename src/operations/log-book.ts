import type { Clock } from '../domain/clock.ts';
import type { Logger } from '../domain/logger.ts';
import { withoutSecrets } from '../domain/redaction.ts';

/** How much a line matters, from the least on. */
export const LOG_LEVELS = ['DEBUG', 'INFO', 'WARN', 'ERROR'] as const;
/** One of {@link LOG_LEVELS}. */
export type LogLevel = (typeof LOG_LEVELS)[number];

/** One line of the log. */
export interface LogLine {
  /** Grows from line to line, from 1 with each start. */
  readonly number: number;
  /** Milliseconds UTC. */
  readonly at: number;
  readonly level: LogLevel;
  readonly message: string;
  /** What else was noted, without secrets. */
  readonly fields: Readonly<Record<string, unknown>>;
}

/** What a log book needs of the house. */
export interface LogBookDeps {
  /** Where every line goes as well. */
  readonly output: Logger;
  readonly clock: Clock;
  /** Whether lines of the level DEBUG are kept, too. */
  readonly keepsDebug: boolean;
}

/** Lines that are kept. */
const KEPT_LINES = 1_000;
/** Longer texts are cut, so that the lines that are kept stay small. */
const MAX_TEXT_LENGTH = 4_000;

/** Takes secrets out of what is logged, passes it on, and keeps the last lines to be read. */
export class LogBook implements Logger {
  readonly #deps: LogBookDeps;
  readonly #lines: LogLine[] = [];
  #count = 0;

  constructor(deps: LogBookDeps) {
    this.#deps = deps;
  }

  debug(fields: object, message: string): void {
    const safe = this.#deps.keepsDebug ? this.#keep('DEBUG', fields, message) : withoutSecrets(fields);
    this.#deps.output.debug(safe as object, message);
  }

  info(fields: object, message: string): void {
    this.#deps.output.info(this.#keep('INFO', fields, message), message);
  }

  warn(fields: object, message: string): void {
    this.#deps.output.warn(this.#keep('WARN', fields, message), message);
  }

  error(fields: object, message: string): void {
    this.#deps.output.error(this.#keep('ERROR', fields, message), message);
  }

  /** The last lines of a level and above, newest first, at most `first`. */
  last(first: number, level: LogLevel = 'DEBUG'): LogLine[] {
    const least = LOG_LEVELS.indexOf(level);
    return this.#lines
      .filter((line) => LOG_LEVELS.indexOf(line.level) >= least)
      .slice(-first)
      .reverse();
  }

  #keep(level: LogLevel, given: object, message: string): object {
    const fields = withoutSecrets({ ...given }) as Record<string, unknown>;
    this.#count++;
    this.#lines.push({ number: this.#count, at: this.#deps.clock.now(), level, message, fields: shortened(fields) });
    if (this.#lines.length > KEPT_LINES) this.#lines.shift();
    return fields;
  }
}

function shortened(fields: Record<string, unknown>): Record<string, unknown> {
  const text = JSON.stringify(fields);
  return text.length <= MAX_TEXT_LENGTH ? fields : { shortened: text.slice(0, MAX_TEXT_LENGTH) };
}
