import type { Sensor } from '../domain/sensor.ts';
import type { KnownSetting } from '../domain/settings-change.ts';
import type { Write } from '../domain/write.ts';
import { shownAs } from './verdict.ts';

/** A setting that holds another value than the one accounted for. */
export interface Deviation {
  readonly sensor: Sensor;
  readonly value: number;
  /** When that was first read, milliseconds UTC. */
  readonly noticedAt: number;
}

/** After its time to settle, a device may for so long still make something else of a value it was sent. */
const SECOND_THOUGHTS_MS = 120_000;

/**
 * The value that a setting had before somebody else changed it; null if `writes`, the last ones to it, explain what it holds now:
 * it is what was written, or the device was just written to and has thought better of it, wholly or in part.
 */
export function foreignChangeOf(
  { sensor, value, noticedAt }: Deviation,
  known: KnownSetting,
  writes: readonly Write[],
): { readonly before: number } | null {
  const sent = writes.filter(hasReachedDevice);
  const isRecent = ({ requestedAt }: Write) => noticedAt - requestedAt <= sensor.settleMs + SECOND_THOUGHTS_MS;
  if (sent.some((write) => isRecent(write) && isBetween(value, write))) return null;
  const since = sent.filter(({ requestedAt }) => requestedAt >= known.at);
  const left = (write: Write) => write.confirmed ?? shownAs(sensor, write.requested);
  if (since.some((write) => left(write) === value)) return null;
  return { before: since.find(({ confirmed }) => confirmed !== null)?.confirmed ?? known.value };
}

/** What a device makes of a value that it does not take as it is lies between that and the one it had. */
function isBetween(value: number, { previous, requested }: Write): boolean {
  const other = previous ?? value;
  return value >= Math.min(other, requested) && value <= Math.max(other, requested);
}

/** False for a write that was refused at once, by the device or by us. */
export function hasReachedDevice({ state, confirmed }: Write): boolean {
  return state !== 'REJECTED' || confirmed !== null;
}
