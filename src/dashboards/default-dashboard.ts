import { randomUUID } from 'node:crypto';
import type { Dashboard, WidgetQuery } from '../domain/dashboard.ts';
import type { HeatpumpSettings } from '../domain/heatpump.ts';
import type { HeatpumpModel } from '../domain/model.ts';
import { arrange } from './layout.ts';

/** The dashboard that a new heat pump starts with, as its driver describes it, in both languages. */
export function defaultDashboard(
  { id: heatpumpId, config, createdAt }: HeatpumpSettings,
  model: HeatpumpModel,
): Dashboard {
  const { name, widgets } = model.defaultDashboard(config);
  const shown = widgets.filter(({ keys }) => keys.length > 0);
  return {
    id: randomUUID(),
    heatpumpId,
    name,
    position: 0,
    widgets: arrange(shown.map(({ keys, ...widget }) => ({ ...widget, queries: keys.map(queryOf) }))),
    createdAt,
    updatedAt: createdAt,
  };
}

function queryOf(key: string): WidgetQuery {
  return { key, quantity: null, circuit: null, heatpumpId: null };
}
