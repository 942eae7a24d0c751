import { describe, expect, it } from 'vitest';
import { navigator20 } from '../../../src/drivers/idm/navigator-2-0.ts';
import { ReadingDecoder } from '../../../src/heatpumps/reading-decoder.ts';

const sensors = navigator20.sensors({ circuits: ['A', 'G'], zones: [0] });

/** A value that can be trusted, with its text if it has one. */
const good = (value: number, text: string | null = null) => ({ value, text, quality: 'GOOD' });
const MISSING = { value: null, text: null, quality: 'MISSING' };
const FAILED = { value: null, text: null, quality: 'FAILED' };

/**
 * Worked out by hand from the manual: floats are IEEE 754 with the low word first (49.5 is 0x42460000, so 0x0000 0x4246),
 * −1.0 (0xbf800000), 0xffff and, for the ground water pump, 0xfffe mean "not available".
 */
const ROWS: readonly (readonly [key: string, words: readonly number[], expected: object])[] = [
  ['temp_heat_pump_flow', [0x0000, 0x4246], good(49.5)],
  ['temp_outside', [0x3333, 0xc14b], good(-12.7)],
  ['temp_outside', [0x0000, 0xbf80], good(-1)],
  ['temp_outside', [0x0000, 0x0000], good(0)],
  ['temp_outside', [0x0000, 0xbf00], good(-0.5)],
  ['temp_outside_avg', [0x0000, 0xc220], good(-40)],
  ['temp_water_heater_top', [0x0000, 0x4283], good(65.5)],
  ['temp_cold_storage', [0x0000, 0xbf80], MISSING],
  ['temp_hgl_flow', [0x0000, 0x7fc0], MISSING],
  ['temp_hgl_flow', [0x0000, 0x7f80], MISSING],
  ['temp_hgl_flow', [0x0000, 0xff80], MISSING],
  ['humidity', [0x0000, 0x4234], good(45)],
  ['price_energy', [0xb333, 0x438f], good(0.2874)],
  ['price_energy', [0x0000, 0xbf80], MISSING],
  ['energy_heat_total', [0xf0cd, 0x46fa], good(32_120.4)],
  ['power_current_draw', [0x0000, 0x3ff0], good(1.875)],
  ['power_current', [0x0000, 0x4104], good(8.25)],
  ['power_solar_surplus', [0x0000, 0x0000], good(0)],
  ['charge_state_battery', [0x0055], good(85)],
  ['charge_state_battery', [0xffff], MISSING],
  ['failure_id', [0x01a5], good(421)],
  ['temp_water_switch_on', [0x002b], good(43)],
  ['temp_second_source_bivalence_1', [0xfff7], good(-9)],
  ['temp_second_source_bivalence_2', [0xffa6], good(-90)],
  ['status_system', [0x0003], good(3, 'holiday')],
  ['status_system', [0xffff], good(65_535, 'off')],
  ['status_smart_grid', [0x0003], good(3)],
  ['status_heat_pump', [0x0009], good(9, 'heating+defrosting')],
  ['evu_lock_status', [0x0000], good(0, 'locked')],
  ['state_compressor_1', [0x0001], good(1, 'on')],
  ['state_compressor_4', [0xffff], MISSING],
  ['state_compressor_1', [0x0002], FAILED],
  ['state_charge_pump', [0xffff], good(-1)],
  ['state_charge_pump', [0x0064], good(100)],
  ['pump_circulation', [0xffff], MISSING],
  ['mode_circuit_g', [0x0005], good(5, 'manual_cool')],
  ['curve_circuit_a', [0x0000, 0x3f00], good(0.5)],
  ['temp_room_target_heating_normal_circuit_a', [0x6666, 0x41aa], good(21.3)],
  ['temp_request_glt_kuehlen_100', [0x0000, 0x42c8], good(100)],
  ['request_pump_ground_water_external', [0xfffe], MISSING],
  ['temp_target_zone_1_room_8', [0x0000, 0x41ac], good(21.5)],
  ['relay_zone_1_room_1', [0x0002], good(2, 'on_cooling')],
];

describe('the values of a Navigator 2.0', () => {
  it.each(ROWS)('%s as %o', (key, words, expected) => {
    const sensor = sensors.find((candidate) => candidate.key === key);
    if (!sensor) throw new Error(`no sensor ${key}`);
    expect(new ReadingDecoder().decode(sensor, words, 0, 1_000)).toMatchObject(expected);
  });

  it('are at least twenty-five, of every kind', () => {
    const kinds = ROWS.map(([key]) => sensors.find((sensor) => sensor.key === key)?.register.dataType);
    expect(ROWS.length).toBeGreaterThanOrEqual(25);
    expect(new Set(kinds)).toStrictEqual(new Set(['FLOAT32', 'INT16', 'UINT16', 'BITFIELD16', 'BOOL']));
  });
});
