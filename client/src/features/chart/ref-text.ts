import type { Quantity } from '../../graphql/generated/types.ts';
import type { SeriesRef } from './series-ref.ts';

/** A value of a heat pump as a part of an address: `temp_outside`, or a quantity in capitals, `FLOW_TEMPERATURE:A`. */
export function toText({ key, quantity, circuit }: SeriesRef): string {
  if (key !== null) return key;
  return circuit === null ? String(quantity) : `${quantity}:${circuit}`;
}

/** The values that {@link toText} has written, joined by commas. Keys of sensors have small letters. */
export function fromText(text: string, heatpumpId: string): SeriesRef[] {
  const parts = text.split(',').filter((part) => part !== '');
  return parts.map((part) => {
    const [quantity = '', circuit = null] = part.split(':');
    const isQuantity = /^[A-Z_]+$/.test(quantity);
    if (!isQuantity) return { heatpumpId, key: part, quantity: null, circuit: null };
    return { heatpumpId, key: null, quantity: quantity as Quantity, circuit };
  });
}
