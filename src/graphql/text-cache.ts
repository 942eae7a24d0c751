/** Characters that are kept before all are forgotten; two bytes each at most. */
const MAX_CHARACTERS = 16 * 1024 * 1024;

/** Counts what all caches of its kind hold, and tells them to forget it when that is too much. */
export class TextBudget {
  #characters = 0;
  #generation = 0;

  /** Grows whenever everything is to be forgotten. */
  get generation(): number {
    return this.#generation;
  }

  /** Notes that so much more is kept. */
  spend(characters: number): void {
    this.#characters += characters;
    if (this.#characters <= MAX_CHARACTERS) return;
    this.#characters = 0;
    this.#generation++;
  }
}

/** Writes immutable lists as JSON, each once: its text is kept for as long as the list itself, or until the budget is spent. */
export function writeOnce<List extends object>(budget: TextBudget, write: (list: List) => string): typeof write {
  let generation = budget.generation;
  let texts = new WeakMap<List, string>();
  return (list) => {
    if (generation !== budget.generation) {
      generation = budget.generation;
      texts = new WeakMap();
    }
    const known = texts.get(list);
    if (known !== undefined) return known;
    const text = write(list);
    texts.set(list, text);
    budget.spend(text.length);
    return text;
  };
}
