import type { ModelConfig } from '../domain/model.ts';
import type { DeviceProfile } from './profile.ts';
import type { Activity, ThermalState } from './thermal-model.ts';

/** Bits of register 1090. */
const STATE_BITS: Record<Activity, number> = { IDLE: 0, HEATING: 1, HOT_WATER: 4, DEFROST: 8 };
const ROOMS = [1, 2, 3, 4, 5, 6, 7, 8];

/**
 * An iDM air-source heat pump with a Navigator 2.0. Behaviour from the manual (812170): room sensors and external
 * outdoor values are ignored unless switched on at the unit (p. 8, 11), one hot-water charge resets itself.
 * The machine reaches 60 °C, so higher hot-water targets are moved down to it.
 */
export const navigator20: DeviceProfile = {
  manufacturer: 'idm',
  model: 'navigator_2_0',
  ignored: /^(temp_external_outdoor|temp_external_humidity|temp_room_zone_.*|humidity_zone_.*)$/,
  behaviour: {
    tables: ['HOLDING', 'INPUT'],
    missing: 2,
    maxWords: 40,
    maxWordsPerSecond: null,
    restartMs: 0,
    fallBackMs: null,
    isInputHolding: true,
  },
  limits: { temp_water_target: [35, 60], temp_water_switch_on: [30, 50], temp_water_switch_off: [46, 53] },
  measure: (state, config) => ({
    ...machine(state),
    ...Object.assign({}, ...circuitsOf(config).map((circuit) => circuitValues(state, circuit))),
    ...Object.assign({}, ...zonesOf(config).map((zone) => zoneValues(state, zone))),
  }),
  stored: (config) => ({
    ...STORED,
    ...Object.assign({}, ...circuitsOf(config).map(circuitSettings)),
    ...Object.assign({}, ...zonesOf(config).map(zoneSettings)),
  }),
  apply: (stored, settings) => {
    const value = (key: string, otherwise: number) => stored.get(key) ?? otherwise;
    const mode = value('status_system', 1);
    const circuitMode = value('mode_circuit_a', 1);
    settings.heatingAllowed = [1, 2, 3, 5].includes(mode) && circuitMode !== 0;
    settings.hotWaterAllowed = [1, 2, 3, 4].includes(mode);
    settings.roomTargetC = value(`temp_room_target_heating_${circuitMode === 3 ? 'eco' : 'normal'}_circuit_a`, 21);
    settings.curve = value('curve_circuit_a', 0.5);
    settings.curveOffsetK = value('curve_offset_a', 0);
    settings.heatingLimitC = value('temp_threshold_heating_circuit_a', 16);
    settings.hotWaterOnC = value('temp_water_switch_on', 43);
    settings.hotWaterOffC = Math.min(value('temp_water_switch_off', 50), value('temp_water_target', 50));
    settings.hotWaterOnce = value('request_water', 0) === 1 || value('request_water_once', 0) === 1;
  },
  takeBack: (settings, stored) => {
    if (!settings.hotWaterOnce) stored.set('request_water_once', 0);
  },
};

/** The circuits' letters as they stand in keys. */
function circuitsOf({ circuits }: ModelConfig): string[] {
  return Array.isArray(circuits) ? circuits.map((circuit) => String(circuit).toLowerCase()) : [];
}

/** The zones' numbers as they stand in keys, counted from 1. */
function zonesOf({ zones }: ModelConfig): number[] {
  return Array.isArray(zones) ? zones.map((zone) => Number(zone) + 1) : [];
}

function machine(state: ThermalState): Record<string, number> {
  const isRunning = state.activity !== 'IDLE';
  const total = state.heatHeatingKwh + state.heatHotWaterKwh + state.heatDefrostKwh;
  return {
    temp_outside: state.outdoorC,
    temp_outside_avg: state.outdoorAverageC,
    failure_id: 0,
    status_smart_grid: 1,
    temp_heat_storage: state.bufferC,
    temp_water_heater_bottom: state.hotWaterBottomC,
    temp_water_heater_top: state.hotWaterTopC,
    temp_water_heater_tap: state.hotWaterTopC - 1.5,
    price_energy: 0.2847,
    temp_heat_pump_flow: state.flowC,
    temp_heat_pump_return: state.returnC,
    temp_hgl_flow: state.flowC + (isRunning ? 9 : 0),
    temp_heat_source_input: state.sourceInC,
    temp_heat_source_output: state.sourceOutC,
    temp_air_input: state.sourceInC,
    temp_air_heat_exchanger: state.sourceOutC - (isRunning ? 3 : 0),
    temp_charge_sensor: state.bufferC + 0.5,
    status_heat_pump: STATE_BITS[state.activity],
    request_heating_status: Number(state.activity === 'HEATING'),
    request_cooling_status: 0,
    request_water_status: Number(state.activity === 'HOT_WATER'),
    evu_lock_status: 1,
    failure_heat_pump: 0,
    state_compressor_1: Number(isRunning),
    state_charge_pump: isRunning ? 60 : -1,
    state_brine_pump: -1,
    state_ground_water_pump: isRunning ? 70 : -1,
    load_isc_cold_storage_pump: -1,
    load_isc_recooling_pump: -1,
    valve_state_circuit_heating_cooling: 0,
    valve_state_storage_heating_cooling: 0,
    valve_state_main_heating_water: Number(state.activity === 'HOT_WATER'),
    pump_circulation: 0,
    status_bivalence: 0,
    energy_heat_heating: state.heatHeatingKwh,
    energy_heat_total: total,
    energy_heat_total_cooling: 0,
    energy_heat_total_water: state.heatHotWaterKwh,
    energy_heat_total_defrost: state.heatDefrostKwh,
    power_current: state.thermalKw,
    power_current_draw: state.electricalKw,
    power_thermal: state.thermalKw,
    energy_heat_total_flow_sensor: total,
  };
}

function circuitValues(state: ThermalState, circuit: string): Record<string, number> {
  return {
    [`temp_flow_current_circuit_${circuit}`]: Math.min(state.bufferC, state.flowTargetC + 1),
    [`temp_room_circuit_${circuit}`]: state.roomC,
    [`temp_flow_target_circuit_${circuit}`]: state.flowTargetC,
    [`mode_active_circuit_${circuit}`]: Number(state.outdoorAverageC < 16),
  };
}

function zoneValues(state: ThermalState, zone: number): Record<string, number> {
  const rooms = ROOMS.flatMap((room) => [
    [`temp_room_zone_${zone}_room_${room}`, state.roomC + (room - 4) * 0.2],
    [`humidity_zone_${zone}_room_${room}`, 45 + room],
    [`relay_zone_${zone}_room_${room}`, Number(state.roomC + (room - 4) * 0.2 < 21)],
  ]);
  return {
    [`mode_zone_${zone}`]: 1,
    [`dehumidifier_zone_${zone}`]: 0,
    [`relay_zone_${zone}_room_9`]: 0,
    ...Object.fromEntries(rooms),
  };
}

const STORED: Readonly<Record<string, number>> = {
  power_solar_surplus: 0,
  power_solar_production: 0,
  power_use_house: 0,
  power_drain_battery: 0,
  status_system: 1,
  temp_water_target: 50,
  temp_water_switch_on: 43,
  temp_water_switch_off: 50,
  temp_second_source_bivalence_1: -7,
  temp_second_source_bivalence_2: -15,
  temp_third_source_bivalence_1: -20,
  temp_third_source_bivalence_2: -20,
  temp_external_request_heating: 35,
  temp_external_request_cooling: 18,
  temp_request_glt_heizen: 0,
  temp_request_glt_kuehlen_100: 100,
};

function circuitSettings(circuit: string): Record<string, number> {
  return {
    [`mode_circuit_${circuit}`]: 1,
    [`temp_room_target_heating_normal_circuit_${circuit}`]: 21,
    [`temp_room_target_heating_eco_circuit_${circuit}`]: 18,
    [`curve_circuit_${circuit}`]: 0.5,
    [`temp_threshold_heating_circuit_${circuit}`]: 16,
    [`temp_flow_target_constant_circuit_${circuit}`]: 35,
    [`temp_room_target_cooling_normal_circuit_${circuit}`]: 24,
    [`temp_room_target_cooling_eco_circuit_${circuit}`]: 26,
    [`temp_threshold_cooling_circuit_${circuit}`]: 25,
    [`temp_flow_target_cooling_circuit_${circuit}`]: 18,
    [`curve_offset_${circuit}`]: 0,
  };
}

function zoneSettings(zone: number): Record<string, number> {
  const rooms = ROOMS.flatMap((room) => [
    [`temp_target_zone_${zone}_room_${room}`, 21],
    [`mode_zone_${zone}_room_${room}`, 1],
  ]);
  return Object.fromEntries(rooms);
}
