import { type Accessor, createContext, useContext } from 'solid-js';
import type { ConnectionState, HeatpumpStateFragment, Quantity } from '../../graphql/generated/types.ts';
import type { ShownContext } from '../../graphql/shown.ts';
import type { ShownQuantity } from '../../ui/quantity-value.tsx';
import type { HeatpumpDetail } from './heatpump-detail.ts';

/** A heat pump as all sections of its page see it; everything follows what is live. */
export interface HeatpumpView {
  readonly id: string;
  readonly detail: Accessor<HeatpumpDetail>;
  readonly state: Accessor<HeatpumpStateFragment>;
  /** What bears on how far its values can be trusted now. */
  readonly shownContext: Accessor<ShownContext & { readonly state: ConnectionState }>;
  /** A quantity of the heat pump as a whole, or of one of its circuits. */
  quantity(quantity: Quantity, circuit?: string | null): ShownQuantity;
  /** Whether it has such a quantity at all. */
  hasQuantity(quantity: Quantity, circuit?: string | null): boolean;
}

const HeatpumpContext = createContext<HeatpumpView>();

/** Gives the heat pump to the sections of its page. */
export const HeatpumpViewProvider = HeatpumpContext.Provider;

/** The heat pump of the page. Throws outside of a heat pump's page. */
export function useHeatpump(): HeatpumpView {
  const heatpump = useContext(HeatpumpContext);
  if (!heatpump) throw new Error('no heat pump page above this component');
  return heatpump;
}
