import type { AlertManager } from '../alerts/alert-manager.ts';
import type { ChannelManager } from '../alerts/channel-manager.ts';
import type { Dashboards } from '../dashboards/dashboards.ts';
import type { HeatpumpManager } from '../heatpumps/manager.ts';

/** What resolvers work with. */
export interface Context {
  readonly heatpumps: HeatpumpManager;
  readonly dashboards: Dashboards;
  readonly alerts: AlertManager;
  readonly channels: ChannelManager;
}
