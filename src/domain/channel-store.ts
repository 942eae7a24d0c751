import type { Channel, Delivery } from './channel.ts';

/** Where channels are kept. A promise that resolves means that the change is on disk. */
export interface ChannelStore {
  /** All of them, oldest first. */
  list(): Promise<Channel[]>;
  insert(channel: Channel): Promise<void>;
  /** Replaces the channel with the same id. */
  update(channel: Channel): Promise<void>;
  delete(id: string): Promise<void>;
}

/** Where messages are kept until they are delivered, and for a while after. */
export interface DeliveryStore {
  /** The oldest message of a channel that is still to be sent. */
  nextPending(channelId: string): Promise<Delivery | null>;
  /** Adds a message. Of those settled only the newest are kept, here and with an update. */
  insert(delivery: Delivery): Promise<void>;
  /** Replaces the message with the same id, if it is still there. */
  update(delivery: Delivery): Promise<void>;
  /** The newest messages of a channel first. */
  list(channelId: string, first: number): Promise<Delivery[]>;
  /** The message of a channel that was tried last. */
  lastTried(channelId: string): Promise<Delivery | null>;
}
