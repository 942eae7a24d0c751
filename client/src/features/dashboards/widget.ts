import type { DashboardPartsFragment, WidgetInput, WidgetPartsFragment } from '../../graphql/generated/types.ts';
import type { SeriesRef } from '../chart/series-ref.ts';

/** A widget as the API tells it. */
export type WidgetParts = WidgetPartsFragment;
/** Where a widget lies, in columns and rows. */
export type WidgetPlace = Pick<WidgetParts, 'x' | 'y' | 'w' | 'h'>;
export type WidgetType = WidgetParts['type'];

/** A widget with a name of its own while its page is open. */
export interface PlacedWidget extends WidgetParts {
  readonly id: string;
}

/** All kinds, as they are offered. */
export const WIDGET_TYPES: readonly WidgetType[] = [
  'LINE',
  'STAT',
  'GAUGE',
  'BAR',
  'STATE_TIMELINE',
  'TABLE',
  'HEAT_MAP',
];
/** These show one value only. */
export const OF_ONE_VALUE: readonly WidgetType[] = ['GAUGE', 'HEAT_MAP'];

/** Columns and rows of a new widget. */
export const SIZES: Record<WidgetType, { readonly w: number; readonly h: number }> = {
  LINE: { w: 6, h: 4 },
  BAR: { w: 6, h: 4 },
  STAT: { w: 3, h: 2 },
  GAUGE: { w: 3, h: 2 },
  TABLE: { w: 6, h: 4 },
  STATE_TIMELINE: { w: 12, h: 2 },
  HEAT_MAP: { w: 12, h: 4 },
};

let lastId = 0;

/** Names widgets; those that were there before in the same place keep theirs, so that they are not drawn anew. */
export function withIds(widgets: readonly WidgetParts[], known: readonly PlacedWidget[] = []): PlacedWidget[] {
  return widgets.map((widget, index) => ({ ...widget, id: known[index]?.id ?? `widget-${++lastId}` }));
}

/** From top to bottom and left to right: the order in which they are read. */
export function inOrder(widgets: readonly PlacedWidget[]): PlacedWidget[] {
  return widgets.toSorted((a, b) => a.y - b.y || a.x - b.x);
}

/** The values that a widget shows and that are there. */
export function refsOf({ queries }: WidgetParts): SeriesRef[] {
  return queries.flatMap(({ key, quantity, circuit, heatpump, isMissing }) =>
    heatpump && !isMissing ? [{ heatpumpId: heatpump.id, key, quantity, circuit }] : [],
  );
}

/** All values that a widget is to show, also those that are gone. */
export function allRefsOf({ queries }: WidgetParts): SeriesRef[] {
  return queries.map(({ key, quantity, circuit, heatpump, heatpumpId }) => ({
    heatpumpId: heatpump?.id ?? heatpumpId ?? '',
    ...{ key, quantity, circuit },
  }));
}

/** As the API takes it. */
export function toInput({ id: _, queries, ...widget }: PlacedWidget): WidgetInput {
  return {
    ...widget,
    queries: queries.map(({ key, quantity, circuit, heatpumpId }) => ({ key, quantity, circuit, heatpumpId })),
  };
}

/** A query for a value, as if the API had told it. */
export function queryOf(
  { heatpumpId, key, quantity, circuit }: SeriesRef,
  dashboard: Pick<DashboardPartsFragment, 'heatpump'>,
): WidgetParts['queries'][number] {
  const isOwn = dashboard.heatpump?.id === heatpumpId;
  return {
    ...{ key, quantity, circuit, heatpump: { id: heatpumpId }, isMissing: false },
    heatpumpId: isOwn ? null : heatpumpId,
  };
}
