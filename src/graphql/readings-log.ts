import type { EventSource } from '../domain/events.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import { changedReadings, isComparable, oldestObservation, type Reading, type Snapshot } from '../domain/snapshot.ts';

/** What is new about the readings of one heat pump. */
export interface ReadingsChange {
  readonly heatpumpId: string;
  readonly revision: number;
  /** When the poll was complete, milliseconds UTC. */
  readonly observedAt: number;
  /** When the oldest `GOOD` one of all readings of this poll group was read, milliseconds UTC; null: there is none. */
  readonly liveObservedAt: number | null;
  readonly settingsObservedAt: number | null;
  /** Whether these are all readings, or those that have changed. */
  readonly complete: boolean;
  readonly readings: readonly Reading[];
  /** Changes that were left out before this one, which tells what they told. */
  readonly skipped: number;
  /** Whether it is not known what was before. */
  readonly gap: boolean;
  /** Whether it is the first since the start of the server, or since the heat pump was disabled or set up anew. */
  readonly isFirst: boolean;
}

/** Changes and readings kept for each heat pump, about a quarter of an hour of a usual one. */
const MAX_CHANGES = 128;
const MAX_READINGS = 2_000;

/** The last changes of one heat pump, oldest first and without a hole, and how it stands now. */
interface Past {
  readonly changes: readonly ReadingsChange[];
  readonly newest: Snapshot;
  /** Whether the heat pump has been disabled or set up anew since: its readings are of the past. */
  isOver: boolean;
  /** How it stands. */
  readonly complete: ReadingsChange;
  /** The same for those whose past is not known. */
  readonly gap: ReadingsChange;
}

/** What the log needs to know of the house. */
export interface LoggedHeatpumps {
  readonly events: EventSource;
  find(heatpumpId: string): Heatpump | null;
}

/** What has changed with each poll, worked out once for all listeners, and the last changes for those that come back. */
export class ReadingsLog {
  readonly #pasts = new Map<string, Past>();
  readonly #listeners = new Set<(change: ReadingsChange) => void>();

  constructor(heatpumps: LoggedHeatpumps) {
    const { events } = heatpumps;
    events.on('snapshot', (snapshot) => this.#add(snapshot));
    events.on('removed', ({ heatpumpId }) => void this.#pasts.delete(heatpumpId));
    events.on('heatpump', ({ heatpumpId }) => {
      const past = this.#pasts.get(heatpumpId);
      if (past && !heatpumps.find(heatpumpId)?.snapshot) past.isOver = true;
    });
  }

  /** Calls `listener` for each change until the returned function is called. */
  on(listener: (change: ReadingsChange) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /**
   * What a listener is told first: how a heat pump stands; or what is new since a revision, and if that is not known any more,
   * how it stands. Before its first poll, and while it is disabled, it stands nowhere.
   */
  start(heatpumpId: string, since: number | null): readonly ReadingsChange[] {
    const past = this.#pasts.get(heatpumpId);
    if (!past || since === past.newest.revision) return [];
    if (since === null) return past.isOver ? [] : [past.complete];
    const next = past.changes.findIndex(({ revision }) => revision === since + 1);
    if (next !== -1) return past.changes.slice(next);
    return past.isOver ? [] : [past.gap];
  }

  #add(snapshot: Snapshot): void {
    const { heatpumpId, revision } = snapshot;
    const past = this.#pasts.get(heatpumpId);
    const complete = completeChange(snapshot);
    const change =
      past && !past.isOver ? changeBetween(past.newest, snapshot, complete) : { ...complete, isFirst: true };
    // What is before a hole leads nowhere.
    const before = past?.newest.revision === revision - 1 ? past.changes : [];
    const changes = trimmed([...before, change]);
    this.#pasts.set(heatpumpId, {
      changes,
      newest: snapshot,
      isOver: false,
      complete,
      gap: { ...complete, gap: true },
    });
    for (const listener of this.#listeners) listener(change);
  }
}

/** One change in place of two in succession. */
export function joinChanges(earlier: ReadingsChange, later: ReadingsChange): ReadingsChange {
  const skipped = earlier.skipped + 1 + later.skipped;
  const gap = earlier.gap || later.gap;
  const isFirst = earlier.isFirst || later.isFirst;
  if (later.complete) return { ...later, skipped, gap, isFirst };
  const readings = new Map([...earlier.readings, ...later.readings].map((reading) => [reading.sensor, reading]));
  return { ...later, complete: earlier.complete, readings: [...readings.values()], skipped, gap, isFirst };
}

function completeChange(snapshot: Snapshot): ReadingsChange {
  return {
    ...snapshot,
    liveObservedAt: oldestObservation(snapshot, 'LIVE'),
    settingsObservedAt: oldestObservation(snapshot, 'SETTING'),
    complete: true,
    skipped: 0,
    gap: false,
    isFirst: false,
  };
}

/** What is new since `before`; `complete` tells all of `next`. */
function changeBetween(before: Snapshot, next: Snapshot, complete: ReadingsChange): ReadingsChange {
  if (!isComparable(before, next)) return complete;
  return { ...complete, complete: false, readings: changedReadings(before, next) };
}

/** The newest change is always kept. */
function trimmed(changes: readonly ReadingsChange[]): readonly ReadingsChange[] {
  let readings = 0;
  const tooOld = changes.findLastIndex((change, index) => {
    readings += change.readings.length;
    return index < changes.length - 1 && (readings > MAX_READINGS || changes.length - index > MAX_CHANGES);
  });
  return changes.slice(tooOld + 1);
}
