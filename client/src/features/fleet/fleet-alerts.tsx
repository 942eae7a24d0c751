import {
  type Accessor,
  createContext,
  createMemo,
  getOwner,
  onCleanup,
  type ParentProps,
  runWithOwner,
  useContext,
} from 'solid-js';
import { FleetAlertEventsDocument, FleetAlertsDocument } from '../../graphql/generated/fleet.ts';
import { createLive } from '../../graphql/live.ts';
import { createPageQuery } from '../../graphql/page-query.ts';

/** Changes come in swarms, where one cause touches many heat pumps: they are asked for once. */
const SWARM_MS = 200;

/** How many alerts fire, by heat pump; none is told of while that is not known. */
export type FiringAlerts = Accessor<ReadonlyMap<string, number>>;

const FiringAlertsContext = createContext<() => FiringAlerts>();

/** Gives everything below it the alerts that fire: asked for once for all, when first needed. */
export function FiringAlertsProvider(props: ParentProps) {
  const owner = getOwner();
  let firing: FiringAlerts | undefined;
  const get = () => {
    firing ??= runWithOwner(owner, createFiringAlerts) as FiringAlerts;
    return firing;
  };
  return <FiringAlertsContext.Provider value={get}>{props.children}</FiringAlertsContext.Provider>;
}

/** The alerts that fire. Throws outside a {@link FiringAlertsProvider}. */
export function useFiringAlerts(): FiringAlerts {
  const get = useContext(FiringAlertsContext);
  if (!get) throw new Error('no FiringAlertsProvider above this component');
  return get();
}

function createFiringAlerts(): FiringAlerts {
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
