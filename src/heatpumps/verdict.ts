import type { Sensor } from '../domain/sensor.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { Write, WriteState } from '../domain/write.ts';
import { decode, encode } from '../modbus/codec.ts';

/** What a read says of a write. */
export interface Verdict {
  readonly state: WriteState;
  readonly reason: string | null;
}

/** Compares what was sent with what is there now, both as the device understands the words. */
export function verdictOf({ register }: Sensor, { requested, previous }: Write, now: number): Verdict {
  if (now === shownAs({ register }, requested)) return { state: 'CONFIRMED', reason: null };
  if (now === previous) return { state: 'REJECTED', reason: `the heat pump kept ${now}` };
  return { state: 'CLAMPED', reason: `the heat pump took ${now} instead` };
}

/** The number that a device shows once it has taken over `value`, which its register may round; null: it fits in no word. */
export function shownAs({ register }: Pick<Sensor, 'register'>, value: number): number | null {
  const words = encode(register, value);
  if (!words.ok) return null;
  const decoded = decode({ ...register, wordOrder: register.writeWordOrder }, words.value);
  return decoded.kind === 'VALUE' ? decoded.value : null;
}

/**
 * True if a sensor showed the very words of `value` at `since` or later, so that writing them would change nothing. Never of
 * a value that wants to be refreshed, or that acts only together with a mode.
 */
export function isPresent(
  { writeHazard, writeMode, register }: Sensor,
  value: number,
  reading: Reading | undefined,
  since: number,
): boolean {
  if (writeHazard === 'CYCLIC' || writeMode || reading?.quality !== 'GOOD' || reading.value === null) return false;
  const [asked, shown] = [encode(register, value), encode(register, reading.value)];
  return (reading.observedAt ?? 0) >= since && asked.ok && shown.ok && String(asked.value) === String(shown.value);
}
