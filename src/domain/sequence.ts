/** Runs changes one after the other, so that each is checked against what is really there. */
export class Sequence {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs a change when those before it have ended, well or not. */
  run<T>(change: () => Promise<T>): Promise<T> {
    const next = this.#last.then(change, change);
    this.#last = next.catch(() => undefined);
    return next;
  }

  /** Resolves when all changes so far have ended. */
  async ended(): Promise<void> {
    await this.#last;
  }
}
