import type { Quantity } from '../graphql/generated/types.ts';

const COLOURS = {
  FLOW_TEMPERATURE: 'flow',
  FLOW_TARGET_TEMPERATURE: 'flow',
  RETURN_TEMPERATURE: 'return',
  OUTDOOR_TEMPERATURE: 'outdoor',
  HOT_WATER_TEMPERATURE: 'hot-water',
  HOT_WATER_TARGET_TEMPERATURE: 'hot-water',
  SOURCE_IN_TEMPERATURE: 'source',
  SOURCE_OUT_TEMPERATURE: 'source',
  ROOM_TEMPERATURE: 'room',
  ROOM_TARGET_TEMPERATURE: 'room',
  THERMAL_POWER: 'thermal',
  HEAT_ENERGY: 'thermal',
  ELECTRICAL_POWER: 'electrical',
  ELECTRICAL_ENERGY: 'electrical',
} as const satisfies Partial<Record<Quantity, string>>;

/** Name of a colour of the tokens. */
export type QuantityColour = (typeof COLOURS)[keyof typeof COLOURS];

/** The one colour that a quantity has everywhere; undefined: it is neutral. */
export function quantityColour(quantity: Quantity): QuantityColour | undefined {
  return (COLOURS as Partial<Record<Quantity, QuantityColour>>)[quantity];
}
