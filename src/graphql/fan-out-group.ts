import type { LiveSource } from './latest-only.ts';
import { Listener, type Outlet } from './listener.ts';
import type { SharedEvent } from './shared-event.ts';

/** Makes the one event that all in a group are told of an item. */
export type Tell<Item> = (item: Item) => SharedEvent | Promise<SharedEvent>;

/** Listeners told within one turn of the event loop, which takes them some five milliseconds. */
const MAX_AT_ONCE = 500;
/** Events kept within one turn of the event loop at most. */
const MAX_KEPT = 256;

/**
 * All that listen to the same. Each is told in its own order and at its own speed, but what several are told of one entry in the
 * same turn of the event loop is executed and serialised once: an event as it happens, and its state to those that come together.
 */
export class FanOutGroup<Entry, Item> {
  readonly #source: LiveSource<Entry, Item>;
  readonly #tell: Tell<Item>;
  readonly #listeners = new Set<Listener<Entry, SharedEvent>>();
  readonly #kept = new Map<Entry, SharedEvent | null | Promise<SharedEvent>>();
  #disconnect: (() => void) | null = null;

  constructor(source: LiveSource<Entry, Item>, tell: Tell<Item>) {
    this.#source = source;
    this.#tell = tell;
  }

  get size(): number {
    return this.#listeners.size;
  }

  /** Tells a new listener what its own source begins with, and from then on what all are told. Returns how to leave. */
  join(source: LiveSource<Entry, Item>, outlet: Outlet<SharedEvent>): () => void {
    this.#connect();
    const telling = { event: (entry: Entry) => this.#event(entry), join: this.#source.join };
    const listener = new Listener(telling, outlet);
    this.#listeners.add(listener);
    source.connect((key, entry) => listener.tell(key, entry))();
    return () => {
      listener.leave();
      this.#listeners.delete(listener);
      if (this.#listeners.size === 0) this.#end();
    };
  }

  /** Something has changed: what was made before must not be told any more. */
  forget(): void {
    this.#kept.clear();
  }

  #connect(): void {
    if (this.#disconnect) return;
    let isConnected = false;
    this.#disconnect = this.#source.connect((key, entry) => {
      if (!isConnected) return;
      this.forget();
      this.#tellAll(key, entry);
    });
    isConnected = true;
  }

  /** Nobody else of the server is served meanwhile, so that of very many only some are told at once. */
  #tellAll(key: string, entry: Entry): void {
    const listeners = [...this.#listeners];
    const later = listeners.splice(MAX_AT_ONCE);
    for (const listener of listeners) listener.tell(key, entry);
    for (const listener of later) listener.note(key, entry);
    const goOn = () => {
      for (const listener of later.splice(0, MAX_AT_ONCE)) listener.goOn();
      if (later.length > 0) setImmediate(goOn);
    };
    if (later.length > 0) setImmediate(goOn);
  }

  #end(): void {
    this.#disconnect?.();
    this.#disconnect = null;
  }

  #event(entry: Entry): SharedEvent | null | Promise<SharedEvent> {
    const kept = this.#kept.get(entry);
    if (kept !== undefined) return kept;
    if (this.#kept.size >= MAX_KEPT) this.forget();
    if (this.#kept.size === 0) setImmediate(() => this.forget());
    const item = this.#source.make(entry);
    const event = item === null ? null : this.#tell(item);
    this.#kept.set(entry, event);
    return event;
  }
}
