import { type Alert, type AlertEvent, type AlertState, concerns } from '../domain/alert.ts';
import type { AlertChange, AlertStore } from '../domain/alert-store.ts';
import type { Channel, Delivery } from '../domain/channel.ts';
import type { Clock, Timer } from '../domain/clock.ts';
import { messageOf } from '../domain/errors.ts';
import type { DomainEvents, EventSource } from '../domain/events.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import type { Logger } from '../domain/logger.ts';
import type { Sequence } from '../domain/sequence.ts';
import type { AlertBook } from './alert-book.ts';
import { dueAt, nextState, noticeOf } from './alert-state.ts';
import { newDelivery } from './deliveries.ts';
import { findingOf, Readings } from './finding.ts';
import { notificationOf } from './message.ts';

/** What alerts are told of, and tell. */
export interface AlertBus extends EventSource {
  emit(name: 'alert', event: DomainEvents['alert']): void;
}

/** The heat pumps as they are now. */
export interface HeatpumpSource {
  list(): Heatpump[];
  find(id: string): Heatpump | null;
}

/** What {@link AlertWatch} needs of the house. */
export interface AlertWatchDeps {
  readonly book: AlertBook;
  readonly store: AlertStore;
  readonly heatpumps: HeatpumpSource;
  readonly bus: AlertBus;
  readonly queue: Sequence;
  /** A channel; null if there is none with this id. */
  readonly channel: (id: string) => Channel | null;
  /** Called when messages for a channel are on disk. */
  readonly wake: (channelId: string) => void;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** A state that is about to change. */
interface Transition extends AlertChange {
  readonly before: AlertState;
}

/** Looks at every heat pump whenever it is polled or its status changes, and when an alert falls due by time alone. */
export class AlertWatch {
  readonly #deps: AlertWatchDeps;
  readonly #waiting = new Set<string>();
  readonly #timers = new Map<string, Timer>();
  #off: (() => void)[] = [];
  #isFailing = false;

  constructor(deps: AlertWatchDeps) {
    this.#deps = deps;
  }

  /** Begins to listen. */
  start(): void {
    const { bus, book } = this.#deps;
    this.#off = [
      bus.on('snapshot', ({ heatpumpId }) => this.look(heatpumpId)),
      bus.on('heatpump', ({ heatpumpId }) => this.look(heatpumpId)),
      bus.on('removed', ({ heatpumpId }) => {
        this.#disarm(heatpumpId);
        book.removeHeatpump(heatpumpId);
      }),
    ];
  }

  /** Ends listening; what has been seen is still written. */
  async stop(): Promise<void> {
    for (const off of this.#off) off();
    await this.#deps.queue.run(async () => {});
    for (const heatpumpId of [...this.#timers.keys()]) this.#disarm(heatpumpId);
  }

  /** Evaluates all alerts that concern a heat pump, as soon as earlier changes are done. */
  look(heatpumpId: string): void {
    if (this.#waiting.has(heatpumpId)) return;
    this.#waiting.add(heatpumpId);
    void this.#deps.queue.run(async () => {
      this.#waiting.delete(heatpumpId);
      await this.#evaluate(heatpumpId).catch((thrown: unknown) => this.#fail(heatpumpId, thrown));
    });
  }

  /** Writes changes, then takes them over and tells of them. */
  async apply(changes: readonly AlertChange[], events: readonly AlertEvent[]): Promise<void> {
    const { store, book, bus, wake } = this.#deps;
    await store.record(changes);
    for (const { alertId, heatpumpId, state } of changes) book.setState(alertId, heatpumpId, state);
    for (const event of events) bus.emit('alert', event);
    const told = changes.flatMap(({ deliveries }) => deliveries.map(({ channelId }) => channelId));
    for (const channelId of new Set(told)) wake(channelId);
  }

  async #evaluate(heatpumpId: string): Promise<void> {
    const { book, heatpumps, clock } = this.#deps;
    const heatpump = heatpumps.find(heatpumpId);
    if (!heatpump) return;
    const now = clock.now();
    const readings = new Readings(heatpump);
    const alerts = book.list().filter((alert) => alert.enabled && concerns(alert, heatpumpId));
    const transitions = alerts.flatMap((alert) => this.#transition(alert, readings, now) ?? []);
    if (transitions.length > 0) {
      const events = transitions.flatMap((change) => eventOf(change, now) ?? []);
      await this.apply(transitions, events);
      this.#isFailing = false;
    }
    this.#arm(heatpumpId, alerts, now);
  }

  /** What cannot be written was not taken over, and so comes again with the next poll; that is logged once. */
  #fail(heatpumpId: string, thrown: unknown): void {
    if (!this.#isFailing)
      this.#deps.logger.error({ heatpumpId, error: messageOf(thrown) }, 'alerts cannot be evaluated');
    this.#isFailing = true;
  }

  #transition(alert: Alert, readings: Readings, now: number): Transition | null {
    const { heatpump } = readings;
    const heatpumpId = heatpump.settings.id;
    const before = this.#deps.book.state(alert.id, heatpumpId);
    const finding = findingOf(alert.rule, readings, before.state, alert.heatpumpId !== null);
    const state = nextState(before, finding, timingOf(alert), now);
    if (state === before) return null;
    const notice = noticeOf(before, state);
    const change = { alertId: alert.id, heatpumpId, before, state };
    const event = before.state === 'FIRING' || state.state === 'FIRING' ? eventOf(change, now) : null;
    const tell = (channel: Channel): Delivery[] => {
      if (!notice || !channel.enabled) return [];
      const occasion = { notice, alert, heatpump, before, after: state };
      return [newDelivery(channel.id, notificationOf(occasion, channel.language, now), now)];
    };
    const channels = alert.channelIds.flatMap((id) => this.#deps.channel(id) ?? []);
    return { ...change, event, deliveries: channels.flatMap(tell) };
  }

  /** Wakes up when the next alert falls due. */
  #arm(heatpumpId: string, alerts: readonly Alert[], now: number): void {
    const { book, clock } = this.#deps;
    this.#disarm(heatpumpId);
    const dues = alerts.flatMap((alert) => dueAt(book.state(alert.id, heatpumpId), timingOf(alert)) ?? []);
    // What is due and has not happened waits for its condition to be known.
    const next = Math.min(...dues.filter((due) => due > now));
    if (!Number.isFinite(next)) return;
    this.#timers.set(
      heatpumpId,
      clock.setTimeout(() => this.look(heatpumpId), next - now),
    );
  }

  #disarm(heatpumpId: string): void {
    this.#deps.clock.clearTimeout(this.#timers.get(heatpumpId));
    this.#timers.delete(heatpumpId);
  }
}

function timingOf({ rule, repeatEveryMs }: Alert) {
  return { durationMs: rule.durationMs, repeatEveryMs };
}

/** The event of a change; null for a reminder. */
function eventOf(
  { alertId, heatpumpId, before, state }: Pick<Transition, 'alertId' | 'heatpumpId' | 'before' | 'state'>,
  at: number,
): AlertEvent | null {
  if (before.state === state.state) return null;
  const { value, text, acknowledgedAt } = state;
  return { alertId, heatpumpId, previous: before.state, state: state.state, acknowledgedAt, value, text, at };
}
