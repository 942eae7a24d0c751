import type { Evidence } from '../domain/encoding-probe.ts';
import type { Quantity } from '../domain/quantity.ts';

/** The values of one encoding by quantity, in the quantity's unit; null: "not available". Counters were read twice. */
export interface Observation {
  readonly first: ReadonlyMap<Quantity, number | null>;
  readonly later: ReadonlyMap<Quantity, number | null>;
}

/** What values can be, whoever made the heat pump; wider than any healthy installation. */
const PLAUSIBLE: readonly (readonly [Quantity, lowest: number, highest: number])[] = [
  ['OUTDOOR_TEMPERATURE', -40, 48],
  ['FLOW_TEMPERATURE', 10, 80],
  ['RETURN_TEMPERATURE', 10, 75],
  ['HOT_WATER_TEMPERATURE', 10, 80],
  ['HEAT_ENERGY', 1, 2_000_000],
];
/** Water cannot be warmed or cooled by more in one pass. */
const LARGEST_SPREAD_K = 20;
/** Power from which a machine surely heats. */
const HEATING_KW = 1;
/** No heat pump of a building makes more heat between the two readings. */
const LARGEST_RISE_KWH = 2;

/** What physics says to the values of one encoding; what cannot be asked is left out. */
export function evidenceOf(observation: Observation): Evidence[] {
  return [...plausibility(observation), ...tank(observation), ...spread(observation), ...counter(observation)];
}

function plausibility({ first }: Observation): Evidence[] {
  return PLAUSIBLE.flatMap(([quantity, lowest, highest]) => {
    const value = first.get(quantity) ?? null;
    if (value === null) return [];
    const passed = value >= lowest && value <= highest;
    return { text: `${words(quantity)} is from ${lowest} to ${highest}: ${value}`, passed };
  });
}

/** Nobody heats water to less than it is outside. */
function tank({ first }: Observation): Evidence[] {
  const outdoor = first.get('OUTDOOR_TEMPERATURE') ?? null;
  const hotWater = first.get('HOT_WATER_TEMPERATURE') ?? null;
  if (outdoor === null || hotWater === null) return [];
  return [{ text: `it is colder outside than the hot water: ${outdoor}, ${hotWater}`, passed: outdoor < hotWater }];
}

/** Flow and return lie close together; while the machine heats, flow is above return. */
function spread({ first }: Observation): Evidence[] {
  const flow = first.get('FLOW_TEMPERATURE') ?? null;
  const back = first.get('RETURN_TEMPERATURE') ?? null;
  if (flow === null || back === null) return [];
  const close = {
    text: `flow and return are close: ${flow}, ${back}`,
    passed: Math.abs(flow - back) <= LARGEST_SPREAD_K,
  };
  const thermalKw = first.get('THERMAL_POWER') ?? null;
  if (thermalKw === null || thermalKw < HEATING_KW) return [close];
  return [close, { text: `flow is above return while heating: ${flow}, ${back}`, passed: flow > back }];
}

function counter({ first, later }: Observation): Evidence[] {
  const before = first.get('HEAT_ENERGY') ?? null;
  const after = later.get('HEAT_ENERGY') ?? null;
  if (before === null || after === null) return [];
  const passed = after >= before && after - before <= LARGEST_RISE_KWH;
  return [{ text: `the heat counter does not fall or jump: ${before}, then ${after}`, passed }];
}

function words(quantity: Quantity): string {
  return quantity.toLowerCase().replaceAll('_', ' ');
}
