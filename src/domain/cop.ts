import type { OperatingState } from './quantity.ts';
import { type NoValueReason, oldest, type QuantityReading } from './quantity-reading.ts';

/** States in which the machine turns electricity into useful heat. */
const HEATING_STATES: readonly (OperatingState | string | null)[] = ['HEATING', 'HOT_WATER', 'POOL'];
/** Below it pumps and electronics weigh too much, and so do the steps of 0.1 kW in which some makers tell powers. */
const LEAST_ELECTRICAL_KW = 0.5;
/** What the best machines reach at the smallest lift, with a margin; above it a power is wrong. */
const HIGHEST_COP = 15;

/**
 * The coefficient of performance now: thermal over electrical power (both in kW), only while the machine heats, both are
 * good and the result is possible. It is no seasonal figure: a start or a changing load shows in it.
 */
export function cop(thermal: QuantityReading, electrical: QuantityReading, state: QuantityReading): QuantityReading {
  const sources = [thermal, electrical, state];
  const result = evaluate(thermal, electrical, state);
  return {
    quantity: 'COP',
    circuit: null,
    value: typeof result === 'number' ? result : null,
    text: null,
    quality: typeof result === 'number' ? 'GOOD' : 'MISSING',
    observedAt: oldest(sources.map(({ observedAt }) => observedAt)),
    keys: [...new Set(sources.flatMap(({ keys }) => keys))],
    reason: typeof result === 'number' ? null : result,
  };
}

function evaluate(
  thermal: QuantityReading,
  electrical: QuantityReading,
  state: QuantityReading,
): number | NoValueReason {
  if ([thermal, electrical, state].some(({ quality }) => quality !== 'GOOD')) return 'SOURCE_NOT_GOOD';
  if (thermal.value === null || electrical.value === null) return 'SOURCE_NOT_GOOD';
  if (!HEATING_STATES.includes(state.text)) return 'NOT_HEATING';
  if (electrical.value < LEAST_ELECTRICAL_KW) return 'TOO_LITTLE_POWER';
  const value = thermal.value / electrical.value;
  return value > 0 && value <= HIGHEST_COP ? value : 'IMPLAUSIBLE';
}
