import type { AlertManager } from '../alerts/alert-manager.ts';
import type { ChannelManager } from '../alerts/channel-manager.ts';
import type { Dashboards } from '../dashboards/dashboards.ts';
import type { Access } from '../domain/access.ts';
import type { HeatpumpManager } from '../heatpumps/manager.ts';
import type { SettingsHistory } from '../heatpumps/settings-history.ts';
import type { History } from '../history/history.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { FlatListContext } from './flat-list.ts';
import type { ReadingsLog } from './readings-log.ts';

/** What resolvers work with. */
export interface Context extends FlatListContext {
  /** Who asks. */
  readonly access: Access;
  readonly heatpumps: HeatpumpManager;
  readonly settings: SettingsHistory;
  readonly readingsLog: ReadingsLog;
  readonly history: History;
  readonly dashboards: Dashboards;
  readonly jobs: Jobs;
  readonly alerts: AlertManager;
  readonly channels: ChannelManager;
}
