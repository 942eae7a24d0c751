import { type Accessor, createSignal } from 'solid-js';

/** Deletes things of a list without asking, for it can be undone. */
export interface Deletion<Item> {
  /** The last one that was deleted, until something else happens to it. */
  readonly deleted: Accessor<Item | undefined>;
  remove(item: Item): Promise<void>;
  /** Makes the last one anew. */
  undo(): Promise<void>;
}

/** `remove` and `restore` resolve with false if they were refused; `onChanged` is called after each that was not. */
export function createDeletion<Item>(
  remove: (item: Item) => Promise<boolean>,
  restore: (item: Item) => Promise<boolean>,
  onChanged: () => void,
): Deletion<Item> {
  const [deleted, setDeleted] = createSignal<Item>();
  const take = (isDone: boolean, item: Item | undefined) => {
    if (isDone) setDeleted(() => item);
    onChanged();
  };
  return {
    deleted,
    remove: async (item) => take(await remove(item), item),
    undo: async () => {
      const item = deleted();
      if (item !== undefined) take(await restore(item), undefined);
    },
  };
}
