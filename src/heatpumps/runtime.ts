import { AppError } from '../domain/errors.ts';
import type { DeviceCounters, Heatpump, HeatpumpSettings, HeatpumpStatus } from '../domain/heatpump.ts';
import type { DeviceIdentity } from '../domain/model.ts';
import type { Sensor } from '../domain/sensor.ts';
import type { Snapshot } from '../domain/snapshot.ts';
import type { Write, WriteCheck, WriteInput } from '../domain/write.ts';
import type { Driver } from '../drivers/driver.ts';
import type { UnitLine } from '../modbus/line.ts';
import type { Lines } from '../modbus/lines.ts';
import { RequestCounter } from './counted-line.ts';
import { Poller, type PollerDeps, type PollOutcome } from './poller.ts';
import { UnitMap, type UnitMapDeps } from './unit-map.ts';
import { type CheckedValue, checkWriteValue } from './write-value.ts';
import { Writer } from './writer.ts';

/** What a runtime needs of the house. */
export interface RuntimeDeps extends PollerDeps, UnitMapDeps {
  readonly lines: Lines;
  /** The poll interval of heat pumps that have none of their own. */
  readonly pollIntervalMs: number;
}

/** What exists only while a heat pump is enabled. */
interface Running {
  readonly line: UnitLine;
  readonly poller: Poller;
  readonly writer: Writer;
}

/** One heat pump with everything that belongs to it, for as long as its connection settings stay the same. */
export class Runtime {
  readonly driver: Driver;
  readonly pollIntervalMs: number;
  settings: HeatpumpSettings;
  readonly #deps: RuntimeDeps;
  readonly #counter: RequestCounter;
  readonly #unit: UnitMap;
  readonly #running: Running | null;
  readonly #lastRevision: number;

  /** `previous` is the runtime this one replaces: revisions and counters go on from there. */
  constructor(settings: HeatpumpSettings, driver: Driver, deps: RuntimeDeps, previous?: Runtime) {
    this.settings = settings;
    this.driver = driver;
    this.pollIntervalMs = settings.pollIntervalMs ?? deps.pollIntervalMs;
    this.#deps = deps;
    this.#unit = new UnitMap(settings, driver, deps);
    this.#counter = previous ? previous.#counter : new RequestCounter();
    this.#lastRevision = previous ? previous.#revision : 0;
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

  get counters(): DeviceCounters {
    return this.#counter.counters;
  }

  /** Begins polling, if enabled. */
  start(): void {
    this.#running?.poller.start();
  }

  /** Ends polling and closes the line. */
  stop(): void {
    this.#running?.poller.stop();
    this.#running?.writer.stop();
    this.#running?.line.close();
  }

  /** Polls at once. Throws `CONFLICT` while disabled. */
  pollNow(): Promise<PollOutcome> {
    return this.#whileEnabled().poller.pollNow();
  }

  /**
   * Checks and sends a value. Throws `NOT_FOUND` for an unknown sensor, `FORBIDDEN` if the heat pump is read-only,
   * `CONFLICT` while disabled, `BAD_USER_INPUT` for a value that may not be written, `UNREACHABLE` if nothing was sent.
   */
  async write(key: string, input: WriteInput): Promise<Write> {
    const { sensor, checked } = this.#checked(key, input);
    const refusal = this.#refusal();
    if (refusal) throw refusal;
    const { writer } = this.#whileEnabled();
    const previous = this.snapshot?.readings.find((reading) => reading.sensor === sensor);
    return writer.write(sensor, checked, previous);
  }

  /** Checks a value as {@link write} does, without sending it. Throws `NOT_FOUND` or `BAD_USER_INPUT`. */
  checkWrite(key: string, input: WriteInput): WriteCheck {
    const { sensor, checked } = this.#checked(key, input);
    return { heatpumpId: this.settings.id, sensor, value: checked.value, refusal: this.#refusal() };
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
    const path = ['input', 'key'];
    const sensor = this.sensors.find((candidate) => candidate.key === key);
    if (!sensor) throw new AppError('NOT_FOUND', `no sensor ${key}`, [{ path, message: 'no such sensor' }]);
    return { sensor, checked: checkWriteValue(sensor, input, { key: path, value: ['input', 'value'] }) };
  }

  /** Why nothing can be written now, whatever the value. */
  #refusal(): AppError | null {
    const { readOnly, name } = this.settings;
    if (readOnly) return new AppError('FORBIDDEN', `${name} is set to read-only`);
    return this.#running ? null : disabled(name);
  }

  #whileEnabled(): Running {
    if (this.#running) return this.#running;
    throw disabled(this.settings.name);
  }

  #run(): Running {
    const { id: heatpumpId, name, connection } = this.settings;
    const line = this.#counter.over(this.#deps.lines.open({ ...connection, ...this.driver.lineRules }));
    const target = { heatpumpId, name, pollIntervalMs: this.pollIntervalMs, lastRevision: this.#lastRevision };
    const poller = new Poller({ ...target, unit: this.#unit, line }, this.#deps);
    const writer = new Writer({ heatpumpId, line, onSettled: () => void poller.pollNow() }, this.#deps);
    return { line, poller, writer };
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
  };
}
