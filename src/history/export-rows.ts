import type { ExportRequest } from './export-request.ts';
import { type History, type HistorySeries, refuseUnknown } from './history.ts';
import type { Points } from './points.ts';
import { type SelectedSeries, selectSeries } from './selection.ts';
import type { SeriesKind } from './series.ts';
import { stateText } from './state-text.ts';

/** What a column shows of its series. */
export type Measure = 'value' | 'mean' | 'min' | 'max' | 'last' | 'consumption';

/** One column of an export. */
export interface ExportColumn {
  readonly heatpumpId: string;
  readonly heatpump: string;
  readonly key: string;
  readonly quantity: string | null;
  readonly unit: string | null;
  readonly kind: SeriesKind;
  readonly measure: Measure;
}

/** A cell: a number, the name of a state, or nothing. */
export type Cell = number | string | null;

/** One time and its cells, in the order of the columns. */
export interface ExportRow {
  /** Milliseconds UTC. */
  readonly at: number;
  readonly cells: readonly Cell[];
}

/** An export: its columns, and its rows as they are read. */
export interface Export {
  readonly columns: readonly ExportColumn[];
  readonly rows: AsyncIterable<readonly ExportRow[]>;
}

/** Read at a time: so much time of single values, or so many steps. */
const WINDOW_MS = 6 * 3_600_000;
const STEPS_AT_ONCE = 2_000;

const RAW_MEASURES: Record<SeriesKind, readonly Measure[]> = {
  ANALOG: ['value'],
  STATE: ['value'],
  COUNTER: ['value', 'consumption'],
};
const STEP_MEASURES: Record<SeriesKind, readonly Measure[]> = {
  ANALOG: ['mean', 'min', 'max'],
  STATE: ['value'],
  COUNTER: ['last', 'consumption'],
};

/** Prepares an export. Throws `BAD_USER_INPUT`; the rows throw what {@link History.read} does. */
export async function exportHistory(history: History, request: ExportRequest, now: number): Promise<Export> {
  const asked = selectSeries(request);
  // What is recorded tells what there is: kinds and units, and sensors that are no more.
  const { from, to, stepMs } = request;
  const series = await history.read(asked, { from, to: from + 1 }, 1, stepMs);
  refuseUnknown(request.keys, series);
  const measures = stepMs === 0 ? RAW_MEASURES : STEP_MEASURES;
  const columns = series.flatMap((one) => measures[one.kind].map((measure) => columnOf(one, measure)));
  const { oldestAt } = await history.info();
  const span = { from: Math.max(from, oldestAt ?? to), to: Math.min(to, now) };
  return { columns, rows: readRows(history, series, { ...span, stepMs }, measures) };
}

function columnOf({ heatpump, key, quantity, unit, kind }: HistorySeries, measure: Measure): ExportColumn {
  const { id, name } = heatpump.settings;
  return { heatpumpId: id, heatpump: name, key, quantity, unit, kind, measure };
}

async function* readRows(
  history: History,
  selected: readonly SelectedSeries[],
  { from, to, stepMs }: Pick<ExportRequest, 'from' | 'to' | 'stepMs'>,
  measures: Record<SeriesKind, readonly Measure[]>,
): AsyncGenerator<ExportRow[]> {
  const width = stepMs === 0 ? WINDOW_MS : stepMs * STEPS_AT_ONCE;
  for (let start = from - (from % width); start < to; start += width) {
    const span = { from: Math.max(from, start), to: Math.min(to, start + width) };
    yield merge(await history.read(selected, span, 1, stepMs), measures);
  }
}

/** One row for each time at which any of the series has data. */
function merge(series: readonly HistorySeries[], measures: Record<SeriesKind, readonly Measure[]>): ExportRow[] {
  const places = series.flatMap((one) => measures[one.kind].map((measure) => ({ one, measure })));
  const rows = new Map<number, Cell[]>();
  for (const [place, { one, measure }] of places.entries()) {
    const cellOf = cellsOf(one, measure);
    for (const [index, at] of one.points.at.entries()) {
      if (Number.isNaN(one.points.mean[index])) continue;
      const cells = rows.get(at) ?? new Array<Cell>(places.length).fill(null);
      cells[place] = cellOf(index);
      rows.set(at, cells);
    }
  }
  return [...rows].sort(([a], [b]) => a - b).map(([at, cells]) => ({ at, cells }));
}

function cellsOf(series: HistorySeries, measure: Measure): (index: number) => Cell {
  const column: keyof Points = measure === 'value' ? 'mean' : measure;
  const values = series.points[column];
  if (series.kind !== 'STATE') return (index) => values[index] ?? null;
  return (index) => stateText(series, values[index] ?? 0) ?? values[index] ?? null;
}
