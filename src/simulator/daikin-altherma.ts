import type { Sensor } from '../domain/sensor.ts';
import type { DeviceProfile } from './profile.ts';
import type { Activity, ThermalState } from './thermal-model.ts';

const ILLEGAL_VALUE = 3;
const NOT_CONFIGURED = 32766;
const NOT_SUPPORTED = 32767;
/** The ends of keys that mark one variant; the value is the same. */
const SUFFIXES = ['', '_a4', '_dcom', '_a2a'];
const FORCED_OFF = 1;
/** State of demand response for each smart-grid request: the Altherma 4 swaps 2 and 3. */
const DEMAND_RESPONSE = [0, 1, 3, 2];
const UNIT_OPERATION: Record<Activity, number> = { IDLE: 0, HOT_WATER: 1, HEATING: 2, DEFROST: 2 };
/** What the unit allows as leaving water; it shows them in registers of their own. */
const LEAVING_WATER_C = { heating: [25, 55], cooling: [5, 22] } as const;

/**
 * A Daikin Altherma with one zone and no mixing kit. Behind a HomeHub or a DCOM an out-of-range setpoint is moved to the
 * nearest limit and any other out-of-range write is ignored (4P744838-1D, 9.2.1); an Altherma 4 rejects it (joklee#69).
 */
export const altherma: DeviceProfile = {
  manufacturer: 'daikin',
  model: 'altherma',
  identity: { firmware: null, features: ['mmi>=4'], isExpectedVersion: true },
  // No additional zone, and no external thermostat: that needs [C-07]=1.
  ignored: /_add_|_add$|^thermostat_/,
  behaviour: {
    tables: ['HOLDING', 'INPUT', 'COIL', 'DISCRETE'],
    missing: 2,
    maxWords: 64,
    maxWordsPerSecond: null,
    restartMs: 0,
    fallBackMs: null,
    isInputHolding: false,
  },
  limits: {},
  receive: (sensor, value, { variant }) => {
    const [lowest, highest] = limitsOf(sensor);
    if (value >= lowest && value <= highest) return { value };
    if (variant === 'altherma4') return ILLEGAL_VALUE;
    const isSetpoint = sensor.unit === '°C' || sensor.unit === 'K';
    return isSetpoint ? { value: Math.min(Math.max(value, lowest), highest) } : null;
  },
  notAvailable: ({ key }) => (key.startsWith('mixing_kit_') ? NOT_SUPPORTED : NOT_CONFIGURED),
  measure: (state, config) => (config.variant === 'dcom' ? suffixed(hydronic(state), '_dcom') : everything(state)),
  stored: ({ variant }) => STORED[String(variant)] ?? {},
  apply: (stored, settings) => {
    const value = (key: string, otherwise: number) =>
      SUFFIXES.map((suffix) => stored.get(key + suffix)).find((found) => found !== undefined) ?? otherwise;
    const smartGrid = value('smart_grid_mode', 0);
    const isAllowed = smartGrid !== FORCED_OFF;
    settings.heatingAllowed =
      isAllowed && value('space_heating_cooling_on', 1) === 1 && value('coil_main_zone_on', 1) === 1;
    settings.hotWaterAllowed = isAllowed && value('dhw_reheat_on', 1) === 1 && value('coil_dhw_on', 1) === 1;
    settings.roomTargetC = value('room_heating_setpoint_main', 21);
    settings.curveOffsetK = value('lwt_main_heating_offset', 0);
    settings.hotWaterOffC = Math.min(value('dhw_reheat_setpoint', 50), 60);
    // Recommended and forced on buffer in the tank first.
    settings.hotWaterOnC = settings.hotWaterOffC - (smartGrid > FORCED_OFF ? 2 : 7);
    settings.hotWaterOnce = value('dhw_booster_on', 0) === 1 || value('dhw_single_heatup_on', 0) === 1;
  },
  takeBack: (settings, stored) => {
    stored.set('demand_response_mode', DEMAND_RESPONSE[stored.get('smart_grid_mode') ?? 0] ?? 0);
    if (settings.hotWaterOnce) return;
    for (const key of ['dhw_booster_on', 'dhw_booster_on_dcom', 'dhw_single_heatup_on']) {
      if (stored.has(key)) stored.set(key, 0);
    }
  },
};

function limitsOf({ key, min, max }: Sensor): readonly [lowest: number, highest: number] {
  const water = /^lwt_main_(heating|cooling)_setpoint/.exec(key)?.[1] as keyof typeof LEAVING_WATER_C | undefined;
  return water ? LEAVING_WATER_C[water] : [min ?? Number.NEGATIVE_INFINITY, max ?? Number.POSITIVE_INFINITY];
}

function suffixed(values: Readonly<Record<string, number>>, suffix: string): Record<string, number> {
  return Object.fromEntries(Object.entries(values).map(([key, value]) => [key + suffix, value]));
}

/** What every hydronic unit measures. */
function hydronic(state: ThermalState): Record<string, number> {
  const isRunning = state.activity !== 'IDLE';
  return {
    unit_abnormality: 0,
    unit_abnormality_code: 0,
    circulation_pump_running: Number(isRunning),
    compressor_running: Number(isRunning),
    booster_heater_running: 0,
    disinfection_running: 0,
    defrost_startup: Number(state.activity === 'DEFROST'),
    hot_start: 0,
    three_way_valve: Number(state.activity === 'HOT_WATER'),
    operation_mode_actual: 1,
    leaving_water_temp_phe: state.flowC,
    leaving_water_temp_buh: state.flowC,
    return_water_temp: state.returnC,
    dhw_temp: state.hotWaterTopC,
    outdoor_temp: state.outdoorC,
    liquid_refrigerant_temp: isRunning ? state.flowC - 4 : state.outdoorC,
    flow_rate: isRunning ? 20.06 : 0,
    room_temp_main: state.roomC,
  };
}

/** What a HomeHub shows, and what an Altherma 4 has besides. */
function everything(state: ThermalState): Record<string, number> {
  const [heatingMin, heatingMax] = LEAVING_WATER_C.heating;
  const [coolingMin, coolingMax] = LEAVING_WATER_C.cooling;
  return {
    ...hydronic(state),
    power_consumption: state.electricalKw,
    dhw_normal_operation: Number(state.activity === 'HOT_WATER'),
    space_normal_operation: Number(state.activity === 'HEATING'),
    lwt_main_heating_setpoint_min: heatingMin,
    lwt_main_heating_setpoint_max: heatingMax,
    lwt_main_cooling_setpoint_min: coolingMin,
    lwt_main_cooling_setpoint_max: coolingMax,
    ...altherma4(state),
    ...contacts(state),
  };
}

function altherma4(state: ThermalState): Record<string, number> {
  return {
    disinfection_state: 1,
    holiday_mode: 0,
    bypass_valve_position: 0,
    tank_valve_position: state.activity === 'HOT_WATER' ? 100 : 0,
    circulation_pump_speed: state.activity === 'IDLE' ? 0 : 65,
    leaving_water_temp_outdoor_phe: state.flowC + 0.4,
    leaving_water_temp_tank_valve: state.flowC - 0.3,
    dhw_temp_upper: state.hotWaterTopC,
    dhw_temp_lower: state.hotWaterBottomC,
    water_pressure: 1.6,
    space_target_main: state.flowTargetC,
    abnormality_counter: 0,
    unit_operation_mode: UNIT_OPERATION[state.activity],
    room_heating_setpoint_min: 12,
    room_heating_setpoint_max: 30,
    room_cooling_setpoint_min: 15,
    room_cooling_setpoint_max: 35,
    time_until_model_restart: 0,
    active_operation_state: 0,
  };
}

/** The discrete inputs that ever change; the others are off. */
function contacts(state: ThermalState): Record<string, number> {
  return {
    di_shutoff_valve: 1,
    di_compressor_running: Number(state.activity !== 'IDLE'),
    di_defrost: Number(state.activity === 'DEFROST'),
    di_dhw_running: Number(state.activity === 'HOT_WATER'),
    di_main_zone_running: Number(state.activity === 'HEATING'),
    di_circulation_pump_running: Number(state.activity !== 'IDLE'),
  };
}

const ZONE = {
  lwt_main_heating_setpoint: 35,
  lwt_main_cooling_setpoint: 18,
  operation_mode: 0,
  space_heating_cooling_on: 1,
  dhw_booster_on: 0,
  lwt_main_heating_offset: 0,
  lwt_main_cooling_offset: 0,
};
const ROOM = { room_heating_setpoint_main: 21, room_cooling_setpoint_main: 24 };
const TANK = { quiet_mode: 0, dhw_reheat_setpoint: 50 };
const REHEAT = { dhw_reheat_on: 1, weather_dependent_mode_main: 1 };

const STORED: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  homehub: {
    ...{ ...ZONE, ...ROOM, ...TANK, ...REHEAT },
    smart_grid_mode: 0,
    power_limit_recommended_on: 2.5,
    power_limit_general: 20,
    thermostat_main_input_a: 0,
    thermostat_add_input_a: 0,
  },
  'homehub-a2a': { smart_grid_mode_a2a: 0, power_limit_demand_a2a: 20 },
  altherma4: {
    ...{ ...ZONE, ...suffixed(ROOM, '_int_a4'), ...suffixed(ROOM, '_a4'), ...suffixed(TANK, '_a4') },
    dhw_boost_setpoint: 55,
    dhw_single_heatup_on: 0,
    dhw_single_heatup_setpoint: 50,
    smart_grid_mode: 0,
    power_limit_general: 20,
    weather_dependent_heating_main_a4: 1,
    weather_dependent_cooling_main_a4: 0,
    thermostat_request_main_a4: 0,
    dhw_mode_a4: 0,
    coil_dhw_on: 1,
    coil_main_zone_on: 1,
  },
  dcom: suffixed({ ...ZONE, ...ROOM, ...TANK, ...REHEAT }, '_dcom'),
};
