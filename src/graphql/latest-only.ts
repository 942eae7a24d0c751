/** Waiting entries of a listener beyond which the oldest are dropped. */
const MAX_WAITING = 1_000;

/**
 * An async iterable for a listener of any speed: of what it has not yet taken, only the newest entry per key is kept.
 *
 * @param connect called when iteration may begin; offers entries by key; returns how to stop offering.
 * @param make turns an entry into an item at the moment it is taken; null: nothing to tell.
 */
export function latestOnly<Entry, Item>(
  connect: (offer: (key: string, entry: Entry) => void) => () => void,
  make: (entry: Entry) => Item | null,
): AsyncIterableIterator<Item> {
  const waiting = new Map<string, Entry>();
  let taker: ((result: IteratorResult<Item>) => void) | null = null;
  let isDone = false;
  const disconnect = connect((key, entry) => {
    waiting.delete(key);
    waiting.set(key, entry);
    dropOldest(waiting);
    if (!taker) return;
    const item = takeNext(waiting, make);
    if (item === null) return;
    taker({ done: false, value: item });
    taker = null;
  });

  const end = (): Promise<IteratorResult<Item>> => {
    isDone = true;
    disconnect();
    waiting.clear();
    taker?.({ done: true, value: undefined });
    taker = null;
    return Promise.resolve({ done: true, value: undefined });
  };
  return {
    next: () => {
      if (isDone) return Promise.resolve({ done: true, value: undefined });
      const item = takeNext(waiting, make);
      if (item !== null) return Promise.resolve({ done: false, value: item });
      return new Promise((resolve) => {
        taker = resolve;
      });
    },
    return: end,
    throw: end,
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}

function takeNext<Entry, Item>(waiting: Map<string, Entry>, make: (entry: Entry) => Item | null): Item | null {
  for (const [key, entry] of waiting) {
    waiting.delete(key);
    const item = make(entry);
    if (item !== null) return item;
  }
  return null;
}

function dropOldest(waiting: Map<string, unknown>): void {
  const [oldest] = waiting.keys();
  if (waiting.size > MAX_WAITING && oldest !== undefined) waiting.delete(oldest);
}
