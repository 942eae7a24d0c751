import type { DashboardTemplate, WidgetTemplate } from '../domain/model.ts';

/** What most widgets have in common: the line of a day, and no scale of their own. */
export const CHART: Pick<WidgetTemplate, 'type' | 'hours' | 'min' | 'max' | 'thresholds'> = {
  type: 'LINE',
  hours: 24,
  min: null,
  max: null,
  thresholds: [],
};

/** The temperature of the hot water on a scale of what it can have. */
export function hotWaterGauge(key: string): WidgetTemplate {
  return {
    type: 'GAUGE',
    title: { EN: 'Hot water', DE: 'Warmwasser' },
    keys: [key],
    hours: 24,
    min: 0,
    max: 65,
    thresholds: [45, 55, 60],
  };
}

/** The dashboard that a new heat pump starts with. */
export function overview(widgets: readonly WidgetTemplate[]): DashboardTemplate {
  return { name: { EN: 'Overview', DE: 'Übersicht' }, widgets };
}
