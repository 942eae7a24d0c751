import type uPlot from 'uplot';
import type { Format } from '../../lib/format.ts';
import type { AxisTime } from './axis-time.ts';
import type { PlotTheme } from './plot-theme.ts';
import { type Series, unitsOf } from './series.ts';
import type { SeriesStyle } from './series-style.ts';
import type { Span } from './time-range.ts';

/** What the lines of a chart depend on; functions are asked at every drawing. */
export interface PlotInput {
  readonly series: readonly Series[];
  readonly styles: readonly SeriesStyle[];
  readonly span: () => Span;
  readonly theme: () => PlotTheme;
  readonly format: () => Format;
  readonly axisTime: () => AxisTime;
  /** Ends of the left scale; null: as the values demand. */
  readonly limits: () => { readonly min: number | null; readonly max: number | null };
  /** Values that must be in sight. */
  readonly thresholds: () => readonly number[];
  readonly hooks: uPlot.Hooks.Arrays;
  /** False in a drawing of states, which has no vertical scale. */
  readonly hasScales: boolean;
  /** Room for a right scale is kept, so that the times of all parts of a chart lie one below the other. */
  readonly hasRight: boolean;
}

/** The plots of a page share their cursor. */
const SYNC_KEY = 'page';
const FONT = '12px system-ui, sans-serif';
/** Room for the numbers; the same for all charts, so that their times lie one below the other. */
const AXIS_WIDTH = 52;
const EDGE = 12;
const MAX_DECIMALS = 6;
const DRAG_PX = 8;
/** Powers begin at zero, for half of one is to look like it. */
const FROM_ZERO = ['kW', 'W', 'Hz', 'l/min', 'kWh'];

/** Options of a plot that is drawn by a theme, in a span and with a cursor that all plots of the page share. */
export function plotOptions(input: PlotInput, size: { width: number; height: number }): uPlot.Options {
  const units = unitsOf(input.series);
  const rightGap = units.length > 1 && input.hasScales ? EDGE : EDGE + (input.hasRight ? AXIS_WIDTH : 0);
  return {
    ...size,
    ms: 1,
    padding: [input.hasScales ? 20 : 4, rightGap, 0, input.hasScales ? 0 : AXIS_WIDTH],
    legend: { show: false },
    cursor: {
      y: false,
      drag: { x: true, y: false, setScale: false, dist: DRAG_PX },
      sync: { key: SYNC_KEY, setSeries: false, scales: ['x', null] },
      bind: { dblclick: () => null },
      points: { size: 7 },
    },
    scales: {
      x: { time: true, range: () => [input.span().from, input.span().to] },
      ...Object.fromEntries(units.map((unit, index) => [scaleKey(index), scaleOf(input, unit, index)])),
    },
    axes: [timeAxis(input), ...(input.hasScales ? units.slice(0, 2).map((_, index) => valueAxis(input, index)) : [])],
    series: [{}, ...input.series.map((series, index) => lineOf(input, series.unit, index, units))],
    hooks: input.hooks,
  };
}

/** The scale of the unit at this place. */
export function scaleKey(index: number): string {
  return `y${index}`;
}

function scaleOf({ limits, thresholds }: PlotInput, unit: string | null, index: number): uPlot.Scale {
  const fromZero = FROM_ZERO.includes(unit ?? '');
  return {
    range: (_, dataMin, dataMax) => {
      const { min, max } = index === 0 ? limits() : { min: null, max: null };
      const seen = [...(index === 0 ? thresholds() : []), ...[dataMin, dataMax].filter((value) => value !== null)];
      if (fromZero) seen.push(0);
      const [low, high] = seen.length > 0 ? [Math.min(...seen), Math.max(...seen)] : [0, 1];
      const pad = (high - low || Math.abs(high) || 1) * 0.08;
      const lowest = fromZero && low >= 0 ? 0 : low - pad;
      return [min ?? lowest, max ?? high + pad];
    },
  };
}

function timeAxis({ theme, axisTime }: PlotInput): uPlot.Axis {
  return {
    stroke: () => theme()('text-muted'),
    grid: { stroke: () => theme()('line'), width: 1 },
    ticks: { show: false },
    font: FONT,
    space: 72,
    size: 28,
    gap: 6,
    values: (_, splits, __, ___, stepMs) => splits.map((at) => axisTime()(at, stepMs)),
  };
}

function valueAxis({ theme, format }: PlotInput, index: number): uPlot.Axis {
  return {
    scale: scaleKey(index),
    side: index === 0 ? 3 : 1,
    stroke: () => theme()('text-muted'),
    grid: index === 0 ? { stroke: () => theme()('line'), width: 1 } : { show: false },
    ticks: { show: false },
    font: FONT,
    size: AXIS_WIDTH,
    gap: 6,
    space: 36,
    values: (_, splits, __, ___, step) => splits.map((value) => format().number(value, decimalsOf(step))),
  };
}

function lineOf(
  { styles, theme }: PlotInput,
  unit: string | null,
  index: number,
  units: (string | null)[],
): uPlot.Series {
  const { token, dash } = styles[index] ?? { token: 'text', dash: [] };
  return {
    scale: scaleKey(units.indexOf(unit)),
    stroke: () => theme()(token),
    width: 1.75,
    dash: [...dash],
    spanGaps: false,
    points: { size: 4, fill: () => theme()(token) },
  };
}

/** As many digits as the marks have: with steps of 2.5 one, although they differ by more than one. */
function decimalsOf(step: number): number {
  const [, digits = ''] = step.toFixed(MAX_DECIMALS).replace(/0+$/, '').split('.');
  return digits.length;
}
