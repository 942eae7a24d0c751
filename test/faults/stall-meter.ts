/** How often it is looked at, and how much later than that is nothing unusual. */
const TICK_MS = 1;
const USUAL_MS = 2;

/** Counts the time for which this process did not come to run, so that a busy machine is not taken for slow code. */
export class StallMeter {
  readonly #timer: NodeJS.Timeout;
  #lostMs = 0;
  #lastAt = performance.now();

  constructor() {
    this.#timer = setInterval(() => this.#tick(), TICK_MS);
  }

  /** The time lost so far. */
  get lostMs(): number {
    this.#tick();
    return this.#lostMs;
  }

  stop(): void {
    clearInterval(this.#timer);
  }

  #tick(): void {
    const now = performance.now();
    this.#lostMs += Math.max(0, now - this.#lastAt - USUAL_MS);
    this.#lastAt = now;
  }
}
