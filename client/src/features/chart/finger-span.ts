import { MIN_SPAN_MS, type Span } from './time-range.ts';

/** A finger on a plot: the time that it was put on, in milliseconds UTC, and where it is now, in pixels from the left edge. */
export interface Finger {
  readonly at: number;
  readonly x: number;
}

/** Nobody looks at more at once. */
const MAX_SPAN_MS = 10 * 366 * 86_400_000;
/** Two fingers closer together than this say nothing about a width. */
const MIN_APART_PX = 16;

/**
 * The span in which the time that each finger was put on lies under it: one finger moves the span, two also change its
 * width. Nothing after `now` is shown. Undefined if the fingers say nothing.
 */
export function spanUnder(fingers: readonly Finger[], widthPx: number, before: Span, now: number): Span | undefined {
  const [first, second] = fingers.toSorted((a, b) => a.at - b.at);
  if (!first || widthPx <= 0) return undefined;
  const isApart = second === undefined || second.x - first.x >= MIN_APART_PX;
  if (!isApart) return undefined;
  const asked = second ? ((second.at - first.at) / (second.x - first.x)) * widthPx : before.to - before.from;
  const width = Math.min(MAX_SPAN_MS, Math.max(MIN_SPAN_MS, asked));
  const from = Math.min(first.at - (first.x / widthPx) * width, now - width);
  return { from, to: from + width };
}
