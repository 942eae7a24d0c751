import type { SeriesHistoryQuery, SeriesKind } from '../../graphql/generated/types.ts';
import { readingText } from '../../lib/sensor-value.ts';
import type { SeriesInfo } from './chart-source.ts';
import type { SeriesRef } from './series-ref.ts';
import type { ChartI18n } from './texts.ts';

/** One point of a series; `at` in milliseconds UTC, a null value says that there is no data. */
export interface SeriesPoint {
  readonly at: number;
  readonly value: number | null;
  /** The name of a state. */
  readonly text: string | null;
}

/** One step of a series with all that is known of it. */
export interface HistoryStep extends SeriesPoint {
  readonly min: number | null;
  readonly max: number | null;
  /** How many polled values it is made of. */
  readonly count: number;
  /** Of a counter, what was consumed. */
  readonly consumption: number | null;
}

/** What was recorded of a series. */
export interface SeriesHistory {
  readonly kind: SeriesKind;
  readonly unit: string | null;
  readonly stepMs: number;
  /** Points are values as they were polled, not means. */
  readonly steps: readonly HistoryStep[];
}

/** A series as it is drawn: what was recorded, and what has come since. */
export interface Series {
  readonly id: string;
  readonly ref: SeriesRef;
  readonly info: SeriesInfo;
  readonly kind: SeriesKind;
  readonly unit: string | null;
  readonly stepMs: number;
  /** Some points stand for several values. */
  readonly isMean: boolean;
  readonly points: readonly SeriesPoint[];
  /** Until when the last point is known to hold. */
  readonly until: number;
}

/** The part of an answer that a reference means; undefined if there is none. */
export function historyOf(answer: SeriesHistoryQuery['history'], ref: SeriesRef): SeriesHistory | undefined {
  const found = answer.find(
    ({ heatpumpId, key, quantity, circuit }) =>
      heatpumpId === ref.heatpumpId &&
      (ref.quantity ? quantity === ref.quantity && circuit === ref.circuit : quantity === null && key === ref.key),
  );
  if (!found) return undefined;
  const { kind, unit, stepMs, points } = found;
  const steps = points.map(({ at, mean, ...rest }) => ({ ...rest, at: Date.parse(at), value: mean }));
  return { kind, unit, stepMs, steps };
}

/** The point that holds at a time: of a state the last one before, else the nearest one, if it is near enough. */
export function pointAt({ points, kind, stepMs, until }: Series, at: number): SeriesPoint | undefined {
  const index = points.findLastIndex((point) => point.at <= at);
  const before = points[index];
  if (kind === 'STATE') return at <= until ? before : undefined;
  const after = points[index + 1];
  const nearest = before && after ? (at - before.at <= after.at - at ? before : after) : (before ?? after);
  return nearest && Math.abs(nearest.at - at) <= 3 * stepMs ? nearest : undefined;
}

/** A value in words, without its unit. */
export function pointText(i18n: ChartI18n, { info, ref }: Pick<Series, 'info' | 'ref'>, point: SeriesPoint): string {
  const { t, textOr, format } = i18n;
  if (point.value === null) return t('chart.noValue');
  if (info.isBoolean) return t(point.value === 0 ? 'chart.off' : 'chart.on');
  if (ref.quantity === 'OPERATING_STATE' && point.text) return textOr(`activity.${point.text}`, point.text);
  return readingText(info.kind, point, format()) ?? t('chart.noValue');
}

/** A value in words, with its unit. */
export function pointTextWithUnit(i18n: ChartI18n, series: Series, point: SeriesPoint): string {
  const text = pointText(i18n, series, point);
  return point.value === null || !series.unit ? text : `${text}\u00a0${series.unit}`;
}
