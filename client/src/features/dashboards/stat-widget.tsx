import { createMemo, For, Show } from 'solid-js';
import { lengthOfTime } from '../../lib/age.ts';
import { quantityColour } from '../../ui/quantity-colour.ts';
import { createSeries } from '../chart/create-series.ts';
import { LiveValue } from '../chart/live-value.tsx';
import type { Series } from '../chart/series.ts';
import { refId, type SeriesRef } from '../chart/series-ref.ts';
import { last, widthMs } from '../chart/time-range.ts';
import { dashboardTexts } from './texts.ts';
import { reachedThreshold, ThresholdMark } from './threshold-mark.tsx';
import { refsOf } from './widget.ts';
import type { WidgetProps } from './widget-body.tsx';

/** As many as the small line has room for. */
const MAX_POINTS = 60;
/** Of temperatures, differences are in kelvin. */
const DIFFERENCE_UNITS: Readonly<Record<string, string>> = { '°C': 'K' };

/** Present values in large, with where they come from: a small line, and by how much they have changed. */
export function StatWidget(props: WidgetProps) {
  const { t, format } = dashboardTexts.use();
  const refs = createMemo(() => refsOf(props.widget));
  const range = () => props.range ?? last(props.widget.hours);
  const chart = createSeries(props.source, refs, range, () => MAX_POINTS);
  const seriesOf = (ref: SeriesRef) => chart.series().find(({ id }) => id === refId(ref));
  const nameOf = (ref: SeriesRef) => {
    const info = props.source.info(ref);
    return info && props.hasHeatpumpNames ? `${info.name} · ${info.heatpumpName}` : (info?.name ?? '');
  };
  const isWord = (ref: SeriesRef) => {
    const info = props.source.info(ref);
    return (
      info !== undefined && (info.isBoolean || info.kind.options.length > 0 || info.quantity === 'OPERATING_STATE')
    );
  };
  const colour = (ref: SeriesRef) => {
    const quantity = props.source.info(ref)?.quantity;
    return `var(--${(quantity && quantityColour(quantity)) ?? 'text-muted'})`;
  };
  // Thresholds are in the unit of the first value, as they are in a chart.
  const reached = (ref: SeriesRef) => {
    const [first] = refs();
    const unitOf = (one: SeriesRef | undefined) => one && props.source.info(one)?.kind.unit;
    return unitOf(ref) === unitOf(first)
      ? reachedThreshold(props.source.shown(ref), props.widget.thresholds)
      : undefined;
  };
  const change = (series: Series) => {
    const values = series.points.flatMap(({ value }) => value ?? []);
    const [first, final] = [values.at(0), values.at(-1)];
    if (series.kind === 'STATE' || first === undefined || final === undefined) return undefined;
    const unit = series.unit ? `\u00a0${DIFFERENCE_UNITS[series.unit] ?? series.unit}` : '';
    const digits = format().number(final - first, series.info.kind.decimals ?? 1);
    const sign = final > first ? '+' : '';
    return t('widget.change', `${sign}${digits}${unit}`, lengthOfTime(t, widthMs(range())));
  };
  return (
    <dl class="stats">
      <For each={refs()}>
        {(ref) => (
          <div class="stat" style={{ '--colour': colour(ref) }}>
            <dt class="stat-name">{nameOf(ref)}</dt>
            <dd class="stat-value" classList={{ word: isWord(ref) }}>
              <LiveValue source={props.source} target={ref} />
              <ThresholdMark reached={reached(ref)} kind={props.source.info(ref)?.kind} />
            </dd>
            <Show when={seriesOf(ref)}>
              {(series) => (
                <dd class="stat-trend muted small">
                  <Sparkline series={series()} />
                  {change(series())}
                </dd>
              )}
            </Show>
          </div>
        )}
      </For>
    </dl>
  );
}

const WIDTH = 120;
const HEIGHT = 28;

/** A line without axes, with its gaps. */
function Sparkline(props: { series: Series }) {
  const path = () => linePath(props.series);
  return (
    <Show when={props.series.kind !== 'STATE'}>
      <svg class="sparkline" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} preserveAspectRatio="none" aria-hidden="true">
        <path d={path()} />
      </svg>
    </Show>
  );
}

function linePath({ points }: Series): string {
  const values = points.flatMap(({ value }) => value ?? []);
  const [low, high] = [Math.min(...values), Math.max(...values)];
  const [start = 0, end = 1] = [points.at(0)?.at, points.at(-1)?.at];
  const x = (at: number) => ((at - start) / (end - start || 1)) * WIDTH;
  const y = (value: number) => HEIGHT - 2 - ((value - low) / (high - low || 1)) * (HEIGHT - 4);
  let isDrawing = false;
  return points
    .map(({ at, value }) => {
      const command = isDrawing ? 'L' : 'M';
      isDrawing = value !== null;
      return value === null ? '' : `${command}${x(at).toFixed(1)} ${y(value).toFixed(1)}`;
    })
    .join('');
}
