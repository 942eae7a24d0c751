import { GridStackEngine } from 'gridstack/dist/gridstack-engine.js';
import type { GridStackNode } from 'gridstack/dist/types.js';
import type { PlacedWidget, WidgetPlace } from './widget.ts';

/** Columns of the grid. */
export const COLUMNS = 12;

/** A place to change to; what is left out stays. */
export type PlaceChange = Partial<WidgetPlace>;

/** Moves or resizes one widget; the others make room, and no rows stay empty. */
export function place(widgets: readonly PlacedWidget[], id: string, change: PlaceChange): PlacedWidget[] {
  const engine = engineOf(widgets);
  const node = engine.nodes.find((one) => one.id === id);
  if (node) engine.moveNode(node, { ...clamp({ ...placeOf(node), ...change }), pack: true });
  return withPlaces(widgets, engine);
}

/** Moves or resizes by columns and rows. */
export function placeBy(widgets: readonly PlacedWidget[], id: string, by: PlaceChange): PlacedWidget[] {
  const widget = widgets.find((one) => one.id === id);
  if (!widget) return [...widgets];
  const { x = 0, y = 0, w = 0, h = 0 } = by;
  // Below a neighbour is as far as that one is high: a row less, and everything would fall back.
  const below = y > 0 ? belowOf(widgets, widget) : widget.y + y;
  return place(widgets, id, { x: widget.x + x, y: below, w: widget.w + w, h: widget.h + h });
}

/** The first free place for something of a size. */
export function freePlace(widgets: readonly PlacedWidget[], { w, h }: Pick<WidgetPlace, 'w' | 'h'>): WidgetPlace {
  const node: GridStackNode = { w, h };
  engineOf(widgets).findEmptyPosition(node);
  return placeOf(node);
}

/** Closes the rows that stay empty. */
export function compact(widgets: readonly PlacedWidget[]): PlacedWidget[] {
  return withPlaces(widgets, engineOf(widgets));
}

/** Exchanges the order of a widget with the one before or after it, as a narrow screen shows them. */
export function swap(ordered: readonly PlacedWidget[], id: string, direction: -1 | 1): PlacedWidget[] {
  const index = ordered.findIndex((one) => one.id === id);
  const [one, other] = [ordered[index], ordered[index + direction]];
  if (!one || !other) return [...ordered];
  const [upper, lower] = direction === -1 ? [other, one] : [one, other];
  if (upper.y === lower.y && upper.h === lower.h) {
    const first = { ...lower, x: upper.x };
    const second = { ...upper, x: upper.x + lower.w };
    return ordered.map((widget) => (widget.id === first.id ? first : widget.id === second.id ? second : widget));
  }
  return place(ordered, lower.id, { x: lower.x, y: upper.y });
}

function engineOf(widgets: readonly PlacedWidget[]): GridStackEngine {
  const engine = new GridStackEngine({ column: COLUMNS, mode: 'top' });
  for (const { id, x, y, w, h } of widgets) engine.addNode({ id, x, y, w, h });
  return engine;
}

function belowOf(widgets: readonly PlacedWidget[], { x, y, w, h }: WidgetPlace): number {
  const under = widgets.filter((other) => other.y >= y + h && other.x < x + w && other.x + other.w > x);
  const next = under.toSorted((a, b) => a.y - b.y)[0];
  return next ? next.y + next.h : y;
}

function clamp({ x, y, w, h }: WidgetPlace): WidgetPlace {
  const width = Math.min(COLUMNS, Math.max(1, w));
  return { x: Math.min(COLUMNS - width, Math.max(0, x)), y: Math.max(0, y), w: width, h: Math.min(40, Math.max(1, h)) };
}

function placeOf({ x = 0, y = 0, w = 1, h = 1 }: GridStackNode): WidgetPlace {
  return { x, y, w, h };
}

function withPlaces(widgets: readonly PlacedWidget[], engine: GridStackEngine): PlacedWidget[] {
  const places = new Map(engine.nodes.map((node) => [node.id, placeOf(node)]));
  return widgets.map((widget) => ({ ...widget, ...places.get(widget.id) }));
}
