import type { EventSource } from '../domain/events.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import type { WriteState } from '../domain/write.ts';
import type { Family } from './exposition.ts';

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

  /** The counts of these heat pumps. */
  family(heatpumps: readonly Heatpump[]): Family {
    const samples = heatpumps.flatMap(({ settings: { id, manufacturer, model, name } }) =>
      [...(this.#byHeatpump.get(id) ?? [])].map(([state, value]) => ({
        labels: { heatpump_id: id, manufacturer, model, name, state },
        value,
      })),
    );
    return { name: 'heatpump_writes_total', help: 'Values written, by their outcome.', type: 'counter', samples };
  }
}
