import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { type Clock, sleep, type Timer } from '../domain/clock.ts';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';

/** What a start record needs of the house. */
export interface StartRecordDeps {
  /** Where starts are counted; it is there while a server is young, and after one that died young. */
  readonly file: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A server that lives for so long has started well. */
const YOUNG_MS = 60_000;
/** Starts that may fail in a row before the next has to wait. */
const FREE_STARTS = 3;
const FIRST_WAIT_MS = 1_000;
const LONGEST_WAIT_MS = 60_000;

/**
 * Counts starts that ended in a crash, in a file, and makes the next ones wait: a server that is started again and again would
 * else keep its heat pumps, its disk and its log busy with nothing else.
 */
export class StartRecord {
  readonly #deps: StartRecordDeps;
  #timer: Timer = null;

  constructor(deps: StartRecordDeps) {
    this.#deps = deps;
  }

  /** Notes a start, after waiting for as long as those before suggest. */
  async begin(): Promise<void> {
    const { file, clock, logger } = this.#deps;
    const crashes = this.#crashes();
    this.#note(crashes + 1);
    const waitMs = waitAfter(crashes);
    if (waitMs > 0) {
      const problem = `the last ${crashes} starts ended within a minute, and not by a signal to stop; waiting ${waitMs / 1_000} s`;
      logger.error({ file, crashes, waitMs }, problem);
      await sleep(clock, waitMs);
    }
    this.#timer = clock.setTimeout(() => this.end(), YOUNG_MS);
  }

  /** Notes that this start was a good one: the server has lived for a while, or was asked to stop. */
  end(): void {
    this.#deps.clock.clearTimeout(this.#timer);
    this.#try('forgotten', (file) => rmSync(file, { force: true }));
  }

  #crashes(): number {
    try {
      const crashes = Number(readFileSync(this.#deps.file, 'utf8'));
      return Number.isInteger(crashes) && crashes > 0 ? crashes : 0;
    } catch {
      // Nothing has crashed, or nothing can be known of it.
      return 0;
    }
  }

  #note(starts: number): void {
    this.#try('noted', (file) => {
      mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
      writeFileSync(file, String(starts), { mode: 0o600 });
    });
  }

  /** A full disk must not keep the server from starting. */
  #try(what: string, change: (file: string) => void): void {
    const { file, logger } = this.#deps;
    try {
      change(file);
    } catch (thrown) {
      logger.warn({ file, error: messageOf(thrown) }, `this start cannot be ${what}`);
    }
  }
}

/** How long to wait after so many crashes in a row, in milliseconds. */
export function waitAfter(crashes: number): number {
  return crashes < FREE_STARTS ? 0 : Math.min(FIRST_WAIT_MS * 2 ** (crashes - FREE_STARTS), LONGEST_WAIT_MS);
}
