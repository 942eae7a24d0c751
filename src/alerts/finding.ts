import type { AlertRule, AlertStateName, WatchedValue } from '../domain/alert.ts';
import { type Heatpump, readingsOf } from '../domain/heatpump.ts';
import type { QuantityReading } from '../domain/quantity-reading.ts';
import { quantityReadingsOf } from '../domain/quantity-view.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { Finding } from './alert-state.ts';

/** What a value of either vocabulary has in common. */
type AnyReading = Pick<Reading, 'value' | 'text' | 'quality'>;

const UNKNOWN: Finding = { isMet: null, value: null, text: null };

/** The readings of one heat pump at one moment, looked up by many alerts. */
export class Readings {
  readonly heatpump: Heatpump;
  #byKey: Map<string, Reading> | null = null;
  #quantities: QuantityReading[] | null = null;

  constructor(heatpump: Heatpump) {
    this.heatpump = heatpump;
  }

  /** True once a poll has ended, well or not, and while the heat pump is enabled: before, nothing can be told. */
  get isPolled(): boolean {
    const { state } = this.heatpump.status;
    return state !== 'CONNECTING' && state !== 'DISABLED';
  }

  /** The reading of a watched value; null if the heat pump does not have it. */
  find({ key, quantity, circuit }: WatchedValue): AnyReading | null {
    if (key !== null) return this.#keys().get(key) ?? null;
    return this.quantities().find((reading) => reading.quantity === quantity && reading.circuit === circuit) ?? null;
  }

  /** Everything it says in the common vocabulary. */
  quantities(): QuantityReading[] {
    this.#quantities ??= quantityReadingsOf(this.heatpump);
    return this.#quantities;
  }

  #keys(): Map<string, Reading> {
    this.#byKey ??= new Map(readingsOf(this.heatpump).map((reading) => [reading.sensor.key, reading]));
    return this.#byKey;
  }
}

/**
 * Whether a rule's condition holds for a heat pump now. That depends on the present state where there is a hysteresis, and
 * on whether the rule was made for this heat pump (`isOwn`) or for all: what was there and is gone is no data, what a model
 * never had is not.
 */
export function findingOf(rule: AlertRule, readings: Readings, state: AlertStateName, isOwn: boolean): Finding {
  if (!readings.isPolled) return UNKNOWN;
  switch (rule.type) {
    case 'OFFLINE':
      return { ...UNKNOWN, isMet: readings.heatpump.status.state === 'OFFLINE' };
    case 'FAULT':
      return faultOf(readings);
    case 'NO_DATA':
      return noDataOf(readings.find(rule), isOwn);
    case 'THRESHOLD':
      return thresholdOf(rule, readings.find(rule), state);
    case 'UNEXPECTED_OPTION':
      return unexpectedOf(rule.options, readings.find(rule));
  }
}

function noDataOf(reading: AnyReading | null, isOwn: boolean): Finding {
  if (!reading) return isOwn ? { ...UNKNOWN, isMet: true } : UNKNOWN;
  return { isMet: reading.quality !== 'GOOD', value: reading.value, text: reading.text };
}

/** The condition begins beyond the threshold, and ends once the value is back behind it by the hysteresis. */
function thresholdOf(
  { comparison, threshold, hysteresis }: AlertRule & { readonly type: 'THRESHOLD' },
  reading: AnyReading | null,
  state: AlertStateName,
): Finding {
  if (reading?.quality !== 'GOOD' || reading.value === null) return UNKNOWN;
  const { value, text } = reading;
  const excess = comparison === 'ABOVE' ? value - threshold : threshold - value;
  return { isMet: excess > (state === 'OK' ? 0 : -hysteresis), value, text };
}

function unexpectedOf(expected: readonly string[], reading: AnyReading | null): Finding {
  if (reading?.quality !== 'GOOD') return UNKNOWN;
  const { value, text } = reading;
  // The text of a bit field names all its set bits.
  const isExpected =
    text !== null && (expected.length === 0 || text.split('+').every((name) => expected.includes(name)));
  return { isMet: !isExpected, value, text };
}

/** A fault is believed from any source; that there is none only if every source there is says so. */
function faultOf(readings: Readings): Finding {
  const named = readings.quantities().filter(({ quality }) => quality !== 'MISSING');
  const sources = named.filter(({ quantity }) => quantity === 'FAULT' || quantity === 'OPERATING_STATE');
  const fault = sources.find(isFault);
  const code = named.find(({ quantity, quality }) => quantity === 'FAULT_CODE' && quality === 'GOOD');
  if (fault) return { isMet: true, value: fault.value, text: code?.text ?? fault.text };
  const isKnown = sources.length > 0 && sources.every(({ quality }) => quality === 'GOOD');
  return { isMet: isKnown ? false : null, value: null, text: null };
}

function isFault({ quantity, quality, value, text }: QuantityReading): boolean {
  if (quality !== 'GOOD') return false;
  return quantity === 'FAULT' ? value !== null && value !== 0 : text === 'FAULT';
}
