import { randomUUID } from 'node:crypto';
import { type Channel, canRetry, type Delivery, type DeliveryError, type Notification } from '../domain/channel.ts';
import type { DeliveryStore } from '../domain/channel-store.ts';
import type { Clock, Timer } from '../domain/clock.ts';
import { messageOf } from '../domain/errors.ts';
import type { Logger } from '../domain/logger.ts';
import type { Result } from '../domain/result.ts';
import { sendMail } from './mail.ts';
import { post } from './post.ts';
import { requestOf } from './requests.ts';

/** What {@link Deliveries} needs of the house. */
export interface DeliveriesDeps {
  readonly store: DeliveryStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Deadline of each try. */
const TRY_TIMEOUT_MS = 15_000;
/** The pauses before each further try. */
const PAUSES_MS: readonly number[] = [30_000, 120_000, 600_000, 2_700_000];
/** A message older than this that fails is given up, so that a queue behind a dead service empties. */
const MAX_AGE_MS = 3_600_000;
/** The pause after the database could not be used. */
const STORE_PAUSE_MS = 30_000;

/** A message to be sent at once; `now` in milliseconds UTC. */
export function newDelivery(channelId: string, notification: Notification, now: number): Delivery {
  const untried = { attempts: 0, lastAttemptAt: null, nextAttemptAt: now, error: null } as const;
  return { id: randomUUID(), channelId, notification, state: 'PENDING', ...untried, createdAt: now };
}

/** A message after a try that ended at `now` (milliseconds UTC): delivered, to be tried again, or given up. */
export function afterTry(delivery: Delivery, result: Result<null, DeliveryError>, now: number): Delivery {
  const attempts = delivery.attempts + 1;
  const tried = { ...delivery, attempts, lastAttemptAt: now, nextAttemptAt: null };
  if (result.ok) return { ...tried, state: 'DELIVERED', error: null };
  const { error } = result;
  const pauseMs = PAUSES_MS[attempts - 1];
  const isLast = pauseMs === undefined || !canRetry(error) || now - delivery.createdAt >= MAX_AGE_MS;
  return isLast ? { ...tried, state: 'FAILED', error } : { ...tried, nextAttemptAt: now + pauseMs, error };
}

/**
 * Brings messages to their channels: at least once, in order, one at a time for each channel, so that a channel that hangs
 * holds up no other. What is waiting survives a restart.
 */
export class Deliveries {
  readonly #deps: DeliveriesDeps;
  readonly #channels = new Map<string, Channel>();
  /** Channels that may have something to send, and those that are at it. */
  readonly #wanted = new Set<string>();
  readonly #working = new Map<string, Promise<void>>();
  readonly #timers = new Map<string, Timer>();
  readonly #stopping = new AbortController();

  constructor(deps: DeliveriesDeps) {
    this.#deps = deps;
  }

  /** Takes over a channel as it is now, and sends what is waiting for it. */
  setChannel(channel: Channel): void {
    this.#channels.set(channel.id, channel);
    this.wake(channel.id);
  }

  /** Forgets a channel. */
  removeChannel(id: string): void {
    this.#channels.delete(id);
    this.#deps.clock.clearTimeout(this.#timers.get(id));
    this.#timers.delete(id);
  }

  /** Sends what is waiting for a channel, now or when it is due. */
  wake(channelId: string): void {
    if (this.#stopping.signal.aborted) return;
    this.#wanted.add(channelId);
    if (!this.#working.has(channelId)) this.#working.set(channelId, this.#work(channelId));
  }

  /** Tries once to send a message, whatever else is waiting. */
  async tryOnce(channel: Channel, delivery: Delivery): Promise<Delivery> {
    const tried = afterTry(delivery, await this.#send(channel, delivery), this.#deps.clock.now());
    return tried.state === 'PENDING' ? { ...tried, state: 'FAILED', nextAttemptAt: null } : tried;
  }

  /** Ends all tries; what was not delivered is sent after the next start. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const timer of this.#timers.values()) this.#deps.clock.clearTimeout(timer);
    this.#timers.clear();
    await Promise.all(this.#working.values());
  }

  async #work(channelId: string): Promise<void> {
    while (this.#wanted.delete(channelId)) await this.#drain(channelId);
    this.#working.delete(channelId);
  }

  async #drain(channelId: string): Promise<void> {
    try {
      while (!this.#stopping.signal.aborted) {
        const channel = this.#channels.get(channelId);
        const delivery = channel ? await this.#deps.store.nextPending(channelId) : null;
        if (!channel || !delivery) return;
        const waitMs = (delivery.nextAttemptAt ?? 0) - this.#deps.clock.now();
        if (waitMs > 0 && channel.enabled) return this.#arm(channelId, waitMs);
        await this.#deliver(channel, delivery);
      }
    } catch (thrown) {
      this.#deps.logger.error({ channelId, error: messageOf(thrown) }, 'waiting messages cannot be read or settled');
      this.#arm(channelId, STORE_PAUSE_MS);
    }
  }

  async #deliver(channel: Channel, delivery: Delivery): Promise<void> {
    const { store, clock, logger } = this.#deps;
    if (!channel.enabled) return store.update({ ...delivery, state: 'FAILED', nextAttemptAt: null, error: DISABLED });
    const result = await this.#send(channel, delivery);
    // A try that the end of the server cut off does not count.
    if (this.#stopping.signal.aborted && !result.ok) return;
    const tried = afterTry(delivery, result, clock.now());
    if (tried.state === 'FAILED') {
      const { id: channelId, name } = channel;
      logger.warn({ channelId, name, deliveryId: tried.id, error: tried.error }, 'a message was given up');
    }
    await store.update(tried);
  }

  async #send(channel: Channel, delivery: Delivery): Promise<Result<null, DeliveryError>> {
    const { clock } = this.#deps;
    const deadline = new AbortController();
    const timer = clock.setTimeout(() => deadline.abort(), TRY_TIMEOUT_MS);
    const signal = AbortSignal.any([deadline.signal, this.#stopping.signal]);
    try {
      const { settings, secret } = channel;
      if (settings.type === 'EMAIL') return await sendMail(settings, secret, delivery, signal);
      return await post(requestOf(settings, channel, delivery, clock.now()), signal);
    } finally {
      clock.clearTimeout(timer);
    }
  }

  #arm(channelId: string, delayMs: number): void {
    const { clock } = this.#deps;
    clock.clearTimeout(this.#timers.get(channelId));
    if (this.#stopping.signal.aborted) return;
    this.#timers.set(
      channelId,
      clock.setTimeout(() => this.wake(channelId), delayMs),
    );
  }
}

const DISABLED: DeliveryError = { code: 'DISABLED', message: 'the channel was disabled before it could be sent' };
