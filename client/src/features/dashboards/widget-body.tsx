import { Match, Show, Switch } from 'solid-js';
import type { ChartSource } from '../chart/chart-source.ts';
import { HistoryChart } from '../chart/history-chart.tsx';
import { SeriesTable } from '../chart/series-table.tsx';
import { last, type Span, type TimeRange } from '../chart/time-range.ts';
import { BarWidget } from './bar-widget.tsx';
import { GaugeWidget } from './gauge-widget.tsx';
import { HeatMapWidget } from './heat-map-widget.tsx';
import { StatWidget } from './stat-widget.tsx';
import { dashboardTexts } from './texts.ts';
import { refsOf, type WidgetParts } from './widget.ts';

/** What all kinds of widgets are given. */
export interface WidgetProps {
  readonly widget: WidgetParts;
  readonly source: ChartSource;
  /** The range of the whole page; undefined: each widget has its own. */
  readonly range: TimeRange | undefined;
  /** Values of several heat pumps stand side by side on the page. */
  readonly hasHeatpumpNames: boolean;
  onZoom(span: Span): void;
  onBack(): void;
}

/** What a widget shows, below its title. */
export function WidgetBody(props: WidgetProps) {
  const { t } = dashboardTexts.use();
  const refs = () => refsOf(props.widget);
  const range = () => props.range ?? last(props.widget.hours);
  const missing = () => props.widget.queries.length - refs().length;
  const isType = (...types: WidgetParts['type'][]) => types.includes(props.widget.type);
  return (
    <Show when={refs().length > 0} fallback={<p class="muted">{t('dashboard.missingAll')}</p>}>
      <Switch>
        <Match when={isType('LINE', 'STATE_TIMELINE')}>
          <HistoryChart
            title={props.widget.title}
            refs={refs()}
            source={props.source}
            range={range()}
            thresholds={props.widget.thresholds}
            min={props.widget.min}
            max={props.widget.max}
            onZoom={props.onZoom}
            onBack={props.onBack}
          />
        </Match>
        <Match when={isType('STAT')}>
          <StatWidget {...props} />
        </Match>
        <Match when={isType('GAUGE')}>
          <GaugeWidget {...props} />
        </Match>
        <Match when={isType('TABLE')}>
          <SeriesTable refs={refs()} source={props.source} range={range()} hasHeatpumpNames={props.hasHeatpumpNames} />
        </Match>
        <Match when={isType('BAR')}>
          <BarWidget {...props} />
        </Match>
        <Match when={isType('HEAT_MAP')}>
          <HeatMapWidget {...props} />
        </Match>
      </Switch>
      <Show when={missing() > 0}>
        <p class="muted small">{t('dashboard.missing', missing())}</p>
      </Show>
    </Show>
  );
}
