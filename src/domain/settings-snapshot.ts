import { isReadable, isWritable, type Sensor } from './sensor.ts';
import type { Quality, Reading } from './snapshot.ts';

/**
 * Why a snapshot of the settings was taken. `DAILY`: with the first poll of a day. `BEFORE_WRITE`: before the first change of
 * a setting on a day. `BEFORE_RESTORE`: before settings were restored. `ON_DEMAND`: somebody asked for it. Days are those of
 * UTC.
 */
export const SNAPSHOT_TRIGGERS = ['DAILY', 'BEFORE_WRITE', 'BEFORE_RESTORE', 'ON_DEMAND'] as const;
/** One of {@link SNAPSHOT_TRIGGERS}. */
export type SnapshotTrigger = (typeof SNAPSHOT_TRIGGERS)[number];

/** What a register that can be written held at some time. Only `GOOD` ones carry a value: what is too old is not known. */
export interface SettingEntry {
  /** Key of the sensor. */
  readonly key: string;
  /** In `unit`; booleans are 0 or 1, options their number. */
  readonly value: number | null;
  readonly unit: string | null;
  readonly quality: Quality;
}

/** A snapshot of all registers of a heat pump that can be written, without what is in it. */
export interface SettingsSnapshotHead {
  readonly id: string;
  readonly heatpumpId: string;
  /** Milliseconds UTC. */
  readonly takenAt: number;
  readonly trigger: SnapshotTrigger;
  /** Manufacturer and model, e.g. `idm/navigator_2_0`: the keys of another model mean something else. */
  readonly model: string;
  /** How many registers it has a value of, and how many not. */
  readonly known: number;
  readonly unknown: number;
}

/** A snapshot of all registers of a heat pump that can be written, in the order of its sensors. */
export interface SettingsSnapshot extends SettingsSnapshotHead {
  readonly entries: readonly SettingEntry[];
}

/** A register that is not the same on two sides; null: that side does not have it. */
export interface SettingDifference {
  readonly key: string;
  readonly before: SettingEntry | null;
  readonly after: SettingEntry | null;
}

/**
 * True if a sensor is a setting: something that is set once and stays. Commands, demands and values that a device wants
 * refreshed are written too, but to bring back an old one would do harm.
 */
export function isSetting(sensor: Sensor): boolean {
  return sensor.category === 'SETPOINT' && sensor.access === 'READ_WRITE' && sensor.writeHazard !== 'CYCLIC';
}

/** What readings say of the registers that can be written. */
export function entriesOf(readings: readonly Reading[]): SettingEntry[] {
  return readings.filter(({ sensor }) => isReadable(sensor) && isWritable(sensor) && !isText(sensor)).map(entryOf);
}

/** Every register that differs, in the order of `to`, then those that only `from` has. What neither side knows is no difference. */
export function differenceOf(from: readonly SettingEntry[], to: readonly SettingEntry[]): SettingDifference[] {
  const before = new Map(from.map((entry) => [entry.key, entry]));
  const after = new Map(to.map((entry) => [entry.key, entry]));
  return [...new Set([...after.keys(), ...before.keys()])]
    .map((key) => ({ key, before: before.get(key) ?? null, after: after.get(key) ?? null }))
    .filter(isDifferent);
}

function isDifferent({ before, after }: SettingDifference): boolean {
  if (!before || !after) return true;
  return before.value !== after.value || (before.value !== null && before.unit !== after.unit);
}

function entryOf({ sensor: { key, unit }, value, quality }: Reading): SettingEntry {
  return { key, value: quality === 'GOOD' ? value : null, unit, quality };
}

function isText({ register }: Sensor): boolean {
  return register.dataType === 'TEXT16';
}
