import { isDeepStrictEqual } from 'node:util';
import type { Clock } from '../domain/clock.ts';
import type { DeviceError } from '../domain/device-error.ts';
import type { HeatpumpSettings, PollStats } from '../domain/heatpump.ts';
import type { Logger } from '../domain/logger.ts';
import {
  type MissingRegister,
  type MissingRegisterStore,
  placeOf,
  type RegisterAddress,
  type UnitIdentity,
} from '../domain/missing-register.ts';
import type { DeviceIdentity } from '../domain/model.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { isReadable, type Sensor } from '../domain/sensor.ts';
import type { Reading } from '../domain/snapshot.ts';
import type { Driver, ReadLine } from '../drivers/driver.ts';
import { MissingRegisters } from './missing-registers.ts';
import { type LearningResult, type PollResult, poll } from './poll.ts';
import { blocksOfTurn, type PollPlan, planPoll } from './poll-plan.ts';
import { type Probe, probeAmong } from './probe.ts';
import { ReadingDecoder } from './reading-decoder.ts';

/** After this time a unit is asked again what it is. */
const IDENTITY_LASTS_MS = 3_600_000;

/** How a unit is to be read. */
export interface PollOrder {
  /** Registers that it refuses are found and from then on left out, and missing ones are tried again when that is due. */
  readonly mayLearn: boolean;
  /** How many polls share the reading of the settings; null: this one reads them all. */
  readonly settingsTurns: number | null;
  /** True for a sensor whose next reading is waited for. */
  readonly isAwaited: (key: string) => boolean;
}

/** What a map needs of the house. */
export interface UnitMapDeps {
  readonly clock: Clock;
  readonly logger: Logger;
  readonly missingRegisters: MissingRegisterStore;
}

/** What follows from what is known of a unit. */
interface Survey {
  /** All sensors that its identity speaks for. */
  readonly all: readonly Sensor[];
  /** Those of them that it has. */
  readonly sensors: readonly Sensor[];
  readonly probe: Probe;
  readonly plan: PollPlan;
  readonly size: Pick<PollStats, 'requests' | 'registers'>;
}

/**
 * What is known of one unit: what it says it is, and which of its model's registers it has. The sensors it offers and the
 * requests that read them follow from that, and change as more is learnt.
 */
export class UnitMap {
  readonly #settings: HeatpumpSettings;
  readonly #driver: Driver;
  readonly #deps: UnitMapDeps;
  readonly #missing: MissingRegisters;
  readonly #decoder = new ReadingDecoder();
  #identity: DeviceIdentity | null = null;
  #identifiedAt = Number.NEGATIVE_INFINITY;
  #survey: Survey;
  /** What was read last, as it was read; empty until all was read by the present plan. */
  #known: readonly Reading[] = [];
  #polls = 0;

  constructor(settings: HeatpumpSettings, driver: Driver, deps: UnitMapDeps) {
    this.#settings = settings;
    this.#driver = driver;
    this.#deps = deps;
    this.#missing = new MissingRegisters(deps.missingRegisters, deps.logger);
    this.#survey = this.#surveyed(driver.sensors(settings.config));
  }

  /** What the unit last said about itself; null before it was asked, and if it does not tell. */
  get identity(): DeviceIdentity | null {
    return this.#identity;
  }

  /** True if it is time to ask the unit what it is: at first, and now and then, for its functions may be switched. */
  get isIdentityDue(): boolean {
    return this.#deps.clock.monotonicMs() - this.#identifiedAt >= IDENTITY_LASTS_MS;
  }

  /** The sensors it has, as far as is known, in the model's order. */
  get sensors(): readonly Sensor[] {
    return this.#survey.sensors;
  }

  /** What reading it all takes: requests, and registers (words). */
  get size(): Pick<PollStats, 'requests' | 'registers'> {
    return this.#survey.size;
  }

  /** The unit's model and place, as a text to tell it from others that may follow it. */
  get device(): string {
    const { manufacturer, model, connection } = this.#settings;
    return `${manufacturer}/${model} at ${connection.host}:${connection.port} unit ${connection.unitId}`;
  }

  /** The registers of its model that it does not have, as far as is known. */
  get missing(): readonly MissingRegister[] {
    return this.#missing.all;
  }

  /** What to read alone to see whether the unit is there. */
  get probe(): Probe {
    return this.#survey.probe;
  }

  /**
   * Asks the unit what it is. One that speaks another version of its interface counts as failed, for its values would mean
   * something else.
   */
  async identify(line: ReadLine): Promise<Result<void, DeviceError>> {
    const { identify } = this.#driver;
    const answer = identify ? await identify(line, this.#settings.config) : ok(null);
    if (!answer.ok) return answer;
    if (answer.value?.isExpectedVersion === false) return err(WRONG_VERSION);
    const isKnown = Number.isFinite(this.#identifiedAt) && isDeepStrictEqual(answer.value, this.#identity);
    this.#identifiedAt = this.#deps.clock.monotonicMs();
    if (isKnown) return ok(undefined);
    this.#identity = answer.value;
    await this.#missing.load(this.#unit);
    this.#survey = this.#surveyed(this.#driver.sensors(this.#settings.config, this.#identity ?? undefined));
    this.#known = [];
    return ok(undefined);
  }

  /** Reads the unit once. There is one reading per readable sensor that it then offers; those not read now are the last ones. */
  async poll(
    line: ReadLine,
    { mayLearn, settingsTurns, isAwaited }: PollOrder,
  ): Promise<Result<PollResult, DeviceError>> {
    const { clock } = this.#deps;
    const { plan, probe } = this.#survey;
    const due = mayLearn ? this.#missing.due(clock.now()) : [];
    const known = due.length === 0 && settingsTurns !== null ? this.#known : [];
    const turn = known.length > 0 ? { known, number: this.#polls++, of: settingsTurns ?? 1, isAwaited } : null;
    const { all } = due.length > 0 ? this.#planTrying(due) : plan;
    const learning = mayLearn ? { refusals: this.#driver.refusals, probe } : null;
    const tools = { line, decoder: this.#decoder, clock, learning };
    const polled = await poll(turn ? blocksOfTurn(plan, turn) : all, tools, known);
    if (!polled.ok) return polled;
    const { holes, lastError, stats } = polled.value;
    const isNews = holes.length > 0 || due.length > 0;
    const readings = isNews ? await this.#learn(polled.value, due) : polled.value.readings;
    this.#known = isNews ? [] : readings;
    return ok({ readings: this.#driver.refine?.(readings) ?? readings, lastError, stats });
  }

  get #unit(): UnitIdentity {
    return { heatpumpId: this.#settings.id, device: this.device, firmware: this.#identity?.firmware ?? '' };
  }

  #surveyed(all: readonly Sensor[]): Survey {
    const sensors = without(this.#missing.all, all);
    const plan = planPoll(sensors, this.#driver.readRules, this.#missing.all);
    const registers = plan.all.reduce((sum, { count }) => sum + count, 0);
    const size = { requests: plan.all.length, registers };
    return { all, sensors, probe: probeAmong(all, this.#driver, this.#settings.config), plan, size };
  }

  /** A plan for once, with registers that are missing otherwise. */
  #planTrying(tried: readonly RegisterAddress[]): PollPlan {
    const places = placesOf(tried);
    const missing = this.#missing.all.filter((register) => !places.has(placeOf(register)));
    return planPoll(without(missing, this.#survey.all), this.#driver.readRules, missing);
  }

  /** Takes over what a poll has found; returns its readings without those that are missing. */
  async #learn({ holes, readings }: LearningResult, tried: readonly RegisterAddress[]): Promise<readonly Reading[]> {
    const failed = readings.filter(({ quality }) => quality === 'FAILED').map(({ sensor }) => sensor.register);
    const unread = placesOf([...holes, ...failed]);
    const back = tried.filter((register) => !unread.has(placeOf(register)));
    const known = placesOf(this.#missing.all);
    this.#log(
      'registers that the heat pump does not have',
      holes.filter((hole) => !known.has(placeOf(hole))),
    );
    this.#log('registers that the heat pump has again', back);
    if (holes.length > 0 || back.length > 0) {
      await this.#missing.note(this.#unit, holes, back, this.#deps.clock.now());
      this.#survey = this.#surveyed(this.#survey.all);
    }
    const missing = placesOf(this.#missing.all);
    return readings.filter(({ sensor }) => !missing.has(placeOf(sensor.register)));
  }

  /** One line for all sensors at these registers, if there are any. */
  #log(message: string, registers: readonly RegisterAddress[]): void {
    const places = placesOf(registers);
    const keys = this.#survey.all.filter(({ register }) => places.has(placeOf(register))).map(({ key }) => key);
    const { id: heatpumpId, name } = this.#settings;
    if (keys.length > 0) this.#deps.logger.info({ heatpumpId, name, count: keys.length, keys }, message);
  }
}

const WRONG_VERSION: DeviceError = {
  code: 'PROTOCOL_ERROR',
  message: 'the device speaks another version of its interface than this model; check model and settings',
};

function placesOf(registers: readonly RegisterAddress[]): ReadonlySet<string> {
  return new Set(registers.map(placeOf));
}

/** The sensors but the readable ones that begin at a missing register. */
function without(missing: readonly RegisterAddress[], sensors: readonly Sensor[]): Sensor[] {
  const places = placesOf(missing);
  return sensors.filter((sensor) => !isReadable(sensor) || !places.has(placeOf(sensor.register)));
}
