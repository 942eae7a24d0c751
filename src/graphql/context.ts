import type { AccessControl } from '../access/access.ts';
import type { AlertManager } from '../alerts/alert-manager.ts';
import type { ChannelManager } from '../alerts/channel-manager.ts';
import type { Dashboards } from '../dashboards/dashboards.ts';
import type { Access, Visitor } from '../domain/access.ts';
import type { HeatpumpManager } from '../heatpumps/manager.ts';
import type { SettingsHistory } from '../heatpumps/settings-history.ts';
import type { History } from '../history/history.ts';
import type { Jobs } from '../jobs/jobs.ts';
import type { Backups } from '../operations/backups.ts';
import type { LogBook } from '../operations/log-book.ts';
import type { FlatListContext } from './flat-list.ts';
import type { ReadingsLog } from './readings-log.ts';
import { SeenHeatpumps } from './seen-heatpumps.ts';
import {
  type SeenAlerts,
  type SeenDashboards,
  type SeenJobs,
  seenAlerts,
  seenDashboards,
  seenJobs,
} from './seen-parts.ts';
import { type SeenSettings, seenSettings } from './seen-settings.ts';

/** The parts of the house that the API works with. */
export interface House extends Pick<AccessControl, 'isOpen' | 'accounts' | 'audit' | 'setUp'> {
  readonly heatpumps: HeatpumpManager;
  readonly settings: SettingsHistory;
  readonly readingsLog: ReadingsLog;
  readonly history: History;
  readonly dashboards: Dashboards;
  readonly jobs: Jobs;
  readonly alerts: AlertManager;
  readonly channels: ChannelManager;
  readonly backups: Backups;
  readonly log: LogBook;
}

/** What resolvers work with: the house as whoever asks may see it. */
export interface Context
  extends FlatListContext,
    Omit<House, 'heatpumps' | 'settings' | 'dashboards' | 'jobs' | 'alerts'> {
  /** Who asks. */
  readonly visitor: Visitor;
  /** What they may. */
  readonly access: Access;
  readonly heatpumps: SeenHeatpumps;
  readonly settings: SeenSettings;
  readonly dashboards: SeenDashboards;
  readonly jobs: SeenJobs;
  readonly alerts: SeenAlerts;
}

/** The house as a visitor may see it. */
export function createContext(house: House, visitor: Visitor): Context {
  const heatpumps = new SeenHeatpumps(house.heatpumps, visitor);
  return {
    ...house,
    visitor,
    access: visitor.access,
    heatpumps,
    settings: seenSettings(house.settings, heatpumps),
    dashboards: seenDashboards(house.dashboards, heatpumps),
    jobs: seenJobs(house.jobs, heatpumps, visitor.actor),
    alerts: seenAlerts(house.alerts, heatpumps),
  };
}
