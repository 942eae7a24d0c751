import type { Localized } from './localized.ts';
import type { Quantity } from './quantity.ts';

/**
 * How a widget shows its values. `STAT`: the present values. `GAUGE`: the present value on a scale. `STATE_TIMELINE`: when
 * something was in which state. `HEAT_MAP`: hours of the day against days.
 */
export const WIDGET_TYPES = ['LINE', 'BAR', 'STAT', 'GAUGE', 'TABLE', 'STATE_TIMELINE', 'HEAT_MAP'] as const;
/** One of {@link WIDGET_TYPES}. */
export type WidgetType = (typeof WIDGET_TYPES)[number];

/** Columns of the grid that widgets lie on. */
export const GRID_COLUMNS = 12;

/** One value that a widget shows: exactly one of `key` and `quantity` is set. */
export interface WidgetQuery {
  /** Key of a sensor. */
  readonly key: string | null;
  readonly quantity: Quantity | null;
  /** Of which circuit the quantity is; null: of the heat pump as a whole. */
  readonly circuit: string | null;
  /** Null: the dashboard's own heat pump, or the default one if the dashboard has none. It may have been removed since. */
  readonly heatpumpId: string | null;
}

/** Where a widget lies on the grid, in columns and rows counted from 0 at the top left. */
export interface WidgetPlace {
  readonly x: number;
  readonly y: number;
  readonly w: number;
  readonly h: number;
}

/** One chart, table or number of a dashboard. */
export interface Widget extends WidgetPlace {
  readonly type: WidgetType;
  readonly title: Localized;
  readonly queries: readonly WidgetQuery[];
  /** Time range up to now. */
  readonly hours: number;
  /** Values at which the colour changes, ascending, in the unit of what is shown; so are `min` and `max`. */
  readonly thresholds: readonly number[];
  /** Ends of the scale; null: as the values demand. */
  readonly min: number | null;
  readonly max: number | null;
}

/** A page of widgets. */
export interface Dashboard {
  readonly id: string;
  /** The heat pump it belongs to and is removed with; null: it is about several. */
  readonly heatpumpId: string | null;
  /** In both languages; the same text twice where a person has written it. */
  readonly name: Localized;
  /** Its place among the dashboards of the same heat pump, or among those of none. */
  readonly position: number;
  readonly widgets: readonly Widget[];
  /** Milliseconds UTC. */
  readonly createdAt: number;
  readonly updatedAt: number;
}
