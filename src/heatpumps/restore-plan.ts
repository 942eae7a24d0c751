import { AppError } from '../domain/errors.ts';
import { type Heatpump, readingsOf } from '../domain/heatpump.ts';
import type { Sensor } from '../domain/sensor.ts';
import { OBSTACLE_OF_ERROR, type Refusal, type RestoreStep, type SettingObstacle } from '../domain/settings-restore.ts';
import { entriesOf, isSetting, type SettingEntry, type SettingsSnapshot } from '../domain/settings-snapshot.ts';
import type { HeatpumpManager } from './manager.ts';

/** What a plan rests on; everything by key of the sensor. */
interface Ground {
  readonly sensors: ReadonlyMap<string, Sensor>;
  readonly kept: ReadonlyMap<string, SettingEntry>;
  readonly present: ReadonlyMap<string, SettingEntry>;
  /** When a register that wears may be written again; null: now. */
  readonly nextWriteAt: ReadonlyMap<string, number | null>;
  /** Why a value would be refused now; null if it would be sent. */
  readonly check: (key: string, value: number) => Refusal | null;
}

/**
 * What restoring a snapshot takes, as the heat pump was last read; nothing is sent. A step for each setting (or each one of
 * `keys`) that differs, or of which that cannot be told.
 */
export async function planRestore(
  manager: HeatpumpManager,
  heatpump: Heatpump,
  snapshot: SettingsSnapshot,
  keys: readonly string[] | null,
): Promise<RestoreStep[]> {
  const { id } = heatpump.settings;
  const wear = await manager.wear(id);
  const ground: Ground = {
    sensors: new Map(heatpump.sensors.map((sensor) => [sensor.key, sensor])),
    kept: byKey(snapshot.entries),
    present: byKey(entriesOf(readingsOf(heatpump))),
    nextWriteAt: new Map(wear.map(({ key, nextWriteAllowedAt }) => [key, nextWriteAllowedAt])),
    check: (key, value) => writeRefusal(manager, id, key, value),
  };
  const wanted = keys ? [...new Set(keys)] : snapshot.entries.map(({ key }) => key).filter(isWorthTelling(ground));
  return wanted.map((key) => stepOf(key, ground)).filter(({ present, kept }) => kept === null || present !== kept);
}

/** Why a value would not be written to a sensor now; null if it would be sent. */
export function writeRefusal(
  manager: Pick<HeatpumpManager, 'checkWrite'>,
  heatpumpId: string,
  key: string,
  value: number,
): Refusal | null {
  try {
    const { refusal } = manager.checkWrite({ heatpumpId, key, value });
    return refusal && refusalOf(refusal);
  } catch (thrown) {
    return refusalOf(thrown);
  }
}

/** A refused request as a value; anything else is thrown on. */
export function refusalOf(thrown: unknown): Refusal {
  if (!(thrown instanceof AppError)) throw thrown;
  return { obstacle: OBSTACLE_OF_ERROR[thrown.code], reason: thrown.message };
}

/** A refusal in so many words. */
export function refuse(obstacle: SettingObstacle, reason: string): Refusal {
  return { obstacle, reason };
}

function byKey(entries: readonly SettingEntry[]): Map<string, SettingEntry> {
  return new Map(entries.map((entry) => [entry.key, entry]));
}

/** Nobody who asks for everything wants to hear of demands, or of what was and is not known. */
function isWorthTelling({ sensors, kept, present }: Ground): (key: string) => boolean {
  return (key) => {
    const sensor = sensors.get(key);
    const isKnown = (kept.get(key)?.value ?? present.get(key)?.value ?? null) !== null;
    return isKnown && (!sensor || isSetting(sensor));
  };
}

function stepOf(key: string, ground: Ground): RestoreStep {
  const kept = ground.kept.get(key)?.value ?? null;
  const present = ground.present.get(key)?.value ?? null;
  return { key, present, kept, refusal: stepRefusal(key, ground), write: null };
}

function stepRefusal(key: string, { sensors, kept, present, nextWriteAt, check }: Ground): Refusal | null {
  const sensor = sensors.get(key);
  const value = kept.get(key)?.value ?? null;
  const nextAt = nextWriteAt.get(key) ?? null;
  if (!sensor) return refuse('NO_SENSOR', `the heat pump has no ${key} now`);
  if (!isSetting(sensor)) return refuse('NOT_A_SETTING', `${key} is a demand or a value for refreshing, not a setting`);
  if (value === null) return refuse('NO_VALUE', `the snapshot has no value of ${key}`);
  if ((present.get(key)?.value ?? null) === null) return refuse('NOT_READ', `the present value of ${key} is not known`);
  if (kept.get(key)?.unit !== sensor.unit) return refuse('OTHER_UNIT', `${key} was kept in another unit`);
  if (nextAt !== null) return refuse('WORN', `${key} may be written again at ${new Date(nextAt).toISOString()}`);
  return check(key, value);
}
