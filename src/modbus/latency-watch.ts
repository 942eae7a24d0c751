/** The most words a request can have. */
const MOST_WORDS = 125;
/** An answer is late if it takes so many times as long as usual, and so many milliseconds longer. */
const LATE_FACTOR = 3;
const LATE_MS = 100;
/** How much a single answer weighs, in the share of late ones; seven late ones in a row make half. */
const WEIGHT = 0.1;
const STRAINED_SHARE = 0.5;
/** The usual time follows quicker answers soon, and slower ones only after hundreds: strain must not become the usual. */
const QUICKER = 0.2;
const SLOWER = 0.002;

/** Knows how long a unit usually takes for a request of each size, and tells when its answers come late. */
export class LatencyWatch {
  readonly #usualMs = new Float64Array(MOST_WORDS + 1);
  #lateShare = 0;

  /** Takes in the time of an answer; true if by now at least half of the last answers were late. Then it starts anew. */
  isStrained(words: number, latencyMs: number): boolean {
    const size = Math.min(words, MOST_WORDS);
    const usualMs = this.#usualMs[size] || latencyMs;
    this.#usualMs[size] = usualMs + (latencyMs - usualMs) * (latencyMs < usualMs ? QUICKER : SLOWER);
    return this.#isStrainedBy(latencyMs > LATE_FACTOR * usualMs && latencyMs > usualMs + LATE_MS);
  }

  /** The same for a request that was not answered, which is as late as can be. */
  isStrainedByNone(): boolean {
    return this.#isStrainedBy(true);
  }

  #isStrainedBy(isLate: boolean): boolean {
    this.#lateShare += ((isLate ? 1 : 0) - this.#lateShare) * WEIGHT;
    if (this.#lateShare < STRAINED_SHARE) return false;
    this.#lateShare = 0;
    return true;
  }
}
