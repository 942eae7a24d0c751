import { expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import type { Sensor } from '../../src/domain/sensor.ts';
import { isSetting } from '../../src/domain/settings-snapshot.ts';
import { addInput } from '../support/api.ts';
import { buildHouse } from '../support/house.ts';
import { HURRIED_DRIVERS } from '../support/hurried-drivers.ts';
import { startTestSimulator } from '../support/simulator.ts';

/** Written values are read back at once, for the simulated machine takes them at once. */
const QUICK = HURRIED_DRIVERS.map((driver) => ({
  ...driver,
  sensors: (...about: Parameters<typeof driver.sensors>) =>
    driver.sensors(...about).map((sensor) => ({ ...sensor, settleMs: 50 })),
}));
const COUNT = 30;

/** Settings of one word whose number is the word, and that wear. */
const isPlain = (sensor: Sensor) =>
  isSetting(sensor) &&
  sensor.writeHazard === 'EEPROM' &&
  ['UINT8', 'INT16', 'UINT16'].includes(sensor.register.dataType) &&
  sensor.register.scale === 1 &&
  sensor.options.length === 0 &&
  sensor.min !== null;

it('a restore of thirty settings writes each once, counts it, and has it confirmed', async () => {
  const config = { circuits: ['A', 'B', 'C', 'D', 'E', 'F', 'G'] };
  const simulator = await startTestSimulator({ config });
  const house = await buildHouse(systemClock, 60_000, QUICK);
  try {
    const { settings } = await house.manager.add({ ...addInput(simulator.port).input, config } as never);
    expect((await house.manager.read(settings.id)).ok).toBe(true);
    const words = ({ register: { table, address } }: Sensor) => simulator.device.read(table, address, 1);
    const present = new Map(
      house.manager.info(settings.id).snapshot?.readings.map(({ sensor, value }) => [sensor.key, value]),
    );
    const chosen = house.manager
      .info(settings.id)
      .sensors.filter((sensor) => isPlain(sensor) && (present.get(sensor.key) ?? -1) > (sensor.min ?? 0))
      .slice(0, COUNT);
    expect(chosen).toHaveLength(COUNT);
    const { id } = await house.settings.takeSnapshot(settings.id);
    const before = chosen.map(words);
    for (const { register, min } of chosen) simulator.device.write(register.table, register.address, [min ?? 0]);
    const after = chosen.map(words);
    expect(after).not.toStrictEqual(before);
    const written = simulator.device.writes.length;
    expect((await house.manager.read(settings.id)).ok).toBe(true);
    const { steps } = await house.settings.restore(id, null, 'restore:test');
    const differing = chosen.filter((_, index) => String(before[index]) !== String(after[index]));
    expect(steps.map(({ key }) => key)).toStrictEqual(differing.map(({ key }) => key));
    expect(steps.map(({ write }) => write?.state)).toStrictEqual(differing.map(() => 'CONFIRMED'));
    expect(differing.length).toBeGreaterThan(COUNT - 5);
    expect(chosen.map(words)).toStrictEqual(before);
    expect(simulator.device.writes.length - written).toBe(differing.length);
    const wear = await house.manager.wear(settings.id);
    expect(wear.map(({ key, writes }) => [key, writes])).toStrictEqual(differing.map(({ key }) => [key, 1]));
  } finally {
    await house.close();
    await simulator.close();
  }
}, 60_000);
