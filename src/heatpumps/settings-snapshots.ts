import { randomUUID } from 'node:crypto';
import type { Clock } from '../domain/clock.ts';
import { AppError, messageOf } from '../domain/errors.ts';
import { type Heatpump, readingsOf } from '../domain/heatpump.ts';
import type { Logger } from '../domain/logger.ts';
import { Sequence } from '../domain/sequence.ts';
import { entriesOf, type SettingsSnapshot, type SnapshotTrigger } from '../domain/settings-snapshot.ts';
import type { SettingsStore } from '../domain/settings-store.ts';

/** What taking snapshots needs of the house. */
export interface SettingsSnapshotsDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly settings: SettingsStore;
}

const DAY_MS = 24 * 3_600_000;
/** Settings are restored in several steps; what was there before the first of them is what counts. */
const ONE_RESTORE_MS = 15 * 60_000;

/** Takes snapshots of what the registers of a heat pump hold that can be written. */
export class SettingsSnapshots {
  readonly #deps: SettingsSnapshotsDeps;
  readonly #turns = new Sequence();
  /** Days since the epoch on which a snapshot was last taken, by heat pump and trigger. */
  readonly #lastDays = new Map<string, number>();

  constructor(deps: SettingsSnapshotsDeps) {
    this.#deps = deps;
  }

  /** Takes one now. Throws `CONFLICT` while no register that can be written is known. */
  async take(heatpump: Heatpump, trigger: SnapshotTrigger): Promise<SettingsSnapshot> {
    const snapshot = this.#snapshotOf(heatpump, trigger);
    if (!snapshot)
      throw new AppError('CONFLICT', `nothing is known of the settings of ${heatpump.settings.name}: it was not read`);
    await this.#deps.settings.addSnapshot(snapshot);
    return snapshot;
  }

  /** Takes the one of the day, if there is none yet; called after each poll. */
  async takeDaily(heatpump: Heatpump): Promise<void> {
    await this.#takeOnceADay(heatpump, 'DAILY').catch((thrown: unknown) => {
      const { id: heatpumpId } = heatpump.settings;
      this.#deps.logger.error({ heatpumpId, error: messageOf(thrown) }, 'the settings of the day cannot be kept');
    });
  }

  /** Takes one before the first change of a setting on a day, if anything is known; it is on disk before the change goes out. */
  beforeWrite(heatpump: Heatpump): Promise<void> {
    return this.#takeOnceADay(heatpump, 'BEFORE_WRITE');
  }

  /** Takes one before settings are restored, unless that has begun some minutes ago. Throws `CONFLICT` as {@link take} does. */
  beforeRestore(heatpump: Heatpump): Promise<void> {
    return this.#turns.run(async () => {
      const lastAt = await this.#deps.settings.lastTakenAt(heatpump.settings.id, 'BEFORE_RESTORE');
      const age = this.#deps.clock.now() - (lastAt ?? Number.NEGATIVE_INFINITY);
      if (age < 0 || age > ONE_RESTORE_MS) await this.take(heatpump, 'BEFORE_RESTORE');
    });
  }

  /** Forgets a heat pump that was removed. */
  forget(heatpumpId: string): void {
    for (const key of this.#lastDays.keys()) if (key.startsWith(`${heatpumpId} `)) this.#lastDays.delete(key);
  }

  async #takeOnceADay(heatpump: Heatpump, trigger: SnapshotTrigger): Promise<void> {
    const { id } = heatpump.settings;
    const key = `${id} ${trigger}`;
    const today = dayOf(this.#deps.clock.now());
    if (this.#lastDays.get(key) === today) return;
    await this.#turns.run(async () => {
      const snapshot = this.#lastDays.get(key) === today ? null : this.#snapshotOf(heatpump, trigger);
      if (!snapshot) return;
      const lastAt = await this.#deps.settings.lastTakenAt(id, trigger);
      if (lastAt === null || dayOf(lastAt) !== today) await this.#deps.settings.addSnapshot(snapshot);
      this.#lastDays.set(key, today);
    });
  }

  /** Null: nothing is known. */
  #snapshotOf(heatpump: Heatpump, trigger: SnapshotTrigger): SettingsSnapshot | null {
    const entries = entriesOf(readingsOf(heatpump));
    const known = entries.filter(({ value }) => value !== null).length;
    if (known === 0) return null;
    const { id: heatpumpId } = heatpump.settings;
    const [takenAt, model] = [this.#deps.clock.now(), modelOf(heatpump)];
    return { id: randomUUID(), heatpumpId, takenAt, trigger, model, known, unknown: entries.length - known, entries };
  }
}

/** Manufacturer and model of a heat pump, as settings are kept under. */
export function modelOf({ settings: { manufacturer, model } }: Heatpump): string {
  return `${manufacturer}/${model}`;
}

function dayOf(time: number): number {
  return Math.floor(time / DAY_MS);
}
