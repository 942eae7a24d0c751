import { describe, expect, it } from 'vitest';
import type { Sensor } from '../../../src/domain/sensor.ts';
import { navigator20 } from '../../../src/drivers/idm/navigator-2-0.ts';
import { planReads } from '../../../src/modbus/read-plan.ts';
import { expandZones, type FactRow, readFacts } from '../../support/facts.ts';

const rows = readFacts('drivers/idm/navigator-2-0.csv');
const all = navigator20.sensors(navigator20.exampleConfigs.largest);

const ACCESS: Record<string, Sensor['access']> = { ro: 'READ_ONLY', rw: 'READ_WRITE', wo: 'WRITE_ONLY' };
const numberOrNull = (text: string | undefined) => (text ? Number(text) : null);

/**
 * Their rows name no "not available", yet −1.0 is one for every float that is not excepted (the facts' own list). Two are
 * never below 0; the thermal powers are while cooling, so theirs counts only if it persists.
 */
const MINUS_ONE_IS_MISSING: readonly (string | undefined)[] = [
  'power_current_draw',
  'energy_heat_total_flow_sensor',
  'power_current',
  'power_thermal',
];

/** A row of the facts in the words of the domain. */
function expected(row: FactRow): object {
  return {
    key: row.key,
    name: { EN: row.name_en, DE: row.name_de },
    category: row.category?.toUpperCase(),
    table: row.table?.toUpperCase(),
    address: Number(row.address),
    dataType: row.data_type?.toUpperCase(),
    wordOrder: row.word_order === 'little' ? 'LITTLE' : null,
    scale: Number(row.scale),
    offset: Number(row.offset),
    unit: row.unit || null,
    access: ACCESS[row.access ?? ''],
    min: numberOrNull(row.min),
    max: numberOrNull(row.max),
    step: numberOrNull(row.step),
    options: row.enum || null,
    writeHazard: row.write_hazard?.toUpperCase() || null,
    notAvailable: MINUS_ONE_IS_MISSING.includes(row.key) ? [-1] : row.na_value ? [Number(row.na_value)] : [],
  };
}

function actual({ register, options, ...sensor }: Sensor): object {
  const { key, name, category, unit, access, min, max, step, writeHazard } = sensor;
  const { table, address, dataType, wordOrder, scale, offset, notAvailable } = register;
  const isTwoWords = dataType === 'FLOAT32';
  return {
    ...{ key, name, category, unit, access, min, max, step, writeHazard, table, address, dataType, scale, offset },
    wordOrder: isTwoWords ? wordOrder : null,
    options: options.map((option) => `${option.value}=${option.name}`).join(';') || null,
    notAvailable: [...notAvailable],
  };
}

describe('the sensors of a Navigator 2.0', () => {
  it('are the 241 rows of the facts, 663 with every circuit, zone and room', () => {
    expect(rows).toHaveLength(241);
    const facts = expandZones(rows);
    expect(facts).toHaveLength(663);
    const byKey = (a: { key?: string }, b: { key?: string }) => (a.key ?? '').localeCompare(b.key ?? '');
    expect(all.map(actual).sort(byKey)).toStrictEqual(facts.map(expected).sort(byKey));
  });

  it('are only those of the circuits and zones that are installed', () => {
    const keys = (config: object) => navigator20.sensors(config as never).map(({ key }) => key);
    expect(keys({ circuits: [], zones: [] })).toHaveLength(121);
    expect(keys({ circuits: ['B'], zones: [] })).toHaveLength(121 + 16);
    expect(keys({ circuits: ['B'], zones: [9] })).toHaveLength(121 + 16 + 43);
    expect(keys({ circuits: ['B'], zones: [] })).toContain('curve_offset_b');
    expect(keys({ circuits: ['B'], zones: [] })).not.toContain('curve_offset_a');
    expect(keys({ circuits: [], zones: [9] })).toContain('temp_room_zone_10_room_8');
  });

  it('lie where the manual says, at the ends of every template', () => {
    const addressOf = (key: string) => all.find((sensor) => sensor.key === key)?.register.address;
    // Worked out by hand: first address + words per circuit * 6; 2000 + 65 * 9 + 7 * 7.
    expect(addressOf('temp_flow_current_circuit_g')).toBe(1362);
    expect(addressOf('curve_circuit_g')).toBe(1441);
    expect(addressOf('temp_threshold_cooling_circuit_a')).toBe(1484);
    expect(addressOf('mode_zone_10')).toBe(2585);
    expect(addressOf('relay_zone_10_room_8')).toBe(2642);
    expect(addressOf('relay_zone_10_room_9')).toBe(2649);
  });

  it('trust the sentinel where it can also be real only if it persists', () => {
    const ambiguous = all.filter((sensor) => sensor.ambiguousNotAvailable).map(({ register }) => register.address);
    expect(ambiguous).toStrictEqual([1056, 1058, 1060, 1062, 1064, 1790, 4126]);
  });

  it('name their source, and admit what is not in the manual', () => {
    expect(all.every(({ source }) => /^iDM 812170, p\. \d+/.test(source))).toBe(true);
    const guessed = all.filter(({ confidence }) => confidence !== 'MANUFACTURER').map(({ key }) => key);
    expect(guessed).toHaveLength(9);
    expect(guessed).toContain('price_energy');
  });
});

describe('reading a Navigator 2.0', () => {
  const plan = planReads(
    all.filter(({ access }) => access !== 'WRITE_ONLY'),
    navigator20.readRules,
  );

  it('starts a request at each of the three overlaps', () => {
    for (const address of [1393, 1442, 1484]) {
      expect(plan.filter((block) => block.address === address)).toHaveLength(1);
      const before = plan.filter((block) => block.address < address && block.address + block.count > address);
      expect(before.every((block) => block.address + block.count === address + 1)).toBe(true);
    }
  });

  it('reads the mode of each room alone', () => {
    const modes = plan.filter((block) => block.items.some(({ key }) => /^mode_zone_\d+_room_\d$/.test(key)));
    expect(modes).toHaveLength(80);
    expect(modes.every((block) => block.count === 1)).toBe(true);
  });

  it('takes as few requests as the map allows', () => {
    // By hand: the gap-free runs of the manual, each cut into requests of at most 40 words that split no float, are
    // 74-79 82-86 1000-1006 1008-1015 1030-1034 1048-1067 1090-1093 1098-1106 1108-1118 1120-1124 1147-1152 1200-1211
    // 1220-1231 1350-1393(2) 1393-1399 1401-1442(2) 1442-1455 1457-1484 1484-1511 1650-1663 1690-1699 1710-1723
    // 1748-1763 1790-1793 1850-1858 1870-1874 4122-4123 4126-4129: 30. Of the zones, the first is a run of 58 words;
    // the relay of its room 9 makes a run of 59 with the next zone, nine times; the last relay stands alone:
    // 2 + 9 * 2 + 1. And 80 room modes, alone.
    expect(plan).toHaveLength(30 + 21 + 80);
    expect(Math.max(...plan.map(({ count }) => count))).toBeLessThanOrEqual(40);
  });
});
