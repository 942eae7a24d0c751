import { Listener } from './listener.ts';
import { Pull } from './pull.ts';

/** Takes an entry; of those with the same key that a listener has not taken yet, one is told. */
export type Offer<Entry> = (key: string, entry: Entry) => void;

/** Where the events of a subscription come from. A single listener iterates over it; a {@link FanOut} connects once for many. */
export class LiveSource<Entry, Item> implements AsyncIterable<Item> {
  /** Offers how things stand, at once, and then whatever happens; returns how to stop. */
  readonly connect: (offer: Offer<Entry>) => () => void;
  /** Turns an entry into what is told, at the moment it is; null: nothing to tell. */
  readonly make: (entry: Entry) => Item | null;
  /** One entry in place of two of the same key. */
  readonly join: (earlier: Entry, later: Entry) => Entry;

  constructor(
    connect: LiveSource<Entry, Item>['connect'],
    make: LiveSource<Entry, Item>['make'],
    join: LiveSource<Entry, Item>['join'],
  ) {
    this.connect = connect;
    this.make = make;
    this.join = join;
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<Item> {
    const { connect, make, join } = this;
    const pull: Pull<Item> = new Pull(() => {
      disconnect();
      listener.leave();
    });
    const listener = new Listener({ event: make, join }, pull);
    const disconnect = connect((key, entry) => listener.tell(key, entry));
    return pull;
  }
}

/**
 * A source for listeners of any speed: of what one has not yet taken, only the newest entry per key is kept.
 *
 * @param connect called when listening may begin; offers entries by key; returns how to stop offering.
 * @param make turns an entry into an item at the moment it is taken; null: nothing to tell.
 * @param join makes one entry of two of the same key, if the later one does not tell all.
 */
export function latestOnly<Entry, Item>(
  connect: (offer: Offer<Entry>) => () => void,
  make: (entry: Entry) => Item | null,
  join: (earlier: Entry, later: Entry) => Entry = (_, later) => later,
): LiveSource<Entry, Item> {
  return new LiveSource(connect, make, join);
}
