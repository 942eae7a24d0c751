import { createSignal, type Signal } from 'solid-js';

/** Signals by key, made when first asked for. */
export class SignalMap<T> {
  readonly #signals = new Map<string, Signal<T | undefined>>();

  get(key: string): T | undefined {
    return this.#signal(key)[0]();
  }

  set(key: string, value: T | undefined): void {
    this.#signal(key)[1](() => value);
  }

  keys(): string[] {
    return [...this.#signals.keys()];
  }

  #signal(key: string): Signal<T | undefined> {
    const signal = this.#signals.get(key) ?? createSignal<T>();
    this.#signals.set(key, signal);
    return signal;
  }
}
