import { describe, expect, it } from 'vitest';
import type { Sensor } from '../../src/domain/sensor.ts';
import { DRIVERS } from '../../src/drivers/index.ts';
import { checkWriteValue } from '../../src/heatpumps/write-value.ts';

/** What values are given back as, by the documents and projects named in the rows; all else is not for holding. */
const SAFE_VALUES: Readonly<Record<string, readonly string[]>> = {
  navigator_2_0: [
    'power_solar_surplus: power_solar_surplus=0',
    'temp_request_glt_heizen: temp_request_glt_heizen=0',
    'temp_request_glt_kuehlen_100: temp_request_glt_kuehlen_100=100',
    'request_heating: request_heating=0',
    'request_cooling: request_cooling=0',
  ],
  s_series: [
    'sg_ready_request: sg_ready_request=1',
    'power_limitation_active: power_limitation_active=0',
    'aux_modbus_state: aux_modbus_state=0',
    'pv_api_available_power: pv_api_available_power=0',
  ],
  altherma: ['smart_grid_mode: smart_grid_mode=0', 'smart_grid_mode_a2a: smart_grid_mode_a2a=0'],
  luxtronik_2_1: [
    ...['heating', 'hot_water', 'mc1_heat', 'mc2_heat', 'mc3_heat'].flatMap((block) =>
      ['mode', 'setpoint', 'offset', 'level'].map((point) => `${block}_${point}: ${block}_mode=0`),
    ),
    ...['mc1_cool', 'mc2_cool', 'mc3_cool'].flatMap((block) =>
      ['mode', 'setpoint', 'offset'].map((point) => `${block}_${point}: ${block}_mode=0`),
    ),
    ...['mode', 'offset', 'level'].map((point) => `heating_overall_${point}: heating_overall_mode=0`),
    ...['heating', 'hot_water', 'cooling', 'pool'].map((what) => `lock_${what}: lock_${what}=0`),
    'lpc_mode: lpc_mode=0',
    'pc_limit: pc_limit=30',
    'circulation_request: circulation_request=0',
  ],
};

/** The sensors of all example installations, each once. */
function sensorsOf(driver: (typeof DRIVERS)[number]): Map<string, Sensor> {
  const all = Object.values(driver.exampleConfigs).flatMap((config) => driver.sensors(config));
  return new Map(all.map((sensor) => [sensor.key, sensor]));
}

describe('what may be written again and again', () => {
  it.each(DRIVERS.map((driver) => [driver.id, driver] as const))(
    'is given back as a safe value, where it can be held: %s',
    (id, driver) => {
      const sensors = sensorsOf(driver);
      const holdable = [...sensors.values()].flatMap(({ key, hold, writeHazard }) => {
        if (!hold) return [];
        const { release, refreshMs } = hold;
        const released = sensors.get(release.key);
        if (!released) throw new Error(`${key} is given back by ${release.key}, which there is not`);
        checkWriteValue(released, release.value, { key: [key], value: [key] });
        expect(writeHazard, key).toBe('CYCLIC');
        // The strictest device forgets values after ten minutes.
        expect(refreshMs, key).toBe(300_000);
        return [`${key}: ${release.key}=${release.value}`];
      });
      expect(holdable.toSorted()).toStrictEqual([...(SAFE_VALUES[id] ?? [])].toSorted());
      expect(holdable.length).toBeGreaterThan(0);
    },
  );

  it('stands beside what wears', () => {
    const pairs = DRIVERS.flatMap((driver) => {
      const sensors = sensorsOf(driver);
      return [...sensors.values()].flatMap(({ key, volatileTwin, writeHazard }) => {
        if (!volatileTwin) return [];
        expect([writeHazard, sensors.get(volatileTwin)?.writeHazard], key).toStrictEqual(['EEPROM', 'CYCLIC']);
        return [[key, volatileTwin]];
      });
    });
    expect(pairs).toStrictEqual([
      ['temp_external_request_heating', 'temp_request_glt_heizen'],
      ['temp_external_request_cooling', 'temp_request_glt_kuehlen_100'],
    ]);
  });

  it('is told from what wears by a budget, where somebody names one', () => {
    expect(DRIVERS.map(({ id, wear }) => [id, wear?.writes ?? null])).toStrictEqual([
      ['navigator_2_0', 300_000],
      ['altherma', 175_000],
      ['luxtronik_2_1', null],
      ['s_series', null],
    ]);
  });
});
