import type { Quantity } from '../../graphql/generated/types.ts';
import type { ShownQuantity } from '../../ui/quantity-value.tsx';

/** The code or number of what a heat pump reports; null if it reports nothing, or what it reports is not known. */
export function faultOf(quantityOf: (quantity: Quantity) => ShownQuantity): string | number | null {
  return reportOf(quantityOf('FAULT_CODE')) ?? reportOf(quantityOf('FAULT'));
}

function reportOf({ shown }: ShownQuantity): string | number | null {
  if (shown.kind !== 'VALUE') return null;
  const { value, text } = shown.reading;
  return value === 0 ? null : text || value;
}
