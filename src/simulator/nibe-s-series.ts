import type { ModelConfig } from '../domain/model.ts';
import { wordCount } from '../domain/register.ts';
import type { DeviceProfile } from './profile.ts';
import type { Activity, Settings, ThermalState } from './thermal-model.ts';

const PRIORITY: Record<Activity, number> = { IDLE: 10, HOT_WATER: 20, HEATING: 30, DEFROST: 30 };
/** Low word of register 1120, as seen on an S1255. */
const STATUS_BITS: Record<Activity, number> = { IDLE: 9, HEATING: 4139, DEFROST: 4139, HOT_WATER: 8235 };
/** The state of SG Ready for each request: block, normal, low price, surplus. */
const SG_READY_MODES = [20, 10, 30, 40];
const SG_READY_BLOCK = 0;
const SG_READY_NORMAL = 1;
/** The sizes of hot water by demand; smart control is taken for the medium one. */
const HOT_WATER_SIZES = ['low', 'normal', 'high', 'normal', 'normal'];
const MANUAL = 1;
const ADDITIONAL_HEAT_ONLY = 2;
/** Functions of an AUX input. */
const AUX = { blockCompressor: [4, 29], blockHeating: 6, blockHotWater: 34 };

/**
 * A NIBE S-series unit: with outdoor units an indoor module and the first of them at work, else a ground-source heat pump.
 * From the facts: exception 1 for what is not there, 20 registers a request, and a restart when it is asked for more than
 * 100 a second. A 32-bit value written low word first is acknowledged and ignored, known by its being out of range; one
 * whose two words are alike cannot be told from a right one. The read-only option is off.
 */
export const sSeries: DeviceProfile = {
  manufacturer: 'nibe',
  model: 's_series',
  ignored: /^$/,
  behaviour: {
    tables: ['INPUT', 'HOLDING'],
    missing: 1,
    maxWords: 20,
    maxWordsPerSecond: 100,
    restartMs: 20_000,
    fallBackMs: null,
    isInputHolding: false,
  },
  limits: {},
  receive: ({ register, min, max }, value) => {
    const isOutside = (min !== null && value < min) || (max !== null && value > max);
    return isOutside && wordCount(register.dataType) === 2 ? null : { value };
  },
  measure: (state, config) => ({
    ...indoor(state),
    ...Object.assign({}, ...numbersOf(config.climateSystems).map((n) => climateSystem(state, n))),
    ...compressors(state, numbersOf(config.outdoorUnits)),
  }),
  stored: ({ climateSystems }) => ({
    ...STORED,
    ...Object.assign({}, ...numbersOf(climateSystems).map(climateSettings)),
  }),
  apply: (stored, settings) => {
    const value = (key: string, otherwise = 0) => stored.get(key) ?? otherwise;
    applyPermissions(value, settings);
    const size = HOT_WATER_SIZES[value('hot_water_demand')] ?? 'normal';
    settings.hotWaterOnC = value(`hot_water_start_${size}`);
    settings.hotWaterOffC = value(`hot_water_stop_${size}`);
    settings.hotWaterOnce = value('more_hot_water_hours') > 0;
    settings.heatingLimitC = value('auto_heating_stop');
    settings.roomTargetC = value('room_setpoint_heating_cs1', 21);
    settings.curve = value('heating_curve_cs1', 5) / 10;
    settings.curveOffsetK = 2 * value('heating_offset_cs1');
  },
  takeBack: ({ hotWaterOnce }, stored) => {
    if (!hotWaterOnce) stored.set('more_hot_water_hours', 0);
    stored.set('more_hot_water_minutes', 60 * (stored.get('more_hot_water_hours') ?? 0));
    stored.set('degree_minutes_limited', stored.get('degree_minutes') ?? 0);
    stored.set('sg_ready_mode', SG_READY_MODES[sgReadyRequest((key) => stored.get(key) ?? 0)] ?? 10);
  },
};

/** Reads a stored value. */
type Read = (key: string) => number;

function applyPermissions(value: Read, settings: Settings): void {
  const mode = value('operating_mode');
  const aux = value('aux_modbus_state') === 1 ? value('aux_modbus_function') : 0;
  const isAllowed =
    mode !== ADDITIONAL_HEAT_ONLY && sgReadyRequest(value) !== SG_READY_BLOCK && !AUX.blockCompressor.includes(aux);
  const isHeatingPermitted = mode !== MANUAL || value('permit_heating') === 1;
  settings.heatingAllowed = isAllowed && isHeatingPermitted && aux !== AUX.blockHeating;
  settings.hotWaterAllowed = isAllowed && aux !== AUX.blockHotWater;
}

/** A request counts only once SG Ready is allowed by Modbus. */
function sgReadyRequest(value: Read): number {
  return value('sg_ready_api_enable') === 1 ? value('sg_ready_request') : SG_READY_NORMAL;
}

function numbersOf(value: ModelConfig[string] | undefined): number[] {
  return Array.isArray(value) ? value.map(Number) : [];
}

/** What every unit measures. */
function indoor(state: ThermalState): Record<string, number> {
  const isRunning = state.activity !== 'IDLE';
  const isHotWater = state.activity === 'HOT_WATER';
  const currentA = (state.electricalKw * 1_000) / (3 * 230);
  return {
    outdoor_temperature_bt1: state.outdoorC,
    outdoor_temperature_avg_bt1: state.outdoorAverageC,
    return_temperature_bt3: state.returnC,
    hot_water_start_bt5: state.hotWaterBottomC,
    hot_water_charging_bt6: (state.hotWaterTopC + state.hotWaterBottomC) / 2,
    hot_water_top_bt7: state.hotWaterTopC,
    additional_heat_supply_bt63: state.flowC,
    flow_bf1: isRunning ? 20 : 0,
    heating_medium_pump_speed_gp1: isRunning ? 60 : 20,
    charge_pump_speed_gp12: isRunning ? 60 : 0,
    hot_water_circulation_gp11: 0,
    reversing_valve_qn10: Number(isHotWater),
    energy_log_power: state.electricalKw,
    additional_heat_power: 0,
    current_be1: currentA,
    current_be2: currentA,
    current_be3: currentA,
    ...energies(state),
    operating_priority: PRIORITY[state.activity],
    current_status: STATUS_BITS[state.activity],
    frost_protection_status: 0,
    cooling_status: 0,
    more_hot_water_status: 0,
    external_blocking: 0,
    additional_heat_steps: 0,
    additional_heat_shunt_state: 10,
    additional_heat_hours_total: 63.4,
    additional_heat_hours_hot_water: 21.5,
    alarm_active: 0,
    alarm_number: 0,
    alarm_number_non_module: 0,
  };
}

/** Nothing but the compressor makes heat. */
function energies(state: ThermalState): Record<string, number> {
  return {
    heat_meter_hot_water_total: state.heatHotWaterKwh,
    heat_meter_heating_total: state.heatHeatingKwh,
    heat_meter_hot_water_compressor: state.heatHotWaterKwh,
    heat_meter_heating_compressor: state.heatHeatingKwh,
    heat_meter_cooling_compressor: 0,
    heat_meter_cooling_passive: 0,
    energy_production_total: state.heatHeatingKwh + state.heatHotWaterKwh,
    energy_consumption_total: state.electricHeatingKwh + state.electricHotWaterKwh,
  };
}

function climateSystem(state: ThermalState, n: number): Record<string, number> {
  return {
    [`supply_temperature_bt2_cs${n}`]: Math.min(state.bufferC, state.flowTargetC + 1),
    [`return_temperature_bt3_cs${n}`]: state.returnC,
    [`room_temperature_bt50_cs${n}`]: state.roomC,
    [`room_temperature_avg_bt50_cs${n}`]: state.roomC,
    [`calculated_supply_cs${n}`]: state.flowTargetC,
    [`shunt_state_cs${n}`]: 10,
  };
}

function compressors(state: ThermalState, outdoorUnits: readonly number[]): Record<string, number> {
  if (outdoorUnits.length === 0) return { ...ownCompressor(state), ...brine(state) };
  return Object.assign({}, ...outdoorUnits.map((n, index) => outdoorUnit(state, n, index === 0)));
}

function ownCompressor(state: ThermalState): Record<string, number> {
  const isRunning = state.activity !== 'IDLE';
  return {
    condenser_supply_bt12: state.flowC,
    discharge_gas_bt14: state.flowC + (isRunning ? 28 : 0),
    liquid_line_bt15: state.returnC + 2,
    compressor_oil_temperature_bt29: state.flowC + (isRunning ? 15 : 0),
    high_pressure_bp9: isRunning ? 6 + 0.3 * state.flowC : 9,
    low_pressure_bp8: isRunning ? 4.5 : 9,
    compressor_frequency: frequencyHz(state),
    compressor_frequency_requested: frequencyHz(state),
    compressor_status: Number(isRunning),
    compressor_starts: state.starts,
    compressor_hours_total: Math.floor(state.runHeatingHours + state.runHotWaterHours),
    compressor_hours_hot_water: Math.floor(state.runHotWaterHours),
    compressor_hours_cooling: 0,
    compressor_time_to_start: 0,
    inverter_temperature: isRunning ? 38 : 24,
    inverter_alarm_code: 0,
    compressor_restrictions: 0,
    power_used: state.electricalKw * 1_000,
    compressor_power_input: isRunning ? state.electricalKw * 920 : 0,
  };
}

/** The ground is warmer than the air in winter and colder in summer. */
function brine(state: ThermalState): Record<string, number> {
  const inC = 5 + 0.15 * state.outdoorAverageC;
  const isRunning = state.activity !== 'IDLE';
  return {
    brine_in_bt10: inC,
    brine_out_bt11: inC - (isRunning ? 3 : 0),
    suction_gas_bt17: inC + (isRunning ? 2 : 8),
    evaporator_bt84: inC - (isRunning ? 5 : 0),
    brine_pump_speed_gp2: isRunning ? 65 : 0,
  };
}

/** The others wait while the first is enough. */
function outdoorUnit(state: ThermalState, n: number, isAtWork: boolean): Record<string, number> {
  const isRunning = isAtWork && state.activity !== 'IDLE';
  const values: Record<string, number> = {
    compressor_frequency: isRunning ? frequencyHz(state) : 0,
    requested_frequency: isRunning ? frequencyHz(state) : 0,
    compressor_time_to_start: 0,
    compressor_starts: isAtWork ? state.starts : 0,
    compressor_hours_total: isAtWork ? Math.floor(state.runHeatingHours + state.runHotWaterHours) : 0,
    compressor_hours_hot_water: isAtWork ? Math.floor(state.runHotWaterHours) : 0,
    return_bt3: state.returnC,
    condenser_supply_bt12: isAtWork ? state.flowC : state.returnC,
    discharge_bt14: isRunning ? state.flowC + 30 : state.outdoorC,
    liquid_line_bt15: isRunning ? state.returnC + 2 : state.outdoorC,
    evaporator_bt16: isRunning ? state.sourceOutC - 3 : state.outdoorC,
    suction_gas_bt17: isRunning ? state.sourceOutC - 1 : state.outdoorC,
    outdoor_bt28: state.outdoorC,
    evaporator_out_bt84: isRunning ? state.sourceOutC - 2 : state.outdoorC,
    low_pressure_dew_bp8: isRunning ? state.sourceOutC - 5 : state.outdoorC,
    high_pressure_dew_bp9: isRunning ? state.flowC + 2 : state.outdoorC,
    fan_speed: isRunning ? 620 : 0,
    generated_power: isRunning ? Math.max(0, state.thermalKw) : 0,
    defrost: Number(isRunning && state.activity === 'DEFROST'),
    alarm: 0,
  };
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [`outdoor_unit${n}_${key}`, value]));
}

function frequencyHz({ activity, thermalKw }: ThermalState): number {
  return activity === 'IDLE' ? 0 : Math.min(120, 20 + 8 * Math.abs(thermalKw));
}

const STORED: Readonly<Record<string, number>> = {
  alarm_reset: 0,
  sg_ready_api_enable: 0,
  sg_ready_request: SG_READY_NORMAL,
  sg_ready_affects_heating: 1,
  sg_ready_affects_cooling: 0,
  sg_ready_affects_hot_water: 1,
  power_limitation: 100,
  power_limitation_active: 0,
  aux_modbus_function: 0,
  aux_modbus_state: 0,
  smart_price_active: 0,
  additional_heat_max_sg_ready: 6,
  degree_minutes: -60,
  degree_minutes_cooling: 0,
  dm_start_compressor: -60,
  dm_diff_start_additional_heat: 700,
  dm_start_active_cooling: 30,
  own_curve_p1: 45,
  own_curve_p2: 40,
  own_curve_p3: 35,
  own_curve_p4: 32,
  own_curve_p5: 30,
  own_curve_p6: 26,
  own_curve_p7: 20,
  auto_cooling_start: 25,
  hot_water_demand: 1,
  more_hot_water_hours: 0,
  hot_water_start_low: 39,
  hot_water_start_normal: 43,
  hot_water_start_high: 47,
  hot_water_stop_low: 44,
  hot_water_stop_normal: 50,
  hot_water_stop_high: 53,
  hot_water_stop_periodic: 60,
  periodic_hot_water: 1,
  periodic_hot_water_interval: 14,
  period_time_hot_water: 30,
  period_time_heating: 30,
  operating_mode: 0,
  permit_additional_heat: 1,
  permit_heating: 1,
  permit_cooling: 0,
  auto_heating_stop: 17,
  auto_additional_heat_stop: 5,
  away_mode: 0,
  heating_pump_operating_mode: 40,
  brine_pump_operating_mode: 10,
  heating_pump_speed_heating: 70,
  brine_pump_speed_manual: 70,
  additional_heat_max_power: 6,
  main_fuse: 16,
  external_supply_setpoint_enable: 0,
  external_sensor_bt1_enable: 0,
  external_sensor_bt7_enable: 0,
  external_sensor_bt50_enable: 0,
};

function climateSettings(n: number): Record<string, number> {
  return {
    [`heating_curve_cs${n}`]: 5,
    [`heating_offset_cs${n}`]: 0,
    [`min_supply_cs${n}`]: 20,
    [`max_supply_cs${n}`]: 55,
    [`external_adjustment_cs${n}`]: 0,
    [`room_setpoint_heating_cs${n}`]: 21,
    [`room_setpoint_cooling_cs${n}`]: 25,
    [`use_room_sensor_cs${n}`]: 0,
    [`room_sensor_factor_cs${n}`]: 1,
    [`cooling_curve_cs${n}`]: 1,
    [`cooling_offset_cs${n}`]: 0,
    [`min_supply_cooling_cs${n}`]: 18,
  };
}
