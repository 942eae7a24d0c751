import type { AlertManager } from '../alerts/alert-manager.ts';
import type { ChannelManager } from '../alerts/channel-manager.ts';
import type { Dashboards } from '../dashboards/dashboards.ts';
import type { HeatpumpManager } from '../heatpumps/manager.ts';
import type { History } from '../history/history.ts';

/** What resolvers work with. */
export interface Context {
  readonly heatpumps: HeatpumpManager;
  readonly history: History;
  readonly dashboards: Dashboards;
  readonly alerts: AlertManager;
  readonly channels: ChannelManager;
}
