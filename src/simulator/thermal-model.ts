import { type Counters, count, initialCounters } from './counters.ts';
import { seededRandom } from './random.ts';
import { climateC, Wander } from './weather.ts';

/** What the heat pump is doing. */
export type Activity = 'IDLE' | 'HEATING' | 'HOT_WATER' | 'DEFROST';

/** What the owner sets; a device maps its registers onto it. Temperatures in °C. */
export interface Settings {
  heatingAllowed: boolean;
  hotWaterAllowed: boolean;
  roomTargetC: number;
  /** Slope of the heating curve: K of flow per K that it is colder outside than inside. */
  curve: number;
  curveOffsetK: number;
  /** No heating above this averaged outdoor temperature. */
  heatingLimitC: number;
  hotWaterOnC: number;
  hotWaterOffC: number;
  /** One hot-water charge, whatever the temperature; ends by itself. */
  hotWaterOnce: boolean;
}

/** The state of house and machine. Temperatures in °C, powers in kW. */
export interface ThermalState extends Counters {
  timeMs: number;
  activity: Activity;
  outdoorC: number;
  outdoorAverageC: number;
  roomC: number;
  bufferC: number;
  flowTargetC: number;
  flowC: number;
  returnC: number;
  hotWaterTopC: number;
  hotWaterBottomC: number;
  sourceInC: number;
  sourceOutC: number;
  thermalKw: number;
  electricalKw: number;
}

const STEP_MS = 10_000;
const HOUR_MS = 3_600_000;
const DEFROST_MS = 5 * 60_000;
const DEFROST_AFTER_MS = 75 * 60_000;
/** Longest time caught up at once; a clock that jumps further loses the rest. */
const MAX_CATCH_UP_MS = 48 * HOUR_MS;

/** Sizes of house and machine: a different seed is a different building. */
interface Building {
  readonly lossKwPerK: number;
  readonly capacityKwhPerK: number;
  readonly emitterKwPerK: number;
  readonly bufferKwhPerK: number;
  readonly tankKwhPerK: number;
  readonly maxThermalKw: number;
}

/**
 * A house with an air-source heat pump: weather, heating curve with hysteresis, buffer, hot-water tank that is drawn
 * from and recharged, defrosting, and energy counters that integrate the powers. The same seed and times give the same
 * course.
 */
export class ThermalModel {
  readonly settings: Settings;
  readonly state: ThermalState;
  readonly #building: Building;
  readonly #random: () => number;
  readonly #wander: Wander;
  #runningMs = 0;
  #defrostLeftMs = 0;

  constructor(seed: number, startMs: number) {
    this.#random = seededRandom(seed);
    this.#wander = new Wander(this.#random);
    this.#building = buildingFrom(this.#random);
    this.settings = initialSettings();
    this.state = initialState(startMs, this.#random);
  }

  /** Lets time pass until `timeMs`, in steps of ten seconds. */
  advanceTo(timeMs: number): void {
    if (timeMs - this.state.timeMs > MAX_CATCH_UP_MS) this.state.timeMs = timeMs - MAX_CATCH_UP_MS;
    while (this.state.timeMs + STEP_MS <= timeMs) this.#step();
  }

  #step(): void {
    this.state.timeMs += STEP_MS;
    this.#weather();
    this.state.flowTargetC = this.#flowTarget();
    this.#decide();
    this.#run();
    this.#house();
    this.#tank();
  }

  #weather(): void {
    const { state } = this;
    this.#wander.step(STEP_MS);
    state.outdoorC = climateC(state.timeMs) + this.#wander.deviationK;
    state.outdoorAverageC = approach(state.outdoorAverageC, state.outdoorC, 12 * HOUR_MS);
    state.sourceInC = state.outdoorC;
    state.sourceOutC = state.outdoorC - (state.thermalKw > 0 ? 4 : 0);
  }

  #flowTarget(): number {
    const { settings, state } = this;
    const target =
      settings.roomTargetC + settings.curve * (settings.roomTargetC - state.outdoorC) + settings.curveOffsetK;
    return clamp(target, 20, 55);
  }

  /** Hot water goes before heating; defrosting before both. */
  #decide(): void {
    const { state } = this;
    if (this.#defrostLeftMs > 0) return;
    const wasIdle = state.activity === 'IDLE';
    if (this.#wantsHotWater()) state.activity = 'HOT_WATER';
    else if (this.#wantsHeat()) state.activity = 'HEATING';
    else state.activity = 'IDLE';
    if (wasIdle && state.activity !== 'IDLE') state.starts++;
    this.#runningMs = state.activity === 'IDLE' ? 0 : this.#runningMs + STEP_MS;
    if (this.#runningMs > DEFROST_AFTER_MS && state.outdoorC < 6) {
      state.activity = 'DEFROST';
      this.#defrostLeftMs = DEFROST_MS;
      this.#runningMs = 0;
    }
  }

  #wantsHotWater(): boolean {
    const { settings, state } = this;
    if (!settings.hotWaterAllowed) return false;
    const isCharging = state.activity === 'HOT_WATER';
    if (isCharging && state.hotWaterTopC >= settings.hotWaterOffC) settings.hotWaterOnce = false;
    if (isCharging) return state.hotWaterTopC < settings.hotWaterOffC;
    const isColdEnough = state.hotWaterTopC < settings.hotWaterOffC - 1;
    return state.hotWaterTopC < settings.hotWaterOnC || (settings.hotWaterOnce && isColdEnough);
  }

  #wantsHeat(): boolean {
    const { settings, state } = this;
    const isSeason = state.outdoorAverageC < settings.heatingLimitC;
    if (!settings.heatingAllowed || !isSeason) return false;
    const hysteresisK = state.activity === 'HEATING' ? 2 : -3;
    return state.bufferC < state.flowTargetC + hysteresisK;
  }

  /** Powers of the machine, and the water temperatures that follow from them. */
  #run(): void {
    const { state } = this;
    const targetKw = this.#thermalTargetKw();
    state.thermalKw = approach(state.thermalKw, targetKw, 60_000);
    if (state.activity === 'IDLE' && state.thermalKw < 0.05) state.thermalKw = 0;
    state.electricalKw = this.#electricalKw();
    const loadC = state.activity === 'HOT_WATER' ? state.hotWaterBottomC + 2 : state.bufferC - 2;
    const isFlowing = state.activity !== 'IDLE';
    state.returnC = approach(state.returnC, isFlowing ? loadC : state.roomC, isFlowing ? 90_000 : 2 * HOUR_MS);
    state.flowC = approach(state.flowC, state.returnC + state.thermalKw / 1.4, 60_000);
    this.#defrostLeftMs = Math.max(0, this.#defrostLeftMs - STEP_MS);
    this.#count();
  }

  #thermalTargetKw(): number {
    const { maxThermalKw } = this.#building;
    const { state } = this;
    const minThermalKw = maxThermalKw / 3;
    if (state.activity === 'IDLE') return 0;
    if (state.activity === 'DEFROST') return -minThermalKw;
    if (state.activity === 'HOT_WATER') return maxThermalKw * 0.8;
    return clamp(
      minThermalKw + (state.flowTargetC - state.bufferC + 2) * (maxThermalKw / 8),
      minThermalKw,
      maxThermalKw,
    );
  }

  /** Nearly half of what Carnot allows, plus pumps and controller. */
  #electricalKw(): number {
    const { state } = this;
    const controllerKw = 0.02;
    if (state.thermalKw === 0) return controllerKw;
    if (state.activity === 'DEFROST') return controllerKw + 1.1;
    const liftK = Math.max(15, state.flowC + 3 - (state.outdoorC - 6));
    const cop = (0.45 * (state.flowC + 273.15)) / liftK;
    return controllerKw + 0.06 + Math.max(0, state.thermalKw) / cop;
  }

  #count(): void {
    const { activity, thermalKw, electricalKw } = this.state;
    const load = { isHotWater: activity === 'HOT_WATER', isRunning: activity !== 'IDLE', thermalKw, electricalKw };
    count(this.state, load, STEP_MS / HOUR_MS);
  }

  #house(): void {
    const { state } = this;
    const { lossKwPerK, capacityKwhPerK, emitterKwPerK, bufferKwhPerK } = this.#building;
    const hours = STEP_MS / HOUR_MS;
    const emittedKw = emitterKwPerK * Math.max(0, Math.min(state.bufferC, state.flowTargetC + 1) - state.roomC);
    const isSeason = state.outdoorAverageC < this.settings.heatingLimitC;
    const heatKw = isSeason && this.settings.heatingAllowed ? emittedKw : 0;
    const gainsKw = 0.4;
    const toBufferKw = state.activity === 'HOT_WATER' ? 0 : state.thermalKw;
    state.bufferC += ((toBufferKw - heatKw) * hours) / bufferKwhPerK;
    state.roomC += ((heatKw + gainsKw - lossKwPerK * (state.roomC - state.outdoorC)) * hours) / capacityKwhPerK;
  }

  #tank(): void {
    const { state } = this;
    const { tankKwhPerK } = this.#building;
    const hours = STEP_MS / HOUR_MS;
    const chargedKw = state.activity === 'HOT_WATER' ? Math.max(0, state.thermalKw) : 0;
    const drawnKw = this.#draw();
    const lostKw = 0.0015 * (state.hotWaterTopC - state.roomC);
    state.hotWaterBottomC += ((chargedKw - 1.3 * drawnKw - lostKw) * hours) / tankKwhPerK;
    state.hotWaterTopC += ((chargedKw - 0.7 * drawnKw - lostKw) * hours) / tankKwhPerK;
    state.hotWaterBottomC = clamp(state.hotWaterBottomC, 10, state.hotWaterTopC);
    if (chargedKw > 0) state.hotWaterBottomC = approach(state.hotWaterBottomC, state.hotWaterTopC, HOUR_MS);
  }

  /** Showers in the morning, cooking and baths in the evening, now and then a tap. */
  #draw(): number {
    const hour = (this.state.timeMs % (24 * HOUR_MS)) / HOUR_MS;
    const likelihood = (hour > 5.5 && hour < 8) || (hour > 17.5 && hour < 21) ? 0.12 : 0.01;
    return this.#random() < likelihood ? 12 : 0;
  }
}

function buildingFrom(random: () => number): Building {
  const lossKwPerK = 0.16 + 0.1 * random();
  return {
    lossKwPerK,
    capacityKwhPerK: 8 + 6 * random(),
    emitterKwPerK: 0.35 + 0.2 * random(),
    bufferKwhPerK: 0.35 + 0.25 * random(),
    tankKwhPerK: 0.3 + 0.15 * random(),
    maxThermalKw: 32 * lossKwPerK + 2 * random(),
  };
}

function initialSettings(): Settings {
  return {
    heatingAllowed: true,
    hotWaterAllowed: true,
    roomTargetC: 21,
    curve: 0.5,
    curveOffsetK: 0,
    heatingLimitC: 16,
    hotWaterOnC: 43,
    hotWaterOffC: 50,
    hotWaterOnce: false,
  };
}

function initialState(timeMs: number, random: () => number): ThermalState {
  const outdoorC = climateC(timeMs);
  return {
    timeMs,
    activity: 'IDLE',
    outdoorC,
    outdoorAverageC: outdoorC,
    roomC: 20 + random(),
    bufferC: 32 + 3 * random(),
    flowTargetC: 30,
    flowC: 30,
    returnC: 27,
    hotWaterTopC: 44 + 5 * random(),
    hotWaterBottomC: 40,
    sourceInC: outdoorC,
    sourceOutC: outdoorC,
    thermalKw: 0,
    electricalKw: 0.02,
    ...initialCounters(random),
  };
}

/** Moves `value` towards `target` as a first-order lag would within one step. */
function approach(value: number, target: number, timeConstantMs: number): number {
  return target + (value - target) * Math.exp(-STEP_MS / timeConstantMs);
}

function clamp(value: number, lowest: number, highest: number): number {
  return Math.min(Math.max(value, lowest), highest);
}
