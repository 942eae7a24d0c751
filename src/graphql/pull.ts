import type { Outlet } from './listener.ts';

/** An outlet to whoever iterates: ready while the next event is waited for. */
export class Pull<Event> implements Outlet<Event>, AsyncIterableIterator<Event> {
  readonly #onEnd: () => void;
  #taker: ((result: IteratorResult<Event>) => void) | null = null;
  #onReady: (() => void) | null = null;
  #isDone = false;

  /** @param onEnd called once, when nothing more will be taken. */
  constructor(onEnd: () => void) {
    this.#onEnd = onEnd;
  }

  get isReady(): boolean {
    return this.#taker !== null;
  }

  send(event: Event): void {
    this.#give({ done: false, value: event });
  }

  whenReady(callback: () => void): void {
    this.#onReady = callback;
  }

  /** One at a time, as for-await and streams do. */
  next(): Promise<IteratorResult<Event>> {
    if (this.#isDone) return Promise.resolve({ done: true, value: undefined });
    return new Promise((resolve) => {
      this.#taker = resolve;
      const onReady = this.#onReady;
      this.#onReady = null;
      onReady?.();
    });
  }

  return(): Promise<IteratorResult<Event>> {
    if (!this.#isDone) this.#onEnd();
    this.#isDone = true;
    this.#give({ done: true, value: undefined });
    return Promise.resolve({ done: true, value: undefined });
  }

  throw(): Promise<IteratorResult<Event>> {
    return this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #give(result: IteratorResult<Event>): void {
    const taker = this.#taker;
    this.#taker = null;
    taker?.(result);
  }
}
