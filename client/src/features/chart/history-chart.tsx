import { createMemo, createSignal, For, lazy, Show, Suspense } from 'solid-js';
import { errorText } from '../../graphql/error-text.ts';
import { lengthOfTime } from '../../lib/age.ts';
import { Notice } from '../../ui/notice.tsx';
import { csvAddress, saveImage } from './chart-file.ts';
import { ChartLegend } from './chart-legend.tsx';
import { ChartMenu } from './chart-menu.tsx';
import type { ChartSource } from './chart-source.ts';
import { createSeries } from './create-series.ts';
import { type Series, unitsOf } from './series.ts';
import { quantityRef, refId, type SeriesRef } from './series-ref.ts';
import { stylesOf } from './series-style.ts';
import { pointTextWithUnit } from './series-text.ts';
import { createShownSpan } from './shown-span.ts';
import { stateRowsHeight } from './state-rows.ts';
import { chartTexts } from './texts.ts';
import type { Span, TimeRange } from './time-range.ts';
import './chart.css';

/** Loaded where there is something to draw: it brings the library that draws. */
const Plot = lazy(() => import('./plot.tsx'));
const ChartTable = lazy(() => import('./chart-table.tsx'));

/** A chart of any series: lines by unit, states as rows, and all that goes with it. */
export interface HistoryChartProps {
  readonly title: string;
  readonly refs: readonly SeriesRef[];
  readonly source: ChartSource;
  readonly range: TimeRange;
  readonly thresholds?: readonly number[] | undefined;
  readonly min?: number | null | undefined;
  readonly max?: number | null | undefined;
  /** One quantity of several heat pumps: each has a colour of its own. */
  readonly isComparison?: boolean;
  /** Height of the lines in pixels; left out: as much as there is room for. */
  readonly height?: number | undefined;
  onZoom(span: Span): void;
  onBack(): void;
}

/** Enough for a screen's width, and for steps that people reckon in: 1 h in 5 s, 24 h in 2 min, 30 d in 1 h, 1 y in 12 h. */
const MAX_POINTS = 760;
const TIME_AXIS_HEIGHT = 32;

interface Part {
  readonly id: string;
  readonly kind: 'LINES' | 'STATES';
  readonly series: readonly Series[];
}

/** Draws what was and what comes: lines with at most two units each, and states below. */
export function HistoryChart(props: HistoryChartProps) {
  const i18n = chartTexts.use();
  const [at, setAt] = createSignal<number | null>(null);
  const [isTableOpen, setIsTableOpen] = createSignal(false);
  const canvases = new Map<string, HTMLCanvasElement>();
  const bandRef = createMemo(() => bandOf(props.refs), undefined, {
    equals: (a, b) => a?.heatpumpId === b?.heatpumpId,
  });
  const asked = createMemo(() => withBand(props.refs, bandRef()));
  const chart = createSeries(
    props.source,
    asked,
    () => props.range,
    () => MAX_POINTS,
  );
  const shownIds = createMemo(() => new Set(props.refs.map(refId)));
  const series = createMemo(() => chart.series().filter(({ id }) => shownIds().has(id)));
  const band = () => {
    const ref = bandRef();
    return ref && chart.series().find(({ id }) => id === refId(ref));
  };
  const span = createShownSpan(() => props.range);
  const parts = createMemo(() => partsOf(series()));
  const hasRight = () => parts().some((part) => part.kind === 'LINES' && unitsOf(part.series).length > 1);
  const styles = (part: Part) => stylesOf(part.series, props.isComparison ?? false);
  const severalHeatpumps = () => new Set(props.refs.map(({ heatpumpId }) => heatpumpId)).size > 1;
  const nameOf = ({ info }: Series) => {
    if (props.isComparison) return info.heatpumpName;
    return severalHeatpumps() ? i18n.t('chart.of', info.name, info.heatpumpName) : info.name;
  };
  const isEmpty = () => series().every(({ points }) => points.every(({ value }) => value === null));
  const meanStep = () => series().find(({ isMean }) => isMean)?.stepMs;
  const saveAsImage = () => {
    const root = document.documentElement;
    const { color, backgroundColor } = getComputedStyle(document.body);
    const lines = series().map((one) => {
      const point = one.points.at(-1);
      return { text: `${nameOf(one)}  ${point ? pointTextWithUnit(i18n, one, point) : '–'}`, colour: color };
    });
    const drawn = parts().flatMap(({ id }) => canvases.get(id) ?? []);
    saveImage(drawn, {
      title: props.title,
      lines,
      background: backgroundColor || root.style.background,
      foreground: color,
    });
  };
  return (
    <div class="chart" classList={{ filling: props.height === undefined }} aria-busy={chart.isLoading()}>
      <Show when={chart.error()}>
        {(error) => (
          <Notice kind="bad" title={errorText(i18n, error())}>
            <button type="button" onClick={() => chart.refetch()}>
              {i18n.t('app.retry')}
            </button>
          </Notice>
        )}
      </Show>
      <Show when={series().length > 0} fallback={<ChartWaiting isLoading={chart.isLoading()} />}>
        <For each={parts().map(({ id }) => id)}>
          {(id) => (
            <Show when={parts().find((part) => part.id === id)}>
              {(part) => (
                <>
                  <ChartLegend
                    series={part().series}
                    styles={styles(part())}
                    at={at()}
                    nameOf={nameOf}
                    hasSwatches={part().kind === 'LINES'}
                  />
                  <Suspense
                    fallback={<div class="plot" style={{ height: `${heightOf(part(), props.height) ?? 140}px` }} />}
                  >
                    <Plot
                      kind={part().kind}
                      series={part().series}
                      styles={styles(part())}
                      band={band()}
                      span={span()}
                      thresholds={props.thresholds}
                      min={props.min}
                      max={props.max}
                      hasRight={hasRight()}
                      height={heightOf(part(), props.height)}
                      nameOf={nameOf}
                      onZoom={props.onZoom}
                      onBack={props.onBack}
                      onCursor={setAt}
                      onCanvas={(canvas) => canvases.set(id, canvas)}
                    />
                  </Suspense>
                </>
              )}
            </Show>
          )}
        </For>
        <div class="chart-foot">
          <p class="muted small">
            <Show when={!isEmpty()} fallback={i18n.t('chart.empty')}>
              <Show when={meanStep()}>{(stepMs) => i18n.t('chart.mean', lengthOfTime(i18n.t, stepMs()))}</Show>
            </Show>
          </p>
          <ChartMenu
            isTableOpen={isTableOpen()}
            onTable={() => setIsTableOpen(!isTableOpen())}
            onImage={saveAsImage}
            csvAddress={csvAddress(props.refs, span(), i18n.language())}
          />
        </div>
        <Show when={isTableOpen()}>
          <Suspense>
            <ChartTable series={series()} version={chart.version()} span={span()} nameOf={nameOf} />
          </Suspense>
        </Show>
      </Show>
    </div>
  );
}

function ChartWaiting(props: { isLoading: boolean }) {
  const { t } = chartTexts.use();
  return (
    <p class="chart-waiting muted" role="status">
      {t(props.isLoading ? 'chart.loading' : 'chart.empty')}
    </p>
  );
}

/** What one heat pump was doing goes behind its lines. */
function bandOf(refs: readonly SeriesRef[]): SeriesRef | undefined {
  const [first, ...rest] = refs.map(({ heatpumpId }) => heatpumpId);
  return first && rest.every((id) => id === first) ? quantityRef(first, 'OPERATING_STATE') : undefined;
}

function withBand(refs: readonly SeriesRef[], band: SeriesRef | undefined): readonly SeriesRef[] {
  return band && !refs.some((ref) => refId(ref) === refId(band)) ? [...refs, band] : refs;
}

/** Two units share a chart, further ones get another; states go last. */
function partsOf(series: readonly Series[]): Part[] {
  const states = series.filter(({ kind }) => kind === 'STATE');
  const lines = series.filter(({ kind }) => kind !== 'STATE');
  const units = unitsOf(lines);
  const pairs = units.flatMap((_, index) => (index % 2 === 0 ? [units.slice(index, index + 2)] : []));
  const parts = pairs.map(
    (pair, index): Part => ({
      id: `LINES ${index}`,
      kind: 'LINES',
      series: lines.filter(({ unit }) => pair.includes(unit)),
    }),
  );
  return states.length > 0 ? [...parts, { id: 'STATES', kind: 'STATES', series: states }] : parts;
}

function heightOf({ kind, series }: Part, height: number | undefined): number | undefined {
  return kind === 'STATES' ? stateRowsHeight(series.length) + TIME_AXIS_HEIGHT : height;
}
