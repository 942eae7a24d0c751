import type { HeatpumpManager } from '../heatpumps/manager.ts';

/** What resolvers work with. */
export interface Context {
  readonly heatpumps: HeatpumpManager;
}
