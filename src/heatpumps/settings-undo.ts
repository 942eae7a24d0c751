import { AppError } from '../domain/errors.ts';
import type { Refusal, Undo } from '../domain/settings-restore.ts';
import type { Write } from '../domain/write.ts';
import type { WriteStore } from '../domain/write-store.ts';
import type { HeatpumpManager } from './manager.ts';
import { refusalOf, refuse, writeRefusal } from './restore-plan.ts';
import { hasReachedDevice } from './settings-cause.ts';

/** What undoing needs of the house. */
export interface UndoDeps {
  readonly manager: HeatpumpManager;
  readonly writes: WriteStore;
}

/** Writes to the same sensor that are looked through for one that came later. */
const LOOKED_AT = 50;

/**
 * Writes the value that was there before a write. Refused unless that write is the last one of its sensor, is known to have
 * changed something, and nobody else has changed the value since. Throws `NOT_FOUND` for a write that is gone.
 */
export async function undoWrite(
  id: string,
  origin: string,
  { manager, writes }: UndoDeps,
  isSeen: (heatpumpId: string) => boolean,
): Promise<Undo> {
  const write = await writes.find(id);
  if (!write || !isSeen(write.heatpumpId)) {
    const message = 'no write with this id';
    throw new AppError('NOT_FOUND', message, [{ path: ['input', 'id'], message }]);
  }
  const { heatpumpId, key, previous } = write;
  const refusal = (await refusalByRecord(write, writes)) ?? (await refusalByDevice(write, manager));
  if (refusal || previous === null) return { write: null, refusal: refusal ?? noValue() };
  try {
    return { write: await manager.write({ heatpumpId, key, value: previous }, origin), refusal: null };
  } catch (thrown) {
    return { write: null, refusal: refusalOf(thrown) };
  }
}

async function refusalByRecord(write: Write, writes: WriteStore): Promise<Refusal | null> {
  const { heatpumpId, key, state, previous, confirmed } = write;
  if (state === 'PENDING' || state === 'UNKNOWN') return refuse('NOT_SETTLED', 'it is not known what became of it');
  if (state === 'REJECTED') return refuse('NOTHING_CHANGED', 'the heat pump did not take it');
  if (previous === null) return noValue();
  if (previous === confirmed) return refuse('NOTHING_CHANGED', 'the value was there before');
  const page = await writes.page({ heatpumpId, key, first: LOOKED_AT });
  const last = page.writes.find((other) => other.id === write.id || hasChanged(other));
  return last?.id === write.id ? null : refuse('NOT_LAST', `${key} was written again since`);
}

async function refusalByDevice({ heatpumpId, key, previous, confirmed }: Write, manager: HeatpumpManager) {
  const sensor = manager.info(heatpumpId).sensors.find((candidate) => candidate.key === key);
  if (!sensor) return refuse('NO_SENSOR', `the heat pump has no ${key} now`);
  if (sensor.writeHazard === 'CYCLIC' || sensor.hold)
    return refuse('NOT_A_SETTING', `${key} wants to be refreshed; hold it, or release it`);
  const refusal = writeRefusal(manager, heatpumpId, key, previous ?? 0);
  if (refusal) return refusal;
  const present = await manager.present(heatpumpId, key);
  if (present === null) return refuse('NOT_READ', `the present value of ${key} cannot be read`);
  return present === confirmed
    ? null
    : refuse('CHANGED_SINCE', `${key} is ${present} now, not ${confirmed} as written`);
}

/** A write of which it is known that nothing came of it does not stand between another one and its undoing. */
function hasChanged(write: Write): boolean {
  return hasReachedDevice(write) && (write.confirmed === null || write.confirmed !== write.previous);
}

function noValue(): Refusal {
  return refuse('NO_VALUE', 'it is not known what was there before');
}
