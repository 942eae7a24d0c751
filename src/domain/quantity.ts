/** What a quantity is called and measured in, and how Prometheus wants it. */
interface QuantityInfo {
  /** Unit of its values, null for states and counts. */
  readonly unit: string | null;
  /** Name part of its metric, `heatpump_<metric>`, in base units. Null for states, whose numbers differ by maker. */
  readonly metric: string | null;
  /** Factor from `unit` to the metric's base unit. */
  readonly toBase: number;
}

const celsius = (name: string): QuantityInfo => ({ unit: '°C', metric: `${name}_temperature_celsius`, toBase: 1 });
const power = (name: string): QuantityInfo => ({ unit: 'kW', metric: `${name}_power_watts`, toBase: 1_000 });
const energy = (name: string): QuantityInfo => ({ unit: 'kWh', metric: `${name}_joules`, toBase: 3_600_000 });
const state: QuantityInfo = { unit: null, metric: null, toBase: 1 };

/** The one vocabulary above all drivers, each quantity with one unit. */
export const QUANTITIES = {
  OUTDOOR_TEMPERATURE: celsius('outdoor'),
  FLOW_TEMPERATURE: celsius('flow'),
  FLOW_TARGET_TEMPERATURE: celsius('flow_target'),
  RETURN_TEMPERATURE: celsius('return'),
  HOT_WATER_TEMPERATURE: celsius('hot_water'),
  HOT_WATER_TARGET_TEMPERATURE: celsius('hot_water_target'),
  BUFFER_TEMPERATURE: celsius('buffer'),
  ROOM_TEMPERATURE: celsius('room'),
  ROOM_TARGET_TEMPERATURE: celsius('room_target'),
  SOURCE_IN_TEMPERATURE: celsius('source_in'),
  SOURCE_OUT_TEMPERATURE: celsius('source_out'),
  THERMAL_POWER: power('thermal'),
  ELECTRICAL_POWER: power('electrical'),
  HEAT_ENERGY: energy('heat_energy'),
  HEAT_ENERGY_HEATING: energy('heat_energy_heating'),
  HEAT_ENERGY_HOT_WATER: energy('heat_energy_hot_water'),
  HEAT_ENERGY_COOLING: energy('heat_energy_cooling'),
  ELECTRICAL_ENERGY: energy('electrical_energy'),
  ELECTRICAL_ENERGY_HEATING: energy('electrical_energy_heating'),
  ELECTRICAL_ENERGY_HOT_WATER: energy('electrical_energy_hot_water'),
  ELECTRICAL_ENERGY_COOLING: energy('electrical_energy_cooling'),
  COMPRESSOR_FREQUENCY: { unit: 'Hz', metric: 'compressor_frequency_hertz', toBase: 1 },
  COMPRESSOR_STARTS: { unit: null, metric: 'compressor_starts', toBase: 1 },
  COMPRESSOR_RUN_TIME: { unit: 'h', metric: 'compressor_run_time_seconds', toBase: 3_600 },
  FLOW_RATE: { unit: 'l/min', metric: 'flow_rate_cubic_meters_per_second', toBase: 1 / 60_000 },
  PRESSURE: { unit: 'bar', metric: 'pressure_pascals', toBase: 100_000 },
  COP: { unit: null, metric: 'cop_ratio', toBase: 1 },
  OPERATING_STATE: state,
  FAULT: state,
  FAULT_CODE: state,
  SMART_GRID_STATE: state,
} as const satisfies Record<string, QuantityInfo>;

/** One word of the vocabulary. */
export type Quantity = keyof typeof QUANTITIES;

/** Unit and metric of a quantity. */
export function quantityInfo(quantity: Quantity): QuantityInfo {
  return QUANTITIES[quantity];
}

/**
 * What a heat pump is doing, in the one vocabulary above all makers. `IDLE`: ready, no demand. `BLOCKED`: kept from running
 * by the utility or another lock. `FAULT`: stopped by a fault.
 */
export const OPERATING_STATES = [
  'OFF',
  'IDLE',
  'HEATING',
  'HOT_WATER',
  'COOLING',
  'POOL',
  'DEFROST',
  'BLOCKED',
  'FAULT',
] as const;
/** One of {@link OPERATING_STATES}; its number as a value is its place in them. */
export type OperatingState = (typeof OPERATING_STATES)[number];

/** Factors from the units that makers use to the vocabulary's own, as `from>to`. */
const CONVERSIONS: Readonly<Record<string, number>> = {
  'W>kW': 0.001,
  'MWh>kWh': 1_000,
  'min>h': 1 / 60,
  's>h': 1 / 3_600,
  'L/min>l/min': 1,
  'l/h>l/min': 1 / 60,
  'm³/h>l/min': 1_000 / 60,
};

/** The factor from a sensor's unit to its quantity's. Throws RangeError if there is none: a driver's table is wrong. */
export function conversionFactor(sensorUnit: string | null, quantity: Quantity): number {
  const { unit } = QUANTITIES[quantity];
  if (sensorUnit === unit) return 1;
  const factor = CONVERSIONS[`${sensorUnit}>${unit}`];
  if (factor === undefined) throw new RangeError(`${sensorUnit} is no unit of ${quantity}`);
  return factor;
}
