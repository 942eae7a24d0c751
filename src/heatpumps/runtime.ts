import { AppError } from '../domain/errors.ts';
import type { DeviceCounters, Heatpump, HeatpumpSettings, HeatpumpStatus } from '../domain/heatpump.ts';
import type { Hold } from '../domain/hold.ts';
import type { MissingRegister } from '../domain/missing-register.ts';
import type { DeviceIdentity } from '../domain/model.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import { unitAt } from '../domain/wear.ts';
import type { Write, WriteCheck, WriteInput } from '../domain/write.ts';
import type { Driver } from '../drivers/driver.ts';
import type { UnitLine } from '../modbus/line.ts';
import type { Lines } from '../modbus/lines.ts';
import { Control, type ControlDeps } from './control.ts';
import { RequestCounter } from './counted-line.ts';
import { checkHolder, checkTerms, type HoldInput, type ReleaseInput } from './hold-input.ts';
import { PaceKeeper, type PaceKeeperDeps } from './pace-keeper.ts';
import { Poller, type PollerDeps, type PollOutcome } from './poller.ts';
import { type RegisterBlock, RegisterMemory } from './register-memory.ts';
import type { SettingsSnapshots } from './settings-snapshots.ts';
import { UnitMap, type UnitMapDeps } from './unit-map.ts';
import { WearLedger, type WearReport } from './wear-ledger.ts';
import { type CheckedValue, checkWriteValue } from './write-value.ts';

/** What a runtime needs of the house. */
export interface RuntimeDeps extends PollerDeps, UnitMapDeps, ControlDeps, PaceKeeperDeps {
  readonly lines: Lines;
  /** Takes snapshots of the settings before they are changed. */
  readonly snapshots: Pick<SettingsSnapshots, 'beforeWrite'>;
  /** The poll interval of heat pumps that have none of their own. */
  readonly pollIntervalMs: number;
  /** Where revisions begin: with every start of the server somewhere else, so that none is taken for an older one. */
  readonly firstRevision: number;
}

/** What a bug report tells of a unit besides what is shown. */
export interface UnitReport {
  /** As they were last read. */
  readonly registers: readonly RegisterBlock[];
  /** What the unit refuses to read although its model has it. */
  readonly missing: readonly MissingRegister[];
}

/** Where the key of a sensor is found in the inputs that name one. */
const KEY_PATH = ['input', 'key'];

/** What exists only while a heat pump is enabled. */
interface Running {
  readonly line: UnitLine;
  readonly poller: Poller;
  readonly control: Control;
  readonly paceKeeper: PaceKeeper;
}

/** One heat pump with everything that belongs to it, for as long as its connection settings stay the same. */
export class Runtime {
  readonly driver: Driver;
  readonly pollIntervalMs: number;
  settings: HeatpumpSettings;
  readonly #deps: RuntimeDeps;
  readonly #counter: RequestCounter;
  readonly #unit: UnitMap;
  readonly #memory: RegisterMemory;
  readonly #ledger: WearLedger;
  readonly #running: Running | null;
  readonly #lastRevision: number;

  /** `previous` is the runtime this one replaces: revisions and counters go on from there. */
  constructor(settings: HeatpumpSettings, driver: Driver, deps: RuntimeDeps, previous?: Runtime) {
    this.settings = settings;
    this.driver = driver;
    this.pollIntervalMs = settings.pollIntervalMs ?? deps.pollIntervalMs;
    this.#deps = deps;
    this.#unit = new UnitMap(settings, driver, deps);
    this.#memory = new RegisterMemory(() => deps.clock.now());
    const wearing = { unit: unitAt(settings.connection), budget: driver.wear };
    this.#ledger = new WearLedger(wearing, deps.writes, deps.clock);
    this.#counter = previous ? previous.#counter : new RequestCounter();
    this.#lastRevision = previous ? previous.#revision : deps.firstRevision;
    this.#running = settings.enabled ? this.#run() : null;
  }

  /** Those the unit has, as far as is known. */
  get sensors(): readonly Sensor[] {
    return this.#unit.sensors;
  }

  get identity(): DeviceIdentity | null {
    return this.#unit.identity;
  }

  get status(): HeatpumpStatus {
    return this.#running?.poller.status ?? disabledStatus(this.settings);
  }

  get snapshot(): Snapshot | null {
    return this.#running?.poller.snapshot ?? null;
  }

  /** See {@link Poller.isOverdue}. */
  get isOverdue(): boolean {
    return this.#running?.poller.isOverdue ?? false;
  }

  get counters(): DeviceCounters {
    return this.#counter.counters;
  }

  /** For a bug report. */
  get report(): UnitReport {
    return { registers: this.#memory.blocks, missing: this.#unit.missing };
  }

  /** The values that are held, oldest first. */
  get holds(): readonly Hold[] {
    return this.#running?.control.holds ?? [];
  }

  /** Takes up what was left behind and begins polling, if enabled. */
  async start(): Promise<void> {
    await this.#running?.paceKeeper.resume();
    await this.#running?.control.resume();
    this.#running?.poller.start();
  }

  /** Ends polling, gives back what is held, and closes the line. */
  async stop(): Promise<void> {
    if (!this.#running) return;
    const { poller, control, line, paceKeeper } = this.#running;
    poller.stop();
    await control.releaseAll();
    line.close();
    await control.stop();
    await paceKeeper.stop();
  }

  /** Polls at once. Throws `CONFLICT` while disabled. */
  pollNow(): Promise<PollOutcome> {
    return this.#whileEnabled().poller.pollNow();
  }

  /**
   * Checks and sends a value. Throws `NOT_FOUND` for an unknown sensor, `FORBIDDEN` if the heat pump is read-only,
   * `CONFLICT` while it is disabled or the sensor is held, `BAD_USER_INPUT` for a value that may not be written,
   * `UNREACHABLE` if nothing was sent. A write that comes too often is no error but `REJECTED`.
   */
  async write(key: string, input: WriteInput, origin: string): Promise<Write> {
    const { sensor, checked } = this.#checked(key, input);
    return this.#controllable().write(sensor, checked, origin);
  }

  /** What a register holds now, as the device itself says; null if that cannot be told. Throws `NOT_FOUND`, or `CONFLICT` while disabled. */
  async present(key: string): Promise<number | null> {
    return this.#whileEnabled().control.present(this.#require(key));
  }

  /** Checks and holds a value; for the errors see {@link write}. */
  async hold(input: HoldInput): Promise<Hold> {
    const terms = checkTerms(input);
    const { sensor, checked } = this.#checked(input.key, input.value);
    return this.#controllable().hold(sensor, checked, terms);
  }

  /** Gives a held value back. Throws `BAD_USER_INPUT`, `NOT_FOUND`, or `CONFLICT` if somebody else holds it. */
  async release(input: ReleaseInput): Promise<Hold> {
    return this.#whileEnabled().control.release(input.key, checkHolder(input));
  }

  /** Gives all held values back. */
  async releaseAll(): Promise<void> {
    await this.#running?.control.releaseAll();
  }

  /** How often the registers were written that wear. */
  wear(): Promise<WearReport[]> {
    return this.#ledger.report(this.sensors);
  }

  /** Checks a value as {@link write} does, without sending it. Throws `NOT_FOUND` or `BAD_USER_INPUT`. */
  checkWrite(key: string, input: WriteInput): WriteCheck {
    const { sensor, checked } = this.#checked(key, input);
    const refusal = this.#refusal() ?? this.#running?.control.conflict(sensor) ?? null;
    return { heatpumpId: this.settings.id, sensor, value: checked.value, refusal };
  }

  /** The heat pump as it is now. */
  view(isDefault: boolean): Heatpump {
    const { settings, driver: model, pollIntervalMs, identity, sensors, status, snapshot, counters } = this;
    return { settings, model, pollIntervalMs, isDefault, identity, sensors, status, snapshot, counters };
  }

  get #revision(): number {
    return this.snapshot?.revision ?? this.#lastRevision;
  }

  #checked(key: string, input: WriteInput): { readonly sensor: Sensor; readonly checked: CheckedValue } {
    const sensor = this.#require(key);
    return { sensor, checked: checkWriteValue(sensor, input, { key: KEY_PATH, value: ['input', 'value'] }) };
  }

  #require(key: string): Sensor {
    const sensor = this.#find(key);
    if (sensor) return sensor;
    throw new AppError('NOT_FOUND', `no sensor ${key}`, [{ path: KEY_PATH, message: 'no such sensor' }]);
  }

  /** Why nothing can be written now, whatever the value. */
  #refusal(): AppError | null {
    const { readOnly, name } = this.settings;
    if (readOnly) return new AppError('FORBIDDEN', `${name} is set to read-only`);
    return this.#running ? null : disabled(name);
  }

  #controllable(): Control {
    const refusal = this.#refusal();
    if (refusal) throw refusal;
    return this.#whileEnabled().control;
  }

  #whileEnabled(): Running {
    if (this.#running) return this.#running;
    throw disabled(this.settings.name);
  }

  #run(): Running {
    const { id: heatpumpId, name, connection } = this.settings;
    const opened = this.#deps.lines.open({ ...connection, ...this.driver.lineRules });
    const line = this.#counter.over(this.#memory.over(opened));
    const target = { heatpumpId, name, pollIntervalMs: this.pollIntervalMs, lastRevision: this.#lastRevision };
    const { pollIntervalMs } = this;
    const control = new Control(
      {
        heatpumpId,
        pollIntervalMs,
        line,
        ledger: this.#ledger,
        find: (key) => this.#find(key),
        reading: (key) => this.snapshot?.readings.find(({ sensor }) => sensor.key === key),
        keepSettings: () => this.#deps.snapshots.beforeWrite(this.view(false)),
        readSoon: () => void poller.pollSoon(),
      },
      this.#deps,
    );
    const poller = new Poller({ ...target, unit: this.#unit, line, control }, this.#deps);
    const unit = { heatpumpId, name, device: this.#unit.device, pacer: line.pacer };
    return { line, poller, control, paceKeeper: new PaceKeeper(unit, this.#deps) };
  }

  #find(key: string): Sensor | undefined {
    return this.sensors.find((sensor) => sensor.key === key);
  }
}

function disabled(name: string): AppError {
  return new AppError('CONFLICT', `${name} is disabled; enable it first`);
}

function disabledStatus({ updatedAt }: HeatpumpSettings): HeatpumpStatus {
  return {
    state: 'DISABLED',
    since: updatedAt,
    lastReadAt: null,
    lastError: null,
    consecutiveFailures: 0,
    nextAttemptAt: null,
    lastPoll: null,
    pace: null,
  };
}
