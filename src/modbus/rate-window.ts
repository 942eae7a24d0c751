/** The time over which words are counted, with a little for requests that bunch together on their way. */
const WINDOW_MS = 1_050;

/** Counts the words sent within the last second, so that a device that bears only so many is never sent more. */
export class RateWindow {
  #sent: { readonly at: number; readonly words: number }[] = [];

  /** Notes a request for `words` words, sent at `now` (milliseconds). */
  note(now: number, words: number): void {
    this.#sent.push({ at: now, words });
  }

  /** How long a request for `words` words must wait at `now`, to stay within `limit` words per second. */
  waitMs(now: number, words: number, limit: number): number {
    this.#sent = this.#sent.filter(({ at }) => now - at < WINDOW_MS);
    let excess = this.#sent.reduce((sum, request) => sum + request.words, words) - limit;
    for (const request of this.#sent) {
      if (excess <= 0) return 0;
      excess -= request.words;
      if (excess <= 0) return request.at + WINDOW_MS - now;
    }
    return 0;
  }
}
