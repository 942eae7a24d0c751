import type { Clock } from '../domain/clock.ts';
import { AppError, type Issue, messageOf } from '../domain/errors.ts';
import { type Heatpump, readingsOf } from '../domain/heatpump.ts';
import type { Logger } from '../domain/logger.ts';
import type { SettingsChange } from '../domain/settings-change.ts';
import type { SettingsRestore, Undo } from '../domain/settings-restore.ts';
import {
  differenceOf,
  entriesOf,
  type SettingDifference,
  type SettingsSnapshot,
  type SettingsSnapshotHead,
} from '../domain/settings-snapshot.ts';
import type { SettingsPage, SettingsQuery, SettingsStore } from '../domain/settings-store.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { WriteStore } from '../domain/write-store.ts';
import type { EventBus } from './event-bus.ts';
import type { HeatpumpManager } from './manager.ts';
import { SettingsRestorer } from './settings-restore.ts';
import type { SettingsSnapshots } from './settings-snapshots.ts';
import { undoWrite } from './settings-undo.ts';
import { SettingsWatch } from './settings-watch.ts';

/** What the history of settings needs of the house. */
export interface SettingsHistoryDeps {
  readonly manager: HeatpumpManager;
  readonly snapshots: SettingsSnapshots;
  readonly settings: SettingsStore;
  readonly writes: WriteStore;
  readonly bus: EventBus;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** How the settings of a heat pump differ between two snapshots, or between one and now. */
export interface SettingsDifference {
  readonly from: SettingsSnapshotHead;
  /** Null: as the heat pump was last read. */
  readonly to: SettingsSnapshotHead | null;
  readonly differences: readonly SettingDifference[];
}

/** What the settings of all heat pumps were, who else has changed them, and the ways back. */
export class SettingsHistory {
  readonly #deps: SettingsHistoryDeps;
  readonly #restorer: SettingsRestorer;
  readonly #watches = new Map<string, SettingsWatch>();
  /** Heat pumps whose last poll is being looked at; those that follow meanwhile are not. */
  readonly #observing = new Map<string, Promise<void>>();
  #stopListening: () => void = () => {};

  constructor(deps: SettingsHistoryDeps) {
    this.#deps = deps;
    this.#restorer = new SettingsRestorer(deps);
  }

  /** From now on every poll is looked at. */
  start(): void {
    const { bus } = this.#deps;
    const offs = [
      bus.on('snapshot', (snapshot) => this.#take(snapshot)),
      bus.on('removed', ({ heatpumpId }) => this.#forget(heatpumpId)),
    ];
    this.#stopListening = () => {
      for (const off of offs) off();
    };
  }

  /** Ends looking, when what was being looked at is on disk. */
  async stop(): Promise<void> {
    this.#stopListening();
    await Promise.all(this.#observing.values());
  }

  /** The snapshots of a heat pump, newest first. Throws `NOT_FOUND` or `BAD_USER_INPUT`. */
  async snapshots(query: SettingsQuery): Promise<SettingsPage<SettingsSnapshotHead>> {
    this.#deps.manager.info(query.heatpumpId);
    return this.#deps.settings.snapshots(query);
  }

  /** A snapshot with all that is in it. Throws `NOT_FOUND`. */
  async snapshot(id: string, path: Issue['path'] = ['id']): Promise<SettingsSnapshot> {
    const snapshot = await this.#deps.settings.findSnapshot(id);
    if (snapshot) return snapshot;
    const message = 'no snapshot of settings with this id';
    throw new AppError('NOT_FOUND', message, [{ path, message }]);
  }

  /** Takes a snapshot now. Throws `NOT_FOUND`, or `CONFLICT` while nothing is known of the settings. */
  async takeSnapshot(heatpumpId: string): Promise<SettingsSnapshot> {
    return this.#deps.snapshots.take(this.#deps.manager.info(heatpumpId), 'ON_DEMAND');
  }

  /** What differs between a snapshot and another one, or the present. Throws `NOT_FOUND`. */
  async difference(fromId: string, toId: string | null): Promise<SettingsDifference> {
    const from = await this.snapshot(fromId, ['from']);
    const to = toId === null ? null : await this.snapshot(toId, ['to']);
    const after = to?.entries ?? entriesOf(readingsOf(this.#deps.manager.info(from.heatpumpId)));
    return { from, to, differences: differenceOf(from.entries, after) };
  }

  /** What others have changed, newest first. Throws `NOT_FOUND` or `BAD_USER_INPUT`. */
  async changes(query: SettingsQuery): Promise<SettingsPage<SettingsChange>> {
    this.#deps.manager.info(query.heatpumpId);
    return this.#deps.settings.changes(query);
  }

  /** Takes a write back to a heat pump that `isSeen`; see {@link undoWrite}. */
  undo(writeId: string, origin: string, isSeen: (heatpumpId: string) => boolean = () => true): Promise<Undo> {
    return undoWrite(writeId, origin, this.#deps, isSeen);
  }

  /** What restoring would write; see {@link SettingsRestorer.preview}. */
  async previewRestore(snapshotId: string, keys: readonly string[] | null): Promise<SettingsRestore> {
    return this.#restorer.preview(await this.snapshot(snapshotId, ['input', 'snapshotId']), keys);
  }

  /** Writes settings back; see {@link SettingsRestorer.restore}. */
  async restore(snapshotId: string, keys: readonly string[] | null, origin: string): Promise<SettingsRestore> {
    return this.#restorer.restore(await this.snapshot(snapshotId, ['input', 'snapshotId']), keys, origin);
  }

  #take(snapshot: Snapshot): void {
    const { heatpumpId } = snapshot;
    const heatpump = this.#deps.manager.find(heatpumpId);
    if (!heatpump || this.#observing.has(heatpumpId)) return;
    const isThere = () => this.#deps.manager.find(heatpumpId) !== null;
    const observed = this.#observe(heatpump, snapshot)
      .catch((thrown: unknown) => {
        if (isThere())
          this.#deps.logger.error({ heatpumpId, error: messageOf(thrown) }, 'the settings cannot be watched');
      })
      .finally(() => {
        this.#observing.delete(heatpumpId);
        if (!isThere()) this.#forget(heatpumpId);
      });
    this.#observing.set(heatpumpId, observed);
  }

  #forget(heatpumpId: string): void {
    this.#watches.delete(heatpumpId);
    this.#deps.snapshots.forget(heatpumpId);
  }

  async #observe(heatpump: Heatpump, snapshot: Snapshot): Promise<void> {
    const { id } = heatpump.settings;
    const known = this.#watches.get(id);
    const watch = known?.isOf(heatpump) ? known : await SettingsWatch.load(heatpump, this.#deps);
    this.#watches.set(id, watch);
    await this.#deps.snapshots.takeDaily(heatpump);
    await watch.observe(snapshot);
  }
}
