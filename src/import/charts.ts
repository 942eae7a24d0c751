import { MAX_QUERIES } from '../dashboards/dashboard-input.ts';
import type { Widget, WidgetPlace, WidgetQuery, WidgetType } from '../domain/dashboard.ts';
import type { Sensor } from '../domain/sensor.ts';
import { readableSensor } from './legacy-sensor.ts';
import { isEmpty, type Loose, lineOf, listOf, numberOf, objectOf, textOf } from './loose.ts';
import type { ReportBook } from './report.ts';

/** A widget that has no place yet. */
export type UnplacedWidget = Omit<Widget, keyof WidgetPlace>;

const TYPES: ReadonlyMap<string, WidgetType> = new Map(
  Object.entries({
    line: 'LINE',
    bar: 'BAR',
    stat: 'STAT',
    gauge: 'GAUGE',
    heatmap: 'HEAT_MAP',
    table: 'TABLE',
    state_timeline: 'STATE_TIMELINE',
  }),
);
/** These show one value only. */
const OF_ONE_VALUE: readonly WidgetType[] = ['GAUGE', 'HEAT_MAP'];
const MAX_HOURS = 87_600;
const MAX_THRESHOLDS = 20;

/** What a chart is made of here; everything else of it has no counterpart. */
const KNOWN = ['id', 'title', 'type', 'queries', 'query', 'columns', 'hours', 'min', 'max'];
const THRESHOLDS = ['thresholds', 'alertThresholds', 'colorThresholds'];

const METRIC = /^(?:idm_heatpump_)?([a-z]\w*)(?:\{\s*\})?$/i;
/** The one calculation of idm_logger's own dashboards: thermal by electrical power, perhaps not below 0. */
const COP =
  /^(?:clamp_min\()?\(?(?:idm_heatpump_)?power_(?:current|thermal)\/(?:idm_heatpump_)?power_current_draw\)?(?:,0\))?$/;

/** The widget that a chart becomes; null if nothing of it can be shown. What is lost is noted. */
export function toWidget(
  chart: Loose,
  sensors: readonly Sensor[],
  report: ReportBook,
  dashboard: string,
): UnplacedWidget | null {
  const title = lineOf(chart.title, 'Diagramm');
  const name = `${dashboard} / ${title}`;
  const type = TYPES.get(textOf(chart.type) || 'line');
  const refuse = (reason: string) => {
    report.notTaken('CHART', name, reason, chart);
    return null;
  };
  if (!type) return refuse(`${textOf(chart.type)} is no kind of chart that is known here`);
  const found = sourcesOf(chart).map((source) => ({ source, query: toQuery(source, sensors) }));
  const queries = found.flatMap(({ query }) => query ?? []).slice(0, OF_ONE_VALUE.includes(type) ? 1 : MAX_QUERIES);
  if (queries.length === 0) return refuse('none of its queries names a value of the heat pump');
  const lost = found.filter(({ query }) => !query || !queries.includes(query)).map(({ source }) => source);
  if (lost.length > 0) report.notTaken('CHART', name, 'these of its queries cannot be shown', lost);
  noteSettings(chart, report, name);
  return { type, title: { EN: title, DE: title }, queries, hours: hoursOf(chart.hours), ...scaleOf(chart) };
}

/** The queries of a chart, in whichever of its fields they stand. */
function sourcesOf({ queries, query, columns }: Loose): unknown[] {
  const single = isEmpty(query) ? [] : [query];
  return [...listOf(queries), ...single, ...(isEmpty(queries) && isEmpty(query) ? listOf(columns) : [])];
}

/** The text of a query: an expression, a query of the metrics database, or a bare key. */
export function queryText(source: unknown): string {
  const { type, expression, query, metric, key } = objectOf(source);
  if (textOf(type) === 'expression') return textOf(expression);
  return textOf(query) || textOf(metric) || textOf(key) || textOf(source);
}

function toQuery(source: unknown, sensors: readonly Sensor[]): WidgetQuery | null {
  const text = queryText(source);
  const none = { key: null, quantity: null, circuit: null, heatpumpId: null };
  if (COP.test(text.replaceAll(/\s/g, ''))) return { ...none, quantity: 'COP' };
  const sensor = readableSensor(sensors, METRIC.exec(text)?.[1] ?? '');
  return sensor ? { ...none, key: sensor.key } : null;
}

function hoursOf(value: unknown): number {
  return Math.min(Math.max(Math.ceil(numberOf(value) ?? 24), 1), MAX_HOURS);
}

function scaleOf(chart: Loose): Pick<Widget, 'min' | 'max' | 'thresholds'> {
  const [min, max] = [numberOf(chart.min), numberOf(chart.max)];
  const isScale = min === null || max === null || min < max;
  const given = THRESHOLDS.flatMap((field) => listOf(chart[field]));
  const values = given.flatMap((item) => numberOf(item) ?? numberOf(objectOf(item).value) ?? []);
  const thresholds = [...new Set(values)].sort((a, b) => a - b).slice(0, MAX_THRESHOLDS);
  return { min: isScale ? min : null, max: isScale ? max : null, thresholds };
}

/** Notes the settings of a chart that do not come over. */
function noteSettings(chart: Loose, report: ReportBook, name: string): void {
  const isLost = ([field, value]: [string, unknown]) =>
    !isEmpty(value) &&
    !KNOWN.includes(field) &&
    !isThresholds(field, value) &&
    !(field === 'yAxisMode' && value === 'single');
  const lost = Object.fromEntries(Object.entries(chart).filter(isLost));
  const fields = Object.keys(lost);
  if (fields.length > 0) report.adapted('CHART', name, `there is no counterpart to ${fields.join(', ')}`, lost);
}

function isThresholds(field: string, value: unknown): boolean {
  return THRESHOLDS.includes(field) && Array.isArray(value);
}
