import { type Accessor, createMemo, onCleanup } from 'solid-js';
import { FleetAlertEventsDocument, FleetAlertsDocument } from '../../graphql/generated/fleet.ts';
import { createLive } from '../../graphql/live.ts';
import { createPageQuery } from '../../graphql/page-query.ts';

/** Changes come in swarms, where one cause touches many heat pumps: they are asked for once. */
const SWARM_MS = 200;

/** How many alerts fire, by heat pump; none is told of while that is not known. */
export function createFiringAlerts(): Accessor<ReadonlyMap<string, number>> {
  const query = createPageQuery(FleetAlertsDocument, () => ({}));
  let timer: ReturnType<typeof setTimeout> | undefined;
  createLive(
    FleetAlertEventsDocument,
    () => ({}),
    () => {
      clearTimeout(timer);
      timer = setTimeout(query.refetch, SWARM_MS);
    },
  );
  onCleanup(() => clearTimeout(timer));
  return createMemo(() => {
    const states = query.data()?.alerts.flatMap((alert) => alert.states) ?? [];
    const counts = new Map<string, number>();
    for (const { state, heatpump } of states) {
      if (state === 'FIRING') counts.set(heatpump.id, (counts.get(heatpump.id) ?? 0) + 1);
    }
    return counts;
  });
}
