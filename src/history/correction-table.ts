import type { Correction } from './counter-guard.ts';
import type { HistoryFile } from './history-file.ts';

/** The corrections of counters in the file. */
export class CorrectionTable {
  readonly #put;
  readonly #select;

  constructor(database: HistoryFile) {
    this.#put = database.prepare<[number, number, number | null, string]>(
      'INSERT OR REPLACE INTO correction (series, at, until, correction) VALUES (?, ?, ?, ?)',
    );
    this.#select = database
      .prepare<[number, number, number], string>(
        'SELECT correction FROM correction WHERE series = ? AND at < ? AND (until IS NULL OR until >= ?) ORDER BY at',
      )
      .pluck();
  }

  /** Keeps a correction, in place of one of the same series that began at the same time. */
  put(series: number, correction: Correction): void {
    this.#put.run(series, correction.at, correction.until, JSON.stringify(correction));
  }

  /** The corrections of a series that touch the time from `from` up to, not including, `to`, in order. */
  between(series: number, from: number, to: number): Correction[] {
    return this.#select.all(series, to, from).map((text) => JSON.parse(text) as Correction);
  }
}
