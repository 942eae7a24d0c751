import type { AnyVariables, TypedDocumentNode } from '@urql/core';
import { type Accessor, batch, createEffect, createSignal, onCleanup } from 'solid-js';
import { Revisions } from '../lib/revisions.ts';
import { useApi } from './client.tsx';
import { ReadingsDocument, StatusesDocument } from './generated/live.ts';
import type {
  ConnectionState,
  HeatpumpStateFragment,
  PollGroup,
  Quantity,
  ReadingsSubscription,
  ReadingsSubscriptionVariables,
  StatusesSubscriptionVariables,
} from './generated/types.ts';
import { ReadingMap, type ToldReading } from './reading-map.ts';
import { SignalMap } from './signal-map.ts';

/** The live readings of some heat pumps; each one follows what is told of it, so that only what changed is drawn anew. */
export interface LiveReadings {
  /** The newest reading; undefined before the first. */
  reading(heatpumpId: string, key: string): ToldReading | undefined;
  /** The newest reading of a quantity of a heat pump as a whole, or of one of its circuits; undefined before the first. */
  quantity(heatpumpId: string, quantity: Quantity, circuit?: string | null): ToldReading | undefined;
  /** When the last poll of a heat pump was complete; undefined before the first. */
  observedAt(heatpumpId: string): string | undefined;
  /** When all of a poll group that is GOOD had been seen so, changed or not: none is older. Undefined: there is none. */
  seenAt(heatpumpId: string, group: PollGroup): string | undefined;
}

/** When a poll was complete, and how old what it knows is. */
type PollTimes = Pick<ReadingsSubscription['readings'], 'observedAt' | 'liveObservedAt' | 'settingsObservedAt'>;

const SEEN = { LIVE: 'liveObservedAt', SETTING: 'settingsObservedAt' } as const;

type Variables<V> = Accessor<V | undefined>;

/** Listens while the variables are there; whatever they are, one subscription at a time. */
export function createLive<Data, V extends AnyVariables>(
  document: TypedDocumentNode<Data, V>,
  variables: Variables<V>,
  onEvent: (data: Data) => void,
): void {
  const { link } = useApi();
  createEffect(() => {
    const current = variables();
    if (current) onCleanup(link.subscribe(document, () => current, onEvent));
  });
}

/** Live readings; the variables undefined: none yet. `onState` is told the state of the heat pump after each poll. */
export function createLiveReadings(
  variables: Variables<ReadingsSubscriptionVariables>,
  onState: (state: HeatpumpStateFragment) => void = () => {},
): LiveReadings {
  const readings = new Map<string, ReadingMap>();
  const quantities = new ReadingMap();
  const times = new SignalMap<PollTimes>();
  const readingsOf = (heatpumpId: string) => {
    const known = readings.get(heatpumpId) ?? new ReadingMap();
    readings.set(heatpumpId, known);
    return known;
  };
  const take = (event: ReadingsSubscription['readings']) =>
    batch(() => {
      const known = readingsOf(event.heatpump.id);
      onState(event.heatpump);
      times.set(event.heatpump.id, event);
      for (const reading of event.heatpump.quantities) {
        quantities.set(quantityKey(event.heatpump.id, reading.quantity, reading.circuit), reading);
      }
      for (const reading of event.readings) known.set(reading.key, reading);
      // A complete event holds all there is: a sensor that is not in it is gone.
      if (event.complete) known.keep(new Set(event.readings.map(({ key }) => key)));
    });
  createResumed(variables, take);
  return {
    reading: (heatpumpId, key) => readingsOf(heatpumpId).get(key),
    quantity: (heatpumpId, quantity, circuit = null) => quantities.get(quantityKey(heatpumpId, quantity, circuit)),
    observedAt: (heatpumpId) => times.get(heatpumpId)?.observedAt,
    seenAt: (heatpumpId, group) => times.get(heatpumpId)?.[SEEN[group]] ?? undefined,
  };
}

/** Listens to readings; after a cut it goes on where it was, and after a hole begins anew. */
function createResumed(
  variables: Variables<ReadingsSubscriptionVariables>,
  onEvent: (event: ReadingsSubscription['readings']) => void,
): void {
  const { link } = useApi();
  const [holes, setHoles] = createSignal(0);
  createEffect(() => {
    holes();
    const current = variables();
    if (!current) return;
    const revisions = new Revisions();
    const take = ({ readings: event }: ReadingsSubscription) => {
      const place = revisions.add(event);
      if (place === 'NEW') onEvent(event);
      if (place === 'HOLE') setHoles((count) => count + 1);
    };
    onCleanup(link.subscribe(ReadingsDocument, () => ({ ...current, since: revisions.since }), take));
  });
}

function quantityKey(heatpumpId: string, quantity: Quantity, circuit: string | null): string {
  return `${heatpumpId} ${quantity} ${circuit ?? ''}`;
}

/** The live state of heat pumps. */
export interface LiveStates {
  /** The newest state; undefined before the first. */
  of(heatpumpId: string): HeatpumpStateFragment | undefined;
  /** The newest connection state alone: what depends on it is not touched by each poll. Undefined before the first. */
  connection(heatpumpId: string): ConnectionState | undefined;
  /** Takes a state that was learned in another way. */
  take(state: HeatpumpStateFragment): void;
}

/** Listens to the state of some heat pumps; `onState` is told of each as it comes. */
export function createLiveStates(
  variables: Variables<StatusesSubscriptionVariables>,
  onState: (state: HeatpumpStateFragment) => void,
): LiveStates {
  const states = new SignalMap<HeatpumpStateFragment>();
  const connections = new SignalMap<ConnectionState>();
  const take = (state: HeatpumpStateFragment) => {
    states.set(state.id, state);
    connections.set(state.id, state.status.state);
    onState(state);
  };
  createLive(StatusesDocument, variables, ({ heatpumpStatus }) => take(heatpumpStatus));
  return { of: (id) => states.get(id), connection: (id) => connections.get(id), take };
}
