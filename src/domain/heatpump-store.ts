import type { Dashboard } from './dashboard.ts';
import type { HeatpumpSettings } from './heatpump.ts';

/** Where heat pumps are kept. A promise that resolves means that the change is on disk. */
export interface HeatpumpStore {
  /** All of them, oldest first. */
  list(): Promise<HeatpumpSettings[]>;
  /** Adds a heat pump together with its first dashboard, if it has one; or neither. */
  insert(settings: HeatpumpSettings, dashboard?: Dashboard): Promise<void>;
  /** Replaces the heat pump with the same id; if it is now reached elsewhere, the wear of its registers goes with it. */
  update(settings: HeatpumpSettings): Promise<void>;
  delete(id: string): Promise<void>;
}
