import type { KnownSettings, SettingsChange } from './settings-change.ts';
import type { SettingsSnapshot, SettingsSnapshotHead, SnapshotTrigger } from './settings-snapshot.ts';

/** Which part of a long list of one heat pump to show. */
export interface SettingsQuery {
  readonly heatpumpId: string;
  readonly first: number;
  /** The cursor of the page before. */
  readonly before?: string | null | undefined;
}

/** A part of a long list, newest first. */
export interface SettingsPage<T> {
  readonly items: readonly T[];
  /** What to ask for the next page with; null: this was the last. */
  readonly nextCursor: string | null;
}

/**
 * Where snapshots of settings are kept, the newest four hundred of each heat pump, and changes made at the unit, the newest two
 * thousand. A promise that resolves means that the change is on disk.
 */
export interface SettingsStore {
  addSnapshot(snapshot: SettingsSnapshot): Promise<void>;
  /** A snapshot by its id; null if it is gone. */
  findSnapshot(id: string): Promise<SettingsSnapshot | null>;
  /** When the last snapshot for this reason was taken, milliseconds UTC; null: there is none. */
  lastTakenAt(heatpumpId: string, trigger: SnapshotTrigger): Promise<number | null>;
  /** Throws `BAD_USER_INPUT` for a cursor that is none. */
  snapshots(query: SettingsQuery): Promise<SettingsPage<SettingsSnapshotHead>>;
  /** The settings that are accounted for; null: none are yet. */
  known(heatpumpId: string): Promise<KnownSettings | null>;
  /** Replaces the settings that are accounted for, and adds the changes that led to them; both or neither. */
  account(known: KnownSettings, changes: readonly SettingsChange[]): Promise<void>;
  /** Throws `BAD_USER_INPUT` for a cursor that is none. */
  changes(query: SettingsQuery): Promise<SettingsPage<SettingsChange>>;
}
