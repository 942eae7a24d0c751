import { describe, expect, it } from 'vitest';
import { quantityInfo } from '../../src/domain/quantity.ts';
import { wordCount } from '../../src/domain/register.ts';
import { isReadable, isWritable, type Sensor } from '../../src/domain/sensor.ts';
import { checkConfig } from '../../src/drivers/config.ts';
import type { Driver } from '../../src/drivers/driver.ts';
import { DRIVERS } from '../../src/drivers/index.ts';
import { encode } from '../../src/modbus/codec.ts';
import { planReads } from '../../src/modbus/read-plan.ts';

/** Every driver with its smallest and its largest config. */
const cases = DRIVERS.flatMap((driver) => [
  { driver, sensors: driver.sensors(driver.exampleConfigs.smallest) },
  { driver, sensors: driver.sensors(driver.exampleConfigs.largest) },
]);

const visited = { drivers: 0, sensors: 0, options: 0, blocks: 0, instructions: 0, widgets: 0 };

function checkSensor(sensor: Sensor): void {
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
  if (quantity && quantityInfo(quantity).unit) expect(unit).toBe(quantityInfo(quantity).unit);
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

function checkPlan({ readRules }: Driver, sensors: readonly Sensor[]): void {
  const readable = sensors.filter(isReadable);
  const plan = planReads(readable, readRules);
  visited.blocks += plan.length;
  expect(plan.flatMap((block) => block.items)).toHaveLength(readable.length);
  const defined = new Set(
    readable.flatMap((s) => Array.from({ length: wordCount(s.register.dataType) }, (_, i) => s.register.address + i)),
  );
  for (const { address, count } of plan) {
    for (let word = address; word < address + count; word++) {
      const isSpannable = readRules.spannable.some(([from, to]) => from <= word && word <= to);
      expect(defined.has(word) || isSpannable, `address ${word}`).toBe(true);
    }
  }
}

describe('every driver', () => {
  it.each(
    cases.map(
      ({ driver, sensors }) => [`${driver.manufacturer.id}/${driver.id}`, sensors.length, driver, sensors] as const,
    ),
  )('%s with %i sensors is consistent', (_, __, driver, sensors) => {
    visited.drivers++;
    expect(new Set(sensors.map(({ key }) => key)).size).toBe(sensors.length);
    const places = sensors.map(({ register }) => `${register.table} ${register.address}`);
    expect(new Set(places).size).toBe(sensors.length);
    const quantities = sensors.flatMap(({ quantity }) => quantity ?? []);
    expect(new Set(quantities).size).toBe(quantities.length);
    for (const sensor of sensors) checkSensor(sensor);
    checkPlan(driver, sensors);
  });

  it.each(DRIVERS.map((driver) => [`${driver.manufacturer.id}/${driver.id}`, driver] as const))(
    '%s describes itself',
    (_, driver) => {
      const { manufacturer, id, setupInstructions, exampleConfigs, configFields } = driver;
      expect(`${manufacturer.id}/${id}`).toMatch(/^[a-z]+\/[a-z0-9_]+$/);
      expect(setupInstructions.EN).toHaveLength(setupInstructions.DE.length);
      visited.instructions += setupInstructions.EN.length;
      for (const config of Object.values(exampleConfigs)) {
        expect(checkConfig(configFields, config, [])).toStrictEqual(config);
        const sensors = driver.sensors(config);
        const keys = sensors.map(({ key }) => key);
        expect(keys).toContain(driver.probe.key);
        expect(keys).toStrictEqual(expect.arrayContaining([...driver.testKeys]));
        const { widgets } = driver.defaultDashboard(config);
        for (const widget of widgets) expect(keys).toStrictEqual(expect.arrayContaining([...widget.keys]));
        visited.widgets += widgets.length;
        const quantities = sensors.flatMap(({ quantity }) => quantity ?? []);
        expect(driver.capabilities(config).quantities).toStrictEqual(quantities);
      }
    },
  );

  it('was visited, all of it', () => {
    expect(visited).toStrictEqual({
      drivers: 2,
      sensors: 121 + 663,
      options: 73 + 846,
      blocks: 22 + 131,
      instructions: 5,
      widgets: 12,
    });
    expect(new Set(DRIVERS.map((driver) => `${driver.manufacturer.id}/${driver.id}`)).size).toBe(DRIVERS.length);
  });
});
