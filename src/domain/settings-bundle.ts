import type { Alert } from './alert.ts';
import type { Channel } from './channel.ts';
import type { Dashboard } from './dashboard.ts';
import type { HeatpumpSettings } from './heatpump.ts';
import type { Job } from './job.ts';

/** Settings of every kind that people make, as they are kept. */
export interface SettingsBundle {
  readonly heatpumps: readonly HeatpumpSettings[];
  readonly dashboards: readonly Dashboard[];
  readonly jobs: readonly Job[];
  readonly channels: readonly Channel[];
  readonly alerts: readonly Alert[];
}

/** Where whole bundles are read and added. */
export interface BundleStore {
  /** Everything there is. */
  read(): Promise<SettingsBundle>;
  /** Adds all of it, or nothing if anything of it cannot be added. When the promise resolves, it is on disk. */
  insert(bundle: SettingsBundle): Promise<void>;
}
