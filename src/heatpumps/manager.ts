import { randomBytes } from 'node:crypto';
import type { ConnectionTest } from '../domain/connection-test.ts';
import type { Dashboard } from '../domain/dashboard.ts';
import type { EncodingProbe } from '../domain/encoding-probe.ts';
import { AppError, type Issue, messageOf } from '../domain/errors.ts';
import type { EventSource } from '../domain/events.ts';
import type { Heatpump, HeatpumpSettings, HeatpumpStatus } from '../domain/heatpump.ts';
import type { HeatpumpStore } from '../domain/heatpump-store.ts';
import type { Hold } from '../domain/hold.ts';
import type { HeatpumpModel } from '../domain/model.ts';
import { Sequence } from '../domain/sequence.ts';
import type { Write, WriteCheck, WriteInput } from '../domain/write.ts';
import type { WritePage, WriteQuery } from '../domain/write-store.ts';
import { checkConfig } from '../drivers/config.ts';
import type { Catalogue } from './catalogue.ts';
import { ConnectionChecks } from './connection-checks.ts';
import type { TestTarget } from './connection-test.ts';
import type { HoldInput, ReleaseInput } from './hold-input.ts';
import type { PollOutcome } from './poller.ts';
import { Runtime, type RuntimeDeps, type UnitReport } from './runtime.ts';
import { type ConnectionInput, checkConnection, checkSettings, type SettingsInput } from './settings-input.ts';
import type { WearReport } from './wear-ledger.ts';

/** What the manager needs of the house. */
export interface ManagerDeps extends Omit<RuntimeDeps, 'firstRevision'> {
  readonly catalogue: Catalogue;
  readonly store: HeatpumpStore;
  /** The dashboard that a new heat pump starts with. */
  readonly defaultDashboard: (settings: HeatpumpSettings, model: HeatpumpModel) => Dashboard;
}

/** A new heat pump as a user describes it. */
export interface AddInput extends SettingsInput {
  readonly manufacturer: string;
  readonly model: string;
}

/** Changes to a heat pump; what is left out stays. */
export interface UpdateInput extends SettingsInput {
  readonly id: string;
  readonly manufacturer?: string | null | undefined;
  readonly model?: string | null | undefined;
}

/** Which connection to test: a heat pump's own, or one that is about to be set up. */
export interface TestInput {
  readonly id?: string | null | undefined;
  readonly manufacturer?: string | null | undefined;
  readonly model?: string | null | undefined;
  readonly connection?: ConnectionInput | null | undefined;
  readonly config?: unknown;
}

/** A value to write; without an id, to the only heat pump there is. */
export interface WriteSensorInput {
  readonly heatpumpId?: string | null | undefined;
  readonly key: string;
  readonly value: WriteInput;
}

/** Heat pumps one server looks after. */
export const MAX_HEATPUMPS = 500;
/** As many numbers as revisions may begin at; from the last one, they last for 34 years at one a second. */
const FIRST_REVISIONS = 2 ** 30;
/** The id of a heat pump taken over from an older application; it stays the default. */
export const LEGACY_ID = 'hp-legacy';

/** All heat pumps, read in parallel: the one door for commands, and the place where everything about them is known. */
export class HeatpumpManager {
  readonly catalogue: Catalogue;
  readonly #deps: ManagerDeps & RuntimeDeps;
  readonly #runtimes = new Map<string, Runtime>();
  readonly #changes = new Sequence();
  readonly #checks: ConnectionChecks;

  constructor(deps: ManagerDeps) {
    this.#deps = { ...deps, firstRevision: Math.floor(deps.random() * FIRST_REVISIONS) };
    this.catalogue = deps.catalogue;
    this.#checks = new ConnectionChecks(deps);
  }

  /** Where snapshots, changes and writes are announced. */
  get events(): EventSource {
    return this.#deps.bus;
  }

  /**
   * Loads the heat pumps from the store and starts reading them; one that does not fit this version is left out. Returns the
   * ids of all in the store, for what belongs to one left out is to be kept.
   */
  async initialize(): Promise<readonly string[]> {
    await this.#deps.writes.abandonPending('the server has ended before the read-back');
    const stored = await this.#deps.store.list();
    for (const settings of stored) {
      try {
        const driver = this.catalogue.require(settings.manufacturer, settings.model);
        const config = this.catalogue.checkConfig(driver, settings.config);
        await this.#start(new Runtime({ ...settings, config }, driver, this.#deps));
      } catch (thrown) {
        this.#deps.logger.error({ heatpumpId: settings.id, error: messageOf(thrown) }, 'heat pump cannot be loaded');
      }
    }
    return stored.map(({ id }) => id);
  }

  /** Gives back what is held, within seconds, and ends all reading and writing. */
  async stop(): Promise<void> {
    await this.#changes.ended();
    await Promise.all([...this.#runtimes.values()].map((runtime) => runtime.stop()));
    this.#runtimes.clear();
  }

  get count(): number {
    return this.#runtimes.size;
  }

  /** Those that are not read as they should be, by no fault of the device: see {@link Runtime.isOverdue}. */
  get overdue(): readonly string[] {
    return [...this.#runtimes.values()].filter(({ isOverdue }) => isOverdue).map(({ settings }) => settings.id);
  }

  /** Every heat pump as it is now, oldest first. */
  list(): Heatpump[] {
    const defaultId = this.#defaultId();
    return [...this.#runtimes.values()].map((runtime) => runtime.view(runtime.settings.id === defaultId));
  }

  /** A heat pump as it is now; null if there is none with this id. */
  find(id: string): Heatpump | null {
    return this.#runtimes.get(id)?.view(id === this.#defaultId()) ?? null;
  }

  /** A heat pump as it is now. Throws `NOT_FOUND`. */
  info(id: string): Heatpump {
    return this.#runtime(id).view(id === this.#defaultId());
  }

  /** The heat pump meant where none is named: the imported one, else the oldest enabled, else the oldest. */
  default(): Heatpump | null {
    const id = this.#defaultId();
    return id === null ? null : this.find(id);
  }

  /** Tells whether a listener to `ids` (none: to all, also later ones) hears of a heat pump. Throws `NOT_FOUND`. */
  watched(ids: readonly string[] | null | undefined): (id: string) => boolean {
    if (!ids) return () => true;
    for (const id of ids) this.#runtime(id, ['heatpumpIds']);
    const wanted = new Set(ids);
    return (id) => wanted.has(id);
  }

  /** How a heat pump is doing. Throws `NOT_FOUND`. */
  status(id: string): HeatpumpStatus {
    return this.#runtime(id).status;
  }

  /** What a bug report tells of a heat pump besides what is shown. Throws `NOT_FOUND`. */
  report(id: string): UnitReport {
    return this.#runtime(id).report;
  }

  /** Polls one heat pump now. Throws `NOT_FOUND`, or `CONFLICT` while it is disabled. */
  read(id: string): Promise<PollOutcome> {
    return this.#runtime(id).pollNow();
  }

  /** Polls all enabled heat pumps now, in parallel; outcomes by id. */
  async readAll(): Promise<Map<string, PollOutcome>> {
    const enabled = [...this.#runtimes.values()].filter((runtime) => runtime.settings.enabled);
    const outcomes = await Promise.all(
      enabled.map(async (runtime) => [runtime.settings.id, await runtime.pollNow()] as const),
    );
    return new Map(outcomes);
  }

  /** Writes a value for somebody, e.g. `job:<id>`; for the errors see {@link Runtime.write}. */
  async write({ heatpumpId, key, value }: WriteSensorInput, origin = 'api'): Promise<Write> {
    return this.#written(heatpumpId).write(key, value, origin);
  }

  /** What a register holds now; see {@link Runtime.present}. */
  async present(id: string, key: string): Promise<number | null> {
    return this.#runtime(id).present(key);
  }

  /** The writes so far, newest first. Throws `NOT_FOUND` or `BAD_USER_INPUT`. */
  async writes(query: WriteQuery): Promise<WritePage> {
    if (query.heatpumpId) this.#runtime(query.heatpumpId, ['heatpumpId']);
    return this.#deps.writes.page(query);
  }

  /** How often the registers of a heat pump were written that wear. Throws `NOT_FOUND`. */
  async wear(id: string): Promise<WearReport[]> {
    return this.#runtime(id).wear();
  }

  /** The values of a heat pump that are held, oldest first. Throws `NOT_FOUND`. */
  holds(id: string): readonly Hold[] {
    return this.#runtime(id).holds;
  }

  /** Holds a value for a time; for the errors see {@link Runtime.hold}. */
  async hold(input: HoldInput): Promise<Hold> {
    return this.#written(input.heatpumpId).hold(input);
  }

  /** Gives a held value back; for the errors see {@link Runtime.release}. */
  async releaseHold(input: ReleaseInput): Promise<Hold> {
    return this.#written(input.heatpumpId).release(input);
  }

  /** Checks a value as {@link write} does, without sending it. Throws `NOT_FOUND` or `BAD_USER_INPUT`. */
  checkWrite({ heatpumpId, key, value }: WriteSensorInput): WriteCheck {
    return this.#written(heatpumpId).checkWrite(key, value);
  }

  /** Adds a heat pump for a caller, and starts reading it. Throws `BAD_USER_INPUT`, `CONFLICT` or `RATE_LIMITED`. */
  add(input: AddInput, caller: string | null = null): Promise<Heatpump> {
    return this.#changes.run(async () => {
      const driver = this.catalogue.require(input.manufacturer, input.model);
      const now = this.#deps.clock.now();
      const ids = { id: this.#newId(), manufacturer: driver.manufacturer.id, model: driver.id };
      const settings = { ...ids, ...checkSettings(driver, input), createdAt: now, updatedAt: now };
      this.#refuseDuplicate(settings);
      if (this.#runtimes.size >= MAX_HEATPUMPS)
        throw new AppError('CONFLICT', `there are ${MAX_HEATPUMPS} heat pumps already`);
      this.#aim(settings, caller);
      await this.#refuseOtherName(settings);
      await this.#deps.store.insert(settings, this.#deps.defaultDashboard(settings, driver));
      await this.#start(new Runtime(settings, driver, this.#deps));
      return this.#announce(settings.id);
    });
  }

  /** Changes a heat pump; reconnects it only if it must. Throws like {@link add}, or `NOT_FOUND`. */
  update(input: UpdateInput, caller: string | null = null): Promise<Heatpump> {
    return this.#changes.run(async () => {
      const runtime = this.#runtime(input.id, ['input', 'id']);
      const before = runtime.settings;
      const driver = this.catalogue.require(input.manufacturer ?? before.manufacturer, input.model ?? before.model);
      const current = driver === runtime.driver ? before : { ...before, config: {} };
      const ids = { manufacturer: driver.manufacturer.id, model: driver.id };
      const settings = {
        ...before,
        ...ids,
        ...checkSettings(driver, input, current),
        updatedAt: this.#deps.clock.now(),
      };
      this.#refuseDuplicate(settings);
      this.#aim(settings, caller);
      if (isElsewhere(before, settings)) await this.#refuseOtherName(settings);
      await this.#apply(runtime, settings, driver);
      return this.#announce(settings.id);
    });
  }

  /** Enables or disables a heat pump. Throws `NOT_FOUND` or `RATE_LIMITED`. */
  setEnabled(id: string, enabled: boolean, caller: string | null = null): Promise<Heatpump> {
    return this.update({ id, enabled }, caller);
  }

  /** Removes a heat pump for good. Throws `NOT_FOUND`. */
  remove(id: string): Promise<void> {
    return this.#changes.run(async () => {
      const runtime = this.#runtime(id, ['input', 'id']);
      await runtime.releaseAll();
      await this.#deps.store.delete(id);
      this.#runtimes.delete(id);
      await runtime.stop();
      this.#deps.bus.emit('removed', { heatpumpId: id });
    });
  }

  /** Tests a connection by reading; never writes. Throws `BAD_USER_INPUT`, `NOT_FOUND`, `CONFLICT` or `RATE_LIMITED`. */
  async testConnection(input: TestInput, caller: string | null = null): Promise<ConnectionTest> {
    return this.#checks.test(this.#testTarget(input), caller);
  }

  /**
   * Finds out how a device codes its values, by reading; never writes and changes no settings. Throws `BAD_USER_INPUT`,
   * `NOT_FOUND`, `CONFLICT`, `RATE_LIMITED`, or `UNREACHABLE` if it does not answer.
   */
  async probeEncoding(input: TestInput, caller: string | null = null): Promise<EncodingProbe> {
    return this.#checks.probe(this.#testTarget(input), caller);
  }

  #testTarget(input: TestInput): TestTarget {
    const known = input.id ? this.#runtime(input.id, ['input', 'id']) : null;
    const driver = known?.driver ?? this.catalogue.require(input.manufacturer, input.model);
    const connection = known?.settings.connection ?? checkConnection(driver, input.connection ?? {});
    const config = known?.settings.config ?? checkConfig(driver.configFields, input.config, ['input', 'config']);
    return { driver, connection, config };
  }

  /** Takes over new settings; the connection is only touched if they concern it. */
  async #apply(runtime: Runtime, settings: HeatpumpSettings, driver: Runtime['driver']): Promise<void> {
    if (driver === runtime.driver && !needsRestart(runtime.settings, settings)) {
      await this.#deps.store.update(settings);
      runtime.settings = settings;
      if (settings.readOnly) await runtime.releaseAll();
      return;
    }
    await runtime.stop();
    try {
      await this.#deps.store.update(settings);
    } catch (thrown) {
      await this.#start(new Runtime(runtime.settings, runtime.driver, this.#deps, runtime));
      throw thrown;
    }
    await this.#start(new Runtime(settings, driver, this.#deps, runtime));
  }

  #start(runtime: Runtime): Promise<void> {
    this.#runtimes.set(runtime.settings.id, runtime);
    return runtime.start();
  }

  #announce(id: string): Heatpump {
    this.#deps.bus.emit('heatpump', { heatpumpId: id });
    return this.info(id);
  }

  #runtime(id: string, path: Issue['path'] = ['id']): Runtime {
    const runtime = this.#runtimes.get(id);
    if (runtime) return runtime;
    throw new AppError('NOT_FOUND', 'no heat pump with this id', [{ path, message: 'no heat pump with this id' }]);
  }

  #written(id: string | null | undefined): Runtime {
    return this.#runtime(id ?? this.#onlyId(), ['input', 'heatpumpId']);
  }

  #onlyId(): string {
    const [id, ...others] = this.#runtimes.keys();
    if (id !== undefined && others.length === 0) return id;
    const message = id === undefined ? 'there is no heat pump' : 'is required, for there are several heat pumps';
    throw new AppError('BAD_USER_INPUT', message, [{ path: ['input', 'heatpumpId'], message }]);
  }

  #defaultId(): string | null {
    if (this.#runtimes.has(LEGACY_ID)) return LEGACY_ID;
    // Asked with every snapshot of every heat pump: the first one is mostly it, and nothing is copied.
    for (const [id, { settings }] of this.#runtimes) if (settings.enabled) return id;
    const [oldest] = this.#runtimes.keys();
    return oldest ?? null;
  }

  /** Ids are short enough to read out, and never used again, for metrics outlive their heat pump. */
  #newId(): string {
    return `hp-${randomBytes(5).toString('hex')}`;
  }

  /** Reading where nothing is read yet tells what is there, as a test does. */
  #aim({ enabled, connection: { host, port } }: HeatpumpSettings, caller: string | null): void {
    const isKnown = [...this.#runtimes.values()].some(
      ({ settings }) => settings.enabled && settings.connection.host === host && settings.connection.port === port,
    );
    if (enabled && !isKnown) this.#checks.aim(caller);
  }

  #refuseDuplicate({ id, connection: { host, port, unitId } }: HeatpumpSettings): void {
    const twin = [...this.#runtimes.values()].find(
      ({ settings: { id: otherId, connection: other } }) =>
        otherId !== id && other.host === host && other.port === port && other.unitId === unitId,
    );
    if (!twin) return;
    const message = `${twin.settings.name} is already read at ${host}:${port}, unit ${unitId}`;
    throw new AppError('CONFLICT', message, [{ path: ['input', 'connection'], message }]);
  }

  /** Under two names a device would be asked two things at once, and a duplicate would not be seen. */
  async #refuseOtherName({ id, connection: { host, port } }: HeatpumpSettings): Promise<void> {
    const name = await this.#deps.lines.otherNameOf(host, port);
    const known = [...this.#runtimes.values()].find(
      ({ settings }) => settings.id !== id && settings.connection.host === name && settings.connection.port === port,
    );
    if (!known) return;
    const message = `${host} is the device at which ${known.settings.name} is read as ${name}; give it by that name`;
    throw new AppError('CONFLICT', message, [{ path: ['input', 'connection', 'host'], message }]);
  }
}

function isElsewhere({ connection: before }: HeatpumpSettings, { connection: after }: HeatpumpSettings): boolean {
  return before.host !== after.host || before.port !== after.port;
}

function needsRestart(before: HeatpumpSettings, after: HeatpumpSettings): boolean {
  const relevant = ({ connection, config, enabled, pollIntervalMs }: HeatpumpSettings) =>
    JSON.stringify([connection, config, enabled, pollIntervalMs]);
  return relevant(before) !== relevant(after);
}
