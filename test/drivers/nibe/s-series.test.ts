import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ModelConfig } from '../../../src/domain/model.ts';
import { wordCount } from '../../../src/domain/register.ts';
import type { Sensor, SensorCategory } from '../../../src/domain/sensor.ts';
import { sSeries } from '../../../src/drivers/nibe/s-series.ts';
import { planReads, type ReadBlock } from '../../../src/modbus/read-plan.ts';
import { type FactRow, readFacts } from '../../support/facts.ts';

const rows = readFacts('drivers/nibe/s-series.csv');
const { smallest, largest, groundSource, airSource } = sSeries.exampleConfigs as unknown as Record<
  'smallest' | 'largest' | 'groundSource' | 'airSource',
  Config
>;

type Config = ModelConfig & { model: string; climateSystems: number[]; outdoorUnits: number[]; accessories: string[] };
const config = (more: Partial<Config>): Config =>
  ({ model: 'other', climateSystems: [], outdoorUnits: [], accessories: [], ...more }) as Config;

/** The table "More addresses" of the facts: those of climate systems 5 to 8, and of outdoor units 2 to 4. */
const MORE_SYSTEMS: Readonly<Record<string, readonly number[]>> = {
  supply_temperature_bt2_cs1: [97, 96, 95, 94],
  calculated_supply_cs1: [123, 122, 121, 120],
  room_temperature_avg_bt50_cs1: [112, 111, 110, 109],
  // 224, of system 8, is also an AUX output, depending on the firmware: left out.
  heating_curve_cs1: [880, 879, 236],
  heating_offset_cs1: [884, 883, 882, 881],
  min_supply_cs1: [888, 887, 886, 885],
  max_supply_cs1: [892, 891, 890, 889],
  room_setpoint_heating_cs1: [955, 954, 953, 952],
};
const MORE_UNITS: Readonly<Record<string, readonly number[]>> = {
  outdoor_unit1_compressor_frequency: [1789, 1775, 1761],
  outdoor_unit1_return_bt3: [1430, 1385, 1340],
  outdoor_unit1_condenser_supply_bt12: [1433, 1388, 1343],
  outdoor_unit1_outdoor_bt28: [1617, 1613, 1609],
  outdoor_unit1_compressor_starts: [1444, 1399, 1354],
  outdoor_unit1_compressor_hours_total: [1446, 1401, 1356],
  outdoor_unit1_defrost: [1791, 1777, 1763],
  outdoor_unit1_alarm: [910, 885, 860],
};

/** The rows of the facts, with those that the table adds: like the row of the first system or unit but for its number. */
const facts: readonly FactRow[] = [
  ...rows,
  ...rows.flatMap((row) => (MORE_SYSTEMS[row.key ?? ''] ?? []).map((at, index) => systemRow(row, index + 5, at))),
  ...rows.flatMap((row) => (MORE_UNITS[row.key ?? ''] ?? []).map((at, index) => unitRow(row, index + 2, at))),
];

function systemRow(row: FactRow, n: number, address: number): FactRow {
  const entries = Object.entries(row).map(([name, text]) => [name, text.replace(/(system |cs)1/, `$1${n}`)]);
  return { ...Object.fromEntries(entries), address: String(address), applies: `climate_system:${n}`, source: 'V1.1' };
}

function unitRow(row: FactRow, n: number, address: number): FactRow {
  const entries = Object.entries(row).map(([name, text]) => [
    name,
    text.replace('unit1', `unit${n}`).replace('EB101', `EB10${n}`),
  ]);
  return { ...Object.fromEntries(entries), address: String(address), applies: `outdoor_unit:${n}`, source: 'V1.1' };
}

/** Whether the facts give a row to a unit: every clause but that of the firmware must fit. */
function isGiven({ applies }: FactRow, { model, climateSystems, outdoorUnits, accessories }: Config): boolean {
  return (applies ?? '').split('|').every((clause) => {
    const [name, list = ''] = clause.split(':');
    const values = list.split(';');
    if (name === 'model') return model === 'other' || values.includes(model);
    if (name === 'climate_system') return climateSystems.includes(Number(list));
    if (name === 'outdoor_unit') return outdoorUnits.includes(Number(list));
    if (name === 'accessory') return values.some((value) => accessories.includes(value));
    return true;
  });
}

/** Our category for a row: what can be written is stored or asked for, what measures goes by its unit. */
function categoryOf({ access, write_hazard: hazard, unit, data_type: type }: FactRow): SensorCategory {
  if (access === 'rw') return hazard === 'eeprom' ? 'SETPOINT' : 'CONTROL';
  if (type === 'bool') return 'BINARY';
  const byUnit = { '°C': 'TEMPERATURE', '%RH': 'HUMIDITY', kWh: 'ENERGY', kW: 'POWER', W: 'POWER' } as const;
  return unit && unit in byUnit ? byUnit[unit as keyof typeof byUnit] : 'STATUS';
}

/** Options of the facts with names as identifiers. A name may not begin with a digit. */
function optionsOf(text: string | undefined): string | null {
  const named = (text ?? '').toLowerCase().replace(/[ /]/g, '_');
  return named.replace('10_days_continuous', 'ten_days_continuous') || null;
}

const numberOrNull = (text: string | undefined) => (text ? Number(text) : null);
const isTwoWords = (type: string) => ['INT32', 'UINT32', 'BITFIELD32'].includes(type);

/** A row of the facts in the words of the domain. */
function expected(row: FactRow): object {
  const dataType = row.data_type === 'bitfield' ? 'BITFIELD32' : (row.data_type ?? '').toUpperCase();
  return {
    key: row.key,
    name: { EN: row.name_en, DE: row.name_de },
    category: categoryOf(row),
    table: row.table?.toUpperCase(),
    address: Number(row.address),
    dataType,
    wordOrder: row.word_order?.toUpperCase() || null,
    writeWordOrder: isTwoWords(dataType) ? 'BIG' : null,
    scale: Number(row.scale),
    offset: Number(row.offset),
    unit: row.unit || null,
    access: row.access === 'rw' ? 'READ_WRITE' : 'READ_ONLY',
    min: numberOrNull(row.min),
    max: numberOrNull(row.max),
    step: numberOrNull(row.step),
    options: optionsOf(row.enum),
    writeHazard: row.write_hazard?.toUpperCase() || null,
    notAvailable: row.na_value ? [Number(row.na_value)] : [],
  };
}

function actual({ register, options, ...rest }: Sensor): object {
  const { key, name, category, unit, access, min, max, step, writeHazard } = rest;
  const { table, address, dataType, scale, offset, notAvailable } = register;
  return {
    ...{ key, name, category, unit, access, min, max, step, writeHazard },
    ...{ table, address, dataType, scale, offset },
    wordOrder: isTwoWords(dataType) ? register.wordOrder : null,
    writeWordOrder: isTwoWords(dataType) ? register.writeWordOrder : null,
    options: options.map((option) => `${option.value}=${option.name}`).join(';') || null,
    notAvailable: [...notAvailable],
  };
}

const byKey = (a: object, b: object) => ('key' in a && 'key' in b ? String(a.key).localeCompare(String(b.key)) : 0);
const keysOf = (unit: Config) => sSeries.sensors(unit).map(({ key }) => key);
const all = sSeries.sensors(largest);

function sensor(key: string): Sensor {
  const found = all.find((candidate) => candidate.key === key);
  if (!found) throw new Error(`no ${key}`);
  return found;
}

describe('the sensors of an S-series', () => {
  it('are the 254 rows of the facts, with 31 of further climate systems and 24 of further outdoor units', () => {
    expect(rows).toHaveLength(254);
    expect(facts).toHaveLength(254 + 31 + 24);
    expect(all.map(actual).sort(byKey)).toStrictEqual(facts.map(expected).sort(byKey));
  });

  // Counted in the facts: rows without any clause, and those whose only clause names the model.
  it.each([
    ['S1155', 140],
    ['S1256', 148],
    ['S735', 127],
    ['VVM-S325', 116],
    ['SVM-S332', 98],
    ['VVM-S500', 92],
    ['SMO-S40', 114],
    ['S2125', 106],
    ['other', 156],
  ])('are for a bare %s the %d rows that the facts give it', (model, count) => {
    const bare = config({ model });
    expect(keysOf(bare)).toHaveLength(count);
    expect(keysOf(bare).sort()).toStrictEqual(
      facts
        .filter((row) => isGiven(row, bare))
        .map(({ key }) => key ?? '')
        .sort(),
    );
  });

  it.each([
    ['climate system 1', { climateSystems: [1] }, 20],
    ['climate system 2', { climateSystems: [2] }, 14],
    ['climate system 3', { climateSystems: [3] }, 8],
    ['climate system 5', { climateSystems: [5] }, 8],
    ['climate system 8, without its curve', { climateSystems: [8] }, 7],
    ['outdoor unit 1', { outdoorUnits: [1] }, 23],
    ['outdoor unit 4', { outdoorUnits: [4] }, 8],
    ['a pool', { accessories: ['POOL'] }, 6],
    ['an exhaust air module', { accessories: ['S135'] }, 6],
    ['a room unit', { accessories: ['RMU-S40'] }, 3],
    ['a room sensor', { accessories: ['THS10'] }, 1],
  ] as const)('are more with %s', (_, more, count) => {
    const unit = config(more as unknown as Partial<Config>);
    expect(keysOf(unit)).toHaveLength(156 + count);
    expect(keysOf(unit).sort()).toStrictEqual(
      facts
        .filter((row) => isGiven(row, unit))
        .map(({ key }) => key ?? '')
        .sort(),
    );
  });

  it('name their source, and how well it is founded', () => {
    const founded = (key: string) => `${sensor(key).confidence}: ${sensor(key).source}`;
    const exported = 'FIELD: register export of a real unit, yozik04/nibe nibe/data';
    expect(founded('outdoor_temperature_bt1')).toBe(`${exported}/s1155_s1255.csv`);
    expect(founded('outdoor_unit1_return_bt3')).toBe(`${exported}/smos40.csv`);
    expect(founded('power_limitation')).toBe(`${exported}/smos40.csv, firmware 4.7.5 or newer`);
    expect(founded('outdoor_unit2_return_bt3')).toMatch(/^MANUFACTURER: NIBE "Modbus register S-serien V1.1"/);
    expect(founded('room_temperature_bt50_cs3')).toBe(`${exported}/s1155_s1255.csv`);
    expect(founded('room_temperature_bt50_cs4')).toMatch(/^MANUFACTURER: NIBE "Modbus register/);
    expect(founded('aux_modbus_function')).toMatch(/^MANUFACTURER: NIBE M12676, 12\/2024 .* block compressors$/);
    expect(founded('sg_ready_request')).toMatch(/^COMMUNITY: evcc .*firmware 4.7.5 or newer, evcc#26035$/);
    for (const row of rows.filter(({ source }) => source?.startsWith('yozik04/nibe nibe/data'))) {
      if (sensor(row.key ?? '').confidence === 'MANUFACTURER') expect(row.source).toContain('NIBE M12676');
      else expect(sensor(row.key ?? '').source).toContain(/^[^ ]+ [^ ;]+/.exec(row.source ?? '')?.[0]);
    }
    const count = (confidence: string) => all.filter((candidate) => candidate.confidence === confidence).length;
    // Rows of the manual alone, of the list alone, the two of AUX, and those that the table adds.
    expect(count('MANUFACTURER')).toBe(6 + 7 + 2 + 31 + 24);
    expect(count('COMMUNITY')).toBe(2);
  });
});

describe('the quantities of an S-series', () => {
  const quantities = (unit: Config) =>
    Object.fromEntries(
      sSeries
        .sensors(unit)
        .flatMap(({ key, quantity, circuit }) => (quantity ? [[`${quantity} ${circuit}`, key]] : [])),
    );

  it('are those of the unit with a compressor of its own', () => {
    expect(quantities(groundSource)).toStrictEqual({
      'OUTDOOR_TEMPERATURE null': 'outdoor_temperature_bt1',
      'FLOW_TEMPERATURE 1': 'supply_temperature_bt2_cs1',
      'RETURN_TEMPERATURE null': 'return_temperature_bt3',
      'HOT_WATER_TEMPERATURE null': 'hot_water_top_bt7',
      'SOURCE_IN_TEMPERATURE null': 'brine_in_bt10',
      'SOURCE_OUT_TEMPERATURE null': 'brine_out_bt11',
      'FLOW_TEMPERATURE null': 'condenser_supply_bt12',
      'ROOM_TEMPERATURE 1': 'room_temperature_bt50_cs1',
      'FLOW_TARGET_TEMPERATURE 1': 'calculated_supply_cs1',
      'FLOW_RATE null': 'flow_bf1',
      'COMPRESSOR_FREQUENCY null': 'compressor_frequency',
      'COMPRESSOR_STARTS null': 'compressor_starts',
      'COMPRESSOR_RUN_TIME null': 'compressor_hours_total',
      'ELECTRICAL_POWER null': 'energy_log_power',
      'HEAT_ENERGY_HOT_WATER null': 'heat_meter_hot_water_total',
      'HEAT_ENERGY_HEATING null': 'heat_meter_heating_total',
      'HEAT_ENERGY null': 'energy_production_total',
      'ELECTRICAL_ENERGY null': 'energy_consumption_total',
      'FAULT null': 'alarm_number',
      'SMART_GRID_STATE null': 'sg_ready_mode',
      'ROOM_TARGET_TEMPERATURE 1': 'room_setpoint_heating_cs1',
    });
  });

  it('are those of a single outdoor unit where there is one', () => {
    expect(quantities(config({ outdoorUnits: [2] }))).toMatchObject({
      'FLOW_TEMPERATURE null': 'outdoor_unit2_condenser_supply_bt12',
      'RETURN_TEMPERATURE null': 'outdoor_unit2_return_bt3',
      'COMPRESSOR_FREQUENCY null': 'outdoor_unit2_compressor_frequency',
      'COMPRESSOR_STARTS null': 'outdoor_unit2_compressor_starts',
      'COMPRESSOR_RUN_TIME null': 'outdoor_unit2_compressor_hours_total',
    });
  });

  it('are none of several outdoor units, of which no one speaks for the whole', () => {
    const several = quantities(config({ model: 'VVM-S320', outdoorUnits: [1, 2] }));
    expect(Object.values(several).filter((key) => key.startsWith('outdoor_unit'))).toStrictEqual([]);
    expect(several).toMatchObject({ 'RETURN_TEMPERATURE null': 'return_temperature_bt3' });
    expect(several).not.toHaveProperty('COMPRESSOR_FREQUENCY null');
  });

  it('do not include a COP: the electrical power is that of compressor and additional heat, the heat that of neither', () => {
    expect(sSeries.capabilities(airSource).quantities).not.toContain('COP');
  });
});

describe('reading an S-series', () => {
  const planOf = (unit: ModelConfig) => planReads(sSeries.sensors(unit), sSeries.readRules);

  /** The addresses a plan touches in a table, neighbouring ones as a run. */
  function runs(plan: readonly ReadBlock[], table: string): string {
    const found: [number, number][] = [];
    for (const { address, count } of plan.filter((block) => block.table === table)) {
      const last = found.at(-1);
      if (last && last[1] + 1 === address) last[1] = address + count - 1;
      else found.push([address, address + count - 1]);
    }
    return found.map(([from, to]) => (from === to ? from : `${from}-${to}`)).join(' ');
  }

  // The runs are written down from the facts; every one is a request, and two where it is longer than 20 words.
  it('takes a ground-source heat pump 96 requests', () => {
    const plan = planOf(groundSource);
    expect(runs(plan, 'HOLDING')).toBe(
      '11-12 18 20 22 26 30 34 38-45 51 56 58-66 92-93 95-97 102-104 173 180-185 202 206 210 218 222 225 227 237 679 ' +
        '697 720 760-762 843 967 975 988 1052 2740-2741 3032 5008-5009 5017 5208 5213 5217 5222 5390 5986-5987 6007-6008 6012',
    );
    expect(runs(plan, 'INPUT')).toBe(
      '1 5 7-14 16 19-20 26 37-40 46-51 86 88 116 119 140 142 279-280 396-399 1017-1019 1025-1029 1033-1034 1038 ' +
        '1046-1048 1058 1063 1069-1070 1078 1083-1084 1087-1088 1091-1092 1094 1100 1102 1104 1120-1121 1530 1567 ' +
        '1575-1578 1583-1586 1911 1975-1976 2014 2019-2022 2129 2132 2166-2167 2195-2196 2283-2286 2289-2294 2297-2302 ' +
        '2305-2306 2308 3821-3824',
    );
    expect(plan).toHaveLength(45 + 51);
  });

  it('takes an indoor module with an outdoor unit 87 requests', () => {
    const plan = planOf(airSource);
    expect(runs(plan, 'HOLDING')).toBe(
      '11-12 18 20 22 26 30 34 38-45 51 56 58-66 92-93 95 102-104 173 180-185 202 206 210 225 227 237 697 720 760 843 ' +
        '967 975 988 1052 2740-2741 3032 5008-5009 5017 5208 5213 5217 5222 5390 5986-5987 6007-6008 6012',
    );
    expect(runs(plan, 'INPUT')).toBe(
      '1 5 7-9 19-20 26 37-40 46-51 72 116 119 142 279-280 396-401 406-407 550-551 555 1017-1019 1025-1029 1033-1034 ' +
        '1038 1058 1063 1066 1069-1070 1078 1102 1120-1121 1475 1478-1481 1484-1485 1489-1494 1567 1575-1586 1621-1622 ' +
        '1636 1802-1803 1805 1854 1911 1975-1976 2014 2195-2196 2283-2306 3821-3824',
    );
    // 2283 to 2306 are 24 words.
    expect(plan).toHaveLength(42 + 44 + 1);
  });

  it('never asks for more than 20 registers at once', () => {
    expect(Math.max(...planOf(largest).map(({ count }) => count))).toBe(20);
    expect(planOf(smallest).length).toBe(58);
  });

  /** Holding registers not to be read: reboot loops, numbers that two symbols share, and text. */
  const FORBIDDEN = [
    [224, 224],
    [3215, 3264],
    [4000, 4102],
    [2027, 2106],
    [3104, 3943],
  ] as const;

  it('never touches an address that is no register of the unit, or that may hurt it, whatever the config', () => {
    const [models = [], systems = [], units = [], accessories = []] = sSeries.configFields.map((field) =>
      field.options.map(({ value }) => value),
    );
    const anyConfig = fc.record({
      model: fc.constantFrom(...models),
      climateSystems: fc.subarray(systems),
      outdoorUnits: fc.subarray(units),
      accessories: fc.subarray(accessories),
    });
    const everything = { climateSystems: systems, outdoorUnits: units, accessories };
    const examples = models.map((model): [ModelConfig] => [{ model, ...everything }]);
    let words = 0;
    const check = (unit: ModelConfig) => {
      const own = new Set(
        sSeries
          .sensors(unit)
          .flatMap(({ register: { table, address, dataType } }) =>
            Array.from({ length: wordCount(dataType) }, (_, index) => `${table} ${address + index}`),
          ),
      );
      for (const { table, address, count } of planOf(unit)) {
        for (let at = address; at < address + count; at++) {
          words++;
          expect(own).toContain(`${table} ${at}`);
          const isForbidden = table === 'HOLDING' && FORBIDDEN.some(([from, to]) => from <= at && at <= to);
          expect(isForbidden, `${table} ${at}`).toBe(false);
        }
      }
    };
    fc.assert(fc.property(anyConfig, check), { numRuns: 50, examples, seed: 1 });
    expect(models).toHaveLength(13);
    expect(words).toBeGreaterThan(50 * 112);
  });

  it('has no two registers that share a word', () => {
    const words = all.flatMap(({ register: { table, address, dataType } }) =>
      Array.from({ length: wordCount(dataType) }, (_, index) => `${table} ${address + index}`),
    );
    // 309 registers, 50 of them of two words: 44 of the rows, and starts and hours of three more outdoor units.
    expect(words).toHaveLength(309 + 44 + 6);
    expect(new Set(words).size).toBe(words.length);
  });

  it('is probed at input 1, and refused by exception 1 alone', () => {
    const { key, plausible } = sSeries.probe(largest);
    expect(sensor(key).register).toMatchObject({ table: 'INPUT', address: 1 });
    expect(plausible).toStrictEqual([-60, 70]);
    expect(sSeries.refusals).toStrictEqual([1]);
    expect(sSeries.lineRules).toMatchObject({ maxWordsPerSecond: 100, oneWordFunction: 16 });
    expect([sSeries.defaultPort, sSeries.defaultUnitId]).toStrictEqual([502, 1]);
  });
});
