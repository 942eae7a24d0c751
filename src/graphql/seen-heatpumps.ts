import { maySee, type Visitor } from '../domain/access.ts';
import type { ConnectionTest } from '../domain/connection-test.ts';
import type { EncodingProbe } from '../domain/encoding-probe.ts';
import { AppError, type Issue } from '../domain/errors.ts';
import type { EventSource } from '../domain/events.ts';
import type { Heatpump } from '../domain/heatpump.ts';
import type { Hold } from '../domain/hold.ts';
import type { Write } from '../domain/write.ts';
import type { WritePage, WriteQuery } from '../domain/write-store.ts';
import type { HoldInput, ReleaseInput } from '../heatpumps/hold-input.ts';
import type { AddInput, HeatpumpManager, TestInput, UpdateInput, WriteSensorInput } from '../heatpumps/manager.ts';
import type { WearReport } from '../heatpumps/wear-ledger.ts';

/**
 * The heat pumps as somebody may see them: one that may not be seen is as if it were not there. Errors are those of
 * {@link HeatpumpManager}.
 */
export class SeenHeatpumps {
  readonly events: EventSource;
  readonly #manager: HeatpumpManager;
  readonly #visitor: Visitor;

  constructor(manager: HeatpumpManager, visitor: Visitor) {
    this.#manager = manager;
    this.#visitor = visitor;
    this.events = {
      on: (name, listener) =>
        manager.events.on(name, (event) => {
          if (this.isSeen(event.heatpumpId)) listener(event);
        }),
    };
  }

  get catalogue() {
    return this.#manager.catalogue;
  }

  /** Whether a heat pump is one of them, if it is there. */
  isSeen(id: string): boolean {
    return maySee(this.#visitor.access, id);
  }

  /** The ids of those that may be seen, whether they are there or not; null: all. */
  get seenIds(): readonly string[] | null {
    const { heatpumpIds } = this.#visitor.access;
    return heatpumpIds && [...heatpumpIds];
  }

  list(): Heatpump[] {
    return this.#among(this.#manager.list().filter(({ settings }) => this.isSeen(settings.id)));
  }

  find(id: string): Heatpump | null {
    if (this.#seesAll) return this.#manager.find(id);
    return this.list().find(({ settings }) => settings.id === id) ?? null;
  }

  info(id: string, path: Issue['path'] = ['id']): Heatpump {
    return this.find(id) ?? refuse(path);
  }

  default(): Heatpump | null {
    return this.#seesAll ? this.#manager.default() : (this.list().find(({ isDefault }) => isDefault) ?? null);
  }

  watched(ids: readonly string[] | null | undefined): (id: string) => boolean {
    for (const id of ids ?? []) this.info(id, ['heatpumpIds']);
    const isWatched = this.#manager.watched(ids);
    return (id) => this.isSeen(id) && isWatched(id);
  }

  async write(input: WriteSensorInput): Promise<Write> {
    return this.#manager.write(this.meant(input), this.#visitor.actor ?? undefined);
  }

  async writes(query: WriteQuery): Promise<WritePage> {
    if (query.heatpumpId) this.info(query.heatpumpId, ['heatpumpId']);
    return this.#manager.writes(this.seenIds ? { ...query, heatpumpIds: this.seenIds } : query);
  }

  async wear(id: string): Promise<WearReport[]> {
    return this.#manager.wear(this.info(id).settings.id);
  }

  holds(id: string): readonly Hold[] {
    return this.#manager.holds(this.info(id).settings.id);
  }

  async hold(input: HoldInput): Promise<Hold> {
    return this.#manager.hold({ ...this.meant(input), actor: this.#visitor.actor });
  }

  async releaseHold(input: ReleaseInput): Promise<Hold> {
    return this.#manager.releaseHold(this.meant(input));
  }

  async add(input: AddInput): Promise<Heatpump> {
    return this.#manager.add(input, this.#caller);
  }

  async update(input: UpdateInput): Promise<Heatpump> {
    this.info(input.id, ['input', 'id']);
    return this.#manager.update(input, this.#caller);
  }

  async setEnabled(id: string, enabled: boolean): Promise<Heatpump> {
    return this.update({ id, enabled });
  }

  async remove(id: string): Promise<void> {
    this.info(id, ['input', 'id']);
    return this.#manager.remove(id);
  }

  async testConnection(input: TestInput): Promise<ConnectionTest> {
    if (input.id) this.info(input.id, ['input', 'id']);
    return this.#manager.testConnection(input, this.#caller);
  }

  async probeEncoding(input: TestInput): Promise<EncodingProbe> {
    if (input.id) this.info(input.id, ['input', 'id']);
    return this.#manager.probeEncoding(input, this.#caller);
  }

  /** The input with the heat pump that it means: of those that are seen it may be the only one. */
  meant<T extends { readonly heatpumpId?: string | null | undefined }>(input: T): T {
    const path = ['input', 'heatpumpId'];
    if (input.heatpumpId) this.info(input.heatpumpId, path);
    const [only, ...others] = this.#seesAll ? [] : this.list();
    if (input.heatpumpId || this.#seesAll) return input;
    if (only && others.length === 0) return { ...input, heatpumpId: only.settings.id };
    const message = only ? 'is required, for there are several heat pumps' : 'there is no heat pump';
    throw new AppError('BAD_USER_INPUT', message, [{ path, message }]);
  }

  /** Whose tries are counted together. */
  get #caller(): string {
    return this.#visitor.actor ?? 'nobody';
  }

  get #seesAll(): boolean {
    const { role, heatpumpIds } = this.#visitor.access;
    return role !== null && heatpumpIds === null;
  }

  /** Where the default one cannot be seen, the oldest enabled takes its place, else the oldest. */
  #among(seen: readonly Heatpump[]): Heatpump[] {
    const isThere = seen.some(({ isDefault }) => isDefault);
    const stand = isThere ? null : (seen.find(({ settings }) => settings.enabled) ?? seen[0]);
    return seen.map((heatpump) => (heatpump === stand ? { ...heatpump, isDefault: true } : heatpump));
  }
}

function refuse(path: Issue['path']): never {
  const message = 'no heat pump with this id';
  throw new AppError('NOT_FOUND', message, [{ path, message }]);
}
