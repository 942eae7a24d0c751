import type { Shown } from '../../../graphql/shown.ts';

/** The temperatures at which a pipe is wholly blue, and wholly red, in °C. */
const COLD = 10;
const HOT = 55;

/** How warm a pipe looks, from 0 to 100 per cent; undefined: without a present temperature it has no colour. */
export function warmthOf(shown: Shown): number | undefined {
  if (shown.kind !== 'VALUE' || shown.isStale || shown.reading.value === null) return undefined;
  const share = (shown.reading.value - COLD) / (HOT - COLD);
  return Math.round(100 * Math.min(1, Math.max(0, share)));
}
