import { useSearchParams } from '@solidjs/router';
import { type Accessor, createMemo, createSignal } from 'solid-js';
import { fixed, fromParams, type Span, type TimeRange, toParams } from './time-range.ts';

/** The time range of a page, kept in its address; zooming can be undone step by step. */
export interface PageRange {
  /** Undefined: none was chosen. */
  readonly range: Accessor<TimeRange | undefined>;
  select(range: TimeRange | undefined): void;
  zoom(span: Span): void;
  /** The range before the last zoom. */
  back(): void;
  readonly canGoBack: Accessor<boolean>;
}

/** The range that the address of the page says. */
export function createPageRange(): PageRange {
  const [params, setParams] = useSearchParams();
  const [before, setBefore] = createSignal<readonly (TimeRange | undefined)[]>([]);
  const range = createMemo(() => fromParams(params));
  const show = (next: TimeRange | undefined) => setParams(toParams(next));
  return {
    range,
    select: (next) => {
      setBefore([]);
      show(next);
    },
    zoom: ({ from, to }) => {
      const next = fixed(from, to);
      if (!next) return;
      setBefore([...before(), range()]);
      show(next);
    },
    back: () => {
      if (before().length === 0) return;
      const previous = before().at(-1);
      setBefore(before().slice(0, -1));
      show(previous);
    },
    canGoBack: () => before().length > 0,
  };
}
