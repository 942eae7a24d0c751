import type { Quantity, SeriesHistoryQuery, SeriesKind } from '../../graphql/generated/types.ts';
import type { ValueKind } from '../../lib/sensor-value.ts';
import type { SeriesRef } from './series-ref.ts';

/** What a series is called and how its values are written. */
export interface SeriesInfo {
  readonly name: string;
  readonly heatpumpName: string;
  readonly kind: ValueKind;
  /** The quantity whose colour it has; null: none. */
  readonly quantity: Quantity | null;
  /** Its values are "on" and "off". */
  readonly isBoolean: boolean;
}

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
  /** Some steps stand for several values. */
  readonly isMean: boolean;
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
  const isMean = kind === 'ANALOG' && steps.some(({ count }) => count > 1);
  return { kind, unit, stepMs, isMean, steps };
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

/** The units of a chart: the first one is on the left, the second one on the right. */
export function unitsOf(series: readonly Series[]): (string | null)[] {
  return [...new Set(series.map(({ unit }) => unit))];
}
