import type { Clock, Timer } from '../domain/clock.ts';
import type { EventSource } from '../domain/events.ts';
import { type Heatpump, intervalInForce } from '../domain/heatpump.ts';
import { quantityReadingsOf } from '../domain/quantity-view.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { BatchBuffer } from './batch-buffer.ts';
import type { Layout } from './layout-table.ts';
import { DERIVED_SERIES, seriesOf } from './series.ts';
import type { WriteQueue } from './write-queue.ts';

/** What the recorder needs of the house. */
export interface RecorderDeps {
  readonly events: EventSource;
  readonly find: (heatpumpId: string) => Heatpump | null;
  readonly clock: Clock;
  readonly queue: WriteQueue;
}

/** The layout of a heat pump's scans, and which of its readings they hold. */
interface Plan {
  readonly sensors: readonly Sensor[];
  readonly layout: Layout;
  readonly places: readonly number[];
}

/** Batches are at most so old when they are handed over. */
const FLUSH_MS = 1_000;

/** Turns every snapshot into a scan: its good readings and what is worked out of them. A reading that is not good is a gap. */
export class Recorder {
  readonly #deps: RecorderDeps;
  readonly #plans = new Map<string, Plan>();
  readonly #buffer = new BatchBuffer();
  readonly #off: readonly (() => void)[];
  #lastLayout = 0;
  #timer: Timer = undefined;

  constructor(deps: RecorderDeps) {
    this.#deps = deps;
    this.#off = [
      deps.events.on('snapshot', (snapshot) => this.#record(snapshot)),
      deps.events.on('removed', ({ heatpumpId }) => this.#remove(heatpumpId)),
    ];
  }

  /** The time of the oldest scan that was not handed over yet; infinite if all were. */
  get oldestWaitingAt(): number {
    return this.#buffer.oldestAt;
  }

  /** How many values were not handed over yet. */
  get waitingValues(): number {
    return this.#buffer.values;
  }

  /** Hands over what is left, and listens no more. */
  stop(): void {
    for (const off of this.#off) off();
    this.#flush();
  }

  #record(snapshot: Snapshot): void {
    const heatpump = this.#deps.find(snapshot.heatpumpId);
    if (!heatpump?.settings.enabled) return;
    const { layout, places } = this.#plan(snapshot);
    const readings = new Float64Array(layout.series.length).fill(Number.NaN);
    let values = 0;
    for (const [index, place] of places.entries()) {
      const reading = snapshot.readings[place];
      if (reading?.quality !== 'GOOD' || reading.value === null) continue;
      readings[index] = reading.value;
      values++;
    }
    if (values === 0) return;
    values += recordDerived({ ...heatpump, snapshot }, readings.subarray(places.length));
    if (this.#buffer.isFullFor(layout)) this.#flush();
    this.#buffer.add(layout, snapshot.observedAt, intervalInForce(heatpump), readings, values);
    this.#timer ??= this.#deps.clock.setTimeout(() => this.#flush(), FLUSH_MS);
  }

  /** Made anew when the sensors are not the same ones any more. */
  #plan({ heatpumpId, readings }: Snapshot): Plan {
    const known = this.#plans.get(heatpumpId);
    const isSame =
      known?.sensors.length === readings.length && readings.every(({ sensor }, i) => sensor === known.sensors[i]);
    if (known && isSame) return known;
    const sensors = readings.map(({ sensor }) => sensor);
    const recorded = sensors.flatMap((sensor, place) => {
      const series = seriesOf(sensor);
      return series ? [{ series, place }] : [];
    });
    const series = [...recorded.map((one) => one.series), ...DERIVED_SERIES];
    const layout = { id: ++this.#lastLayout, heatpumpId, series };
    const plan = { sensors, layout, places: recorded.map(({ place }) => place) };
    this.#plans.set(heatpumpId, plan);
    return plan;
  }

  #flush(): void {
    this.#deps.clock.clearTimeout(this.#timer);
    this.#timer = undefined;
    if (!this.#buffer.isEmpty) this.#deps.queue.push({ type: 'batch', batch: this.#buffer.take() });
  }

  #remove(heatpumpId: string): void {
    this.#flush();
    this.#plans.delete(heatpumpId);
    this.#deps.queue.push({ type: 'remove', heatpumpId });
  }
}

/** Fills in the quantities that no sensor has; returns how many there are. */
function recordDerived(heatpump: Heatpump, readings: Float64Array): number {
  let values = 0;
  for (const { quantity, value, quality } of quantityReadingsOf(heatpump)) {
    const index = DERIVED_SERIES.findIndex(({ key }) => key === quantity);
    if (index === -1 || quality !== 'GOOD' || value === null) continue;
    readings[index] = value;
    values++;
  }
  return values;
}
