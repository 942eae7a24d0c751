import { collectDefaultMetrics, Gauge, Registry } from 'prom-client';
import type { EventSource } from '../domain/events.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import { FleetSeries } from './fleet-series.ts';
import { tellLegacy } from './heatpump-metrics.ts';
import { SeriesBook } from './series-book.ts';
import { WriteCounter } from './write-counter.ts';

/** The content type of everything here. */
export const METRICS_CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** prom-client names these gauges like counters, which Prometheus' own checker refuses. */
const MISNAMED = ['nodejs_active_handles_total', 'nodejs_active_requests_total', 'nodejs_active_resources_total'];

/** What is scraped; gathered anew from the current snapshots each time, so nothing outlives its heat pump. */
export interface Metrics {
  /**
   * Everything: the heat pumps that are seen, server and process; in pieces, made a few at a time so that others are served
   * in between.
   */
  scrape(isSeen: (heatpumpId: string) => boolean): Promise<readonly Buffer[]>;
  /** The default heat pump, if it is seen, under the names of the older application, without labels. */
  scrapeLegacy(isSeen: (heatpumpId: string) => boolean): readonly Buffer[];
}

/** Where the metrics come from. */
export interface MetricsSources {
  readonly events: EventSource;
  readonly heatpumps: () => readonly Heatpump[];
  /** Running GraphQL subscriptions. */
  readonly subscribers: () => number;
  /** When the newest backup was made, milliseconds UTC; null: never. */
  readonly lastBackupAt: () => number | null;
}

/** Metrics of the heat pumps and of this process. */
export function createMetrics({ events, heatpumps, subscribers, lastBackupAt }: MetricsSources): Metrics {
  const registry = new Registry();
  const writes = new WriteCounter(events);
  const fleet = new FleetSeries();
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
  new Gauge({
    name: 'thermograph_last_backup_timestamp_seconds',
    help: 'When the newest backup that is kept here was made, since 1970; 0: there is none.',
    registers: [registry],
    collect() {
      this.set((lastBackupAt() ?? 0) / 1_000);
    },
  });
  return {
    scrape: async (isSeen) => {
      const all = heatpumps();
      const seen = all.filter(({ settings }) => isSeen(settings.id));
      // What is kept is of all heat pumps; whoever sees some of them gets a text of their own.
      const series = seen.length === all.length ? fleet : new FleetSeries();
      return [...(await series.tell(seen, writes)), Buffer.from(await registry.metrics())];
    },
    scrapeLegacy: (isSeen) => {
      const chosen = heatpumps().find(({ isDefault, settings }) => isDefault && isSeen(settings.id));
      const book = new SeriesBook();
      if (chosen) tellLegacy(book.group({}), chosen);
      return [...book.families()].map((family) => family.bytes());
    },
  };
}
