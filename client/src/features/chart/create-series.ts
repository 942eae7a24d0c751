import type { CombinedError } from '@urql/core';
import { type Accessor, createEffect, createMemo, untrack } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { SeriesHistoryDocument } from '../../graphql/generated/chart.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { SignalMap } from '../../graphql/signal-map.ts';
import { useNow } from '../../lib/now.tsx';
import type { ChartSource } from './chart-source.ts';
import { grown, withTail } from './live-tail.ts';
import { historyOf, type Series, type SeriesHistory, type SeriesPoint } from './series.ts';
import { refId, type SeriesRef, selectionOf } from './series-ref.ts';
import { type TimeRange, widthMs } from './time-range.ts';

/** The series of a chart, and how asking for them went. */
export interface ChartSeries {
  readonly series: Accessor<readonly Series[]>;
  /** Another one with each answer of the server, but not with what comes live. */
  readonly version: Accessor<unknown>;
  readonly isLoading: Accessor<boolean>;
  readonly error: Accessor<CombinedError | undefined>;
  refetch(): void;
}

/** What was recorded of one reference. */
export interface ChartHistory {
  of(ref: SeriesRef): SeriesHistory | undefined;
  /** Until when the answer tells, in milliseconds UTC. */
  readonly askedUntil: Accessor<number>;
  /** Another one with each answer. */
  readonly version: Accessor<unknown>;
  readonly isLoading: Accessor<boolean>;
  readonly error: Accessor<CombinedError | undefined>;
  refetch(): void;
}

/** Ranges up to now are asked for anew when this part of them has passed. */
const ASKS_PER_RANGE = 50;
const LEAST_ASK_MS = 60_000;

/** Asks for what was recorded in a range, and again as time goes on. */
export function createHistory(
  refs: Accessor<readonly SeriesRef[]>,
  range: Accessor<TimeRange>,
  maxPoints: Accessor<number>,
): ChartHistory {
  const span = createAskedSpan(range);
  const query = createPageQuery(SeriesHistoryDocument, () => ({
    ...selectionOf(refs()),
    from: new Date(span().from).toISOString(),
    to: new Date(span().to).toISOString(),
    maxPoints: maxPoints(),
  }));
  const histories = createMemo(() => {
    const answer = query.data()?.history ?? [];
    return new Map(refs().map((ref) => [refId(ref), historyOf(answer, ref)]));
  });
  return {
    of: (ref) => histories().get(refId(ref)),
    askedUntil: () => span().to,
    version: histories,
    isLoading: query.isLoading,
    error: query.error,
    refetch: query.refetch,
  };
}

/** The series of a chart: what was recorded, and in a range up to now what comes live. */
export function createSeries(
  source: ChartSource,
  refs: Accessor<readonly SeriesRef[]>,
  range: Accessor<TimeRange>,
  maxPoints: Accessor<number>,
): ChartSeries {
  const history = createHistory(refs, range, maxPoints);
  const tailOf = createTails(source, refs, history, () => range().kind === 'LAST');
  const toSeries = (ref: SeriesRef): Series[] => {
    const [info, recorded] = [source.info(ref), history.of(ref)];
    if (!info || !recorded) return [];
    const points = withTail(recorded, tailOf(ref), history.askedUntil());
    const isLive = range().kind === 'LAST';
    const observedAt = isLive ? Date.parse(source.observedAt(ref.heatpumpId) ?? '') || 0 : 0;
    const until = Math.max(points.at(-1)?.at ?? 0, Math.min(history.askedUntil(), Date.now()), observedAt);
    const { kind, unit, stepMs, isMean } = recorded;
    return [{ id: refId(ref), ref, info, kind, unit, stepMs, isMean, points, until }];
  };
  return {
    series: createMemo(() => refs().flatMap(toSeries)),
    version: history.version,
    isLoading: history.isLoading,
    error: history.error,
    refetch: history.refetch,
  };
}

function createAskedSpan(range: Accessor<TimeRange>) {
  const now = useNow();
  const { link } = useApi();
  const turn = createMemo(() => Math.floor(now() / Math.max(LEAST_ASK_MS, widthMs(range()) / ASKS_PER_RANGE)));
  return createMemo(() => {
    const asked = range();
    if (asked.kind === 'FIXED') return asked;
    turn();
    link.reconnects();
    const to = Date.now();
    return { from: to - widthMs(asked), to };
  });
}

/** Collects a point of each series after each poll, until it is part of the record. */
function createTails(
  source: ChartSource,
  refs: Accessor<readonly SeriesRef[]>,
  history: ChartHistory,
  isOn: Accessor<boolean>,
): (ref: SeriesRef) => readonly SeriesPoint[] {
  const tails = new SignalMap<readonly SeriesPoint[]>();
  const append = (ref: SeriesRef, at: number) => {
    const tail = tails.get(refId(ref)) ?? [];
    if (at <= (tail.at(-1)?.at ?? 0)) return;
    const reading = source.reading(ref);
    const value = reading?.quality === 'GOOD' ? reading.value : null;
    const point = { at, value, text: value === null ? null : (reading?.text ?? null) };
    const next = grown(tail, point, history.of(ref), history.askedUntil());
    if (next !== tail) tails.set(refId(ref), next);
  };
  createEffect(() => {
    if (!isOn()) return;
    for (const ref of refs()) {
      const observedAt = source.observedAt(ref.heatpumpId);
      if (observedAt) untrack(() => append(ref, Date.parse(observedAt)));
    }
  });
  return (ref) => (isOn() ? (tails.get(refId(ref)) ?? []) : []);
}
