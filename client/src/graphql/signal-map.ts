import { createSignal } from 'solid-js';

/** A value, and who looks at it. */
interface Entry<T> {
  newest: T | undefined;
  track(): unknown;
  wake(): unknown;
}

/**
 * Signals by key, made when first asked for. `isSame` holds two values to look alike: who looks is then not woken, but
 * whoever looks later gets the newest.
 */
export class SignalMap<T> {
  readonly #entries = new Map<string, Entry<T>>();
  readonly #isSame: (a: T, b: T) => boolean;

  constructor(isSame: (a: T, b: T) => boolean = Object.is) {
    this.#isSame = isSame;
  }

  get(key: string): T | undefined {
    const entry = this.#entry(key);
    entry.track();
    return entry.newest;
  }

  set(key: string, value: T | undefined): void {
    const entry = this.#entry(key);
    const before = entry.newest;
    entry.newest = value;
    const isSame = before === undefined || value === undefined ? before === value : this.#isSame(before, value);
    if (!isSame) entry.wake();
  }

  keys(): string[] {
    return [...this.#entries.keys()];
  }

  #entry(key: string): Entry<T> {
    const known = this.#entries.get(key);
    if (known) return known;
    const [track, wake] = createSignal(undefined, { equals: false });
    const made: Entry<T> = { newest: undefined, track, wake: () => wake() };
    this.#entries.set(key, made);
    return made;
  }
}
