import type { AlertEvent } from './alert.ts';
import type { SettingsChange } from './settings-change.ts';
import type { Snapshot } from './snapshot.ts';
import type { Write } from './write.ts';

/** What happens in the house, by event name; listeners look up the rest by heat pump id. */
export interface DomainEvents {
  /** A poll is complete, or its readings have become stale. */
  readonly snapshot: Snapshot;
  /** A heat pump was added or changed, or its status did. */
  readonly heatpump: { readonly heatpumpId: string };
  readonly removed: { readonly heatpumpId: string };
  /** A write was sent or has settled. */
  readonly write: Write;
  /** Somebody else has changed a setting, at the heat pump itself or by another program. */
  readonly settingsChange: SettingsChange;
  /** The state of an alert has changed, or somebody has acknowledged it. */
  readonly alert: AlertEvent;
}

/** Name of an event. */
export type DomainEventName = keyof DomainEvents;

/** Where to hear of events. */
export interface EventSource {
  /** Calls `listener` for every event of this name until the returned function is called. */
  on<N extends DomainEventName>(name: N, listener: (event: DomainEvents[N]) => void): () => void;
}
