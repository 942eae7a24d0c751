import { type Accessor, onCleanup } from 'solid-js';
import { AlertEventsDocument, AlertHistoryDocument, AlertsDocument } from '../../graphql/generated/alerts.ts';
import type {
  AlertHistoryQuery,
  AlertHistoryQueryVariables,
  AlertsQuery,
  ConnectionState,
} from '../../graphql/generated/types.ts';
import { createLive, createLiveStates } from '../../graphql/live.ts';
import { createPageQuery, type PageQuery } from '../../graphql/page-query.ts';

/** Changes come in swarms, where one cause touches many heat pumps: they are asked for once. */
const SWARM_MS = 200;

/** Alerts with their states and what has happened, as they are now. */
export interface LiveAlerts {
  readonly alerts: PageQuery<AlertsQuery>;
  readonly history: PageQuery<AlertHistoryQuery>;
  /** Asks again. */
  refetch(): void;
}

/** Those of one heat pump, or of all; asked for again at each event, and when a heat pump is lost or comes back. */
export function createLiveAlerts(heatpumpId: Accessor<string | undefined>): LiveAlerts {
  const one = (): AlertHistoryQueryVariables => ({ heatpumpId: heatpumpId() ?? null });
  const alerts = createPageQuery(AlertsDocument, one);
  const history = createPageQuery(AlertHistoryDocument, one);
  const refetch = () => {
    alerts.refetch();
    history.refetch();
  };
  let swarm: ReturnType<typeof setTimeout> | undefined;
  const refetchSoon = () => {
    clearTimeout(swarm);
    swarm = setTimeout(refetch, SWARM_MS);
  };
  onCleanup(() => clearTimeout(swarm));
  const heard = () => {
    const id = heatpumpId();
    return id === undefined ? {} : { heatpumpIds: [id] };
  };
  createLive(AlertEventsDocument, heard, refetchSoon);
  // Whether a condition can be told at all changes with the connection, and is no event.
  const connections = new Map<string, ConnectionState>();
  createLiveStates(heard, ({ id, status }) => {
    const before = connections.get(id);
    connections.set(id, status.state);
    if (before !== undefined && before !== status.state) refetchSoon();
  });
  return { alerts, history, refetch };
}
