import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../../src/domain/clock.ts';
import type { DeviceIdentity, ModelConfig } from '../../../src/domain/model.ts';
import { operatingState } from '../../../src/domain/operating-state.ts';
import type { Sensor, SensorCategory } from '../../../src/domain/sensor.ts';
import { failedReading, type Reading } from '../../../src/domain/snapshot.ts';
import { luxtronik21 } from '../../../src/drivers/luxtronik/luxtronik-2-1.ts';
import { ReadingDecoder } from '../../../src/heatpumps/reading-decoder.ts';
import { checkWriteValue, type WriteInput } from '../../../src/heatpumps/write-value.ts';
import { allowCidrs } from '../../../src/modbus/address.ts';
import { createLines } from '../../../src/modbus/lines.ts';
import { planReads } from '../../../src/modbus/read-plan.ts';
import { type FactRow, readFacts } from '../../support/facts.ts';
import { type Answer, type ScriptedServer, startScriptedServer } from '../../support/scripted-server.ts';

const rows = readFacts('drivers/luxtronik/luxtronik-2-1.csv');
const AUTO: ModelConfig = { functions: 'auto' };
const all = luxtronik21.sensors(AUTO);
const points = all.filter(({ register }) => register.table !== 'DISCRETE');
const flags = all.filter(({ register }) => register.table === 'DISCRETE');

const unit = (firmware: string | null, ...features: string[]): DeviceIdentity => ({
  firmware,
  features,
  isExpectedVersion: true,
});

function sensor(key: string): Sensor {
  const found = all.find((candidate) => candidate.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
}

const readingOf = (key: string, words: readonly number[]) => new ReadingDecoder().decode(sensor(key), words, 0, 0);

const TWO_VALUES = [/^0=off;1=on$/, /^0=no;1=yes$/];

/** Our category for a row: what can be written is for now only, what measures goes by its unit. */
function categoryOf({ access, unit, enum: options }: FactRow): SensorCategory {
  if (access === 'rw') return 'CONTROL';
  if (unit === '°C') return 'TEMPERATURE';
  if (unit === 'kWh') return 'ENERGY';
  if (unit === 'kW') return 'POWER';
  return TWO_VALUES.some((pattern) => pattern.test(options ?? '')) ? 'BINARY' : 'STATUS';
}

/** Temperatures published as unsigned decode the same as signed ones but below zero, where unsigned is wrong. */
function dataTypeOf({ data_type, unit, address }: FactRow): string | undefined {
  if (unit === '°C') return 'INT16';
  // Only 0 and 1 are valid at the outputs and contacts.
  if (Number(address) >= 10350 && Number(address) <= 10361) return 'BOOL';
  return data_type === 'bitfield' ? 'BITFIELD16' : data_type?.toUpperCase();
}

/** What a missing sensor is replaced by is no value either: 75.0 °C in the tank and the mixing circuits, 5.0 °C outside. */
const SUBSTITUTES: Readonly<Record<string, number>> = {
  hot_water_temp: 750,
  mc1_temp: 750,
  mc2_temp: 750,
  mc3_temp: 750,
  return_external_temp: 50,
};

const numberOrNull = (text: string | undefined) => (text ? Number(text) : null);

/** A row of the facts in the words of the domain. */
function expected(row: FactRow): object {
  const substitute = SUBSTITUTES[row.key ?? ''];
  return {
    key: row.key,
    name: { EN: row.name_en, DE: row.name_de },
    category: categoryOf(row),
    table: row.table?.toUpperCase(),
    address: Number(row.address),
    dataType: dataTypeOf(row),
    wordOrder: row.word_order?.toUpperCase(),
    writeWordOrder: row.word_order?.toUpperCase(),
    scale: Number(row.scale),
    offset: Number(row.offset),
    unit: row.unit || null,
    access: row.access === 'rw' ? 'READ_WRITE' : 'READ_ONLY',
    min: numberOrNull(row.min),
    max: numberOrNull(row.max),
    step: numberOrNull(row.step),
    options: row.enum || null,
    writeHazard: row.write_hazard === 'cyclic (600 s)' ? 'CYCLIC' : null,
    notAvailable: [...(row.na_value ? [Number(row.na_value)] : []), ...(substitute ? [substitute] : [])],
  };
}

function actual({ register, options, ...rest }: Sensor): object {
  const { key, name, category, unit, access, min, max, step, writeHazard } = rest;
  const { table, address, dataType, wordOrder, writeWordOrder, scale, offset, notAvailable } = register;
  return {
    ...{ key, name, category, unit, access, min, max, step, writeHazard },
    ...{ table, address, dataType, wordOrder, writeWordOrder, scale, offset },
    options: options.map((option) => `${option.value}=${option.name}`).join(';') || null,
    notAvailable: [...notAvailable],
  };
}

const byKey = (a: object, b: object) => JSON.stringify(a).localeCompare(JSON.stringify(b));
const keysOf = (sensors: readonly Sensor[]) => sensors.map(({ key }) => key).sort();
const factKeys = (fits: (applies: string) => boolean) =>
  rows
    .filter(({ applies }) => fits(applies ?? ''))
    .map(({ key }) => key)
    .sort();

describe('the sensors of a Luxtronik 2.1', () => {
  it('are the 119 rows of the facts', () => {
    expect(rows).toHaveLength(119);
    expect(points.map(actual).sort(byKey)).toStrictEqual(rows.map(expected).sort(byKey));
  });

  it('are the twelve function flags too, one discrete input each', () => {
    expect(flags.map(({ key, register }) => [register.address, key])).toStrictEqual([
      [10000, 'function_heating'],
      [10001, 'function_hot_water'],
      [10002, 'function_cooling'],
      [10003, 'function_pool'],
      [10004, 'function_solar'],
      [10005, 'function_room_control_unit'],
      [10006, 'function_mc1_heating'],
      [10007, 'function_mc1_cooling'],
      [10008, 'function_mc2_heating'],
      [10009, 'function_mc2_cooling'],
      [10010, 'function_mc3_heating'],
      [10011, 'function_mc3_cooling'],
    ]);
    expect(flags.every(({ register, access }) => register.dataType === 'BOOL' && access === 'READ_ONLY')).toBe(true);
  });

  it('have a mode that goes with every setpoint, offset and level', () => {
    const blocks = { heating: 10000, hot_water: 10005, heating_overall: 10065 };
    const circuits = [1, 2, 3].flatMap((n) => [
      [`mc${n}_heat`, 10000 + 10 * n],
      [`mc${n}_cool`, 10005 + 10 * n],
    ]);
    const modes = { setpoint: 1, offset: 2, level: 3 };
    const wanted = [...Object.entries(blocks), ...circuits].flatMap(([block, address]) =>
      Object.entries(modes).map(([part, value]) => [`${block}_${part}`, { key: `${block}_mode`, address, value }]),
    );
    const present = wanted.filter(([key]) => rows.some((row) => row.key === key));
    // Nine blocks with three values each, but no level to cool by and no setpoint for all circuits.
    expect(present).toHaveLength(27 - 4);
    const withMode = all.flatMap(({ key, writeMode }) => (writeMode ? [[key, writeMode]] : []));
    expect(Object.fromEntries(withMode)).toStrictEqual(Object.fromEntries(present));
  });

  it('are those of the chosen functions', () => {
    const chosen = (...functions: string[]) => keysOf(luxtronik21.sensors({ functions }));
    const always = factKeys((applies) => !applies.includes('function:'));
    expect(chosen()).toHaveLength(69 + 12);
    expect(chosen().filter((key) => !key.startsWith('function_'))).toStrictEqual(always);
    // By hand: temperature, target, limits, pump and four settings; with cooling, three more settings.
    expect(chosen('mc2_heating')).toHaveLength(81 + 9);
    expect(chosen('mc2_cooling')).toHaveLength(81 + 6);
    expect(chosen('mc2_heating', 'mc2_cooling')).toHaveLength(81 + 12);
    expect(chosen('cooling')).toHaveLength(81 + 6);
    expect(chosen('pool')).toHaveLength(81 + 5);
    expect(chosen('room_control_unit')).toHaveLength(81 + 2);
    expect(chosen('solar')).toHaveLength(81 + 1);
  });

  it('are, with "auto", all but those of equipment the unit does not report', () => {
    const auto = (...features: string[]) => keysOf(luxtronik21.sensors(AUTO, unit('3.92.1', ...features)));
    const typical = auto('heating', 'hot_water', 'room_control_unit', 'mc1_heating');
    const EQUIPMENT = /function:(solar|mc[23])/;
    expect(typical).toStrictEqual(
      [...factKeys((applies) => !EQUIPMENT.test(applies)), ...flags.map(({ key }) => key)].sort(),
    );
    // Cooling is off now, which says nothing about the unit.
    expect(typical).toContain('cooling_status');
    expect(typical).toContain('mc1_cool_setpoint');
    expect(auto('heating')).not.toContain('room_temp');
    expect(auto('heating', 'mc3_cooling')).toContain('mc3_heat_setpoint');
    // A unit that refuses the flags.
    expect(auto()).toHaveLength(131);
    // What the config names is offered, whatever the unit reports now.
    const named = luxtronik21.sensors({ functions: ['mc2_heating'] }, unit('3.92.1', 'heating'));
    expect(keysOf(named)).toContain('mc2_heat_setpoint');
  });

  it('are those that the firmware has', () => {
    const of = (firmware: string | null) => keysOf(luxtronik21.sensors(AUTO, unit(firmware)));
    const since = (version: string) => factKeys((applies) => applies.includes(`firmware:>=${version}`));
    const names = flags.map(({ key }) => key);
    expect(of('3.90.1')).toStrictEqual([...since('3.90.1'), ...names].sort());
    expect(of('3.91.9')).toHaveLength(78 + 12);
    expect(of('3.92.0')).toStrictEqual([...since('3.90.1'), ...since('3.92.0'), ...names].sort());
    expect(of('3.92.0')).toHaveLength(118 + 12);
    expect(of('3.92.1')).toHaveLength(131);
    expect(of('3.100.0')).toHaveLength(131);
    expect(of('4.0.0')).toHaveLength(131);
    expect(of(null)).toHaveLength(131);
  });

  it('name their source, and how well it is founded', () => {
    const founded = (key: string) => `${sensor(key).confidence}: ${sensor(key).source}`;
    expect(founded('flow_temp')).toBe(
      'MANUFACTURER: ait 83026900aDE as quoted by Namotion.Interceptor, python-luxtronik',
    );
    expect(founded('pump_zip')).toMatch(/^MANUFACTURER: .*, unnamed in python-luxtronik$/);
    expect(founded('pool_configured')).toMatch(/^FIELD: /);
    expect(founded('firmware_minor')).toBe('COMMUNITY: python-luxtronik, Namotion.Interceptor');
    const unnamed = rows.filter(({ source }) => source?.includes('unnamed')).map(({ key }) => key);
    expect(
      all
        .filter(({ source }) => source.includes('unnamed'))
        .map(({ key }) => key)
        .sort(),
    ).toStrictEqual(unnamed.sort());
    expect(unnamed).toHaveLength(19);
  });

  it('show a write after a second', () => {
    expect(new Set(all.map(({ settleMs }) => settleMs))).toStrictEqual(new Set([1_000]));
  });

  it('speak for the circuits in the common vocabulary', () => {
    const quantities = all.flatMap(({ key, quantity, circuit }) => (quantity ? [`${key} ${quantity} ${circuit}`] : []));
    expect(quantities.filter((line) => line.startsWith('mc2'))).toStrictEqual([
      'mc2_temp FLOW_TEMPERATURE 2',
      'mc2_target FLOW_TARGET_TEMPERATURE 2',
    ]);
    expect(quantities.filter((line) => line.endsWith('null'))).toHaveLength(22);
  });
});

describe('the words of a Luxtronik 2.1', () => {
  // By hand: tenths in two's complement, 32-bit values high word first, 0x7FFF and 0x7FFFFFFF mean "not available".
  it.each([
    ['outdoor_temp', [0xffc8], -5.6, null, 'GOOD'],
    ['outdoor_temp', [0xffff], -0.1, null, 'GOOD'],
    ['outdoor_temp', [0x0000], 0, null, 'GOOD'],
    ['outdoor_temp', [0x8000], -3276.8, null, 'GOOD'],
    ['outdoor_temp', [0x7ffe], 3276.6, null, 'GOOD'],
    ['outdoor_temp', [0x7fff], null, null, 'MISSING'],
    ['return_temp', [0x0123], 29.1, null, 'GOOD'],
    ['return_temp', [0xfffb], -0.5, null, 'GOOD'],
    ['flow_temp', [0x0147], 32.7, null, 'GOOD'],
    ['return_external_temp', [0x0032], null, null, 'MISSING'],
    ['return_external_temp', [0x0033], 5.1, null, 'GOOD'],
    ['hot_water_temp', [0x02ee], null, null, 'MISSING'],
    ['hot_water_temp', [0x02ed], 74.9, null, 'GOOD'],
    ['mc3_temp', [0x02ee], null, null, 'MISSING'],
    ['mc3_temp', [0x7fff], null, null, 'MISSING'],
    ['hot_water_max', [0x02ee], 75, null, 'GOOD'],
    ['heating_power', [0xffea], -2.2, null, 'GOOD'],
    ['heating_power', [0x0054], 8.4, null, 'GOOD'],
    ['electric_power', [0xffff], 6553.5, null, 'GOOD'],
    ['electric_power', [0x0015], 2.1, null, 'GOOD'],
    ['electric_power', [0x7fff], null, null, 'MISSING'],
    ['electric_energy_total', [0x0001, 0x0000], 6553.6, null, 'GOOD'],
    ['electric_energy_total', [0x0000, 0xffff], 6553.5, null, 'GOOD'],
    ['electric_energy_total', [0x0012, 0xd687], 123456.7, null, 'GOOD'],
    ['electric_energy_total', [0x7fff, 0xffff], null, null, 'MISSING'],
    ['electric_energy_total', [0x0000, 0x7fff], 3276.7, null, 'GOOD'],
    ['thermal_energy_pool', [0xffff, 0xfff6], -1, null, 'GOOD'],
    ['operating_hours_heat_pump', [0x0000, 0x7fff], 32767, null, 'GOOD'],
    ['operating_hours_heat_pump', [0x0001, 0x86a0], 100000, null, 'GOOD'],
    ['operating_hours_solar', [0x7fff, 0xffff], null, null, 'MISSING'],
    ['operating_hours_solar', [0x8000, 0x0000], 2147483648, null, 'GOOD'],
    ['heat_pump_status', [0x0000], 0, null, 'GOOD'],
    ['heat_pump_status', [0x0005], 5, 'compressor1_vd1+aux_heater1_zwe1', 'GOOD'],
    ['heat_pump_status', [0x0021], 33, null, 'GOOD'],
    ['heat_pump_status', [0x7fff], null, null, 'MISSING'],
    ['operation_mode', [4], 4, 'defrost', 'GOOD'],
    ['operation_mode', [8], 8, null, 'GOOD'],
    ['cooling_status', [0x7fff], null, null, 'MISSING'],
    ['error_number', [716], 716, null, 'GOOD'],
    ['cooling_configured', [1], 1, 'yes', 'GOOD'],
    ['extra_hot_water_remaining', [0x003c], 60, null, 'GOOD'],
    ['pump_zip', [1], 1, 'on', 'GOOD'],
    ['pump_zip', [0x7eff], null, null, 'FAILED'],
    ['pump_zip', [2], null, null, 'FAILED'],
    ['pump_zip', [0x7fff], null, null, 'MISSING'],
    ['firmware_minor', [0x5c], 92, null, 'GOOD'],
    ['heating_mode', [2], 2, 'offset', 'GOOD'],
    ['heating_offset', [0xffec], -2, null, 'GOOD'],
    ['heating_overall_mode', [1], 1, null, 'GOOD'],
    ['pc_limit', [0x012c], 30, null, 'GOOD'],
    ['lock_hot_water', [1], 1, 'locked', 'GOOD'],
    ['circulation_request', [2], 2, null, 'GOOD'],
    ['function_solar', [1], 1, 'active', 'GOOD'],
  ] as const)('of %s: %j', (key, words, value, text, quality) => {
    expect(readingOf(key, words)).toMatchObject({ value, text, quality });
  });
});

describe('a value for a Luxtronik 2.1', () => {
  const check = (key: string, value: WriteInput) => checkWriteValue(sensor(key), value, { key: ['k'], value: ['v'] });

  it.each([
    ['heating_setpoint', 32.5, [325]],
    ['heating_setpoint', 15, [150]],
    ['heating_setpoint', 75, [750]],
    ['heating_offset', -20, [0xff38]],
    ['heating_offset', 0, [0]],
    ['mc1_heat_offset', -0.1, [0xffff]],
    ['mc2_cool_setpoint', 18.3, [183]],
    ['hot_water_setpoint', 48, [480]],
    ['heating_mode', 'offset', [2]],
    ['hot_water_level', 'lowered', [3]],
    ['heating_overall_mode', 'level', [3]],
    ['lpc_mode', 'hard_limit', [2]],
    ['pc_limit', 4.2, [42]],
    ['lock_heating', 'locked', [1]],
    ['room_temp_setpoint', 21.5, [215]],
    ['extra_hot_water_request', 1, [1]],
  ] as const)('goes out as words: %s %s', (key, value, words) => {
    expect(check(key, value).words).toStrictEqual(words);
  });

  it.each([
    ['heating_setpoint', 14.9, /from 15 to 75 °C/],
    ['heating_setpoint', 75.1, /from 15 to 75 °C/],
    ['heating_setpoint', 32.55, /multiple of 0.1/],
    ['hot_water_setpoint', 29, /from 30 to 75 °C/],
    ['heating_offset', 20.1, /from -20 to 20 K/],
    ['mc3_heat_offset', -5.1, /from -5 to 5 K/],
    ['mc3_heat_setpoint', 66, /from 20 to 65 °C/],
    ['mc3_cool_setpoint', 4.9, /from 5 to 25 °C/],
    ['heating_mode', 4, /one of no_influence \(0\)/],
    ['heating_overall_mode', 1, /one of individual \(0\), offset \(2\), level \(3\)$/],
    ['lpc_mode', 3, /one of no_limit \(0\)/],
    ['pc_limit', 30.1, /from 0 to 30 kW/],
    ['pc_limit', -0.1, /from 0 to 30 kW/],
    ['circulation_request', 2, /one of off \(0\), on \(1\)/],
    ['room_temp_setpoint', 3276.7, /not available/],
    ['outdoor_temp', 1, /read-only/],
    ['function_heating', 1, /read-only/],
  ] as const)('is refused: %s %s', (key, value, message) => {
    expect(() => check(key, value)).toThrow(message);
  });
});

describe('reading a Luxtronik 2.1', () => {
  const plan = (config: ModelConfig, identity?: DeviceIdentity) =>
    planReads(luxtronik21.sensors(config, identity), luxtronik21.readRules);
  const runs = (blocks: ReturnType<typeof plan>, table: string) =>
    blocks
      .filter((block) => block.table === table)
      .map(({ address, count }) => (count === 1 ? `${address}` : `${address}-${address + count - 1}`));

  it('merges what adjoins and nothing else', () => {
    const blocks = plan(AUTO);
    expect(runs(blocks, 'DISCRETE')).toStrictEqual(['10000-10011']);
    // The runs of the facts; 10205 and 10206 are kept apart from their neighbours.
    expect(runs(blocks, 'INPUT')).toStrictEqual(
      '10000 10002-10004 10006-10007 10100-10113 10120-10124 10140-10143 10150-10153 10160-10163 10201-10204 10205-10206 10207 10300-10302 10310-10329 10350-10356 10360-10361 10400-10402 10404-10413 10416-10417 10500-10502'.split(
        ' ',
      ),
    );
    expect(runs(blocks, 'HOLDING')).toStrictEqual(
      '10000-10003 10005-10008 10010-10013 10015-10017 10020-10023 10025-10027 10030-10033 10035-10037 10040-10041 10050-10053 10060 10065-10067 10070-10071'.split(
        ' ',
      ),
    );
    expect(Math.max(...blocks.map(({ count }) => count))).toBe(20);
  });

  it('takes the number of requests that the runs of each unit make', () => {
    // By hand, discrete inputs + inputs + holdings.
    expect(plan({ functions: [] })).toHaveLength(1 + 16 + 6);
    expect(plan(AUTO)).toHaveLength(1 + 19 + 13);
    // Without mixing circuits 2 and 3 their inputs, FP2 and FP3 fall out, and the solar hours.
    const typical = unit('3.92.1', 'heating', 'hot_water', 'room_control_unit', 'mc1_heating');
    expect(plan(AUTO, typical)).toHaveLength(1 + 17 + 9);
    expect(runs(plan(AUTO, typical), 'INPUT')).toStrictEqual(expect.arrayContaining(['10350-10351', '10354-10356']));
    // Before 3.92: no levels, no room, no outputs, no hours, and two locks instead of four.
    expect(plan(AUTO, unit('3.90.3'))).toHaveLength(1 + 14 + 10);
    expect(runs(plan(AUTO, unit('3.90.3')), 'HOLDING')).toContain('10052-10053');
  });
});

describe('a point of an inactive function', () => {
  /** Readings of one poll of a unit with this firmware, of which cooling and mixing circuit 2 are off. */
  const poll = ([major, minor, patch]: readonly [number, number, number]) => {
    const words: Readonly<Record<string, readonly number[]>> = {
      firmware_major: [major],
      firmware_minor: [minor],
      firmware_patch: [patch],
      function_cooling: [0],
      function_pool: [1],
      function_mc1_heating: [0],
      function_mc1_cooling: [1],
      function_mc2_heating: [0],
      function_mc2_cooling: [0],
      outdoor_temp: [0],
      cooling_status: [0],
      pool_status: [1],
      mc1_target: [200],
      mc1_min: [0],
      mc2_target: [0],
      mc2_heat_setpoint: [350],
      cooling_release: [0x7fff],
    };
    return Object.entries(words).map(([key, word]) => readingOf(key, word));
  };
  const missingOf = (readings: readonly Reading[]) =>
    readings.filter(({ quality }) => quality === 'MISSING').map(({ sensor: { key } }) => key);

  it('is missing, not 0, with a firmware that cannot say so', () => {
    const readings = poll([3, 90, 3]);
    const refined = luxtronik21.refine?.(readings) ?? [];
    expect(missingOf(refined)).toStrictEqual([
      'cooling_status',
      'mc1_min',
      'mc2_target',
      'mc2_heat_setpoint',
      'cooling_release',
    ]);
    expect(
      refined
        .filter(({ quality }) => quality === 'MISSING')
        .every(({ value, text }) => value === null && text === null),
    ).toBe(true);
    expect(refined.map((reading) => reading.sensor)).toStrictEqual(readings.map((reading) => reading.sensor));
  });

  it('that could not be read stays so', () => {
    const readings = poll([3, 90, 3]).map((reading) =>
      reading.sensor.key === 'cooling_status' ? failedReading(reading.sensor) : reading,
    );
    const status = luxtronik21.refine?.(readings).find(({ sensor: { key } }) => key === 'cooling_status');
    expect(status?.quality).toBe('FAILED');
  });

  it('speaks for itself with a later one, and where it is not known what is active', () => {
    const later = poll([3, 92, 0]);
    expect(luxtronik21.refine?.(later)).toBe(later);
    const unknown = poll([3, 90, 3]).filter(({ sensor: { key } }) => !key.startsWith('function_'));
    expect(missingOf(luxtronik21.refine?.(unknown) ?? [])).toStrictEqual(['cooling_release']);
    const withoutVersion = poll([3, 90, 3]).filter(({ sensor: { key } }) => key !== 'firmware_minor');
    expect(missingOf(luxtronik21.refine?.(withoutVersion) ?? [])).toStrictEqual(['cooling_release']);
  });
});

describe('the operating state of a Luxtronik 2.1', () => {
  const stateOf = (error: number, mode: number) =>
    operatingState(luxtronik21.stateRules, [readingOf('error_number', [error]), readingOf('operation_mode', [mode])]);

  it.each([
    [0, 0, 'HEATING'],
    [0, 1, 'HOT_WATER'],
    [0, 2, 'POOL'],
    [0, 3, 'BLOCKED'],
    [0, 4, 'DEFROST'],
    [0, 5, 'IDLE'],
    [0, 6, null],
    [0, 7, 'COOLING'],
    [0, 8, null],
    [716, 5, 'FAULT'],
    [716, 0, 'FAULT'],
    [0x7fff, 5, 'IDLE'],
    [0, 0x7fff, null],
  ] as const)('with error %d and mode %d is %s', (error, mode, text) => {
    expect(stateOf(error, mode).text).toBe(text);
  });
});

describe('a Luxtronik 2.1 that is asked what it is', () => {
  let server: ScriptedServer | null = null;
  afterEach(() => server?.close());

  /** Asks a server that answers reads of the firmware (function 4) and of the flags (function 2) so. */
  async function ask(firmware: Answer, functions: Answer) {
    server = await startScriptedServer(({ functionCode }) => (functionCode === 4 ? firmware : functions));
    const endpoint = { host: '127.0.0.1', port: server.port, unitId: 1, timeoutMs: 200 };
    const line = createLines(systemClock, allowCidrs(['127.0.0.0/8'])).open({
      ...endpoint,
      ...luxtronik21.lineRules,
      pauseMs: 0,
    });
    const identity = await luxtronik21.identify?.(line, AUTO);
    line.close();
    return identity;
  }
  const answer = (...bytes: number[]): Answer => ({ pdu: Buffer.from(bytes) });
  const version = (major: number, minor: number, patch: number) => answer(4, 6, 0, major, 0, minor, 0, patch);
  // Lowest bit first: heating, hot water, room unit and mixing circuit 1 heating are bits 0, 1, 5 and 6; bit 11 is the last.
  const FLAGS = answer(2, 2, 0b0110_0011, 0b0000_1000);

  it('tells its firmware and active functions', async () => {
    expect(await ask(version(3, 92, 1), FLAGS)).toStrictEqual({
      ok: true,
      value: {
        firmware: '3.92.1',
        features: ['heating', 'hot_water', 'room_control_unit', 'mc1_heating', 'mc3_cooling'],
        isExpectedVersion: true,
      },
    });
    const pdus = server?.requests.map(({ pdu }) => [...pdu]);
    // 0x28A0 is 10400, 0x2710 is 10000.
    expect(pdus).toStrictEqual([
      [4, 0x28, 0xa0, 0, 3],
      [2, 0x27, 0x10, 0, 12],
    ]);
  });

  it.each([
    [[3, 90, 1], true],
    [[3, 90, 0], false],
    [[3, 9, 99], false],
    [[2, 88, 3], false],
    [[0, 0, 0], false],
  ] as const)('speaks this interface with firmware %j: %s', async ([major, minor, patch], isExpectedVersion) => {
    const identity = await ask(version(major, minor, patch), FLAGS);
    expect(identity).toMatchObject({ ok: true, value: { firmware: `${major}.${minor}.${patch}`, isExpectedVersion } });
  });

  it('may refuse the flags', async () => {
    const refused = await ask(version(3, 92, 1), answer(0x82, 1));
    expect(refused).toMatchObject({ ok: true, value: { firmware: '3.92.1', features: [] } });
  });

  it('is not known while it does not answer, or has no firmware to tell', async () => {
    expect(await ask(answer(0x84, 2), FLAGS)).toMatchObject({ ok: false, error: { code: 'EXCEPTION' } });
    expect(await ask(version(3, 92, 1), 'SILENCE')).toMatchObject({ ok: false, error: { code: 'NO_ANSWER' } });
  });
});

describe('what a Luxtronik 2.1 can do', () => {
  it('follows its functions', () => {
    const { capabilities } = luxtronik21;
    expect(capabilities({ functions: [] })).toMatchObject({ cooling: false, pool: false, solar: false, circuits: [] });
    expect(capabilities({ functions: ['mc2_cooling', 'solar'] })).toMatchObject({
      cooling: true,
      pool: false,
      solar: true,
      circuits: ['2'],
    });
    expect(capabilities(AUTO)).toMatchObject({ cooling: true, pool: true, solar: true, circuits: ['1', '2', '3'] });
  });
});
