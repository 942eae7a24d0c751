import { HOUR_MS } from './buckets.ts';
import { blockId } from './history-file.ts';
import type { Tables } from './tables.ts';

/** How long and how much is kept; hourly roll-ups are kept for ever. */
export interface RetentionRules {
  readonly rawDays: number;
  readonly minuteDays: number;
  /** Beyond it the oldest is dropped early: raw values down to a day, then roll-ups per minute down to a month. */
  readonly maxBytes: number;
}

const DAY_MS = 24 * HOUR_MS;
const LEAST_RAW_DAYS = 1;
const LEAST_MINUTE_DAYS = 30;
/** Pages given back to the file system at a time. */
const PAGES_AT_A_TIME = 2_000;

/** Drops what is older than it may be, and gives the space back. */
export class Retention {
  readonly #tables: Tables;
  readonly #rules: RetentionRules;
  readonly #ids;
  readonly #deleteRaw;
  readonly #deleteMinute;
  readonly #deleteCorrections;

  constructor(tables: Tables, rules: RetentionRules) {
    const { database } = tables;
    this.#tables = tables;
    this.#rules = rules;
    this.#ids = database.prepare<[], number>('SELECT id FROM series').pluck();
    this.#deleteRaw = database.prepare<[number, number]>('DELETE FROM raw WHERE id >= ? AND id < ?');
    this.#deleteMinute = database.prepare<[number, number]>('DELETE FROM minute WHERE id >= ? AND id < ?');
    this.#deleteCorrections = database.prepare<[number, number]>(
      'DELETE FROM correction WHERE series = ? AND until < ?',
    );
  }

  /** Runs in a transaction of its own; `now` is in milliseconds UTC. */
  enforce(now: number): void {
    const { database } = this.#tables;
    const { rawDays, minuteDays, maxBytes } = this.#rules;
    database.transaction(() => this.#drop(now, rawDays, minuteDays))();
    const cuts = { raw: rawDays, minute: minuteDays };
    while (usedBytes(this.#tables) > maxBytes) {
      if (cuts.raw > LEAST_RAW_DAYS) cuts.raw--;
      else if (cuts.minute > LEAST_MINUTE_DAYS)
        cuts.minute = Math.max(LEAST_MINUTE_DAYS, cuts.minute - LEAST_MINUTE_DAYS);
      else break;
      database.transaction(() => this.#drop(now, cuts.raw, cuts.minute))();
    }
    database.pragma(`incremental_vacuum(${PAGES_AT_A_TIME})`);
  }

  #drop(now: number, rawDays: number, minuteDays: number): void {
    for (const id of this.#ids.all()) {
      this.#deleteRaw.run(blockId(id, 0), blockId(id, now - rawDays * DAY_MS - HOUR_MS));
      this.#deleteMinute.run(blockId(id, 0), blockId(id, now - minuteDays * DAY_MS - HOUR_MS));
      // Consumption of single values is worked out with them.
      this.#deleteCorrections.run(id, now - Math.max(rawDays, minuteDays) * DAY_MS - 2 * HOUR_MS);
    }
  }
}

/** The bytes in use; free pages within the file do not count. */
export function usedBytes({ database }: Pick<Tables, 'database'>): number {
  const number = (pragma: string) => Number(database.pragma(pragma, { simple: true }));
  return (number('page_count') - number('freelist_count')) * number('page_size');
}
