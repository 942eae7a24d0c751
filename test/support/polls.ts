import type { Sensor } from '../../src/domain/sensor.ts';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import type { EventBus } from '../../src/heatpumps/event-bus.ts';
import type { HeatpumpManager } from '../../src/heatpumps/manager.ts';

/** Publishes polls in place of a heat pump that is not read, and keeps what they said. */
export class Polls {
  /** What changed with each, from the first on; the first has everything. */
  readonly log: { readonly revision: number; readonly changed: Readonly<Record<string, number>> }[] = [];
  readonly heatpumpId: string;
  readonly #bus: EventBus;
  readonly #sensors: readonly Sensor[];
  readonly #values = new Map<string, number>();
  #revision: number;

  /** @param revision that of the poll before the first. */
  constructor(heatpumps: HeatpumpManager, heatpumpId: string, count: number, revision = 100) {
    this.heatpumpId = heatpumpId;
    this.#bus = heatpumps.events as EventBus;
    this.#sensors = heatpumps.info(heatpumpId).sensors.slice(0, count);
    this.#revision = revision;
  }

  get revision(): number {
    return this.#revision;
  }

  /** The keys of its sensors, in their order. */
  get keys(): readonly string[] {
    return this.#sensors.map(({ key }) => key);
  }

  /** What each sensor has now; those never told are 0. */
  get values(): Record<string, number> {
    return Object.fromEntries(this.keys.map((key) => [key, this.#values.get(key) ?? 0]));
  }

  /** Publishes a poll in which these have changed. */
  publish(changed: Readonly<Record<string, number>> = {}): number {
    for (const [key, value] of Object.entries(changed)) this.#values.set(key, value);
    this.#revision++;
    const observedAt = 1_800_000_000_000 + this.#revision * 1_000;
    const readings: Snapshot['readings'] = this.#sensors.map((sensor) => {
      return { sensor, value: this.#values.get(sensor.key) ?? 0, text: null, quality: 'GOOD', observedAt };
    });
    this.log.push({ revision: this.#revision, changed: this.log.length === 0 ? this.values : changed });
    this.#bus.emit('snapshot', { heatpumpId: this.heatpumpId, revision: this.#revision, observedAt, readings });
    return this.#revision;
  }
}
