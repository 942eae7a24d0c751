import { Trigger } from './trigger.ts';

/** A value, and who looks at it. */
interface Entry<T> {
  newest: T | undefined;
  readonly lookers: Trigger;
}

/** Signals by key, made when first asked for. */
export class SignalMap<T> {
  readonly #entries = new Map<string, Entry<T>>();

  get(key: string): T | undefined {
    const entry = this.#entry(key);
    entry.lookers.track();
    return entry.newest;
  }

  set(key: string, value: T | undefined): void {
    const entry = this.#entry(key);
    if (Object.is(entry.newest, value)) return;
    entry.newest = value;
    entry.lookers.wake();
  }

  #entry(key: string): Entry<T> {
    const known = this.#entries.get(key);
    if (known) return known;
    const made: Entry<T> = { newest: undefined, lookers: new Trigger() };
    this.#entries.set(key, made);
    return made;
  }
}
