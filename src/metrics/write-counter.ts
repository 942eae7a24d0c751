import type { EventSource } from '../domain/events.ts';
import type { WriteState } from '../domain/write.ts';

/** Counts the settled writes of each heat pump by their outcome, for as long as the heat pump exists. */
export class WriteCounter {
  readonly #byHeatpump = new Map<string, Map<WriteState, number>>();

  constructor(events: EventSource) {
    events.on('write', ({ heatpumpId, state, settledAt }) => {
      if (settledAt === null) return;
      const counts = this.#byHeatpump.get(heatpumpId) ?? new Map<WriteState, number>();
      counts.set(state, (counts.get(state) ?? 0) + 1);
      this.#byHeatpump.set(heatpumpId, counts);
    });
    events.on('removed', ({ heatpumpId }) => void this.#byHeatpump.delete(heatpumpId));
  }

  /** How many writes of a heat pump have come to which end. */
  of(heatpumpId: string): ReadonlyMap<WriteState, number> {
    return this.#byHeatpump.get(heatpumpId) ?? new Map();
  }
}
