import type { Quantity } from '../../graphql/generated/types.ts';
import { useHeatpump } from './heatpump-view.tsx';
import { KeyValues } from './key-values.tsx';
import { Schematic } from './schematic/schematic.tsx';

/** The quantities shown in large, in this order, where there are such. */
const MEASURED: readonly Quantity[] = [
  'OUTDOOR_TEMPERATURE',
  'FLOW_TEMPERATURE',
  'RETURN_TEMPERATURE',
  'HOT_WATER_TEMPERATURE',
  'THERMAL_POWER',
  'ELECTRICAL_POWER',
  'COP',
  'SOURCE_IN_TEMPERATURE',
];

/** What the machine does, and the values that say why. */
export default function OverviewSection() {
  const { quantity, hasQuantity } = useHeatpump();
  return (
    <div class="overview-section">
      <Schematic />
      <KeyValues quantities={MEASURED.filter((measured) => hasQuantity(measured))} quantityOf={quantity} />
    </div>
  );
}
