import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { EventSource } from '../domain/events.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import { expose } from './exposition.ts';
import { heatpumpFamilies, legacyFamilies } from './heatpump-metrics.ts';
import { WriteCounter } from './write-counter.ts';

/** The content type of everything here. */
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** prom-client names these gauges like counters, which Prometheus' own checker refuses. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** What is scraped; gathered anew from the current snapshots each time, so nothing outlives its heat pump. */
export interface Metrics {
  /** Everything: the heat pumps that are seen, server and process. */
  scrape(isSeen: (heatpumpId: string) => boolean): Promise<string>;
  /** The default heat pump, if it is seen, under the names of the older application, without labels. */
  scrapeLegacy(isSeen: (heatpumpId: string) => boolean): string;
}

/** Where the metrics come from. */
export interface MetricsSources {
  readonly events: EventSource;
  readonly heatpumps: () => readonly Heatpump[];
  /** Running GraphQL subscriptions. */
  readonly subscribers: () => number;
}

/** Metrics of the heat pumps and of this process. */
export function createMetrics({ events, heatpumps, subscribers }: MetricsSources): Metrics {
  const registry = new Registry();
  const writes = new WriteCounter(events);
  collectDefaultMetrics({ register: registry });
  for (const name of MISNAMED) registry.removeSingleMetric(name);
  new Gauge({
    name: 'thermograph_subscribers',
    help: 'Running GraphQL subscriptions.',
    registers: [registry],
    collect() {
      this.set(subscribers());
    },
  });
  return {
    scrape: async (isSeen) => {
      const now = heatpumps().filter(({ settings }) => isSeen(settings.id));
      return expose(heatpumpFamilies(now)) + expose([writes.family(now)]) + (await registry.metrics());
    },
    scrapeLegacy: (isSeen) => {
      const chosen = heatpumps().find(({ isDefault, settings }) => isDefault && isSeen(settings.id));
      return chosen ? expose(legacyFamilies(chosen)) : '';
    },
  };
}
