import type { Clock } from '../domain/clock.ts';
import { AppError } from '../domain/errors.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import type { RestoreStep, SettingsRestore } from '../domain/settings-restore.ts';
import type { SettingsSnapshot } from '../domain/settings-snapshot.ts';
import type { EventBus } from './event-bus.ts';
import type { HeatpumpManager } from './manager.ts';
import { planRestore, refusalOf, refuse } from './restore-plan.ts';
import { modelOf, type SettingsSnapshots } from './settings-snapshots.ts';
import { WriteOutcomes } from './write-outcomes.ts';

/** What restoring needs of the house. */
export interface SettingsRestorerDeps {
  readonly manager: HeatpumpManager;
  readonly snapshots: SettingsSnapshots;
  readonly bus: EventBus;
  readonly clock: Clock;
}

/** Writes settings back as a snapshot has them, through the same door as everybody else. */
export class SettingsRestorer {
  readonly #deps: SettingsRestorerDeps;
  /** Heat pumps that are being restored. */
  readonly #busy = new Set<string>();

  constructor(deps: SettingsRestorerDeps) {
    this.#deps = deps;
  }

  /** Tells what would be written, and what not and why. Throws `NOT_FOUND`, or `CONFLICT` for a snapshot of another model. */
  async preview(snapshot: SettingsSnapshot, keys: readonly string[] | null): Promise<SettingsRestore> {
    const steps = await planRestore(this.#deps.manager, this.#heatpump(snapshot), snapshot, keys);
    return { snapshot, isDryRun: true, steps };
  }

  /**
   * Writes one setting after the other, each when the one before was acknowledged, and none that has its old value already;
   * resolves when it is known what became of all. Stops at the first of unknown outcome, and if the heat pump is not
   * reached. Throws as {@link preview} does, and `CONFLICT` while the heat pump is being restored.
   */
  async restore(snapshot: SettingsSnapshot, keys: readonly string[] | null, origin: string): Promise<SettingsRestore> {
    const heatpump = this.#heatpump(snapshot);
    const { id, name } = heatpump.settings;
    if (this.#busy.has(id)) throw new AppError('CONFLICT', `${name} is being restored already`);
    this.#busy.add(id);
    const outcomes = new WriteOutcomes(id, this.#deps.bus, this.#deps.clock);
    try {
      const steps = await planRestore(this.#deps.manager, heatpump, snapshot, keys);
      if (steps.some(({ refusal }) => !refusal)) await this.#deps.snapshots.beforeRestore(heatpump);
      return { snapshot, isDryRun: false, steps: await this.#perform(heatpump, steps, origin, outcomes) };
    } finally {
      outcomes.close();
      this.#busy.delete(id);
    }
  }

  async #perform(
    { settings: { id }, sensors }: Heatpump,
    steps: readonly RestoreStep[],
    origin: string,
    outcomes: WriteOutcomes,
  ): Promise<RestoreStep[]> {
    const done: RestoreStep[] = [];
    let isStopped = false;
    for (const step of steps) {
      isStopped ||= outcomes.hasUnknown;
      const after: RestoreStep = isStopped ? stopped(step) : await this.#write(id, step, origin);
      if (after.write) outcomes.take(after.write);
      isStopped ||= after.refusal?.obstacle === 'UNREACHABLE';
      done.push(after);
    }
    const settling = sensors.filter(({ key }) => done.some((step) => step.key === key && step.write));
    await outcomes.ended(Math.max(0, ...settling.map(({ settleMs }) => settleMs)));
    return done
      .map((step) => (step.write ? { ...step, write: outcomes.of(step.write) } : step))
      .filter(({ present, kept, refusal }) => refusal !== null || present !== kept);
  }

  /** The device itself is asked first: what was last read of a setting may be a minute old. */
  async #write(heatpumpId: string, step: RestoreStep, origin: string): Promise<RestoreStep> {
    const { key, kept } = step;
    if (step.refusal || kept === null) return step;
    try {
      const { manager } = this.#deps;
      const present = await manager.present(heatpumpId, key);
      if (present === null) return { ...step, present, refusal: refuse('NOT_READ', `${key} cannot be read now`) };
      if (present === kept) return { ...step, present };
      return { ...step, present, write: await manager.write({ heatpumpId, key, value: kept }, origin) };
    } catch (thrown) {
      return { ...step, refusal: refusalOf(thrown) };
    }
  }

  #heatpump(snapshot: SettingsSnapshot): Heatpump {
    const heatpump = this.#deps.manager.info(snapshot.heatpumpId);
    if (snapshot.model === modelOf(heatpump)) return heatpump;
    throw new AppError('CONFLICT', `the snapshot is of ${snapshot.model}, the heat pump is now ${modelOf(heatpump)}`);
  }
}

function stopped(step: RestoreStep): RestoreStep {
  return step.refusal ? step : { ...step, refusal: refuse('STOPPED', 'a write before it came to no good end') };
}
