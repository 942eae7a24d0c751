/** Where a listener's events go. */
export interface Outlet<Event> {
  /** Whether an event can be taken now; else it would only wait, and age. */
  readonly isReady: boolean;
  send(event: Event): void;
  /** Calls back once, as soon as an event can be taken again. */
  whenReady(callback: () => void): void;
}

/** How entries become events. */
export interface Telling<Entry, Event> {
  /** Makes an event of an entry, at the moment it is told; null: nothing to tell. */
  event(entry: Entry): Event | null | Promise<Event | null>;
  /** One entry in place of two of the same key. */
  join(earlier: Entry, later: Entry): Entry;
}

/** Entries waiting for a listener beyond which the oldest are dropped. */
const MAX_WAITING = 1_000;

/** One listener of any speed: in order, never two events at once, and of what it has not yet taken one entry per key. */
export class Listener<Entry, Event> {
  readonly #telling: Telling<Entry, Event>;
  readonly #outlet: Outlet<Event>;
  readonly #waiting = new Map<string, Entry>();
  #isTelling = false;
  #isGone = false;

  constructor(telling: Telling<Entry, Event>, outlet: Outlet<Event>) {
    this.#telling = telling;
    this.#outlet = outlet;
  }

  /** Tells an entry now if it can be taken, else as soon as it can. */
  tell(key: string, entry: Entry): void {
    if (this.#isGone) return;
    if (this.#waiting.size === 0 && !this.#isTelling && this.#outlet.isReady) {
      this.#tellNow(this.#telling.event(entry));
      return;
    }
    this.note(key, entry);
    this.goOn();
  }

  /** Keeps an entry to be told by {@link goOn}. */
  note(key: string, entry: Entry): void {
    if (this.#isGone) return;
    const earlier = this.#waiting.get(key);
    this.#waiting.delete(key);
    this.#waiting.set(key, earlier === undefined ? entry : this.#telling.join(earlier, entry));
    const [oldest] = this.#waiting.keys();
    if (this.#waiting.size > MAX_WAITING && oldest !== undefined) this.#waiting.delete(oldest);
  }

  /** Tells what waits, as far as it can be taken now. */
  readonly goOn = (): void => {
    while (!this.#isTelling && this.#outlet.isReady) {
      const [next] = this.#waiting;
      if (!next) return;
      this.#waiting.delete(next[0]);
      this.#tellNow(this.#telling.event(next[1]));
    }
    if (this.#waiting.size > 0 && !this.#isTelling) this.#outlet.whenReady(this.goOn);
  };

  /** Ends telling; what waits is forgotten. */
  leave(): void {
    this.#isGone = true;
    this.#waiting.clear();
  }

  #tellNow(event: Event | null | Promise<Event | null>): void {
    if (event instanceof Promise) void this.#sendLater(event);
    else this.#send(event);
  }

  async #sendLater(event: Promise<Event | null>): Promise<void> {
    this.#isTelling = true;
    this.#send(await event);
    this.#isTelling = false;
    this.goOn();
  }

  #send(event: Event | null): void {
    if (event !== null && !this.#isGone) this.#outlet.send(event);
  }
}
