import { type Correction, type CounterState, guardCounter } from './counter-guard.ts';
import type { HistoryFile } from './history-file.ts';
import type { StoredSeries } from './series-table.ts';
import type { Tables } from './tables.ts';

/** A correction and the counter it is of. */
export interface CounterCorrection extends Correction {
  readonly heatpumpId: string;
  readonly key: string;
  readonly unit: string | null;
}

/** Guards all counters as their samples come in, and keeps what it knows of them over a restart. */
export class CounterWatch {
  readonly #tables: Tables;
  readonly #put;
  readonly #get;
  readonly #states = new Map<number, CounterState | null>();
  readonly #changed = new Map<number, CounterState>();

  constructor(tables: Tables, database: HistoryFile) {
    this.#tables = tables;
    this.#put = database.prepare<[number, string]>('INSERT OR REPLACE INTO counter (series, state) VALUES (?, ?)');
    this.#get = database.prepare<[number], string>('SELECT state FROM counter WHERE series = ?').pluck();
  }

  /** Judges one sample; the correction that begins or ends with it, if any, is kept. */
  judge(axis: number, series: StoredSeries, at: number, value: number): Correction | null {
    if (!series.rules) return null;
    const { state, correction } = guardCounter(series.rules, this.#state(axis, series), at, value);
    this.#states.set(series.id, state);
    this.#changed.set(series.id, state);
    if (correction) this.#tables.corrections.put(series.id, correction);
    return correction;
  }

  /** Keeps what has been learnt; scans that are older will not be needed for it any more. */
  save(): void {
    for (const [series, state] of this.#changed) this.#put.run(series, JSON.stringify(state));
    this.#changed.clear();
  }

  /** As it was kept, brought up to date with the scans that came after. */
  #state(axis: number, { id, rules }: StoredSeries): CounterState | null {
    const known = this.#states.get(id);
    if (known !== undefined || !rules) return known ?? null;
    const text = this.#get.get(id);
    let state = text === undefined ? null : (JSON.parse(text) as CounterState);
    for (const scan of this.#tables.scans.between(axis, (state?.seenAt ?? 0) + 1, Number.MAX_SAFE_INTEGER)) {
      const value = scan.readings[scan.series.indexOf(id)] ?? Number.NaN;
      if (!Number.isNaN(value)) state = guardCounter(rules, state, scan.at, value).state;
    }
    this.#states.set(id, state);
    return state;
  }
}
