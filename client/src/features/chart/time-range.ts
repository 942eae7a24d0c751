/** From `from` up to `to`, in milliseconds UTC. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** What time a chart shows: the last hours up to now, moving on with it, or a span that stays. */
export type TimeRange =
  | { readonly kind: 'LAST'; readonly hours: number }
  | { readonly kind: 'FIXED'; readonly from: number; readonly to: number };

export const HOUR_MS = 3_600_000;
/** The ranges that are offered: from an hour to a year. */
export const RANGE_HOURS = [1, 6, 24, 168, 720, 8760] as const;
/** No span is narrower. */
export const MIN_SPAN_MS = 10_000;

/** The last hours up to now. */
export function last(hours: number): TimeRange {
  return { kind: 'LAST', hours };
}

/** A span that stays; undefined if there is none between these times. */
export function fixed(from: number, to: number): TimeRange | undefined {
  return to - from >= MIN_SPAN_MS ? { kind: 'FIXED', from: Math.round(from), to: Math.round(to) } : undefined;
}

/** The width of a range in milliseconds. */
export function widthMs(range: TimeRange): number {
  return range.kind === 'LAST' ? range.hours * HOUR_MS : range.to - range.from;
}

/** A range as query parameters of an address. */
export function toParams(range: TimeRange | undefined): { range?: string; from?: string; to?: string } {
  const none = { range: '', from: '', to: '' };
  if (!range) return none;
  if (range.kind === 'LAST') return { ...none, range: `${range.hours}h` };
  return { ...none, from: new Date(range.from).toISOString(), to: new Date(range.to).toISOString() };
}

/** The range in the query parameters of an address; undefined if there is none that can be understood. */
export function fromParams(params: Readonly<Record<string, string | string[] | undefined>>): TimeRange | undefined {
  const text = (name: string) => String(params[name] ?? '');
  const hours = /^(\d{1,5})h$/.exec(text('range'))?.[1];
  if (hours && Number(hours) > 0) return last(Number(hours));
  return fixed(Date.parse(text('from')), Date.parse(text('to')));
}
