import { randomUUID } from 'node:crypto';
import type { Heatpump } from '../domain/heatpump.ts';
import type { Logger } from '../domain/logger.ts';
import type { KnownSetting, SettingsChange } from '../domain/settings-change.ts';
import { isSetting } from '../domain/settings-snapshot.ts';
import type { SettingsStore } from '../domain/settings-store.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { WriteStore } from '../domain/write-store.ts';
import type { EventBus } from './event-bus.ts';
import { type Deviation, foreignChangeOf } from './settings-cause.ts';
import { modelOf } from './settings-snapshots.ts';

/** What watching settings needs of the house. */
export interface SettingsWatchDeps {
  readonly bus: EventBus;
  readonly logger: Logger;
  readonly settings: SettingsStore;
  readonly writes: WriteStore;
}

/** Writes of a setting that are looked at for one that explains its value. */
const LOOKED_AT = 10;
/** A register that changes more often on a day is measured, not set; the rest of the day it is not told. */
const TOLD_PER_DAY = 10;
const DAY_MS = 24 * 3_600_000;

/** What a poll has brought that is not accounted for yet. */
interface News {
  /** Seen for the first time ever: there is nothing to compare it with. */
  readonly first: readonly Deviation[];
  /** Seen in two reads. */
  readonly deviations: readonly Deviation[];
}

/** Compares the settings of one heat pump with what is accounted for, and tells what somebody else has changed. */
export class SettingsWatch {
  readonly #heatpumpId: string;
  readonly #model: string;
  readonly #deps: SettingsWatchDeps;
  /** Other values that were read once. A device that starts may show anything for a moment, so one read proves nothing. */
  readonly #doubtful = new Map<string, Deviation>();
  readonly #told = new Map<string, { readonly day: number; count: number }>();
  #known: ReadonlyMap<string, KnownSetting>;

  private constructor(heatpump: Heatpump, known: ReadonlyMap<string, KnownSetting>, deps: SettingsWatchDeps) {
    this.#heatpumpId = heatpump.settings.id;
    this.#model = modelOf(heatpump);
    this.#known = known;
    this.#deps = deps;
  }

  /** Goes on from what an earlier process has left, if that is of the same model. */
  static async load(heatpump: Heatpump, deps: SettingsWatchDeps): Promise<SettingsWatch> {
    const kept = await deps.settings.known(heatpump.settings.id);
    return new SettingsWatch(heatpump, kept?.model === modelOf(heatpump) ? kept.settings : new Map(), deps);
  }

  /** True unless the heat pump has become one of another model. */
  isOf(heatpump: Heatpump): boolean {
    return this.#model === modelOf(heatpump);
  }

  /** Takes in what a poll has read. One call at a time; what fails to be kept is found again by the next. */
  async observe(snapshot: Snapshot): Promise<void> {
    const news = this.#newsIn(snapshot);
    if (news.first.length + news.deviations.length > 0) await this.#account(news);
  }

  #newsIn({ readings }: Snapshot): News {
    const first: Deviation[] = [];
    const deviations: Deviation[] = [];
    for (const { sensor, value, quality, observedAt } of readings) {
      if (quality !== 'GOOD' || value === null || observedAt === null || !isSetting(sensor)) continue;
      const known = this.#known.get(sensor.key);
      if (known?.value === value) this.#doubtful.delete(sensor.key);
      else if (!known) first.push({ sensor, value, noticedAt: observedAt });
      else {
        const deviation = this.#confirmed({ sensor, value, noticedAt: observedAt });
        if (deviation) deviations.push(deviation);
      }
    }
    return { first, deviations };
  }

  /** Null until a second read says the same. */
  #confirmed(deviation: Deviation): Deviation | null {
    const { sensor, value, noticedAt } = deviation;
    const before = this.#doubtful.get(sensor.key);
    if (before?.value === value) return noticedAt > before.noticedAt ? before : null;
    this.#doubtful.set(sensor.key, deviation);
    return null;
  }

  async #account({ first, deviations }: News): Promise<void> {
    const changes: SettingsChange[] = [];
    for (const deviation of deviations) {
      const change = await this.#foreignChange(deviation);
      if (change) changes.push(change);
    }
    const told = changes.filter((change) => this.#isToBeTold(change));
    const settings = new Map(this.#known);
    for (const { sensor, value, noticedAt } of [...first, ...deviations])
      settings.set(sensor.key, { value, at: noticedAt });
    await this.#deps.settings.account({ heatpumpId: this.#heatpumpId, model: this.#model, settings }, told);
    this.#known = settings;
    for (const change of told) this.#deps.bus.emit('settingsChange', change);
  }

  async #foreignChange(deviation: Deviation): Promise<SettingsChange | null> {
    const { sensor, value, noticedAt } = deviation;
    const { key } = sensor;
    const known = this.#known.get(key);
    const { writes } = await this.#deps.writes.page({ heatpumpId: this.#heatpumpId, key, first: LOOKED_AT });
    const foreign = known ? foreignChangeOf(deviation, known, writes) : null;
    if (!foreign || foreign.before === value) return null;
    return { id: randomUUID(), heatpumpId: this.#heatpumpId, key, before: foreign.before, after: value, noticedAt };
  }

  #isToBeTold({ key, noticedAt }: SettingsChange): boolean {
    const day = Math.floor(noticedAt / DAY_MS);
    const known = this.#told.get(key);
    const told = known?.day === day ? known : { day, count: 0 };
    this.#told.set(key, told);
    told.count++;
    if (told.count === TOLD_PER_DAY + 1) {
      const heatpumpId = this.#heatpumpId;
      this.#deps.logger.warn({ heatpumpId, key }, 'a setting keeps changing by itself and is not told any more today');
    }
    return told.count <= TOLD_PER_DAY;
  }
}
