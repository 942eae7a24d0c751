import uPlot from 'uplot';
import type { PlotTheme } from './plot-theme.ts';
import type { Series, SeriesPoint } from './series.ts';
import { isQuiet, stateColour } from './series-style.ts';
import { BAR_HEIGHT, NAME_HEIGHT, stateRowHeight } from './state-rows.ts';
import type { Span } from './time-range.ts';

/** A time in which a state held. */
interface Stretch extends Span {
  readonly point: SeriesPoint;
}

/** How strongly states show through behind lines. */
const BAND_ALPHA = 0.13;
const TEXT_INSET = 6;

/** The times in which the states held, within a span; a time without data has none. */
export function stretchesOf({ points, until }: Series, span: Span): Stretch[] {
  const stretches: Stretch[] = [];
  for (const [index, point] of points.entries()) {
    const from = Math.max(point.at, span.from);
    const to = Math.min(points[index + 1]?.at ?? until, span.to);
    const before = stretches.at(-1);
    if (point.value === null || to <= from) continue;
    if (before?.to === from && before.point.value === point.value) stretches.splice(-1, 1, { ...before, to });
    else stretches.push({ point, from, to });
  }
  return stretches;
}

/** Draws what the heat pump was doing behind the lines. */
export function drawBands(plot: uPlot, band: Series, span: Span, theme: PlotTheme): void {
  const { ctx, bbox } = plot;
  ctx.save();
  ctx.globalAlpha = BAND_ALPHA;
  for (const { point, from, to } of stretchesOf(band, span)) {
    if (isQuiet(point)) continue;
    const [left, right] = [xOf(plot, from), xOf(plot, to)];
    ctx.fillStyle = theme(stateColour(band.info, point));
    ctx.fillRect(left, bbox.top, Math.max(1, right - left), bbox.height);
  }
  ctx.restore();
}

/** Draws a row for each series: its name, and a bar of its states with their names where they fit. */
export function drawStateRows(
  plot: uPlot,
  rows: readonly Series[],
  span: Span,
  theme: PlotTheme,
  textOf: (series: Series, point: SeriesPoint) => string,
  nameOf: (series: Series) => string,
): void {
  const { ctx, bbox } = plot;
  const ratio = uPlot.pxRatio;
  ctx.save();
  ctx.textBaseline = 'middle';
  ctx.textAlign = 'left';
  for (const [index, series] of rows.entries()) {
    const top = bbox.top + index * stateRowHeight(rows.length) * ratio;
    const nameHeight = rows.length > 1 ? NAME_HEIGHT : 0;
    ctx.font = `${12 * ratio}px system-ui, sans-serif`;
    ctx.fillStyle = theme('text-muted');
    if (nameHeight > 0) ctx.fillText(nameOf(series), bbox.left, top + (nameHeight / 2) * ratio, bbox.width);
    for (const { point, from, to } of stretchesOf(series, span)) {
      const [left, right] = [xOf(plot, from), xOf(plot, to)];
      const box = {
        left,
        top: top + nameHeight * ratio,
        width: Math.max(1, right - left),
        height: BAR_HEIGHT * ratio,
      };
      const token = stateColour(series.info, point);
      ctx.fillStyle = theme(token);
      ctx.fillRect(box.left, box.top, box.width, box.height);
      drawFittingText(ctx, textOf(series, point), box, theme(isPale(token) ? 'text' : 'surface-card'), ratio);
    }
  }
  ctx.restore();
}

interface Box {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

function drawFittingText(ctx: CanvasRenderingContext2D, text: string, box: Box, colour: string, ratio: number): void {
  if (ctx.measureText(text).width + 2 * TEXT_INSET * ratio > box.width) return;
  ctx.fillStyle = colour;
  ctx.fillText(text, box.left + TEXT_INSET * ratio, box.top + box.height / 2);
}

function isPale(token: string): boolean {
  return token === 'line' || token === 'surface-inset';
}

function xOf(plot: uPlot, at: number): number {
  return plot.valToPos(at, 'x', true);
}
