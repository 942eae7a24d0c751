import { checkContent, MAX_WIDGETS } from '../dashboards/dashboard-input.ts';
import { MAX_DASHBOARDS } from '../dashboards/dashboards.ts';
import { defaultDashboard } from '../dashboards/default-dashboard.ts';
import { arrange } from '../dashboards/layout.ts';
import type { Dashboard } from '../domain/dashboard.ts';
import { idOf, isNew, takenId } from './admission.ts';
import { queryText, toWidget } from './charts.ts';
import { isEmpty, type Loose, lineOf, listOf, numberOf, objectOf, parseJson, textOf } from './loose.ts';
import { refusal, refusalOf } from './report.ts';
import { NO_TARGET, type Takeover, type Target, type Targets } from './takeover.ts';

/** A dashboard as the file describes it. */
interface Found {
  /** In which of its two places it stands, and its id there. */
  readonly ids: readonly [place: string, id: string];
  readonly heatpumpId: string | null;
  readonly name: string;
  readonly content: Loose;
}

/** The dashboards that come over; a new heat pump that none comes over for gets the one that every new heat pump has. */
export function takeDashboards(takeover: Takeover, targets: Targets): Dashboard[] {
  const dashboards: Dashboard[] = [];
  for (const found of foundDashboards(takeover)) {
    const dashboard = takeDashboard(found, targets.get(found.heatpumpId), takeover, dashboards);
    if (dashboard) dashboards.push(dashboard);
  }
  const without = [...new Set(targets.values())].filter(
    (target) => target.isNew && !dashboards.some(({ heatpumpId }) => heatpumpId === target.settings.id),
  );
  return [...dashboards, ...without.map(usualDashboard)];
}

/** Those of the settings, all about the one heat pump, then those of the table in their order. */
function foundDashboards({ config, data }: Takeover): Found[] {
  const ofSettings = listOf(config.dashboards)
    .map(objectOf)
    .map((content): Found => {
      return { ids: ['settings', idOf(content)], heatpumpId: null, name: lineOf(content.name, 'Dashboard'), content };
    });
  const rows = [...data.dashboards].sort((a, b) => (numberOf(a.position) ?? 0) - (numberOf(b.position) ?? 0));
  const ofTable = rows.map((row): Found => {
    const content = objectOf(parseJson(row.config));
    const name = lineOf(row.name, lineOf(content.name, 'Dashboard'));
    return { ids: ['table', idOf(row)], heatpumpId: textOf(row.heatpump_id) || null, name, content };
  });
  return [...ofSettings, ...ofTable];
}

function takeDashboard(
  found: Found,
  target: Target | undefined,
  takeover: Takeover,
  taken: readonly Dashboard[],
): Dashboard | null {
  const { existing, report, now } = takeover;
  const { name, content } = found;
  try {
    if (!target) throw refusal(NO_TARGET);
    const heatpumpId = target.settings.id;
    const id = takenId('dashboard', heatpumpId, ...found.ids);
    const room = { existing: existing.dashboards, taken, most: MAX_DASHBOARDS };
    if (!isNew('DASHBOARD', { id, name }, room, report)) return null;
    const checked = checkContent({ name, widgets: widgetsOf(found, target, takeover) });
    const lost = lostOf(content);
    const reason = isEmpty(lost) ? null : 'its lines have the names and colours of their values, and it has no style';
    report.taken('DASHBOARD', name, id, reason, reason && lost);
    const position = nextPosition(heatpumpId, [...existing.dashboards, ...taken]);
    return { id, heatpumpId, ...checked, position, createdAt: now, updatedAt: now };
  } catch (thrown) {
    report.notTaken('DASHBOARD', name, refusalOf(thrown), content);
    return null;
  }
}

/** The charts as widgets, side by side in their order. */
function widgetsOf({ name, content }: Found, { sensors }: Target, { report }: Takeover) {
  const charts = listOf(content.charts).map(objectOf);
  for (const chart of charts.slice(MAX_WIDGETS)) {
    report.notTaken('CHART', `${name} / ${textOf(chart.title)}`, `a dashboard has ${MAX_WIDGETS} at most`, chart);
  }
  const widgets = charts.slice(0, MAX_WIDGETS).flatMap((chart) => toWidget(chart, sensors, report, name) ?? []);
  return arrange(widgets).map((widget) => ({ ...widget, title: widget.title.EN }));
}

/** What dashboards have there and not here: the names and colours that people gave to lines, and style sheets. */
function lostOf(content: Loose): Loose {
  const lines = listOf(content.charts).flatMap((chart) =>
    listOf(objectOf(chart).queries).flatMap((query) => {
      const { label, color } = objectOf(query);
      return isEmpty([label, color]) ? [] : { query: queryText(query), label, color };
    }),
  );
  return {
    ...(isEmpty(content.customCss) ? {} : { customCss: content.customCss }),
    ...(lines.length > 0 ? { lines } : {}),
  };
}

/** Behind those that the heat pump has. */
function nextPosition(heatpumpId: string, all: readonly Dashboard[]): number {
  const own = all.filter((dashboard) => dashboard.heatpumpId === heatpumpId);
  return Math.max(-1, ...own.map(({ position }) => position)) + 1;
}

function usualDashboard({ settings, driver }: Target): Dashboard {
  return { ...defaultDashboard(settings, driver), id: takenId('dashboard', settings.id, 'usual') };
}
