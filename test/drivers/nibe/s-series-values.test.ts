import { describe, expect, it } from 'vitest';
import { operatingState } from '../../../src/domain/operating-state.ts';
import { isWritable, type Sensor } from '../../../src/domain/sensor.ts';
import { sSeries } from '../../../src/drivers/nibe/s-series.ts';
import { ReadingDecoder } from '../../../src/heatpumps/reading-decoder.ts';
import { checkWriteValue, type WriteInput } from '../../../src/heatpumps/write-value.ts';

const all = sSeries.sensors(sSeries.exampleConfigs.largest);

function sensor(key: string): Sensor {
  const found = all.find((candidate) => candidate.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
}

describe('decoding an S-series', () => {
  const decoded = (key: string, words: number[]) => {
    const { value, text, quality } = new ReadingDecoder().decode(sensor(key), words, 0, 0);
    return [quality, value, text];
  };

  it.each<[string, number[], unknown, unknown?]>([
    // int16 in tenths or hundredths.
    ['outdoor_temperature_bt1', [215], 21.5],
    ['outdoor_temperature_bt1', [0xffce], -5],
    ['outdoor_temperature_bt1', [0], 0],
    ['hot_water_top_bt7', [0x01f7], 50.3],
    ['high_pressure_bp9', [2743], 27.43],
    ['additional_heat_power', [650], 6.5],
    ['external_sensor_bt1_value', [0xff85], -12.3],
    ['degree_minutes_limited', [0xf254], -350],
    // uint8: the low byte, whatever the high one holds.
    ['heating_medium_pump_speed_gp1', [0x0050], 80],
    ['heating_medium_pump_speed_gp1', [0x1250], 80],
    ['room_sensor_factor_cs1', [25], 2.5],
    // int8, sign-extended or not.
    ['heating_offset_cs1', [0x00f6], -10],
    ['heating_offset_cs1', [0xfff6], -10],
    ['heating_offset_cs8', [3], 3],
    ['hot_water_mode_current', [0xfffe], -2],
    // uint16.
    ['compressor_frequency', [455], 45.5],
    ['alarm_number', [0x8000], 32768],
    // 32 bits, low word first.
    ['compressor_starts', [0x86a1, 0x0001], 100_001],
    ['degree_minutes', [0xfda8, 0xffff], -60],
    ['degree_minutes', [0x7530, 0x0000], 3000],
    ['heat_meter_heating_total', [0x86a0, 0x0001], 10_000],
    ['energy_consumption_total', [0x0000, 0x0001], 6553.6],
    ['energy_log_power', [0x00fa, 0x0000], 2.5],
    ['power_used', [0x1388, 0x0000], 5000],
    ['outdoor_unit3_compressor_hours_total', [0x1388, 0x0001], 70_536],
    ['wireless_room_unit_temperature_1', [0xfffe, 0xffff], -0.2],
    // Bit fields.
    ['current_status', [4139, 0], 4139],
    ['current_status', [0x0001, 0x8000], 2_147_483_649],
    // Options: known ones with their name, others as their number.
    ['operating_priority', [20], 20, 'hot_water'],
    ['operating_priority', [50], 50],
    ['sg_ready_mode', [40], 40, 'overcapacity_free'],
    ['outdoor_unit4_defrost', [2], 2, 'passive'],
    ['hot_water_demand', [3], 3],
    ['hot_water_demand', [4], 4, 'smart_control'],
    ['compressor_status', [1], 1, 'on'],
    // Two registers are told to have no "not available".
    ['aux_modbus_state', [0x8000], -32768],
    ['pv_api_available_power', [0xffff], 65535],
  ])('reads %s from %j as %d', (key, words, value, text = null) => {
    expect(decoded(key, words)).toStrictEqual(['GOOD', value, text]);
  });

  it.each<[string, number[]]>([
    ['outdoor_temperature_bt1', [0x8000]],
    ['heating_medium_pump_speed_gp1', [0x00ff]],
    ['heating_medium_pump_speed_gp1', [0xffff]],
    ['heating_offset_cs1', [0x0080]],
    ['heating_offset_cs1', [0xff80]],
    ['alarm_number', [0xffff]],
    ['compressor_starts', [0x0000, 0x8000]],
    ['heat_meter_heating_total', [0xffff, 0xffff]],
  ])('takes %s at %j for not available', (key, words) => {
    expect(decoded(key, words)).toStrictEqual(['MISSING', null, null]);
  });

  it('does not take one type of not available for another', () => {
    expect(decoded('outdoor_temperature_bt1', [0xffff])).toStrictEqual(['GOOD', -0.1, null]);
    expect(decoded('compressor_starts', [0xffff, 0xffff])).toStrictEqual(['GOOD', -1, null]);
    expect(decoded('heat_meter_heating_total', [0x0000, 0x8000])).toStrictEqual(['GOOD', 214_748_364.8, null]);
    expect(decoded('compressor_status', [2])).toStrictEqual(['FAILED', null, null]);
  });
});

describe('encoding for an S-series', () => {
  const paths = { key: ['key'], value: ['value'] };
  const words = (key: string, value: WriteInput) => checkWriteValue(sensor(key), value, paths).words;

  it.each<[string, WriteInput, number[]]>([
    // 32 bits, high word first.
    ['degree_minutes', -60, [0xffff, 0xfda8]],
    ['degree_minutes', 100, [0x0000, 0x03e8]],
    ['degree_minutes', -3000, [0xffff, 0x8ad0]],
    ['room_unit_setpoint_1', 21.5, [0x0000, 0x00d7]],
    // int8, sign-extended.
    ['heating_offset_cs1', -3, [0xfffd]],
    ['heating_offset_cs7', -10, [0xfff6]],
    ['min_supply_cooling_cs1', -5, [0xfffb]],
    ['external_adjustment_cs2', 4, [0x0004]],
    ['more_hot_water_hours', 3, [3]],
    ['room_setpoint_heating_cs1', 21.5, [215]],
    ['auto_heating_stop', -20, [0xff38]],
    ['external_sensor_bt1_value', -12.3, [0xff85]],
    ['additional_heat_max_power', 6.5, [650]],
    ['room_sensor_factor_cs1', 1.2, [12]],
    ['power_limitation', 4.2, [42]],
    ['pv_api_available_power', 65535, [0xffff]],
    ['hot_water_demand', 'smart_control', [4]],
    ['brine_pump_operating_mode', 'ten_days_continuous', [30]],
    ['sg_ready_request', 'low_price', [2]],
    ['aux_modbus_function', 'block_hot_water', [34]],
    ['alarm_reset', 'reset', [1]],
    ['alarm_reset', 0, [0]],
    ['away_mode', true, [1]],
  ])('writes %s = %s as %j', (key, value, expectedWords) => {
    expect(words(key, value)).toStrictEqual(expectedWords);
  });

  it.each<[string, WriteInput, RegExp]>([
    ['degree_minutes', 3000.1, /from -3000 to 3000 DM/],
    ['heating_curve_cs1', 16, /from 0 to 15/],
    ['heating_offset_cs1', -11, /from -10 to 10/],
    ['heating_offset_cs1', 0.5, /multiple of 1/],
    ['room_setpoint_heating_cs1', 30.1, /from 5 to 30 °C/],
    ['room_setpoint_heating_cs1', 21.55, /multiple of 0.1/],
    ['power_limitation', 1, /from 1.1 to 100 kW/],
    ['hot_water_demand', 3, /small \(0\).*smart_control \(4\)/],
    ['aux_modbus_function', 12, /one of none \(0\)/],
    ['more_hot_water_hours', 49, /from 0 to 48 h/],
    ['external_sensor_bt1_value', -3276.8, /"not available"/],
    ['outdoor_temperature_bt1', 5, /read-only/],
  ])('refuses %s = %s', (key, value, message) => {
    expect(() => words(key, value)).toThrow(message);
  });

  it('is possible for 101 of the rows and 19 more of climate systems 5 to 8', () => {
    expect(all.filter(isWritable)).toHaveLength(101 + 19);
  });
});

describe('the operating state of an S-series', () => {
  const stateOf = (words: Readonly<Record<string, number>>) =>
    operatingState(
      sSeries.stateRules,
      Object.entries(words).map(([key, word]) => new ReadingDecoder().decode(sensor(key), [word], 0, 0)),
    ).text;

  it.each<[string, Record<string, number>]>([
    ['IDLE', { alarm_active: 0, operating_priority: 10, sg_ready_mode: 10 }],
    ['HOT_WATER', { alarm_active: 0, operating_priority: 20 }],
    ['HEATING', { alarm_active: 0, operating_priority: 30 }],
    ['POOL', { alarm_active: 0, operating_priority: 40 }],
    ['COOLING', { alarm_active: 0, operating_priority: 60 }],
    ['BLOCKED', { operating_priority: 10, sg_ready_mode: 20 }],
    ['HEATING', { operating_priority: 30, sg_ready_mode: 20 }],
    ['DEFROST', { operating_priority: 30, outdoor_unit1_defrost: 1 }],
    ['DEFROST', { operating_priority: 30, outdoor_unit1_defrost: 0, outdoor_unit4_defrost: 2 }],
    ['FAULT', { alarm_active: 1, operating_priority: 30, outdoor_unit1_defrost: 1 }],
  ])('is %s with %j', (state, words) => {
    expect(stateOf(words)).toBe(state);
  });

  it('is unknown for a priority that is none we know, or is not available', () => {
    expect(stateOf({ alarm_active: 0, operating_priority: 50 })).toBeNull();
    expect(stateOf({ alarm_active: 0, operating_priority: 0xff })).toBeNull();
  });
});
