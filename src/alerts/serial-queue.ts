/** Runs jobs one after the other, so that each is checked against what is really there. */
export class SerialQueue {
  #last: Promise<unknown> = Promise.resolve();

  /** Runs a job after all that were given before; settles as the job does. */
  run<T>(job: () => Promise<T>): Promise<T> {
    const next = this.#last.then(job);
    this.#last = next.catch(() => undefined);
    return next;
  }
}
