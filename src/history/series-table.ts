import type { CounterRules } from './counter-guard.ts';
import type { HistoryFile } from './history-file.ts';
import type { Series, SeriesKind } from './series.ts';

/** A series that has a place in the file. */
export interface StoredSeries extends Series {
  readonly id: number;
}

interface Row {
  readonly id: number;
  readonly key: string;
  readonly kind: SeriesKind;
  readonly unit: string;
  readonly rules: string | null;
}

/** The times at which a heat pump was read are a series too, of this key and kind. */
const AXIS = { key: '', kind: 'AXIS', unit: '' };

const SELECT = 'SELECT id, key, kind, unit, rules FROM series WHERE heatpump_id = ?';

/** The numbers that series and time axes have in the file. */
export class SeriesTable {
  readonly #insert;
  readonly #find;
  readonly #ofHeatpump;
  readonly #byKey;
  readonly #axes;

  constructor(database: HistoryFile) {
    this.#insert = database.prepare<[string, string, string, string, string | null]>(
      'INSERT INTO series (heatpump_id, key, kind, unit, rules) VALUES (?, ?, ?, ?, ?)',
    );
    this.#find = database
      .prepare<[string, string, string, string], number>(
        'SELECT id FROM series WHERE heatpump_id = ? AND key = ? AND kind = ? AND unit = ?',
      )
      .pluck();
    this.#ofHeatpump = database.prepare<[string], Row>(`${SELECT} AND kind <> 'AXIS'`);
    this.#byKey = database.prepare<[string, string], Row>(`${SELECT} AND key = ? ORDER BY id DESC`);
    this.#axes = database.prepare<[], { id: number; heatpumpId: string }>(
      "SELECT id, heatpump_id AS heatpumpId FROM series WHERE kind = 'AXIS'",
    );
  }

  /** The id of a series, which it gets if it has none. */
  idOf(heatpumpId: string, { key, kind, unit, rules }: Series): number {
    return this.#idOf(heatpumpId, key, kind, unit ?? '', rules);
  }

  /** The id of a heat pump's time axis, which it gets if it has none. */
  axisOf(heatpumpId: string): number {
    return this.findAxis(heatpumpId) ?? this.#idOf(heatpumpId, AXIS.key, AXIS.kind, AXIS.unit, null);
  }

  /** The id of a heat pump's time axis; null if nothing of it is recorded. */
  findAxis(heatpumpId: string): number | null {
    return this.#find.get(heatpumpId, AXIS.key, AXIS.kind, AXIS.unit) ?? null;
  }

  /** All time axes. */
  axes(): readonly { readonly id: number; readonly heatpumpId: string }[] {
    return this.#axes.all();
  }

  /** All series of a heat pump. */
  ofHeatpump(heatpumpId: string): StoredSeries[] {
    return this.#ofHeatpump.all(heatpumpId).map(toSeries);
  }

  /** What is recorded under a key: in this unit, or if there is nothing in it, what was recorded first of late. */
  find(heatpumpId: string, key: string, unit: string | null): StoredSeries | null {
    const rows = this.#byKey.all(heatpumpId, key);
    const row = rows.find((candidate) => candidate.unit === (unit ?? '')) ?? rows[0];
    return row ? toSeries(row) : null;
  }

  #idOf(heatpumpId: string, key: string, kind: string, unit: string, rules: CounterRules | null): number {
    const known = this.#find.get(heatpumpId, key, kind, unit);
    if (known !== undefined) return known;
    return Number(this.#insert.run(heatpumpId, key, kind, unit, rules && JSON.stringify(rules)).lastInsertRowid);
  }
}

function toSeries({ id, key, kind, unit, rules }: Row): StoredSeries {
  return { id, key, kind, unit: unit || null, rules: rules ? (JSON.parse(rules) as CounterRules) : null };
}
