import type { Quantity } from '../../graphql/generated/types.ts';

/** The unit of a quantity, one everywhere; null: it has none. */
export function quantityUnit(quantity: Quantity): string | null {
  if (quantity.endsWith('_TEMPERATURE')) return '°C';
  if (quantity.includes('_ENERGY')) return 'kWh';
  if (quantity.endsWith('_POWER')) return 'kW';
  return UNITS[quantity] ?? null;
}

const UNITS: Partial<Record<Quantity, string>> = {
  COMPRESSOR_FREQUENCY: 'Hz',
  COMPRESSOR_RUN_TIME: 'h',
  FLOW_RATE: 'l/min',
  PRESSURE: 'bar',
};

/** The unit of a difference between two values: degrees Celsius differ by kelvins. */
export function differenceUnit(unit: string | null): string | null {
  return unit === '°C' ? 'K' : unit;
}
