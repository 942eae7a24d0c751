import { type Accessor, createMemo, mapArray } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import type { FleetQuery, Quantity } from '../../graphql/generated/types.ts';
import { createLiveReadings, createLiveStates } from '../../graphql/live.ts';
import type { PageQuery } from '../../graphql/page-query.ts';
import { shown } from '../../graphql/shown.ts';
import { useFiringAlerts } from './fleet-alerts.tsx';
import { createFleetEntry, type FleetEntry, type FleetHeatpump } from './fleet-entry.ts';

/** What a card shows in large: the measured ones, in this order. */
export const MEASURED: readonly Quantity[] = [
  'OUTDOOR_TEMPERATURE',
  'HOT_WATER_TEMPERATURE',
  'FLOW_TEMPERATURE',
  'RETURN_TEMPERATURE',
  'THERMAL_POWER',
  'ELECTRICAL_POWER',
];
/** All that the overview is told live. */
export const QUANTITIES: readonly Quantity[] = ['OPERATING_STATE', 'FAULT', 'FAULT_CODE', ...MEASURED];

/** All heat pumps that were asked for, live; an entry stays the same while its heat pump is there. */
export function createFleetEntries(query: PageQuery<FleetQuery>): Accessor<FleetEntry[]> {
  const { link } = useApi();
  const byId = createMemo(() => new Map(query.data()?.heatpumps.map((heatpump) => [heatpump.id, heatpump])));
  const states = createLiveStates(
    () => (query.data() ? {} : undefined),
    ({ id, updatedAt }) => {
      if (byId().get(id)?.updatedAt !== updatedAt) query.refetch();
    },
  );
  const live = createLiveReadings(() => (query.data() ? { keys: [], quantities: QUANTITIES } : undefined), states.take);
  const alerts = useFiringAlerts();
  const entryOf = (id: string) => {
    // One that is gone stays as it was for the moment until its card is gone too.
    const heatpump = createMemo<FleetHeatpump>((last) => byId().get(id) ?? last, byId().get(id) as FleetHeatpump);
    const asked = createMemo(
      () => new Map(heatpump().quantities.flatMap((one) => (one.circuit ? [] : [[one.quantity, one] as const]))),
    );
    const state = () => states.of(id) ?? heatpump();
    const connection = () => states.connection(id) ?? heatpump().status.state;
    const quantity = (wanted: Quantity) => {
      // Until the first event has come, as it was when asked.
      const reading = live.quantity(id, wanted) ?? asked().get(wanted);
      return { reading, shown: shown(reading, { link: link.state(), state: connection() }) };
    };
    return createFleetEntry(id, {
      heatpump,
      hasQuantity: (wanted) => asked().has(wanted),
      state,
      connection,
      quantity,
      alerts: createMemo(() => alerts().get(id) ?? 0),
    });
  };
  const ids = createMemo(() => [...byId().keys()]);
  return createMemo(mapArray(ids, entryOf));
}
