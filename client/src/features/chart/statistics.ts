import type { SeriesHistory } from './series.ts';

/** What a series was over a time, in its unit; null: there is no data, or it means nothing for a state. */
export interface Statistics {
  readonly min: number | null;
  readonly mean: number | null;
  readonly max: number | null;
  /** Of a counter, what was consumed. */
  readonly total: number | null;
}

/** Sums up all steps; the mean weighs each by how many polled values it stands for. */
export function statisticsOf({ kind, steps }: SeriesHistory): Statistics {
  const filled = steps.filter(({ value }) => value !== null);
  const none = { min: null, mean: null, max: null, total: null };
  if (filled.length === 0 || kind === 'STATE') return none;
  if (kind === 'COUNTER')
    return { ...none, total: filled.reduce((sum, { consumption }) => sum + (consumption ?? 0), 0) };
  const count = filled.reduce((sum, step) => sum + step.count, 0);
  const sum = filled.reduce((total, step) => total + (step.value ?? 0) * step.count, 0);
  return {
    min: Math.min(...filled.map(({ min, value }) => min ?? value ?? Number.POSITIVE_INFINITY)),
    mean: count > 0 ? sum / count : null,
    max: Math.max(...filled.map(({ max, value }) => max ?? value ?? Number.NEGATIVE_INFINITY)),
    total: null,
  };
}
