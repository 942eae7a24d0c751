import type { PollGroup, Sensor } from './sensor.ts';

/**
 * How far a reading can be trusted. `GOOD`: as the device last said. `STALE`: too old to act on.
 * `MISSING`: the device itself says "not available". `FAILED`: could not be read.
 */
export const QUALITIES = ['GOOD', 'STALE', 'MISSING', 'FAILED'] as const;
/** One of {@link QUALITIES}. */
export type Quality = (typeof QUALITIES)[number];

/** One sensor's value at one time. Only `GOOD` and `STALE` carry a value or text. */
export interface Reading {
  readonly sensor: Sensor;
  /** In the sensor's unit; booleans are 0 or 1, options their number; null for text registers. */
  readonly value: number | null;
  /** The option's name, or the content of a text register. */
  readonly text: string | null;
  readonly quality: Quality;
  /** When the device said so, milliseconds UTC; null if it could not be read. */
  readonly observedAt: number | null;
}

/** Everything one poll read, immutable and published in one piece: no reader ever sees half a poll. */
export interface Snapshot {
  readonly heatpumpId: string;
  /** Grows by one with each snapshot of a heat pump, across reconnects. */
  readonly revision: number;
  /** When the poll was complete, milliseconds UTC. */
  readonly observedAt: number;
  /** One reading per readable sensor, in the sensors' order; which ones there are may change from snapshot to snapshot. */
  readonly readings: readonly Reading[];
}

/** A sensor that could not be read. */
export function failedReading(sensor: Sensor): Reading {
  return { sensor, value: null, text: null, quality: 'FAILED', observedAt: null };
}

/** When the oldest `GOOD` reading of a poll group was read, milliseconds UTC; null: there is none. */
export function oldestObservation({ readings }: Pick<Snapshot, 'readings'>, group: PollGroup): number | null {
  let oldest: number | null = null;
  for (const { sensor, quality, observedAt } of readings) {
    if (quality !== 'GOOD' || observedAt === null || sensor.pollGroup !== group) continue;
    oldest = oldest === null ? observedAt : Math.min(oldest, observedAt);
  }
  return oldest;
}

/** The same snapshot, too old to act on: what was `GOOD` is `STALE`. */
export function staleSnapshot(snapshot: Snapshot): Snapshot {
  const readings = snapshot.readings.map((reading): Reading => {
    return reading.quality === 'GOOD' ? { ...reading, quality: 'STALE' } : reading;
  });
  return { ...snapshot, revision: snapshot.revision + 1, readings };
}

/** True if two readings look the same to a client, whatever their age. */
export function sameReading(a: Reading, b: Reading): boolean {
  return Object.is(a.value, b.value) && a.text === b.text && a.quality === b.quality;
}

/** True if both snapshots are of the same sensors, so that their readings can be compared one by one. */
export function isComparable(a: Snapshot, b: Snapshot): boolean {
  return (
    a.readings.length === b.readings.length &&
    a.readings.every(({ sensor }, index) => sensor === b.readings[index]?.sensor)
  );
}

/** The readings of `next` that differ from those of a comparable `previous`. */
export function changedReadings(previous: Snapshot, next: Snapshot): readonly Reading[] {
  return next.readings.filter((reading, index) => {
    const before = previous.readings[index];
    return !before || !sameReading(before, reading);
  });
}
