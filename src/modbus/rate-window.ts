/** The time over which words are counted, with a little for requests that bunch together on their way. */
const WINDOW_MS = 1_050;

/** Counts the words sent within the last second, so that a device that bears only so many is never sent more. */
export class RateWindow {
  /** The requests of the window, oldest first, and their words together. */
  readonly #sent: { readonly at: number; readonly words: number }[] = [];
  #words = 0;

  /** Notes a request for `words` words, sent at `now` (milliseconds). */
  note(now: number, words: number): void {
    this.#forget(now);
    this.#sent.push({ at: now, words });
    this.#words += words;
  }

  /** The words of the window at `now`. */
  words(now: number): number {
    this.#forget(now);
    return this.#words;
  }

  /** How long a request for `words` words must wait at `now`, to stay within `limit` words per second. */
  waitMs(now: number, words: number, limit: number): number {
    this.#forget(now);
    let excess = this.#words + words - limit;
    for (const request of this.#sent) {
      if (excess <= 0) return 0;
      excess -= request.words;
      if (excess <= 0) return request.at + WINDOW_MS - now;
    }
    return 0;
  }

  #forget(now: number): void {
    for (let oldest = this.#sent[0]; oldest && now - oldest.at >= WINDOW_MS; oldest = this.#sent[0]) {
      this.#words -= oldest.words;
      this.#sent.shift();
    }
  }
}
