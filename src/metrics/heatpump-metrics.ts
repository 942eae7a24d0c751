import type { Heatpump } from '../domain/heatpump.ts';
import { OPERATING_STATES, quantityInfo } from '../domain/quantity.ts';
import type { QuantityReading } from '../domain/quantity-reading.ts';
import { quantityReadingsOf } from '../domain/quantity-view.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { Family, Sample } from './exposition.ts';

/** Collects samples by metric name, for the text format wants all samples of a name together. */
class Families {
  readonly #byName = new Map<string, Family & { readonly samples: Sample[] }>();

  add(name: string, help: string, type: Family['type'], sample: Sample): void {
    const family = this.#byName.get(name) ?? { name, help, type, samples: [] };
    family.samples.push(sample);
    this.#byName.set(name, family);
  }

  all(): Iterable<Family> {
    return this.#byName.values();
  }
}

/**
 * The metrics of all heat pumps as they are now: every good reading under the maker's name and, where it is the source
 * of a quantity, under the common one; whether and how each heat pump is read.
 */
export function heatpumpFamilies(heatpumps: readonly Heatpump[]): Iterable<Family> {
  const families = new Families();
  for (const heatpump of heatpumps) {
    const labels = labelsOf(heatpump);
    addStatus(families, heatpump, labels);
    for (const reading of goodReadings(heatpump)) addReading(families, heatpump, reading, labels);
    for (const reading of quantityReadingsOf(heatpump)) addQuantity(families, reading, labels);
  }
  return families.all();
}

/** The older single-device application wrote these under two names, the other one ending in `_uchar`. */
const NAMED_TWICE = /^state_compressor_\d$/;

/** The readings of one heat pump as the older single-device application named them: without labels. */
export function legacyFamilies(heatpump: Heatpump): Iterable<Family> {
  const families = new Families();
  for (const { sensor, value } of goodReadings(heatpump)) {
    const name = metricName('idm', sensor);
    const names = NAMED_TWICE.test(sensor.key) ? [name, `${name}_uchar`] : [name];
    for (const one of names) families.add(one, helpOf(sensor), typeOf(sensor), { labels: {}, value });
  }
  return families.all();
}

type GoodReading = Reading & { readonly value: number };

function goodReadings({ snapshot }: Heatpump): GoodReading[] {
  const isGood = (reading: Reading): reading is GoodReading => reading.quality === 'GOOD' && reading.value !== null;
  return snapshot ? snapshot.readings.filter(isGood) : [];
}

function labelsOf({ settings }: Heatpump): Sample['labels'] {
  const { id, manufacturer, model, name } = settings;
  return { heatpump_id: id, manufacturer, model, name };
}

function addReading(families: Families, { model }: Heatpump, { sensor, value }: GoodReading, labels: Sample['labels']) {
  families.add(metricName(model.manufacturer.id, sensor), helpOf(sensor), typeOf(sensor), { labels, value });
}

/** A quantity in base units; of a circuit, its name is one more label. */
function addQuantity(families: Families, reading: QuantityReading, labels: Sample['labels']): void {
  const { quantity, circuit, value, text, quality } = reading;
  if (quality !== 'GOOD' || value === null) return;
  if (quantity === 'OPERATING_STATE') addStates(families, text, labels);
  if (quantity === 'FAULT') {
    const help = 'Whether the heat pump reports a fault or message (1) or not (0).';
    families.add('heatpump_fault', help, 'gauge', { labels, value: value === 0 ? 0 : 1 });
  }
  const { metric, toBase } = quantityInfo(quantity);
  if (!metric) return;
  const help = `${quantity.toLowerCase().replaceAll('_', ' ')} of the heat pump, in base units.`;
  const sample = { labels: circuit === null ? labels : { ...labels, circuit }, value: value * toBase };
  families.add(`heatpump_${metric}`, help, 'gauge', sample);
}

/** The operating state as a series per state: 1 for the present one, 0 for the others. */
function addStates(families: Families, present: string | null, labels: Sample['labels']): void {
  for (const state of OPERATING_STATES) {
    const sample = { labels: { ...labels, state: state.toLowerCase() }, value: state === present ? 1 : 0 };
    families.add('heatpump_operating_state', 'Whether the heat pump is in this state (1) or not (0).', 'gauge', sample);
  }
}

function metricName(manufacturer: string, { key }: Sensor): string {
  return `${manufacturer}_heatpump_${key}`;
}

function helpOf({ name, unit }: Sensor): string {
  return unit ? `${name.EN} in ${unit}` : name.EN;
}

/** Prometheus keeps the ending "_total" to counters. */
function typeOf({ key }: Sensor): Family['type'] {
  return key.endsWith('_total') ? 'counter' : 'gauge';
}

function addStatus(families: Families, { settings, status, counters }: Heatpump, labels: Sample['labels']): void {
  const { lastPoll, lastReadAt, state, pace } = status;
  if (settings.enabled) {
    const value = state === 'ONLINE' || state === 'DEGRADED' ? 1 : 0;
    families.add('heatpump_up', 'Whether the heat pump is read (1) or not (0).', 'gauge', { labels, value });
  }
  if (lastPoll) {
    const value = lastPoll.durationMs / 1_000;
    families.add('heatpump_poll_duration_seconds', 'Duration of the last complete poll.', 'gauge', { labels, value });
  }
  if (lastReadAt !== null) {
    const value = lastReadAt / 1_000;
    const help = 'When the last complete poll ended, seconds since the epoch.';
    families.add('heatpump_last_read_timestamp_seconds', help, 'gauge', { labels, value });
  }
  if (pace && pace.requestsPerSecond !== null) {
    const help = 'Most requests per second, where the heat pump is read more slowly than its driver allows.';
    families.add('heatpump_pace_limit_requests_per_second', help, 'gauge', { labels, value: pace.requestsPerSecond });
  }
  const requests = { labels, value: counters.requests };
  families.add('heatpump_modbus_requests_total', 'Modbus requests since the server started.', 'counter', requests);
  for (const [code, value] of Object.entries(counters.errors)) {
    const help = 'Modbus requests that failed, by error code.';
    families.add('heatpump_modbus_errors_total', help, 'counter', { labels: { ...labels, code }, value });
  }
}
