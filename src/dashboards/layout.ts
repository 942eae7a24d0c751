import { GRID_COLUMNS, type Widget, type WidgetPlace, type WidgetType } from '../domain/dashboard.ts';

/** Columns and rows that widgets take where nobody has said otherwise. */
const SIZES: Record<WidgetType, { readonly w: number; readonly h: number }> = {
  LINE: { w: 6, h: 4 },
  BAR: { w: 6, h: 4 },
  STAT: { w: 3, h: 2 },
  GAUGE: { w: 3, h: 2 },
  TABLE: { w: 6, h: 4 },
  STATE_TIMELINE: { w: 12, h: 2 },
  HEAT_MAP: { w: 12, h: 4 },
};

/** Lays widgets out in rows from left to right, in their order and in the usual sizes. */
export function arrange(widgets: readonly Omit<Widget, keyof WidgetPlace>[]): Widget[] {
  let x = 0;
  let y = 0;
  let rowHeight = 0;
  return widgets.map((widget) => {
    const { w, h } = SIZES[widget.type];
    if (x + w > GRID_COLUMNS) {
      x = 0;
      y += rowHeight;
      rowHeight = 0;
    }
    const place = { x, y, w, h };
    x += w;
    rowHeight = Math.max(rowHeight, h);
    return { ...widget, ...place };
  });
}
