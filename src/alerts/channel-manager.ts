import { randomUUID } from 'node:crypto';
import type { Channel, ChannelType, Delivery } from '../domain/channel.ts';
import type { ChannelStore, DeliveryStore } from '../domain/channel-store.ts';
import type { Clock } from '../domain/clock.ts';
import { AppError, badInput } from '../domain/errors.ts';
import type { Sequence } from '../domain/sequence.ts';
import { type ChannelInput, checkChannel } from './channel-input.ts';
import { type Deliveries, newDelivery } from './deliveries.ts';
import { testNotification } from './message.ts';

/** What {@link ChannelManager} needs of the house. */
export interface ChannelManagerDeps {
  readonly store: ChannelStore;
  readonly deliveryStore: DeliveryStore;
  readonly deliveries: Deliveries;
  readonly queue: Sequence;
  /** Names of the alerts that a channel is told of. */
  readonly alertsOf: (channelId: string) => readonly string[];
  readonly clock: Clock;
}

/** A new channel as a user describes it. */
export interface CreateChannelInput extends ChannelInput {
  readonly type: ChannelType;
}

/** Changes to a channel; what is left out stays. */
export interface UpdateChannelInput extends ChannelInput {
  readonly id: string;
}

/** Channels that one server looks after. */
export const MAX_CHANNELS = 50;
/** Tests that may run at once. */
const MAX_TESTS = 4;
/** Messages given in one answer. */
const MAX_DELIVERIES = 100;

/** All channels: the one door for changes to them. */
export class ChannelManager {
  readonly #deps: ChannelManagerDeps;
  readonly #channels = new Map<string, Channel>();
  #testsRunning = 0;

  constructor(deps: ChannelManagerDeps) {
    this.#deps = deps;
  }

  /** Loads the channels from the store, and sends what was waiting for them. */
  async initialize(): Promise<void> {
    for (const channel of await this.#deps.store.list()) this.#takeOver(channel);
  }

  /** Every channel, oldest first. */
  list(): Channel[] {
    return [...this.#channels.values()];
  }

  /** A channel; null if there is none with this id. */
  find(id: string): Channel | null {
    return this.#channels.get(id) ?? null;
  }

  /** The newest messages of a channel first. Throws `BAD_USER_INPUT`. */
  deliveries(channelId: string, first: number): Promise<Delivery[]> {
    if (first >= 1 && first <= MAX_DELIVERIES) return this.#deps.deliveryStore.list(channelId, first);
    throw badInput({ path: ['first'], message: `must be a whole number from 1 to ${MAX_DELIVERIES}` });
  }

  /** The message of a channel that was tried last; null if none was. */
  lastTried(channelId: string): Promise<Delivery | null> {
    return this.#deps.deliveryStore.lastTried(channelId);
  }

  /** Adds a channel. Throws `BAD_USER_INPUT` or `CONFLICT`. */
  create({ type, ...input }: CreateChannelInput): Promise<Channel> {
    return this.#deps.queue.run(async () => {
      const now = this.#deps.clock.now();
      const channel: Channel = { id: randomUUID(), ...checkChannel(type, input), createdAt: now, updatedAt: now };
      if (this.#channels.size >= MAX_CHANNELS)
        throw new AppError('CONFLICT', `there are ${MAX_CHANNELS} channels already`);
      await this.#deps.store.insert(channel);
      return this.#takeOver(channel);
    });
  }

  /** Changes a channel. Throws `BAD_USER_INPUT` or `NOT_FOUND`. */
  update({ id, ...input }: UpdateChannelInput): Promise<Channel> {
    return this.#deps.queue.run(async () => {
      const before = this.#channel(id);
      const after = checkChannel(before.settings.type, input, before);
      const channel: Channel = { ...before, ...after, updatedAt: this.#deps.clock.now() };
      await this.#deps.store.update(channel);
      return this.#takeOver(channel);
    });
  }

  /** Deletes a channel with its messages. Throws `NOT_FOUND`, or `CONFLICT` while an alert is told over it. */
  delete(id: string): Promise<void> {
    return this.#deps.queue.run(async () => {
      const { name } = this.#channel(id);
      const alerts = this.#deps.alertsOf(id);
      if (alerts.length > 0) throw new AppError('CONFLICT', `${name} is still a channel of ${alerts.join(', ')}`);
      await this.#deps.store.delete(id);
      this.#channels.delete(id);
      this.#deps.deliveries.removeChannel(id);
    });
  }

  /** Sends a test over a channel, once, even if it is disabled. Throws `NOT_FOUND` or `CONFLICT`. */
  async test(id: string): Promise<Delivery> {
    const channel = this.#channel(id);
    if (this.#testsRunning >= MAX_TESTS) throw new AppError('CONFLICT', 'too many tests at once; try again');
    this.#testsRunning++;
    try {
      const now = this.#deps.clock.now();
      const delivery = newDelivery(id, testNotification(channel.language, now), now);
      const tried = await this.#deps.deliveries.tryOnce(channel, delivery);
      if (this.#channels.has(id)) await this.#deps.deliveryStore.insert(tried);
      return tried;
    } finally {
      this.#testsRunning--;
    }
  }

  #takeOver(channel: Channel): Channel {
    this.#channels.set(channel.id, channel);
    this.#deps.deliveries.setChannel(channel);
    return channel;
  }

  #channel(id: string): Channel {
    const channel = this.#channels.get(id);
    if (channel) return channel;
    const message = 'no channel with this id';
    throw new AppError('NOT_FOUND', message, [{ path: ['input', 'id'], message }]);
  }
}
