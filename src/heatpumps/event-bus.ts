import { messageOf } from '../domain/errors.ts';
import type { DomainEventName, DomainEvents, EventSource } from '../domain/events.ts';
import type { Logger } from '../domain/logger.ts';

type Listener<N extends DomainEventName> = (event: DomainEvents[N]) => void;
type Listeners = { readonly [N in DomainEventName]: Set<Listener<N>> };

/** Hands every event to every listener at once, in order of subscription. A throwing listener stops nobody else. */
export class EventBus implements EventSource {
  readonly #listeners: Listeners = {
    snapshot: new Set(),
    heatpump: new Set(),
    removed: new Set(),
    write: new Set(),
    settingsChange: new Set(),
    alert: new Set(),
  };
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  on<N extends DomainEventName>(name: N, listener: Listener<N>): () => void {
    const listeners: Set<Listener<N>> = this.#listeners[name];
    // Wrapped, so that the same function subscribed twice is two listeners.
    const own: Listener<N> = (event) => listener(event);
    listeners.add(own);
    return () => void listeners.delete(own);
  }

  /** Publishes an event; returns when all listeners have had it. */
  emit<N extends DomainEventName>(name: N, event: DomainEvents[N]): void {
    const listeners: Set<Listener<N>> = this.#listeners[name];
    for (const listener of [...listeners]) {
      try {
        listener(event);
      } catch (thrown) {
        this.#logger.error({ event: name, error: messageOf(thrown) }, 'a listener failed');
      }
    }
  }
}
