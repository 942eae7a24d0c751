import type { HistoryStep, SeriesHistory, SeriesPoint } from './series.ts';

/** What has come live of a series since it was recorded, oldest first. */
export type Tail = readonly SeriesPoint[];

/** What the server has polled is on its disk a moment later. */
const RECORDING_MS = 5_000;
/** Most points that are kept while the server does not answer what it has recorded. */
const MAX_TAIL = 2_000;

/**
 * The tail with one more point, without those that have been recorded since; the same tail if nothing changes. Of a state only
 * changes are kept; else the last point is replaced until it is a step away from the one before. `askedUntil`: until when the
 * record tells, in milliseconds UTC.
 */
export function grown(tail: Tail, point: SeriesPoint, record: SeriesHistory | undefined, askedUntil: number): Tail {
  const unrecorded = record ? newerThan(stepsBefore(tail, record, askedUntil), tail) : tail;
  const [beforeLast, lastPoint] = [unrecorded.at(-2), unrecorded.at(-1)];
  const isState = record?.kind === 'STATE';
  if (isState && lastPoint?.value === point.value) return unrecorded;
  const isProvisional =
    !isState && beforeLast && lastPoint && lastPoint.at - beforeLast.at < (record?.stepMs ?? 0) * 0.75;
  const kept = isProvisional ? unrecorded.slice(0, -1) : unrecorded;
  return [...kept.slice(1 - MAX_TAIL), point];
}

/** What was recorded, and the tail from where the record ends. */
export function withTail(record: SeriesHistory, tail: Tail, askedUntil: number): SeriesPoint[] {
  const recorded = stepsBefore(tail, record, askedUntil);
  const newer = newerThan(recorded, tail);
  const isRepeated = record.kind === 'STATE' && newer[0] && newer[0].value === recorded.at(-1)?.value;
  return [...recorded, ...(isRepeated ? newer.slice(1) : newer)];
}

/** The steps that a tail goes on from. That the very last polls were not recorded yet is no gap. */
function stepsBefore(tail: Tail, { steps }: SeriesHistory, askedUntil: number): readonly HistoryStep[] {
  const end = steps.at(-1);
  const isJustNow = tail.length > 0 && end?.value === null && end.at > askedUntil - RECORDING_MS;
  return isJustNow ? steps.slice(0, -1) : steps;
}

function newerThan(steps: readonly HistoryStep[], tail: Tail): Tail {
  const lastAt = steps.at(-1)?.at ?? 0;
  const [oldest] = tail;
  return oldest && oldest.at <= lastAt ? tail.filter(({ at }) => at > lastAt) : tail;
}
