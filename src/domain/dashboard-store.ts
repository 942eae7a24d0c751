import type { Dashboard } from './dashboard.ts';

/** Where dashboards are kept. A promise that resolves means that the change is on disk. */
export interface DashboardStore {
  /** All of them: those about several heat pumps first, then by heat pump, each in order of their positions. */
  list(): Promise<Dashboard[]>;
  /** Those of one heat pump, or those about several (null), in order. */
  listOf(heatpumpId: string | null): Promise<Dashboard[]>;
  find(id: string): Promise<Dashboard | null>;
  count(): Promise<number>;
  insert(dashboard: Dashboard): Promise<void>;
  /** Replaces the dashboard with the same id. */
  update(dashboard: Dashboard): Promise<void>;
  /** Numbers dashboards anew, in the order of `ids`. */
  reorder(ids: readonly string[]): Promise<void>;
  delete(id: string): Promise<void>;
}
