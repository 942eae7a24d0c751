import { HOUR_MS, TIERS } from './buckets.ts';
import type { Span } from './points.ts';

/** What points are made of, and how wide their steps are. */
export interface StepChoice {
  readonly resolution: 'RAW' | 'MINUTE' | 'HOUR';
  /** 0: no steps, every sample as it is. */
  readonly stepMs: number;
}

const SECOND_MS = 1_000;
const MINUTE_MS = TIERS.MINUTE.bucketMs;
const DAY_MS = 24 * HOUR_MS;

/** Steps that people reckon in; beyond them multiples of four weeks. */
const STEPS_MS = [
  ...[1, 2, 5, 10, 15, 30].map((seconds) => seconds * SECOND_MS),
  ...[1, 2, 5, 10, 15, 30].map((minutes) => minutes * MINUTE_MS),
  ...[1, 2, 3, 6, 12].map((hours) => hours * HOUR_MS),
  ...[1, 2, 7, 14].map((days) => days * DAY_MS),
];
const WIDE_STEP_MS = 28 * DAY_MS;

/**
 * The finest steps that make at most `maxPoints` points of a span, from the finest source that reaches back to its
 * beginning. `rawFrom` and `minutesFrom` say how far each does.
 */
export function chooseStep(span: Span, maxPoints: number, rawFrom: number, minutesFrom: number): StepChoice {
  const wanted = narrowestStep(span, maxPoints);
  if (wanted < MINUTE_MS && span.from >= rawFrom) return { resolution: 'RAW', stepMs: wanted };
  const hasMinutes = span.from >= minutesFrom;
  const stepMs = Math.max(wanted, hasMinutes ? MINUTE_MS : HOUR_MS);
  return { resolution: stepMs % HOUR_MS === 0 ? 'HOUR' : 'MINUTE', stepMs };
}

/** The source of steps that someone asks for; a source that does not reach back has no data there. */
export function sourceOfStep(stepMs: number): StepChoice {
  const resolution = stepMs % HOUR_MS === 0 ? 'HOUR' : stepMs % MINUTE_MS === 0 ? 'MINUTE' : 'RAW';
  return { resolution: stepMs === 0 ? 'RAW' : resolution, stepMs };
}

function narrowestStep({ from, to }: Span, maxPoints: number): number {
  const count = (stepMs: number) => Math.floor((to - 1) / stepMs) - Math.floor(from / stepMs) + 1;
  const found = STEPS_MS.find((stepMs) => count(stepMs) <= maxPoints);
  if (found !== undefined) return found;
  let stepMs = WIDE_STEP_MS;
  while (count(stepMs) > maxPoints && stepMs < to) stepMs += WIDE_STEP_MS;
  return stepMs;
}
