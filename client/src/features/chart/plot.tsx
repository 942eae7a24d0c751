import { createEffect, createMemo, createSignal, onCleanup, onMount, untrack } from 'solid-js';
import uPlot from 'uplot';
import 'uplot/dist/uPlot.min.css';
import { useNow } from '../../lib/now.tsx';
import { createAxisTime } from './axis-time.ts';
import { followFingers } from './follow-fingers.ts';
import { forgetJob, runInFrame } from './frame-queue.ts';
import { lineData, stateData } from './plot-data.ts';
import { plotOptions, scaleKey } from './plot-options.ts';
import { drawBands, drawStateRows } from './plot-states.ts';
import { createPlotTheme } from './plot-theme.ts';
import { pointAt, type Series, unitsOf } from './series.ts';
import type { SeriesStyle } from './series-style.ts';
import { pointText, pointTextWithUnit } from './series-text.ts';
import { chartTexts } from './texts.ts';
import type { Span } from './time-range.ts';

/** What a plot shows. */
export interface PlotProps {
  /** Lines above a value axis, or a row of states for each series. */
  readonly kind: 'LINES' | 'STATES';
  readonly series: readonly Series[];
  readonly styles: readonly SeriesStyle[];
  /** What the heat pump was doing, drawn behind lines. */
  readonly band?: Series | undefined;
  readonly span: Span;
  readonly thresholds?: readonly number[] | undefined;
  readonly min?: number | null | undefined;
  readonly max?: number | null | undefined;
  /** Another part of the chart has a right scale. */
  readonly hasRight: boolean;
  /** In pixels; undefined: as much as there is. */
  readonly height: number | undefined;
  nameOf(series: Series): string;
  /** A span was chosen by dragging. */
  onZoom(span: Span): void;
  /** The span before is wanted back. */
  onBack(): void;
  /** Where the cursor is, in milliseconds UTC; null: nowhere. */
  onCursor(at: number | null): void;
  /** The drawing, whenever it is made anew. */
  onCanvas?(canvas: HTMLCanvasElement): void;
}

/** As the library has it; its types leave out whether the other plots of the page are told. */
type SetSharedCursor = (place: { left: number; top: number }, isHeard: boolean, isShared: boolean) => void;

const FIRST_SIZE = { width: 300, height: 200 };

/** A drawing on a time axis, in which one can zoom, and walk with the arrow keys. */
export default function Plot(props: PlotProps) {
  const i18n = chartTexts.use();
  const now = useNow();
  const [root, setRoot] = createSignal<HTMLDivElement>();
  const [size, setSize] = createSignal(FIRST_SIZE);
  const [at, setAt] = createSignal<number | null>(null);
  const theme = createPlotTheme(root);
  const axisTime = createMemo(() => createAxisTime(i18n.language()));
  // Points come and go; the plot is made anew only if other series are shown, or others of them.
  const structure = createMemo(() =>
    JSON.stringify([props.hasRight, props.series.map(({ id, unit, kind }) => [id, unit, kind])]),
  );
  let plot: uPlot | undefined;
  // While fingers move it, and until it is the span of the page.
  const [moved, setMoved] = createSignal<Span>();
  const span = () => moved() ?? props.span;

  const shownSize = () => ({ width: size().width, height: props.height ?? size().height });
  const build = (element: HTMLElement) => {
    const { series, styles, kind } = untrack(() => ({ series: props.series, styles: props.styles, kind: props.kind }));
    const options = plotOptions(
      {
        series,
        styles,
        span: () => untrack(span),
        theme: () => untrack(theme),
        format: () => untrack(i18n.format),
        axisTime: () => untrack(axisTime),
        limits: () => untrack(() => ({ min: props.min ?? null, max: props.max ?? null })),
        thresholds: () => untrack(() => props.thresholds ?? []),
        hasScales: kind === 'LINES',
        hasRight: untrack(() => props.hasRight),
        hooks: {
          drawClear: [(self) => untrack(() => drawBehind(self))],
          draw: [(self) => untrack(() => drawAbove(self))],
          setSelect: [takeSelection],
          setCursor: [takeCursor],
        },
      },
      untrack(shownSize),
    );
    const made = new uPlot(options, untrack(data), element);
    props.onCanvas?.(made.ctx.canvas);
    return made;
  };
  const data = () => (props.kind === 'LINES' ? lineData(props.series) : stateData(props.series, span()));
  const drawBehind = (self: uPlot) => {
    if (props.kind === 'LINES' && props.band) drawBands(self, props.band, span(), theme());
  };
  const drawAbove = (self: uPlot) => {
    if (props.kind === 'STATES') {
      const textOf = (series: Series, point: Parameters<typeof pointText>[2]) => pointText(i18n, series, point);
      drawStateRows(self, props.series, span(), theme(), textOf, props.nameOf);
      return;
    }
    for (const value of props.thresholds ?? []) drawThreshold(self, value, theme()('bad'));
    drawUnits(self, unitsOf(props.series), theme()('text-muted'));
  };
  const takeSelection = (self: uPlot) => {
    const { left, width } = self.select;
    if (width === 0) return;
    self.setSelect({ left: 0, top: 0, width: 0, height: 0 }, false);
    props.onZoom({ from: self.posToVal(left, 'x'), to: self.posToVal(left + width, 'x') });
  };
  const takeCursor = (self: uPlot) => {
    const { left = -1, idx } = self.cursor;
    const nearest = idx === null || idx === undefined ? null : (self.data[0][idx] ?? null);
    const value = left < 0 ? null : props.kind === 'STATES' ? self.posToVal(left, 'x') : nearest;
    setAt(value);
    props.onCursor(value);
  };
  const placeCursor = (value: number | null) => {
    if (!plot) return;
    const left = value === null ? -10 : plot.valToPos(value, 'x');
    const top = value === null ? -10 : 1;
    const setCursor: SetSharedCursor = plot.setCursor;
    setCursor({ left, top }, true, true);
  };
  const walk = (event: KeyboardEvent) => {
    const times = (plot?.data[0] ?? []) as number[];
    const seen = times.filter((time) => time >= span().from && time <= span().to);
    const place = seen.findLastIndex((time) => time <= (at() ?? Number.POSITIVE_INFINITY));
    const target = targetOf(event, place, seen.length - 1, at() === null);
    if (target === undefined) return;
    event.preventDefault();
    placeCursor(target === null ? null : (seen[Math.min(seen.length - 1, Math.max(0, target))] ?? null));
  };
  const valueText = () => {
    const time = at();
    if (time === null) return i18n.t('chart.latest');
    const values = props.series.map((series) => {
      const point = pointAt(series, time);
      const text = point ? pointTextWithUnit(i18n, series, point) : i18n.t('chart.noValue');
      return `${props.nameOf(series)} ${text}`;
    });
    return `${i18n.format().time(time, untrack(now))}: ${values.join('; ')}`;
  };

  onMount(() => {
    const element = root();
    if (!element) return;
    const observer = new ResizeObserver(([entry]) => {
      const { width = 0, height = 0 } = entry?.contentRect ?? {};
      if (width > 0) setSize({ width: Math.floor(width), height: Math.floor(height) });
    });
    observer.observe(element);
    const fingers = followFingers(element, {
      span,
      area: () => plot?.over.getBoundingClientRect() ?? element.getBoundingClientRect(),
      onMove: setMoved,
      onEnd: (chosen) => (chosen ? props.onZoom(chosen) : setMoved(undefined)),
    });
    createEffect(() => {
      void props.span;
      if (!fingers.isOn()) setMoved(undefined);
    });
    onCleanup(() => observer.disconnect());
  });
  createEffect(() => {
    const element = root();
    structure();
    if (!element) return;
    const owner = {};
    plot = build(element);
    const made = plot;
    createEffect(() => {
      const { width, height } = shownSize();
      // The library draws at once when it is told, also the size that it has.
      if (width !== made.width || height !== made.height) made.setSize({ width, height });
    });
    createEffect(() => {
      void props.series;
      void props.band;
      void span();
      void props.thresholds;
      void theme();
      void axisTime();
      // As a batch, for else the library draws after the job, when nobody looks at the time that it takes.
      runInFrame(owner, () => made.batch(() => made.setData(untrack(data))));
    });
    onCleanup(() => {
      forgetJob(owner);
      made.destroy();
    });
  });

  return (
    <div
      ref={setRoot}
      class="plot"
      classList={{ filling: props.height === undefined }}
      role="slider"
      tabIndex={0}
      aria-label={i18n.t('chart.label', props.series.map((series) => props.nameOf(series)).join(', '))}
      aria-description={i18n.t('chart.keys')}
      aria-valuemin={span().from}
      aria-valuemax={span().to}
      aria-valuenow={at() ?? span().to}
      aria-valuetext={valueText()}
      onKeyDown={walk}
      onDblClick={() => props.onBack()}
      onBlur={() => placeCursor(null)}
    />
  );
}

/** Where a key leads: a place, null for nowhere, undefined if it is no key of ours. */
function targetOf(event: KeyboardEvent, place: number, end: number, isNowhere: boolean): number | null | undefined {
  if (event.ctrlKey || event.metaKey || event.altKey) return undefined;
  const stride = event.shiftKey ? 10 : 1;
  switch (event.key) {
    case 'ArrowLeft':
      return isNowhere ? end : place - stride;
    case 'ArrowRight':
      return isNowhere ? end : place + stride;
    case 'Home':
      return 0;
    case 'End':
      return end;
    case 'Escape':
      return null;
    default:
      return undefined;
  }
}

function drawThreshold(plot: uPlot, value: number, colour: string): void {
  const { ctx, bbox } = plot;
  const y = Math.round(plot.valToPos(value, scaleKey(0), true)) + 0.5;
  if (y < bbox.top || y > bbox.top + bbox.height) return;
  ctx.save();
  ctx.strokeStyle = colour;
  ctx.lineWidth = 1;
  ctx.setLineDash([6 * uPlot.pxRatio, 4 * uPlot.pxRatio]);
  ctx.beginPath();
  ctx.moveTo(bbox.left, y);
  ctx.lineTo(bbox.left + bbox.width, y);
  ctx.stroke();
  ctx.restore();
}

/** Writes the units above their axes. */
function drawUnits(plot: uPlot, [left, right]: readonly (string | null)[], colour: string): void {
  const { ctx, bbox } = plot;
  const { pxRatio } = uPlot;
  ctx.save();
  ctx.font = `${12 * pxRatio}px system-ui, sans-serif`;
  ctx.fillStyle = colour;
  ctx.textBaseline = 'bottom';
  ctx.textAlign = 'right';
  const y = bbox.top - 5 * pxRatio;
  if (left) ctx.fillText(left, bbox.left - 6 * pxRatio, y);
  ctx.textAlign = 'left';
  if (right) ctx.fillText(right, bbox.left + bbox.width + 6 * pxRatio, y);
  ctx.restore();
}
