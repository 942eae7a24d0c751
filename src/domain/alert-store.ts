import type { Alert, AlertEvent, AlertState } from './alert.ts';
import type { Delivery } from './channel.ts';

/** The state of one alert for one heat pump, as it is kept. */
export interface StoredState {
  readonly alertId: string;
  readonly heatpumpId: string;
  readonly state: AlertState;
}

/** What is written together, or not at all. */
export interface AlertChange extends StoredState {
  /** For the record; null: not worth one. */
  readonly event: AlertEvent | null;
  readonly deliveries: readonly Delivery[];
}

/** Where alerts, their states and what happened to them are kept. A promise that resolves means that it is on disk. */
export interface AlertStore {
  /** All of them, oldest first. */
  list(): Promise<Alert[]>;
  insert(alert: Alert): Promise<void>;
  /** Replaces the alert with the same id. */
  update(alert: Alert): Promise<void>;
  delete(id: string): Promise<void>;
  /** Every state that is not the initial one. */
  states(): Promise<StoredState[]>;
  /** Writes new states with their events and the messages they cause, in one transaction. */
  record(changes: readonly AlertChange[]): Promise<void>;
  /** The newest events first; of these heat pumps, or of all (null). */
  events(heatpumpIds: readonly string[] | null, first: number): Promise<AlertEvent[]>;
}
