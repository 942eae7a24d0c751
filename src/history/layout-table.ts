import type { HistoryFile } from './history-file.ts';
import type { Series } from './series.ts';
import type { SeriesTable, StoredSeries } from './series-table.ts';

/** Which series the numbers of a scan are of, in their order. */
export interface Layout {
  /** The recorder's own number; it means nothing after a restart. */
  readonly id: number;
  readonly heatpumpId: string;
  readonly series: readonly Series[];
}

/** A layout that has a place in the file. */
export interface StoredLayout {
  readonly id: number;
  readonly axis: number;
  readonly series: readonly StoredSeries[];
}

/** The layouts that scans in the file refer to. */
export class LayoutTable {
  readonly #series: SeriesTable;
  readonly #insert;
  readonly #find;
  readonly #read;
  readonly #columns = new Map<number, readonly number[]>();

  constructor(database: HistoryFile, series: SeriesTable) {
    this.#series = series;
    this.#insert = database.prepare<[number, Buffer]>('INSERT INTO layout (axis, series) VALUES (?, ?)');
    this.#find = database
      .prepare<[number, Buffer], number>('SELECT id FROM layout WHERE axis = ? AND series = ?')
      .pluck();
    this.#read = database.prepare<[number], Buffer>('SELECT series FROM layout WHERE id = ?').pluck();
  }

  /** The layout in the file, which it gets if it is not there. */
  store({ heatpumpId, series }: Layout): StoredLayout {
    const axis = this.#series.axisOf(heatpumpId);
    const stored = series.map((one): StoredSeries => ({ ...one, id: this.#series.idOf(heatpumpId, one) }));
    const ids = Buffer.from(JSON.stringify(stored.map(({ id }) => id)));
    const id = this.#find.get(axis, ids) ?? Number(this.#insert.run(axis, ids).lastInsertRowid);
    return { id, axis, series: stored };
  }

  /** The ids of the series of a layout in the file, in order. */
  seriesIds(id: number): readonly number[] {
    const known = this.#columns.get(id);
    if (known) return known;
    const ids = JSON.parse(String(this.#read.get(id) ?? '[]')) as number[];
    this.#columns.set(id, ids);
    return ids;
  }
}
