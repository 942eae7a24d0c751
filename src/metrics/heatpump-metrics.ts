import type { Heatpump, HeatpumpSettings } from '../domain/heatpump.ts';
import { OPERATING_STATES, QUANTITIES, type Quantity, quantityInfo } from '../domain/quantity.ts';
import type { QuantityReading } from '../domain/quantity-reading.ts';
import { quantityReadingsOf } from '../domain/quantity-view.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { Reading, Snapshot } from '../domain/snapshot.ts';
import type { WriteState } from '../domain/write.ts';
import type { Labels, Metric, SeriesBook, SeriesGroup } from './series-book.ts';

const gauge = (name: string, help: string): Metric => ({ name, help, type: 'gauge' });
const counter = (name: string, help: string): Metric => ({ name, help, type: 'counter' });

const UP = gauge('heatpump_up', 'Whether the heat pump is read (1) or not (0).');
const POLL_DURATION = gauge('heatpump_poll_duration_seconds', 'Duration of the last complete poll.');
const LAST_READ = gauge(
  'heatpump_last_read_timestamp_seconds',
  'When the last complete poll ended, seconds since the epoch.',
);
const PACE_LIMIT = gauge(
  'heatpump_pace_limit_requests_per_second',
  'Most requests per second, where the heat pump is read more slowly than its driver allows.',
);
const REQUESTS = counter('heatpump_modbus_requests_total', 'Modbus requests since the server started.');
const ERRORS = counter('heatpump_modbus_errors_total', 'Modbus requests that failed, by error code.');
const WRITES = counter('heatpump_writes_total', 'Values written, by their outcome.');
const FAULT = gauge('heatpump_fault', 'Whether the heat pump reports a fault or message (1) or not (0).');
const OPERATING_STATE = gauge('heatpump_operating_state', 'Whether the heat pump is in this state (1) or not (0).');

/** The quantities that have a base unit. */
const QUANTITY_METRICS: ReadonlyMap<Quantity, Metric> = new Map(
  (Object.keys(QUANTITIES) as Quantity[]).flatMap((quantity) => {
    const { metric } = quantityInfo(quantity);
    const help = `${quantity.toLowerCase().replaceAll('_', ' ')} of the heat pump, in base units.`;
    return metric ? [[quantity, gauge(`heatpump_${metric}`, help)] as const] : [];
  }),
);
/** The states, told apart by a label. */
const STATES = OPERATING_STATES.map((state) => ({ state, labels: { state: state.toLowerCase() } }));

/** The older single-device application wrote these under two names, the other one ending in `_uchar`. */
const NAMED_TWICE = /^state_compressor_\d$/;

/** What is told about one heat pump, for as long as its name and model stay. */
export class HeatpumpSeries {
  readonly #settings: HeatpumpSettings;
  readonly #status: SeriesGroup;
  readonly #values: SeriesGroup;
  /** Whose values were told last; undefined: nobody's. */
  #snapshot: Snapshot | null | undefined;

  constructor(book: SeriesBook, settings: HeatpumpSettings) {
    const { id, manufacturer, model, name } = settings;
    const labels: Labels = { heatpump_id: id, manufacturer, model, name };
    this.#settings = settings;
    this.#status = book.group(labels);
    this.#values = book.group(labels);
  }

  /** Whether these series are those of this heat pump, as it is called now. */
  fits({ settings }: Heatpump): boolean {
    return settings === this.#settings;
  }

  /**
   * Tells every good reading under the maker's name and, where it is the source of a quantity, under the common one; whether
   * and how the heat pump is read; what became of its writes.
   */
  tell(heatpump: Heatpump, writes: ReadonlyMap<WriteState, number>): void {
    tellStatus(this.#status, heatpump, writes);
    if (heatpump.snapshot === this.#snapshot) return;
    this.#snapshot = heatpump.snapshot;
    tellValues(this.#values, heatpump);
  }

  /** Tells nothing any more. */
  drop(): void {
    this.#status.drop();
    this.#values.drop();
  }
}

/** The readings of one heat pump as the older single-device application named them: without labels. */
export function tellLegacy(series: SeriesGroup, { snapshot }: Heatpump): void {
  series.begin();
  for (const { sensor, value } of snapshot?.readings.filter(isGood) ?? []) {
    const metric = metricOf('idm', sensor);
    series.tell(sensor, () => metric, value);
    const name = `${metric.name}_uchar`;
    if (NAMED_TWICE.test(sensor.key)) series.tell(name, () => ({ ...metric, name }), value);
  }
  series.end();
}

function isGood(reading: Reading): reading is Reading & { readonly value: number } {
  return reading.quality === 'GOOD' && reading.value !== null;
}

function tellValues(series: SeriesGroup, heatpump: Heatpump): void {
  const maker = heatpump.model.manufacturer.id;
  series.begin();
  for (const reading of heatpump.snapshot?.readings ?? []) {
    const { sensor } = reading;
    if (isGood(reading)) series.tell(sensor, () => metricOf(maker, sensor), reading.value);
  }
  for (const reading of quantityReadingsOf(heatpump)) tellQuantity(series, reading);
  series.end();
}

/** A quantity in base units; of a circuit, its name is one more label. */
function tellQuantity(series: SeriesGroup, { quantity, circuit, value, text, quality }: QuantityReading): void {
  if (quality !== 'GOOD' || value === null) return;
  if (quantity === 'OPERATING_STATE') tellStates(series, text);
  if (quantity === 'FAULT') series.tell(FAULT, () => FAULT, value === 0 ? 0 : 1);
  const metric = QUANTITY_METRICS.get(quantity);
  if (!metric) return;
  const inBase = value * quantityInfo(quantity).toBase;
  if (circuit === null) series.tell(metric, () => metric, inBase);
  else series.tell(`${quantity} ${circuit}`, () => metric, inBase, { circuit });
}

/** The operating state as a series per state: 1 for the present one, 0 for the others. */
function tellStates(series: SeriesGroup, present: string | null): void {
  for (const one of STATES) series.tell(one, () => OPERATING_STATE, one.state === present ? 1 : 0, one.labels);
}

function tellStatus(
  series: SeriesGroup,
  { settings, status, counters }: Heatpump,
  writes: ReadonlyMap<WriteState, number>,
): void {
  const tell = (metric: Metric, value: number) => series.tell(metric, () => metric, value);
  const { lastPoll, lastReadAt, state, pace } = status;
  series.begin();
  if (settings.enabled) tell(UP, state === 'ONLINE' || state === 'DEGRADED' ? 1 : 0);
  if (lastPoll) tell(POLL_DURATION, lastPoll.durationMs / 1_000);
  if (lastReadAt !== null) tell(LAST_READ, lastReadAt / 1_000);
  if (pace && pace.requestsPerSecond !== null) tell(PACE_LIMIT, pace.requestsPerSecond);
  tell(REQUESTS, counters.requests);
  for (const [code, count] of Object.entries(counters.errors))
    series.tell(`error ${code}`, () => ERRORS, count, { code });
  for (const [outcome, count] of writes) series.tell(`write ${outcome}`, () => WRITES, count, { state: outcome });
  series.end();
}

function metricOf(manufacturer: string, { key, name, unit }: Sensor): Metric {
  return {
    name: `${manufacturer}_heatpump_${key}`,
    help: unit ? `${name.EN} in ${unit}` : name.EN,
    // Prometheus keeps the ending "_total" to counters.
    type: key.endsWith('_total') ? 'counter' : 'gauge',
  };
}
