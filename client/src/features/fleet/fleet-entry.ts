import { type Accessor, createMemo } from 'solid-js';
import type { ConnectionState, FleetQuery, HeatpumpStateFragment, Quantity } from '../../graphql/generated/types.ts';
import { type OperatingState, operatingStateIn } from '../../lib/operating-state.ts';
import type { ShownQuantity } from '../../ui/quantity-value.tsx';
import { faultOf } from './fault.ts';

/** A heat pump as the overview asks for it. */
export type FleetHeatpump = FleetQuery['heatpumps'][number];

/** What a heat pump of the overview is made of. */
export interface FleetSource {
  readonly heatpump: Accessor<FleetHeatpump>;
  readonly state: Accessor<HeatpumpStateFragment>;
  readonly connection: Accessor<ConnectionState>;
  quantity(quantity: Quantity): ShownQuantity;
  /** Whether it has such a quantity at all. */
  hasQuantity(quantity: Quantity): boolean;
  /** How many alerts fire. */
  readonly alerts: Accessor<number>;
}

/** A heat pump of the overview; what is looked at for all of them changes only when it really does. */
export interface FleetEntry extends FleetSource {
  readonly id: string;
  readonly activity: Accessor<OperatingState | undefined>;
  /** The code or number of what it reports; null: nothing. */
  readonly fault: Accessor<string | number | null>;
  readonly needsAttention: Accessor<boolean>;
}

/** Makes an entry; to be called where it is owned. */
export function createFleetEntry(id: string, source: FleetSource): FleetEntry {
  const { connection } = source;
  const fault = createMemo(() => faultOf(source.quantity));
  const needsAttention = () =>
    connection() === 'OFFLINE' || connection() === 'DEGRADED' || fault() !== null || source.alerts() > 0;
  const activity = createMemo(() => operatingStateIn(source.quantity('OPERATING_STATE').shown));
  return { ...source, id, activity, fault, needsAttention: createMemo(needsAttention) };
}
