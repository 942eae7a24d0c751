import type { ModelConfig } from '../domain/model.ts';
import {
  FUNCTIONS,
  type FunctionName,
  functionsOf,
  MIXING_CIRCUITS,
  type MixingCircuit,
} from '../drivers/luxtronik/functions.ts';
import type { DeviceProfile } from './profile.ts';
import type { Activity, Settings, ThermalState } from './thermal-model.ts';

/** The unit's functions where the config leaves them open. */
const TYPICAL: readonly FunctionName[] = ['heating', 'hot_water', 'room_control_unit', 'mc1_heating'];
const OPERATION_MODE: Record<Activity, number> = { HEATING: 0, HOT_WATER: 1, DEFROST: 4, IDLE: 5 };
const NO_DEMAND = 1;
const ACTIVE = 3;
const RELEASED = 1;
const HARD_LIMIT = 2;
/** What levels 0 to 3 mean at this controller: its owner has set the shifts so. */
const LEVEL_SHIFTS_K = [0, 3, 3, -3];

const SPREAD_K = 5;
const CURVE = 0.5;
const RETURN_C = { min: 15, max: 50 };
const HOT_WATER_C = { target: 48, min: 30, max: 60 };
const HOT_WATER_HYSTERESIS_K = 7;
/** Below this electrical power the machine cannot run. */
const LEAST_ELECTRICAL_KW = 0.9;

/**
 * An air-source heat pump with a Luxtronik 2.1 at firmware 3.92.1. It has every register of that firmware; those of
 * functions that are not active say so. Written values live in RAM and act while their mode is selected; ten minutes
 * without a request bring the defaults back.
 */
export const luxtronik21: DeviceProfile = {
  manufacturer: 'luxtronik',
  model: 'luxtronik_2_1',
  identity: { firmware: '3.92.1', features: [], isExpectedVersion: true },
  registers: { functions: 'auto' },
  ignored: /^$/,
  behaviour: {
    tables: ['DISCRETE', 'INPUT', 'HOLDING'],
    missing: 2,
    maxWords: 125,
    maxWordsPerSecond: null,
    restartMs: 0,
    fallBackMs: 600_000,
    isInputHolding: false,
  },
  limits: { heating_setpoint: [RETURN_C.min, RETURN_C.max], hot_water_setpoint: [HOT_WATER_C.min, HOT_WATER_C.max] },
  measure: (state, config) => {
    const active = activeFunctions(config);
    return {
      ...Object.fromEntries(FUNCTIONS.map(([name]) => [`function_${name}`, Number(active.includes(name))])),
      ...machine(state),
      ...Object.assign({}, ...active.map((name) => MEASURED[name]?.(state))),
      ...Object.assign({}, ...circuitsOf(active).map((circuit) => circuitValues(state, circuit))),
    };
  },
  stored: (config) => Object.assign({}, STORED, ...activeFunctions(config).map((name) => STORED_OF[name])),
  apply: (stored, settings) => {
    const value = (key: string) => stored.get(key) ?? 0;
    const isCapped = value('lpc_mode') === HARD_LIMIT && value('pc_limit') < LEAST_ELECTRICAL_KW;
    settings.heatingAllowed = !isCapped && value('lock_heating') === 0;
    settings.hotWaterAllowed = !isCapped && value('lock_hot_water') === 0;
    settings.roomTargetC = stored.get('room_temp_setpoint') ?? 21;
    settings.hotWaterOnce = value('extra_hot_water_request') === 1;
    applyHeating(value, settings);
    applyHotWater(value, settings);
  },
  takeBack: ({ hotWaterOnce, hotWaterOffC }, stored) => {
    stored.set('hot_water_target', hotWaterOffC);
    stored.set('pump_zip', stored.get('circulation_request') ?? 0);
    if (!hotWaterOnce) stored.set('extra_hot_water_request', 0);
  },
};

/** Reads a stored value; 0 where there is none. */
type Read = (key: string) => number;

/** While all circuits are controlled together, the block of the single one does not act. */
function applyHeating(value: Read, settings: Settings): void {
  const { setpoint, shiftK } = influence(value, value('heating_overall_mode') === 0 ? 'heating' : 'heating_overall');
  settings.curve = setpoint === null ? CURVE : 0;
  settings.curveOffsetK = setpoint === null ? shiftK : setpoint + SPREAD_K - settings.roomTargetC;
}

function applyHotWater(value: Read, settings: Settings): void {
  const { setpoint, shiftK } = influence(value, 'hot_water');
  const target = Math.min(Math.max(setpoint ?? HOT_WATER_C.target + shiftK, HOT_WATER_C.min), HOT_WATER_C.max);
  settings.hotWaterOnC = target - HOT_WATER_HYSTERESIS_K;
  settings.hotWaterOffC = settings.hotWaterOnce ? HOT_WATER_C.max : target;
}

/** What a control block does to its target, by the mode that is selected. */
function influence(value: Read, block: string): { readonly setpoint: number | null; readonly shiftK: number } {
  switch (value(`${block}_mode`)) {
    case 1:
      return { setpoint: value(`${block}_setpoint`), shiftK: 0 };
    case 2:
      return { setpoint: null, shiftK: value(`${block}_offset`) };
    case 3:
      return { setpoint: null, shiftK: LEVEL_SHIFTS_K[value(`${block}_level`)] ?? 0 };
    default:
      return { setpoint: null, shiftK: 0 };
  }
}

function activeFunctions({ functions }: ModelConfig): readonly FunctionName[] {
  if (!Array.isArray(functions)) return TYPICAL;
  return FUNCTIONS.map(([name]) => name).filter((name) => functions.includes(name));
}

function circuitsOf(active: readonly FunctionName[]): readonly MixingCircuit[] {
  return MIXING_CIRCUITS.filter((circuit) => functionsOf(circuit).some((name) => active.includes(name)));
}

function machine(state: ThermalState): Record<string, number> {
  const isRunning = state.activity !== 'IDLE';
  const isHotWater = state.activity === 'HOT_WATER';
  const isHeating = isRunning && !isHotWater;
  return {
    heat_pump_status: Number(isRunning),
    operation_mode: OPERATION_MODE[state.activity],
    heating_status: isHeating ? ACTIVE : NO_DEMAND,
    hot_water_status: isHotWater ? ACTIVE : NO_DEMAND,
    return_temp: state.returnC,
    return_target: state.flowTargetC - SPREAD_K,
    return_external_temp: state.bufferC - 1,
    flow_temp: state.flowC,
    outdoor_temp: state.outdoorC,
    outdoor_temp_avg: state.outdoorAverageC,
    heat_source_in_temp: state.sourceInC,
    heat_source_out_temp: state.sourceOutC,
    flow_calculated_temp: state.flowTargetC,
    hot_water_temp: state.hotWaterTopC,
    heating_power: state.thermalKw,
    electric_power: state.electricalKw,
    electric_energy_total: state.electricHeatingKwh + state.electricHotWaterKwh,
    electric_energy_heating: state.electricHeatingKwh,
    electric_energy_hot_water: state.electricHotWaterKwh,
    thermal_energy_total: state.heatHeatingKwh + state.heatHotWaterKwh,
    thermal_energy_heating: state.heatHeatingKwh,
    thermal_energy_hot_water: state.heatHotWaterKwh,
    pump_vbo: Number(isRunning),
    pump_hup: Number(isHeating),
    pump_bup: Number(isHotWater),
    operating_hours_heat_pump: state.runHeatingHours + state.runHotWaterHours,
    operating_hours_heating: state.runHeatingHours,
    operating_hours_hot_water: state.runHotWaterHours,
  };
}

/** What further functions measure; this machine neither cools nor heats a pool. */
const MEASURED: Partial<Record<FunctionName, (state: ThermalState) => Record<string, number>>> = {
  room_control_unit: ({ roomC }) => ({ room_temp: roomC }),
  cooling: () => ({
    cooling_status: NO_DEMAND,
    cooling_release: 0,
    electric_energy_cooling: 0,
    thermal_energy_cooling: 0,
    operating_hours_cooling: 0,
  }),
  pool: () => ({
    pool_status: NO_DEMAND,
    electric_energy_pool: 0,
    thermal_energy_pool: 0,
    operating_hours_pool: 0,
  }),
  solar: () => ({ operating_hours_solar: 4_210 }),
};

function circuitValues(state: ThermalState, circuit: MixingCircuit): Record<string, number> {
  return {
    [`mc${circuit}_temp`]: Math.min(state.bufferC, state.flowTargetC + 1),
    [`mc${circuit}_target`]: state.flowTargetC,
    [`pump_fp${circuit}`]: Number(state.bufferC > state.roomC),
  };
}

const NO_INFLUENCE = { mode: 0, offset: 0, level: 0 } as const;

function block(key: string, values: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [`${key}_${name}`, value]));
}

const STORED: Readonly<Record<string, number>> = {
  firmware_major: 3,
  firmware_minor: 92,
  firmware_patch: 1,
  error_number: 0,
  buffer_type: 1,
  min_off_time: 20,
  min_run_time: 10,
  cooling_configured: 0,
  pool_configured: 0,
  return_limit: RETURN_C.max,
  return_min_target: RETURN_C.min,
  heating_limit_temp: 25,
  flow_max_temp: 60,
  hot_water_target: HOT_WATER_C.target,
  hot_water_min: HOT_WATER_C.min,
  hot_water_max: HOT_WATER_C.max,
  hot_water_limit_temp: 40,
  electric_power_min_predicted: LEAST_ELECTRICAL_KW,
  // Without Smart Grid, contact 1 releases the machine.
  evu1: RELEASED,
  evu2: 0,
  ...block('heating', { ...NO_INFLUENCE, setpoint: 35 }),
  ...block('hot_water', { ...NO_INFLUENCE, setpoint: 40 }),
  ...block('heating_overall', NO_INFLUENCE),
  lpc_mode: 0,
  pc_limit: 30,
  lock_heating: 0,
  lock_hot_water: 0,
  circulation_request: 0,
  extra_hot_water_request: 0,
};

const heatCircuit = (n: MixingCircuit) => ({
  [`mc${n}_min`]: 20,
  [`mc${n}_max`]: 45,
  ...block(`mc${n}_heat`, { ...NO_INFLUENCE, setpoint: 35 }),
});
const coolCircuit = (n: MixingCircuit) => block(`mc${n}_cool`, { mode: 0, setpoint: 20, offset: 0 });

/** What further functions store. */
const STORED_OF: Partial<Record<FunctionName, Readonly<Record<string, number>>>> = {
  cooling: { lock_cooling: 0, cooling_configured: 1 },
  pool: { lock_pool: 0, pool_configured: 1 },
  room_control_unit: { room_temp_setpoint: 21 },
  mc1_heating: heatCircuit(1),
  mc1_cooling: coolCircuit(1),
  mc2_heating: heatCircuit(2),
  mc2_cooling: coolCircuit(2),
  mc3_heating: heatCircuit(3),
  mc3_cooling: coolCircuit(3),
};
