import { describe, expect, it } from 'vitest';
import { conversionFactor } from '../../src/domain/quantity.ts';
import { wordCount } from '../../src/domain/register.ts';
import { isReadable, isWritable, type Sensor } from '../../src/domain/sensor.ts';
import { checkConfig } from '../../src/drivers/config.ts';
import type { Driver } from '../../src/drivers/driver.ts';
import { DRIVERS } from '../../src/drivers/index.ts';
import { encode } from '../../src/modbus/codec.ts';
import { planReads } from '../../src/modbus/read-plan.ts';

/** What a sweep over one model with its example configs comes across. */
interface Visited {
  sensors: number;
  options: number;
  blocks: number;
  instructions: number;
  widgets: number;
  stateRules: number;
}

/** What must have been visited: a sweep that ends early is no sweep. */
const EXPECTED: Readonly<Record<string, Visited>> = {
  'idm/navigator_2_0': {
    sensors: 121 + 663,
    options: 73 + 846,
    blocks: 22 + 131,
    instructions: 5,
    widgets: 12,
    stateRules: 8,
  },
  // An air-to-air unit, an Altherma 4, a HomeHub and a DCOM.
  'daikin/altherma': {
    sensors: 2 + 120 + 53 + 32,
    options: 4 + 69 + 51 + 34,
    blocks: 1 + 18 + 12 + 10,
    instructions: 8,
    widgets: 2 + 6 + 6 + 5,
    stateRules: 20,
  },
  'luxtronik/luxtronik_2_1': {
    // 119 points, 50 of them of certain functions, and 12 flags.
    sensors: 81 + 131,
    options: 98 + 154,
    blocks: 23 + 33,
    instructions: 7,
    widgets: 12,
    stateRules: 8,
  },
  // A VVM S500 with nothing, any model with everything, an S1255, a VVM S320 with an outdoor unit.
  'nibe/s_series': {
    sensors: 92 + 309 + 160 + 159,
    options: 79 + 142 + 112 + 108,
    blocks: 58 + 146 + 96 + 87,
    instructions: 7,
    widgets: 4 * 6,
    stateRules: 11,
  },
};

function checkSensor(sensor: Sensor, visited: Visited): void {
  visited.sensors++;
  const { key, name, min, max, options, register, writeHazard, quantity, unit } = sensor;
  expect(key).toMatch(/^[a-z][a-z0-9_]*$/);
  expect(`${name.EN}|${name.DE}`).not.toMatch(/[{}]|^\||\|$/);
  expect(register.address).toBeGreaterThanOrEqual(0);
  expect(register.address + wordCount(register.dataType)).toBeLessThanOrEqual(0x1_0000);
  expect([1, 0.1, 0.01, 0.001, 10, 100]).toContain(register.scale);
  if (min !== null && max !== null) expect(min).toBeLessThan(max);
  if (writeHazard) expect(isWritable(sensor)).toBe(true);
  if (sensor.ambiguousNotAvailable) expect(register.notAvailable).toHaveLength(1);
  if (quantity) expect(conversionFactor(unit, quantity)).toBeGreaterThan(0);
  expect(sensor.source).not.toBe('');
  expect(new Set(options.map((option) => option.value)).size).toBe(options.length);
  expect(new Set(options.map((option) => option.name)).size).toBe(options.length);
  for (const option of options) {
    visited.options++;
    expect(option.name).toMatch(/^[a-z][a-z0-9_]*$/);
    expect(option.label.EN && option.label.DE).toBeTruthy();
  }
  if (isWritable(sensor)) checkLimits(sensor);
}

/** What the table says may be written must fit the register. */
function checkLimits({ key, min, max, register }: Sensor): void {
  for (const limit of [min, max]) {
    if (limit !== null) expect(encode(register, limit), `${key} at ${limit}`).toMatchObject({ ok: true });
  }
}

function checkPlan({ readRules }: Driver, sensors: readonly Sensor[], visited: Visited): void {
  const readable = sensors.filter(isReadable);
  const plan = planReads(readable, readRules);
  visited.blocks += plan.length;
  expect(plan.flatMap((block) => block.items)).toHaveLength(readable.length);
  const wordsOf = ({ register: { table, address, dataType } }: Sensor) =>
    Array.from({ length: wordCount(dataType) }, (_, index) => `${table} ${address + index}`);
  const defined = new Set(readable.flatMap(wordsOf));
  for (const { table, address, count } of plan) {
    expect(count).toBeLessThanOrEqual(readRules.maxWords);
    for (let word = address; word < address + count; word++) {
      const isSpannable = readRules.spannable.some(([from, to]) => from <= word && word <= to);
      expect(defined.has(`${table} ${word}`) || isSpannable, `${table} ${word}`).toBe(true);
    }
  }
}

/** Every key that a rule or a test names must be a sensor of some installation, every key of a view of its own one. */
function checkDescription(driver: Driver, visited: Visited): void {
  const { setupInstructions, exampleConfigs, configFields, stateRules } = driver;
  expect(setupInstructions.EN).toHaveLength(setupInstructions.DE.length);
  visited.instructions += setupInstructions.EN.length;
  visited.stateRules += stateRules.length;
  const all = Object.values(exampleConfigs).flatMap((config) => driver.sensors(config).map(({ key }) => key));
  expect(all).toStrictEqual(expect.arrayContaining([...driver.testKeys, ...stateRules.map(({ key }) => key)]));
  for (const config of Object.values(exampleConfigs)) {
    expect(checkConfig(configFields, config, [])).toStrictEqual(config);
    const sensors = driver.sensors(config);
    const keys = sensors.map(({ key }) => key);
    expect(keys).toContain(driver.probe(config).key);
    const { widgets } = driver.defaultDashboard(config);
    for (const widget of widgets) expect(keys).toStrictEqual(expect.arrayContaining([...widget.keys]));
    visited.widgets += widgets.length;
    const direct = sensors.flatMap(({ quantity }) => quantity ?? []);
    expect(driver.capabilities(config).quantities).toStrictEqual(
      expect.arrayContaining([...direct, 'OPERATING_STATE']),
    );
  }
}

function sweep(driver: Driver): Visited {
  const visited: Visited = { sensors: 0, options: 0, blocks: 0, instructions: 0, widgets: 0, stateRules: 0 };
  for (const config of Object.values(driver.exampleConfigs)) {
    const sensors = driver.sensors(config);
    expect(new Set(sensors.map(({ key }) => key)).size).toBe(sensors.length);
    const places = sensors.map(({ register }) => `${register.table} ${register.address}`);
    expect(new Set(places).size).toBe(sensors.length);
    const quantities = sensors.flatMap(({ quantity, circuit }) => (quantity ? `${quantity} ${circuit}` : []));
    expect(new Set(quantities).size).toBe(quantities.length);
    for (const sensor of sensors) checkSensor(sensor, visited);
    checkPlan(driver, sensors, visited);
  }
  checkDescription(driver, visited);
  return visited;
}

describe('every driver', () => {
  it('is swept, all of it', () => {
    const swept = DRIVERS.map((driver) => [`${driver.manufacturer.id}/${driver.id}`, sweep(driver)]);
    expect(Object.fromEntries(swept)).toStrictEqual(EXPECTED);
    expect(swept).toHaveLength(Object.keys(EXPECTED).length);
    for (const [name] of swept) expect(name).toMatch(/^[a-z]+\/[a-z0-9_]+$/);
  });
});
