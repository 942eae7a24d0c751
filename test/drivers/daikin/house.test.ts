import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../src/domain/snapshot.ts';
import type { Simulator, SimulatorOptions } from '../../../src/simulator/simulator.ts';
import { FakeClock } from '../../support/fake-clock.ts';
import { buildHouse, type House, nextEvent } from '../../support/house.ts';
import { startTestSimulator } from '../../support/simulator.ts';

const HOUR_MS = 3_600_000;
const SETTLE_MS = 15_000;

let clock: FakeClock;
let house: House;
let simulator: Simulator;

beforeEach(async () => {
  clock = new FakeClock();
  house = await buildHouse(clock, HOUR_MS);
});

afterEach(async () => {
  await house.close();
  await simulator.close();
});

/** Adds a simulated heat pump of this variant and returns its first readings. */
async function add(variant: string, options: Partial<SimulatorOptions> = {}): Promise<Snapshot> {
  simulator = await startTestSimulator({ model: 'daikin/altherma', config: { variant }, ...options });
  simulator.device.force(variant === 'dcom' ? 'unit_abnormality_code_dcom' : 'unit_abnormality_code', 0x3748);
  simulator.device.force(variant === 'dcom' ? 'unit_abnormality_subcode_dcom' : 'unit_abnormality_subcode', 19);
  const polled = nextEvent(house.bus, 'snapshot');
  await house.manager.add({
    ...{ name: 'Home', manufacturer: 'daikin', model: 'altherma', config: { variant } },
    connection: { host: '127.0.0.1', port: simulator.port },
  });
  clock.advance(0);
  return polled;
}

/** Writes and waits for what the device made of it. */
async function outcomeOf(key: string, value: number | string | boolean) {
  const settled = nextEvent(house.bus, 'write', (write) => write.key === key && write.state !== 'PENDING');
  await house.manager.write({ key, value });
  clock.advance(SETTLE_MS);
  return settled;
}

describe('a poll', () => {
  it.each([
    ['homehub', null, 53],
    ['homehub-a2a', null, 2],
    ['altherma4', 'mmi>=4', 119],
    ['altherma4', 'mmi<4', 117],
    ['dcom', null, 32],
  ])('of %s, %s, reads all there is, and the fault code in one piece', async (variant, feature, count) => {
    const identity = feature ? { firmware: null, features: [feature], isExpectedVersion: true } : undefined;
    const { readings } = await add(variant, identity ? { identity } : {});
    expect(readings).toHaveLength(count);
    expect(readings.filter(({ quality }) => quality === 'FAILED')).toStrictEqual([]);
    const codes = readings.filter(({ sensor }) => sensor.quantity === 'FAULT_CODE').map(({ text }) => text);
    expect(codes).toStrictEqual(variant === 'homehub-a2a' ? [] : ['7H-19']);
  });
});

describe('a write to a HomeHub', () => {
  it('shows the limit that a setpoint was moved to', async () => {
    await add('homehub');
    expect(await outcomeOf('lwt_main_heating_setpoint', 70)).toMatchObject({ state: 'CLAMPED', confirmed: 55 });
    expect(await outcomeOf('dhw_reheat_setpoint', 48)).toMatchObject({ state: 'CONFIRMED', confirmed: 48 });
  });

  it('is told apart from one that was taken, when the device ignores it', async () => {
    await add('homehub');
    // Works only with an external thermostat.
    expect(await outcomeOf('thermostat_main_input_a', 1)).toMatchObject({ state: 'REJECTED', confirmed: 0 });
    // There is no additional zone, so there is nothing to read back.
    expect(await outcomeOf('lwt_add_heating_setpoint', 40)).toMatchObject({ state: 'UNKNOWN', confirmed: null });
  });
});

describe('a write to an Altherma 4', () => {
  it('is rejected by the device where it is out of range', async () => {
    await add('altherma4');
    expect(await outcomeOf('lwt_main_heating_setpoint', 70)).toMatchObject({
      state: 'REJECTED',
      reason: expect.stringContaining('exception 3'),
    });
    expect(await outcomeOf('coil_dhw_on', false)).toMatchObject({ state: 'CONFIRMED', confirmed: 0 });
    expect(simulator.device.writes.map(({ table, address, words }) => [table, address, ...words])).toStrictEqual([
      ['HOLDING', 0, 70],
      ['COIL', 0, 0],
    ]);
  });

  it('never reaches the register that restarts it', async () => {
    await add('altherma4');
    const sent = house.manager.write({ key: 'model_restart_execute_a4', value: 1 });
    await expect(sent).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    expect(simulator.device.writes).toStrictEqual([]);
  });
});
