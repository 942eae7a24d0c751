/** Bytes that are kept before all are forgotten. */
const MAX_BYTES = 32 * 1024 * 1024;

/** Counts what all caches of its kind hold, and tells them to forget it when that is too much. */
export class TextBudget {
  #bytes = 0;
  #generation = 0;

  /** Grows whenever everything is to be forgotten. */
  get generation(): number {
    return this.#generation;
  }

  /** Notes that so much more is kept. */
  spend(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes <= MAX_BYTES) return;
    this.#bytes = 0;
    this.#generation++;
  }
}

/** Writes immutable lists as JSON, each once: its text is kept for as long as the list itself, or until the budget is spent. */
export function writeOnce<List extends object>(
  budget: TextBudget,
  write: (list: List) => string,
): (list: List) => Buffer {
  let generation = budget.generation;
  let texts = new WeakMap<List, Buffer>();
  return (list) => {
    if (generation !== budget.generation) {
      generation = budget.generation;
      texts = new WeakMap();
    }
    const known = texts.get(list);
    if (known !== undefined) return known;
    const text = Buffer.from(write(list));
    texts.set(list, text);
    budget.spend(text.length);
    return text;
  };
}
