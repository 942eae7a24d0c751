import type { HeatpumpSettings } from '../domain/heatpump.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { SettingsBundle } from '../domain/settings-bundle.ts';
import type { Driver } from '../drivers/driver.ts';
import type { Catalogue } from '../heatpumps/catalogue.ts';
import type { LegacyData } from './legacy-file.ts';
import type { Loose } from './loose.ts';
import type { ReportBook } from './report.ts';

/** What every step of a takeover looks at. */
export interface Takeover {
  readonly data: LegacyData;
  /** The setting `config` of idm_logger; empty if there is none. */
  readonly config: Loose;
  /** What is here already. */
  readonly existing: SettingsBundle;
  readonly catalogue: Catalogue;
  /** The address of the configured heat pump in place of the one in the file; null: as the file says. */
  readonly host: string | null;
  /** Milliseconds UTC. */
  readonly now: number;
  /** The time zone of jobs. */
  readonly timeZone: string;
  readonly report: ReportBook;
}

/** A heat pump that what is in the file can belong to. */
export interface Target {
  readonly settings: HeatpumpSettings;
  readonly driver: Driver;
  readonly sensors: readonly Sensor[];
  /** It comes over now. */
  readonly isNew: boolean;
}

/** Heat pumps by the ids they have in the file; null is not one of them but the one meant where none is named. */
export type Targets = ReadonlyMap<string | null, Target>;

/** What a row without a heat pump that came over is told. */
export const NO_TARGET = 'its heat pump did not come over';
