import { type Accessor, createMemo } from 'solid-js';
import { useNow } from '../../lib/now.tsx';
import { type Span, type TimeRange, widthMs } from './time-range.ts';

/** A span moves on when it would by this part of its width, about one pixel. */
const STEPS_PER_SPAN = 1_000;

/** The span that a range means now; it moves on about pixel by pixel. */
export function createShownSpan(range: Accessor<TimeRange>): Accessor<Span> {
  const now = useNow();
  const current = (): Span => {
    const shown = range();
    if (shown.kind === 'FIXED') return shown;
    const stepMs = Math.max(1_000, widthMs(shown) / STEPS_PER_SPAN);
    const to = Math.ceil(now() / stepMs) * stepMs;
    return { from: to - widthMs(shown), to };
  };
  return createMemo(current, undefined, { equals: (a, b) => a.from === b.from && a.to === b.to });
}
