import type { AlertStore } from '../domain/alert-store.ts';
import type { ChannelStore, DeliveryStore } from '../domain/channel-store.ts';
import type { Clock } from '../domain/clock.ts';
import type { Logger } from '../domain/logger.ts';
import { Sequence } from '../domain/sequence.ts';
import { AlertBook } from './alert-book.ts';
import { AlertManager } from './alert-manager.ts';
import { type AlertBus, AlertWatch, type HeatpumpSource } from './alert-watch.ts';
import { ChannelManager } from './channel-manager.ts';
import { Deliveries } from './deliveries.ts';

/** What alerts need of the house. */
export interface AlertsDeps {
  readonly alertStore: AlertStore;
  readonly channelStore: ChannelStore;
  readonly deliveryStore: DeliveryStore;
  readonly heatpumps: HeatpumpSource;
  readonly bus: AlertBus;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Alerts and the channels they are told over. */
export interface Alerts {
  readonly alerts: AlertManager;
  readonly channels: ChannelManager;
  /** Loads everything and begins to watch; to be called before the first heat pump is polled. */
  start(): Promise<void>;
  /** Ends watching and sending; what was seen is written, what was not sent is sent after the next start. */
  stop(): Promise<void>;
}

/** Builds alerts and channels. Changes to both run one after the other, so that neither misses one of the other. */
export function createAlerts(deps: AlertsDeps): Alerts {
  const { alertStore, channelStore, deliveryStore, heatpumps, bus, clock, logger } = deps;
  const queue = new Sequence();
  const book = new AlertBook();
  const deliveries = new Deliveries({ store: deliveryStore, clock, logger });
  const alertsOf = (channelId: string) =>
    book.list().flatMap(({ name, channelIds }) => (channelIds.includes(channelId) ? name : []));
  const channels = new ChannelManager({ store: channelStore, deliveryStore, deliveries, queue, alertsOf, clock });
  const channel = channels.find.bind(channels);
  const wake = deliveries.wake.bind(deliveries);
  const watch = new AlertWatch({ book, store: alertStore, heatpumps, bus, queue, channel, wake, clock, logger });
  const alerts = new AlertManager({ book, store: alertStore, watch, heatpumps, queue, channel, clock });
  return {
    alerts,
    channels,
    start: async () => {
      await alerts.initialize();
      await channels.initialize();
      watch.start();
    },
    stop: async () => {
      await watch.stop();
      await deliveries.stop();
    },
  };
}
