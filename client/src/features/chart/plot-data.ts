import uPlot from 'uplot';
import type { Series } from './series.ts';
import type { Span } from './time-range.ts';

/** Places at which a cursor can stand in a drawing of states, besides their changes. */
const STATE_STOPS = 200;

/** All series over one common time; a series that has nothing to say at a time is left out there, a gap is null. */
export function lineData(series: readonly Series[]): uPlot.AlignedData {
  if (series.length === 0) return [[], []];
  const tables = series.map(
    ({ points }): uPlot.AlignedData => [points.map(({ at }) => at), points.map(({ value }) => value)],
  );
  return uPlot.join(tables);
}

/** Only times: of each change of a state, and evenly in between. */
export function stateData(series: readonly Series[], { from, to }: Span): uPlot.AlignedData {
  const stops = Array.from({ length: STATE_STOPS + 1 }, (_, index) => from + ((to - from) * index) / STATE_STOPS);
  const changes = series.flatMap(({ points }) => points.map(({ at }) => at)).filter((at) => at > from && at < to);
  const times = [...new Set([...stops, ...changes])].sort((a, b) => a - b);
  return [times, ...series.map(() => times.map(() => null))];
}
