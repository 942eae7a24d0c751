import type { HeatpumpSettings } from './heatpump.ts';

/** Where heat pumps are kept. A promise that resolves means that the change is on disk. */
export interface HeatpumpStore {
  /** All of them, oldest first. */
  list(): Promise<HeatpumpSettings[]>;
  insert(settings: HeatpumpSettings): Promise<void>;
  /** Replaces the heat pump with the same id. */
  update(settings: HeatpumpSettings): Promise<void>;
  delete(id: string): Promise<void>;
}
