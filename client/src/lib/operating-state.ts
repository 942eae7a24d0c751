import type { Shown } from '../graphql/shown.ts';

/** The operating states of the common vocabulary. */
const STATES = ['OFF', 'IDLE', 'HEATING', 'HOT_WATER', 'COOLING', 'POOL', 'DEFROST', 'BLOCKED', 'FAULT'] as const;
/** One of them. */
export type OperatingState = (typeof STATES)[number];

/** The operating state that is shown, old or not; undefined: not known. */
export function operatingStateIn(shown: Shown): OperatingState | undefined {
  return shown.kind === 'VALUE' ? STATES.find((known) => known === shown.reading.text) : undefined;
}

/** The operating state now; undefined: not known. */
export function presentOperatingState(shown: Shown): OperatingState | undefined {
  return shown.kind === 'VALUE' && !shown.isStale ? operatingStateIn(shown) : undefined;
}
