import type { StateRule } from './model.ts';
import { OPERATING_STATES } from './quantity.ts';
import { type NoValueReason, oldest, type QuantityReading } from './quantity-reading.ts';
import type { Quality, Reading } from './snapshot.ts';

/**
 * The common operating state: of the first rule that fits. Sensors that the device does not have are passed over; one that
 * could not be read leaves the state unknown, for it might have decided it.
 */
export function operatingState(rules: readonly StateRule[], readings: readonly Reading[]): QuantityReading {
  const looked: Reading[] = [];
  for (const rule of rules) {
    // There are a few rules and hundreds of readings, and this is asked with every poll: an index would cost more.
    const reading = readings.find(({ sensor }) => sensor.key === rule.key);
    if (!reading || reading.quality === 'MISSING') continue;
    looked.push(reading);
    if (reading.value === null) return withoutState(looked, 'FAILED', 'SOURCE_NOT_GOOD');
    if (!fits(rule, reading.value)) continue;
    return {
      ...withoutState(looked, looked.some(({ quality }) => quality === 'STALE') ? 'STALE' : 'GOOD', null),
      value: OPERATING_STATES.indexOf(rule.state),
      text: rule.state,
    };
  }
  return withoutState(looked, 'MISSING', 'NO_RULE_FITS');
}

function fits({ values, bits, above }: StateRule, value: number): boolean {
  return (
    values?.includes(value) === true ||
    (bits !== undefined && (value & bits) !== 0) ||
    (above !== undefined && value > above)
  );
}

function withoutState(looked: readonly Reading[], quality: Quality, reason: NoValueReason | null): QuantityReading {
  return {
    quantity: 'OPERATING_STATE',
    circuit: null,
    value: null,
    text: null,
    quality,
    observedAt: oldest(looked.map(({ observedAt }) => observedAt)),
    keys: [...new Set(looked.map(({ sensor }) => sensor.key))],
    reason,
  };
}
