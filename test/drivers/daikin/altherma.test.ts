import { describe, expect, it } from 'vitest';
import type { DeviceIdentity } from '../../../src/domain/model.ts';
import { operatingState } from '../../../src/domain/operating-state.ts';
import { isWritable, type Sensor, type SensorCategory } from '../../../src/domain/sensor.ts';
import type { Reading } from '../../../src/domain/snapshot.ts';
import { altherma } from '../../../src/drivers/daikin/altherma.ts';
import { ReadingDecoder } from '../../../src/heatpumps/reading-decoder.ts';
import { checkWriteValue, type WriteInput } from '../../../src/heatpumps/write-value.ts';
import { encode } from '../../../src/modbus/codec.ts';
import { planReads } from '../../../src/modbus/read-plan.ts';
import { type FactRow, readFacts } from '../../support/facts.ts';

const rows = readFacts('drivers/daikin/altherma.csv');

/** Each variant by the tag that the facts give it. */
const TAGS = {
  homehub: 'gateway:homehub',
  'homehub-a2a': 'gateway:homehub-a2a',
  altherma4: 'model:altherma4',
  dcom: 'gateway:dcom',
} as const;
type Variant = keyof typeof TAGS;
const VARIANTS = Object.keys(TAGS) as Variant[];

const sensorsOf = (variant: Variant, identity?: DeviceIdentity) => altherma.sensors({ variant }, identity);
const ofMmi = (...features: string[]): DeviceIdentity => ({
  firmware: null,
  features,
  isExpectedVersion: features.length === 1,
});

function sensor(variant: Variant, key: string): Sensor {
  const found = sensorsOf(variant).find((candidate) => candidate.key === key);
  if (!found) throw new Error(`${variant} has no ${key}`);
  return found;
}

function readingOf(variant: Variant, key: string, word: number): Reading {
  return new ReadingDecoder().decode(sensor(variant, key), [word], 0, 0);
}

/** The readings of one poll, with what the driver makes of several at once. */
function refined(variant: Variant, words: Readonly<Record<string, number>>): Record<string, string> {
  const readings = Object.entries(words).map(([key, word]) => readingOf(variant, key, word));
  const made = altherma.refine?.(readings) ?? [];
  expect(made.map((reading) => reading.sensor)).toStrictEqual(readings.map((reading) => reading.sensor));
  return Object.fromEntries(made.map(({ sensor: { key }, text, quality }) => [key, text ?? quality]));
}

const OFF_ON = '0=off;1=on';
const numberOrNull = (text: string | undefined) => (text ? Number(text) : null);

/** Our category for a row: what can be written is stored or asked for, what measures goes by its unit. */
function categoryOf({ category, access, write_hazard, enum: options, table, unit }: FactRow): SensorCategory {
  if (access === 'rw') return write_hazard === 'cyclic' ? 'CONTROL' : 'SETPOINT';
  if (unit === '°C') return 'TEMPERATURE';
  if (category === 'power') return 'POWER';
  return table === 'discrete' || options === OFF_ON ? 'BINARY' : 'STATUS';
}

/** A row of the facts in the words of the domain. */
function expected(facts: FactRow): object {
  // Whatever is written to it restarts the unit, so it is offered for reading only.
  const isRestart = facts.key === 'model_restart_execute_a4';
  const row = isRestart ? { ...facts, access: 'ro', write_hazard: '' } : facts;
  return {
    key: row.key,
    name: { EN: row.name_en, DE: row.name_de },
    category: categoryOf(row),
    table: row.table?.toUpperCase(),
    address: Number(row.address),
    dataType: row.data_type?.toUpperCase(),
    wordOrder: 'BIG',
    scale: Number(row.scale),
    offset: Number(row.offset),
    unit: row.unit || null,
    access: row.access === 'rw' ? 'READ_WRITE' : 'READ_ONLY',
    min: numberOrNull(row.min),
    max: numberOrNull(row.max),
    step: numberOrNull(row.step),
    options: row.enum || null,
    writeHazard: row.write_hazard?.toUpperCase() || null,
    notAvailable: row.na_value ? row.na_value.split(';').map(Number) : [],
  };
}

function actual({ register, options, ...rest }: Sensor): object {
  const { key, name, category, unit, access, min, max, step, writeHazard } = rest;
  const { table, address, dataType, wordOrder, scale, offset, notAvailable } = register;
  return {
    ...{ key, name, category, unit, access, min, max, step, writeHazard },
    ...{ table, address, dataType, wordOrder, scale, offset },
    options: options.map((option) => `${option.value}=${option.name}`).join(';') || null,
    notAvailable: [...notAvailable],
  };
}

describe('the sensors of an Altherma', () => {
  it.each([
    ['homehub', 53],
    ['homehub-a2a', 2],
    ['altherma4', 120],
    ['dcom', 32],
  ] as const)('are for the variant %s the %d rows that the facts give it', (variant, count) => {
    const facts = rows.filter((row) => row.applies?.split(';').includes(TAGS[variant]));
    expect(facts).toHaveLength(count);
    const byKey = (a: object, b: object) => ('key' in a && 'key' in b ? String(a.key).localeCompare(String(b.key)) : 0);
    expect(sensorsOf(variant).map(actual).sort(byKey)).toStrictEqual(facts.map(expected).sort(byKey));
  });

  it('are, over all variants, all rows of the facts', () => {
    expect(rows).toHaveLength(164);
    const keys = new Set(VARIANTS.flatMap((variant) => sensorsOf(variant).map(({ key }) => key)));
    expect([...keys].sort()).toStrictEqual(rows.map(({ key }) => key).sort());
  });

  it('lie one apart behind a HomeHub and a DCOM', () => {
    expect(sensor('homehub', 'outdoor_temp').register.address).toBe(43);
    expect(sensor('dcom', 'outdoor_temp_dcom').register.address).toBe(44);
    expect(sensor('homehub', 'dhw_reheat_setpoint').register.address).toBe(9);
    expect(sensor('dcom', 'dhw_reheat_setpoint_dcom').register.address).toBe(10);
  });

  it('follow the interface version of an Altherma 4, and are offered for both while it is not known', () => {
    const only = (identity?: DeviceIdentity) => {
      const keys = sensorsOf('altherma4', identity).map(({ key }) => key);
      const versioned = ['di_imposed_limit_accepted', 'model_restart_execute_a4', 'time_until_model_restart'];
      return [keys.length, ...versioned.filter((key) => keys.includes(key))];
    };
    expect(only(ofMmi('mmi<4'))).toStrictEqual([117, 'di_imposed_limit_accepted']);
    expect(only(ofMmi('mmi>=4'))).toStrictEqual([119, 'model_restart_execute_a4', 'time_until_model_restart']);
    expect(only()).toHaveLength(4);
    expect(only(ofMmi())).toStrictEqual([116]);
    expect(sensorsOf('homehub', ofMmi())).toHaveLength(53);
  });

  it('name their source by the printed number, and how well it is founded', () => {
    const founded = (variant: Variant, key: string) => {
      const { source, confidence } = sensor(variant, key);
      return `${confidence}: ${source}`;
    };
    expect(founded('homehub', 'outdoor_temp')).toBe('MANUFACTURER: Daikin 4P744838-1D, 9.2.2 no. 44');
    expect(founded('homehub', 'quiet_mode')).toBe('MANUFACTURER: Daikin 4P744838-1D, 9.2.1 no. 9');
    expect(founded('altherma4', 'outdoor_temp')).toBe('COMMUNITY: joklee/ha_daikin_altherma4_modbus, input 44');
    expect(founded('altherma4', 'smart_grid_mode')).toMatch(/^FIELD: .*holding 56, evcc#29243$/);
    expect(founded('altherma4', 'coil_room_cooling_schedule_add')).toMatch(/^COMMUNITY: gerione\//);
    expect(founded('dcom', 'outdoor_temp_dcom')).toBe('COMMUNITY: Lenti84/Tasmota_for_UniGateway, input 44');
    expect(founded('dcom', 'quiet_mode_dcom')).toMatch(/^ASSUMED: /);
    expect(founded('dcom', 'lwt_main_heating_setpoint_dcom')).toMatch(/^MANUFACTURER: /);
    for (const row of rows.filter(({ source }) => source?.includes('assumed'))) {
      expect(sensor('dcom', row.key ?? '').confidence).toBe('ASSUMED');
    }
  });
});

describe('a word of an Altherma', () => {
  // By hand: Int16 as is, Temp16 and Pow16 are two's complement hundredths; three raw numbers mean "not available".
  it.each([
    ['homehub', 'outdoor_temp', 0xfd76, -6.5, null, 'GOOD'],
    ['homehub', 'outdoor_temp', 0xffff, -0.01, null, 'GOOD'],
    ['homehub', 'outdoor_temp', 0x0000, 0, null, 'GOOD'],
    ['homehub', 'leaving_water_temp_buh', 0x0dfb, 35.79, null, 'GOOD'],
    ['homehub', 'dhw_temp', 0x7ffd, null, null, 'MISSING'],
    ['homehub', 'dhw_temp', 0x7ffe, null, null, 'MISSING'],
    ['homehub', 'room_temp_main', 0x7fff, null, null, 'MISSING'],
    ['homehub', 'dhw_temp', 0x7ffc, 327.64, null, 'GOOD'],
    ['homehub', 'dhw_temp', 0x8000, -327.68, null, 'GOOD'],
    ['homehub', 'flow_rate', 0x07d6, 20.06, null, 'GOOD'],
    ['homehub', 'power_consumption', 0x00e7, 2.31, null, 'GOOD'],
    ['homehub', 'dhw_reheat_setpoint', 0x0030, 48, null, 'GOOD'],
    ['homehub', 'lwt_main_heating_offset', 0xfff6, -10, null, 'GOOD'],
    ['homehub', 'lwt_main_heating_setpoint_max', 0x157c, 55, null, 'GOOD'],
    ['homehub', 'lwt_add_heating_setpoint', 0x7ffe, null, null, 'MISSING'],
    ['homehub', 'operation_mode', 0x0002, 2, 'cooling', 'GOOD'],
    ['homehub', 'operation_mode', 0x7ffe, null, null, 'MISSING'],
    ['homehub', 'operation_mode', 0x0007, 7, null, 'GOOD'],
    ['homehub', 'smart_grid_mode', 0x0003, 3, 'forced_on', 'GOOD'],
    ['homehub', 'power_limit_general', 0x07d0, 20, null, 'GOOD'],
    ['homehub', 'weather_dependent_mode_main', 0x0003, 3, 'weather_dependent_scheduled', 'GOOD'],
    ['homehub', 'unit_abnormality', 0x0002, 2, 'warning', 'GOOD'],
    ['homehub', 'unit_abnormality_code', 0x5538, null, 'U8', 'GOOD'],
    ['homehub', 'unit_abnormality_code', 0x7ffe, null, null, 'MISSING'],
    ['homehub', 'unit_abnormality_code', 0x0102, null, null, 'FAILED'],
    ['homehub', 'unit_abnormality_subcode', 0x7ffe, null, null, 'MISSING'],
    ['homehub', 'three_way_valve', 0x0001, 1, 'dhw', 'GOOD'],
    ['homehub-a2a', 'power_limit_demand_a2a', 0x00fa, 2.5, null, 'GOOD'],
    ['altherma4', 'demand_response_mode', 0x0002, 2, 'forced_on', 'GOOD'],
    ['altherma4', 'demand_response_mode', 0x0003, 3, 'recommended_on', 'GOOD'],
    ['altherma4', 'quiet_mode_a4', 0x0002, 2, 'on_manual', 'GOOD'],
    ['altherma4', 'room_heating_setpoint_main_a4', 0x0866, 21.5, null, 'GOOD'],
    ['altherma4', 'room_heating_setpoint_main_int_a4', 0x0015, 21, null, 'GOOD'],
    ['altherma4', 'water_pressure', 0x00a3, 1.63, null, 'GOOD'],
    ['altherma4', 'model_restart_execute_a4', 0x7fff, null, null, 'MISSING'],
    ['altherma4', 'di_defrost', 1, 1, null, 'GOOD'],
    ['altherma4', 'coil_dhw_on', 0, 0, null, 'GOOD'],
    ['dcom', 'outdoor_temp_dcom', 0xff38, -2, null, 'GOOD'],
    ['dcom', 'operation_mode_actual_dcom', 0x0000, 0, null, 'GOOD'],
  ] as const)('of %s, %s: %i', (variant, key, word, value, text, quality) => {
    expect(readingOf(variant, key, word)).toMatchObject({ value, text, quality });
  });
});

describe('the fault code of an Altherma', () => {
  it.each([
    [0x3748, 19, '7H-19'],
    [0x5538, 15, 'U8-15'],
    [0x5538, 5, 'U8-05'],
    [0x4131, 0, 'A1-00'],
    [0x4131, 99, 'A1-99'],
    [0x4131, 100, 'A1'],
    [0x4131, 0xffff, 'A1'],
    [0x4131, 32765, 'A1'],
    [0x4131, 32766, 'A1'],
    [0x4131, 32767, 'A1'],
    [0x0000, 19, 'MISSING'],
    [0x2020, 19, 'MISSING'],
    [0x4100, 19, 'MISSING'],
    [0x0102, 19, 'FAILED'],
    [32765, 32765, 'MISSING'],
    [32766, 32766, 'MISSING'],
    [32767, 32767, 'MISSING'],
  ])('is of the words %d and %d: %s', (code, subCode, text) => {
    // 0x37 is "7", 0x48 "H", 0x55 "U", 0x38 "8", 0x41 "A", 0x31 "1".
    const hub = { unit_abnormality: 1, unit_abnormality_code: code, unit_abnormality_subcode: subCode };
    expect(refined('homehub', hub).unit_abnormality_code).toBe(text);
    const dcom = { unit_abnormality_subcode_dcom: subCode, unit_abnormality_code_dcom: code };
    expect(refined('dcom', dcom).unit_abnormality_code_dcom).toBe(text);
  });

  it('needs no sub code, and leaves other readings as they are', () => {
    expect(refined('homehub', { unit_abnormality_code: 0x5538 })).toStrictEqual({ unit_abnormality_code: 'U8' });
    expect(refined('homehub', { operation_mode: 2, outdoor_temp: 32766 })).toStrictEqual({
      operation_mode: 'cooling',
      outdoor_temp: 'MISSING',
    });
  });
});

describe('what an Altherma is doing', () => {
  /** The operating state that these raw words mean; null: unknown. */
  function stateOf(variant: Variant, words: Readonly<Record<string, number>>): string | null {
    const readings = Object.entries(words).map(([key, word]) => readingOf(variant, key, word));
    return operatingState(altherma.stateRules, readings).text;
  }

  // Behind a HomeHub and a DCOM: fault, defrost or start, forced off, then compressor, three-way valve and mode.
  it.each([
    [{ unit: 1, defrost: 1, compressor: 1, valve: 1, mode: 1 }, 'FAULT'],
    [{ unit: 2, defrost: 1, compressor: 1, valve: 1, mode: 1 }, 'DEFROST'],
    [{ unit: 0, defrost: 0, compressor: 1, valve: 1, mode: 1 }, 'HOT_WATER'],
    [{ unit: 0, defrost: 0, compressor: 1, valve: 1, mode: 2 }, 'HOT_WATER'],
    [{ unit: 0, defrost: 0, compressor: 1, valve: 0, mode: 1 }, 'HEATING'],
    [{ unit: 0, defrost: 0, compressor: 1, valve: 0, mode: 2 }, 'COOLING'],
    [{ unit: 0, defrost: 0, compressor: 0, valve: 1, mode: 1 }, 'IDLE'],
    [{ unit: 32766, defrost: 32766, compressor: 32766, valve: 0, mode: 1 }, null],
  ])('is behind a HomeHub or a DCOM, of %o: %s', (words, state) => {
    const named = (suffix: string) => ({
      [`unit_abnormality${suffix}`]: words.unit,
      [`defrost_startup${suffix}`]: words.defrost,
      [`compressor_running${suffix}`]: words.compressor,
      [`three_way_valve${suffix}`]: words.valve,
      [`operation_mode_actual${suffix}`]: words.mode,
    });
    expect(stateOf('homehub', named(''))).toBe(state);
    expect(stateOf('dcom', named('_dcom'))).toBe(state);
  });

  it('is blocked while forced off, with an air-to-air unit too', () => {
    const idle = { unit_abnormality: 0, defrost_startup: 0, compressor_running: 0 };
    expect(stateOf('homehub', { ...idle, smart_grid_mode: 1 })).toBe('BLOCKED');
    expect(stateOf('homehub', { ...idle, smart_grid_mode: 2 })).toBe('IDLE');
    expect(stateOf('homehub-a2a', { smart_grid_mode_a2a: 1 })).toBe('BLOCKED');
    expect(stateOf('homehub-a2a', { smart_grid_mode_a2a: 0 })).toBeNull();
  });

  it('is what an Altherma 4 says itself', () => {
    const quiet = { unit_abnormality: 0, di_defrost: 0, demand_response_mode: 0, defrost_startup: 1 };
    expect(stateOf('altherma4', { ...quiet, unit_operation_mode: 0 })).toBe('IDLE');
    expect(stateOf('altherma4', { ...quiet, unit_operation_mode: 1 })).toBe('HOT_WATER');
    expect(stateOf('altherma4', { ...quiet, unit_operation_mode: 2 })).toBe('HEATING');
    expect(stateOf('altherma4', { ...quiet, unit_operation_mode: 3 })).toBe('COOLING');
    expect(stateOf('altherma4', { ...quiet, unit_operation_mode: 2, di_defrost: 1 })).toBe('DEFROST');
    expect(stateOf('altherma4', { ...quiet, unit_operation_mode: 0, demand_response_mode: 1 })).toBe('BLOCKED');
    expect(stateOf('altherma4', { ...quiet, unit_operation_mode: 2, unit_abnormality: 1 })).toBe('FAULT');
    expect(stateOf('altherma4', { ...quiet, unit_operation_mode: 0, smart_grid_mode: 1 })).toBe('IDLE');
  });
});

describe('a value written to an Altherma', () => {
  const PATHS = { key: ['key'], value: ['value'] };
  const wordsFor = (variant: Variant, key: string, value: WriteInput) =>
    checkWriteValue(sensor(variant, key), value, PATHS).words;

  it.each([
    ['homehub', 'dhw_reheat_setpoint', 48, 48],
    ['homehub', 'lwt_main_heating_offset', -3, 0xfffd],
    ['homehub', 'smart_grid_mode', 'recommended_on', 2],
    ['homehub', 'power_limit_general', 4.2, 420],
    ['homehub', 'power_limit_recommended_on', 0.01, 1],
    ['homehub-a2a', 'power_limit_demand_a2a', 20, 2000],
    ['altherma4', 'room_heating_setpoint_main_a4', 21.3, 2130],
    ['altherma4', 'dhw_boost_setpoint', 85, 8500],
    ['altherma4', 'coil_dhw_on', true, 1],
    ['altherma4', 'coil_add_zone_on', 0, 0],
    ['homehub', 'dhw_booster_on', true, 1],
    ['homehub', 'quiet_mode', false, 0],
    ['dcom', 'lwt_main_heating_setpoint_dcom', 25, 25],
  ] as const)('of %s, %s = %s', (variant, key, value, word) => {
    expect(wordsFor(variant, key, value)).toStrictEqual([word]);
  });

  it.each([
    ['homehub', 'dhw_reheat_setpoint', 48.5, 'must be a multiple of 1'],
    ['homehub', 'dhw_reheat_setpoint', 61, 'must be a number from 30 to 60 °C'],
    ['homehub', 'lwt_main_heating_offset', -11, 'must be a number from -10 to 10 K'],
    ['homehub', 'power_limit_general', 20.01, 'must be a number from 0 to 20 kW'],
    ['homehub', 'lwt_main_heating_setpoint', 32766, 'means "not available" to the device'],
    ['homehub', 'smart_grid_mode', 4, 'must be one of free_running (0)'],
    ['homehub', 'smart_grid_mode', true, 'must be one of free_running (0)'],
    ['altherma4', 'weather_dependent_heating_main_a4', true, 'must be one of fixed (0), weather_dependent (1)'],
    ['homehub', 'outdoor_temp', 5, 'is read-only'],
    ['altherma4', 'room_heating_setpoint_main_a4', 21.25, 'must be a multiple of 0.1'],
    ['altherma4', 'coil_dhw_on', 2, 'must be from 0 to 1'],
    ['altherma4', 'di_defrost', 1, 'is read-only'],
    ['dcom', 'lwt_main_heating_setpoint_dcom', 24, 'must be a number from 25 to 55 °C'],
  ] as const)('of %s is refused: %s = %s', (variant, key, value, message) => {
    expect(() => wordsFor(variant, key, value)).toThrow(
      expect.objectContaining({ issues: [expect.objectContaining({ message: expect.stringContaining(message) })] }),
    );
  });

  it('never reaches the register that restarts the unit', () => {
    for (const identity of [undefined, ofMmi('mmi>=4'), ofMmi('mmi<4')]) {
      const writable = sensorsOf('altherma4', identity).filter(isWritable);
      const reached = writable.filter(({ register }) => register.table === 'HOLDING' && register.address === 80);
      expect(reached).toStrictEqual([]);
      expect(writable.every(({ writeMode }) => writeMode === null)).toBe(true);
    }
    for (const value of [0, 1, true]) {
      expect(() => wordsFor('altherma4', 'model_restart_execute_a4', value)).toThrow(
        expect.objectContaining({ issues: [{ path: ['key'], message: 'model_restart_execute_a4 is read-only' }] }),
      );
    }
  });

  it('fits its register at every limit', () => {
    const limits = VARIANTS.flatMap((variant) => sensorsOf(variant).filter(isWritable)).flatMap((writable) =>
      [writable.min, writable.max].flatMap((limit) => (limit === null ? [] : encode(writable.register, limit).ok)),
    );
    expect(limits.filter((fits) => !fits)).toStrictEqual([]);
    expect(limits.length).toBeGreaterThan(100);
  });
});

describe('reading an Altherma', () => {
  const requests = (variant: Variant, identity?: DeviceIdentity) =>
    planReads(sensorsOf(variant, identity), altherma.readRules).map(
      ({ table, address, count }) => `${table} ${address}-${address + count - 1}`,
    );

  it('takes a request for each run without gaps', () => {
    // By hand, from the addresses in the facts.
    const inputs = ['INPUT 20-22', 'INPUT 29-32', 'INPUT 34-37', 'INPUT 39-44', 'INPUT 48-60'];
    const settings = ['HOLDING 0-3', 'HOLDING 5-6', 'HOLDING 8-9'];
    expect(requests('homehub')).toStrictEqual([
      ...[...settings, 'HOLDING 11-12', 'HOLDING 52-58', 'HOLDING 60-60', 'HOLDING 62-66'],
      ...inputs,
    ]);
    expect(requests('homehub-a2a')).toStrictEqual(['HOLDING 1000-1001']);
    const early = [...settings, 'HOLDING 12-15', 'HOLDING 53-55', 'HOLDING 57-57', 'HOLDING 62-63', 'HOLDING 65-68'];
    expect(requests('altherma4', ofMmi('mmi>=4'))).toStrictEqual([
      ...[...early, 'HOLDING 73-80'],
      ...[...inputs, 'INPUT 62-86', 'INPUT 137-138'],
      ...['COIL 0-6', 'DISCRETE 0-24'],
    ]);
    expect(requests('altherma4', ofMmi('mmi<4'))).toStrictEqual([
      ...[...early, 'HOLDING 73-79'],
      ...[...inputs, 'INPUT 62-86'],
      ...['COIL 0-6', 'DISCRETE 0-25'],
    ]);
    expect(requests('dcom')).toStrictEqual([
      ...['HOLDING 1-4', 'HOLDING 6-7', 'HOLDING 9-10', 'HOLDING 12-13', 'HOLDING 53-55'],
      ...['INPUT 21-23', 'INPUT 30-33', 'INPUT 35-38', 'INPUT 40-45', 'INPUT 49-50'],
    ]);
  });
});
