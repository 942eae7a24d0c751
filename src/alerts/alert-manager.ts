import { randomUUID } from 'node:crypto';
import { type Alert, type AlertEvent, type AlertState, concerns } from '../domain/alert.ts';
import type { AlertStore } from '../domain/alert-store.ts';
import type { Channel } from '../domain/channel.ts';
import type { Clock } from '../domain/clock.ts';
import { AppError, badInput, type Issue } from '../domain/errors.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import type { Sequence } from '../domain/sequence.ts';
import type { AlertBook } from './alert-book.ts';
import { type AlertInput, checkAlert, type UserAlert } from './alert-input.ts';
import type { AlertWatch, HeatpumpSource } from './alert-watch.ts';
import { findingOf, Readings } from './finding.ts';
import { checkWatchedValue } from './watched-value.ts';

/** What {@link AlertManager} needs of the house. */
export interface AlertManagerDeps {
  readonly book: AlertBook;
  readonly store: AlertStore;
  readonly watch: AlertWatch;
  readonly heatpumps: HeatpumpSource;
  readonly queue: Sequence;
  /** A channel; null if there is none with this id. */
  readonly channel: (id: string) => Channel | null;
  readonly clock: Clock;
}

/** A new alert as a user describes it. */
export interface CreateAlertInput extends AlertInput {
  /** Null or left out: every heat pump. */
  readonly heatpumpId?: string | null | undefined;
}

/** Changes to an alert; what is left out stays. */
export interface UpdateAlertInput extends AlertInput {
  readonly id: string;
}

/** Of which alert notice is taken, for which heat pump; that may be left out if the alert watches only one. */
export interface AcknowledgeInput {
  readonly id: string;
  readonly heatpumpId?: string | null | undefined;
}

/** How an alert is doing for one heat pump, as everything outside sees it. */
export interface AlertStateView extends AlertState {
  readonly heatpump: Heatpump;
  /** Whether its condition can be told now. */
  readonly isKnown: boolean;
}

/** Alerts that one server looks after. */
export const MAX_ALERTS = 500;
/** Events given in one answer. */
const MAX_EVENTS = 500;

/** All alerts: the one door for changes to them. */
export class AlertManager {
  readonly #deps: AlertManagerDeps;

  constructor(deps: AlertManagerDeps) {
    this.#deps = deps;
  }

  /** Loads alerts and states from the store, before the first heat pump is polled. */
  async initialize(): Promise<void> {
    const { book, store } = this.#deps;
    for (const alert of await store.list()) book.set(alert);
    for (const { alertId, heatpumpId, state } of await store.states()) book.setState(alertId, heatpumpId, state);
  }

  /**
   * Every alert, or those that concern one heat pump, oldest first; but for those of heat pumps that could not be loaded. Throws
   * `NOT_FOUND` if there is no such heat pump.
   */
  list(heatpumpId?: string | null): Alert[] {
    const all = this.#deps.book.list().filter((alert) => this.#isShown(alert));
    if (!heatpumpId) return all;
    this.#heatpump(heatpumpId, ['heatpumpId']);
    return all.filter((alert) => concerns(alert, heatpumpId));
  }

  /** An alert; null if there is none with this id. */
  find(id: string): Alert | null {
    const alert = this.#deps.book.find(id);
    return alert && this.#isShown(alert) ? alert : null;
  }

  /** How an alert is doing, for each heat pump that it concerns or for one of them. */
  states(alert: Alert, heatpumpId?: string | null): AlertStateView[] {
    const concerned = this.#concerned(alert).filter(({ settings }) => !heatpumpId || settings.id === heatpumpId);
    return concerned.map((heatpump) => {
      const state = this.#deps.book.state(alert.id, heatpump.settings.id);
      const finding = findingOf(alert.rule, new Readings(heatpump), state.state, alert.heatpumpId !== null);
      return { ...state, heatpump, isKnown: alert.enabled && finding.isMet !== null };
    });
  }

  /** What happened, newest first: to one heat pump, or to all among `ids` (null: all). Throws `NOT_FOUND` or `BAD_USER_INPUT`. */
  async history(heatpumpId: string | null, first: number, ids: readonly string[] | null = null): Promise<AlertEvent[]> {
    if (heatpumpId !== null) this.#heatpump(heatpumpId, ['heatpumpId']);
    if (first < 1 || first > MAX_EVENTS)
      throw badInput({ path: ['first'], message: `must be a whole number from 1 to ${MAX_EVENTS}` });
    const events = await this.#deps.store.events(heatpumpId === null ? ids : [heatpumpId], first);
    // Of what was removed, or could not be loaded, there is nothing to tell.
    return events.filter((event) => this.find(event.alertId) && this.#deps.heatpumps.find(event.heatpumpId));
  }

  /** Adds an alert. Throws `BAD_USER_INPUT`, `NOT_FOUND` or `CONFLICT`. */
  create(input: CreateAlertInput): Promise<Alert> {
    return this.#deps.queue.run(async () => {
      const { book, store, clock } = this.#deps;
      const heatpumpId = input.heatpumpId ?? null;
      if (heatpumpId !== null) this.#heatpump(heatpumpId, ['input', 'heatpumpId']);
      const now = clock.now();
      const alert: Alert = { id: randomUUID(), heatpumpId, ...checkAlert(input), createdAt: now, updatedAt: now };
      this.#checkChannels(alert);
      checkWatchedValue(alert.rule, this.#concerned(alert));
      if (book.list().length >= MAX_ALERTS) throw new AppError('CONFLICT', `there are ${MAX_ALERTS} alerts already`);
      await store.insert(alert);
      return this.#takeOver(alert);
    });
  }

  /** Changes an alert; its state goes on, unless it is disabled. Throws `BAD_USER_INPUT` or `NOT_FOUND`. */
  update(input: UpdateAlertInput): Promise<Alert> {
    return this.#deps.queue.run(async () => {
      const before = this.#alert(input.id);
      const after: UserAlert = checkAlert(input, before);
      const alert: Alert = { ...before, ...after, updatedAt: this.#deps.clock.now() };
      this.#checkChannels(alert);
      // A sensor that was there when the rule was made may be gone by now; that is no reason to refuse another change.
      if (input.rule) checkWatchedValue(alert.rule, this.#concerned(alert));
      await this.#deps.store.update(alert);
      if (!alert.enabled) await this.#reset(alert);
      return this.#takeOver(alert);
    });
  }

  /** Deletes an alert with its states and its history. Throws `NOT_FOUND`. */
  delete(id: string): Promise<void> {
    return this.#deps.queue.run(async () => {
      this.#alert(id);
      await this.#deps.store.delete(id);
      this.#deps.book.delete(id);
    });
  }

  /** Notes that somebody has taken notice, which ends reminders. Throws `BAD_USER_INPUT`, `NOT_FOUND` or `CONFLICT`. */
  acknowledge(input: AcknowledgeInput): Promise<Alert> {
    return this.#deps.queue.run(async () => {
      const { book, watch, clock } = this.#deps;
      const alert = this.#alert(input.id);
      const heatpumpId = this.#acknowledged(alert, input.heatpumpId);
      const before = book.state(alert.id, heatpumpId);
      if (before.state !== 'FIRING') throw new AppError('CONFLICT', `${alert.name} is not firing for this heat pump`);
      if (before.acknowledgedAt !== null) return alert;
      const at = clock.now();
      const state: AlertState = { ...before, acknowledgedAt: at };
      const { value, text } = state;
      const ids = { alertId: alert.id, heatpumpId };
      const event = { ...ids, previous: 'FIRING', state: 'FIRING', acknowledgedAt: at, value, text, at } as const;
      await watch.apply([{ ...ids, state, event, deliveries: [] }], [event]);
      return alert;
    });
  }

  /** Forgets the states of an alert that is no longer evaluated; nobody is sent a message. */
  async #reset({ id: alertId }: Alert): Promise<void> {
    const at = this.#deps.clock.now();
    const others = [...this.#deps.book.states(alertId)].filter(([, { state }]) => state !== 'OK');
    const changes = others.map(([heatpumpId, { state: previous }]) => {
      const nothing = { value: null, text: null, acknowledgedAt: null };
      const state: AlertState = { state: 'OK', since: at, notifiedAt: null, ...nothing };
      const event: AlertEvent = { alertId, heatpumpId, previous, state: 'OK', ...nothing, at };
      return { alertId, heatpumpId, state, event, deliveries: [] };
    });
    await this.#deps.watch.apply(
      changes,
      changes.map(({ event }) => event),
    );
  }

  #isShown({ heatpumpId }: Alert): boolean {
    return heatpumpId === null || this.#deps.heatpumps.find(heatpumpId) !== null;
  }

  #takeOver(alert: Alert): Alert {
    this.#deps.book.set(alert);
    for (const { settings } of this.#concerned(alert)) this.#deps.watch.look(settings.id);
    return alert;
  }

  #concerned(alert: Alert): Heatpump[] {
    const { heatpumps } = this.#deps;
    if (alert.heatpumpId === null) return heatpumps.list();
    const heatpump = heatpumps.find(alert.heatpumpId);
    return heatpump ? [heatpump] : [];
  }

  #checkChannels({ channelIds }: Alert): void {
    const unknown = channelIds.findIndex((id) => !this.#deps.channel(id));
    if (unknown >= 0) throw notFound('channel', ['input', 'channelIds', unknown]);
  }

  /** The heat pump for which an alert is acknowledged. */
  #acknowledged(alert: Alert, heatpumpId: string | null | undefined): string {
    const path = ['input', 'heatpumpId'];
    const id = heatpumpId ?? alert.heatpumpId;
    if (id === null) throw badInput({ path, message: 'is required, for the alert watches every heat pump' });
    this.#heatpump(id, path);
    if (concerns(alert, id)) return id;
    throw badInput({ path, message: 'is not the heat pump that the alert watches' });
  }

  #alert(id: string): Alert {
    const alert = this.#deps.book.find(id);
    if (!alert) throw notFound('alert', ['input', 'id']);
    return alert;
  }

  #heatpump(id: string, path: Issue['path']): void {
    if (!this.#deps.heatpumps.find(id)) throw notFound('heat pump', path);
  }
}

function notFound(what: string, path: Issue['path']): AppError {
  const message = `no ${what} with this id`;
  return new AppError('NOT_FOUND', message, [{ path, message }]);
}
