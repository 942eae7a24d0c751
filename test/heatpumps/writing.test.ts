import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AppError } from '../../src/domain/errors.ts';
import type { Write } from '../../src/domain/write.ts';
import type { WriteInput } from '../../src/heatpumps/write-value.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse, type House, nextEvent } from '../support/house.ts';
import { HURRIED_DRIVERS } from '../support/hurried-drivers.ts';
import {
  exceptionAnswer,
  type ReceivedRequest,
  readAnswer,
  type ScriptedServer,
  startScriptedServer,
  writeAnswer,
} from '../support/scripted-server.ts';
import { startTestSimulator } from '../support/simulator.ts';

const SETTLE_MS = 15_000;

let clock: FakeClock;
let house: House;
let simulator: Simulator;
let scripted: ScriptedServer | null = null;
let writes: Write[];

beforeEach(async () => {
  clock = new FakeClock();
  house = await buildHouse(clock, 3_600_000, HURRIED_DRIVERS);
  simulator = await startTestSimulator();
  writes = [];
  house.bus.on('write', (write) => writes.push(write));
});

afterEach(async () => {
  await house.close();
  await simulator.close();
  await scripted?.close();
  scripted = null;
});

async function add(port = simulator.port, more: object = {}): Promise<string> {
  const connection = { host: '127.0.0.1', port, timeoutMs: 200 };
  const { settings } = await house.manager.add({
    name: 'Home',
    manufacturer: 'idm',
    model: 'navigator_2_0',
    connection,
    ...more,
  });
  const settled = nextEvent(house.bus, 'heatpump');
  clock.advance(0);
  await settled;
  return settings.id;
}

const write = (key: string, value: WriteInput, heatpumpId?: string) => house.manager.write({ heatpumpId, key, value });

async function settle(id: string): Promise<Write> {
  const settled = nextEvent(house.bus, 'write', (candidate) => candidate.id === id && candidate.state !== 'PENDING');
  clock.advance(SETTLE_MS);
  return settled;
}

/** A server whose answers to everything are zeros, and to writes what the test says. */
function scriptWrites(answer: (request: ReceivedRequest) => ReturnType<Parameters<typeof startScriptedServer>[0]>) {
  return startScriptedServer((request) =>
    request.functionCode === 16
      ? answer(request)
      : readAnswer(
          3,
          Array.from({ length: request.pdu.readUInt16BE(3) }, () => 0),
        ),
  );
}

describe('a write', () => {
  it('is pending once acknowledged, and confirmed when it reads back', async () => {
    await add();
    const sent = await write('temp_water_target', 48);
    expect(sent).toMatchObject({ state: 'PENDING', requested: 48, previous: 50, confirmed: null, settledAt: null });
    expect(simulator.device.writes).toStrictEqual([{ table: 'HOLDING', address: 1032, words: [48] }]);
    const settled = await settle(sent.id);
    expect(settled).toMatchObject({ state: 'CONFIRMED', confirmed: 48, reason: null, settledAt: clock.now() });
    expect(writes.map(({ state }) => state)).toStrictEqual(['PENDING', 'CONFIRMED']);
  });

  it('shows in the next snapshot, which follows at once', async () => {
    const id = await add();
    const sent = await write('temp_water_target', 48);
    await settle(sent.id);
    const polled = nextEvent(house.bus, 'snapshot');
    clock.advance(0);
    const snapshot = await polled;
    expect(snapshot.readings.find(({ sensor }) => sensor.key === 'temp_water_target')?.value).toBe(48);
    expect(house.manager.info(id).snapshot?.revision).toBe(2);
  });

  it('is not read back before the register has had time to settle', async () => {
    await add();
    const sent = await write('temp_water_target', 48);
    clock.advance(SETTLE_MS - 1);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(writes.map(({ state }) => state)).toStrictEqual(['PENDING']);
    clock.advance(1);
    await expect.poll(() => writes.at(-1)?.state).toBe('CONFIRMED');
    expect(sent.id).toBe(writes[0]?.id);
  });

  it.each([
    ['a float', 'temp_room_target_heating_normal_circuit_a', 21.3, { address: 1401, words: [0x6666, 0x41aa] }, 21.3],
    ['an option by name', 'mode_circuit_a', 'eco', { address: 1393, words: [3] }, 3],
    ['an option by number', 'mode_circuit_a', 5, { address: 1393, words: [5] }, 5],
    ['a boolean', 'request_cooling', true, { address: 1711, words: [1] }, 1],
    ['a negative integer', 'temp_second_source_bivalence_1', -9, { address: 1120, words: [0xfff7] }, -9],
  ] as const)('sends %s', async (_, key, value, sent, requested) => {
    await add();
    const result = await write(key, value);
    expect(result.requested).toBe(requested);
    expect(simulator.device.writes).toStrictEqual([{ table: 'HOLDING', ...sent }]);
    expect(await settle(result.id)).toMatchObject({ state: 'CONFIRMED', confirmed: requested });
  });

  it('is clamped if the device takes another value', async () => {
    await add();
    const sent = await write('temp_water_target', 75);
    expect(await settle(sent.id)).toMatchObject({
      state: 'CLAMPED',
      requested: 75,
      confirmed: 60,
      reason: 'the heat pump took 60 instead',
    });
  });

  it('is rejected if the device acknowledges and keeps the previous value', async () => {
    await add();
    simulator.device.force('temp_water_target', 50);
    const sent = await write('temp_water_target', 48);
    expect(await settle(sent.id)).toMatchObject({ state: 'REJECTED', confirmed: 50, reason: 'the heat pump kept 50' });
  });

  it('is unknown if the device shows no value afterwards', async () => {
    await add();
    const sent = await write('temp_external_outdoor', 7);
    expect(await settle(sent.id)).toMatchObject({ state: 'UNKNOWN', confirmed: null });
  });

  it('is rejected at once by an exception', async () => {
    scripted = await scriptWrites(() => exceptionAnswer(16, 3));
    await add(scripted.port);
    expect(await write('temp_water_target', 48)).toMatchObject({ state: 'REJECTED', settledAt: clock.now() });
    expect(writes.map(({ state }) => state)).toStrictEqual(['REJECTED']);
    expect(writes[0]?.reason).toMatch(/Modbus exception 3/);
  });

  it.each([['SILENCE'], ['CLOSE']] as const)('is unknown, and sent only once, if the answer is %s', async (answer) => {
    scripted = await scriptWrites(() => answer);
    await add(scripted.port);
    expect(await write('temp_water_target', 48)).toMatchObject({ state: 'UNKNOWN' });
    clock.advance(SETTLE_MS);
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(scripted.requests.filter(({ functionCode }) => functionCode === 16)).toHaveLength(1);
  });

  it('is unknown if it cannot be read back', async () => {
    let isGone = false;
    scripted = await startScriptedServer((request) => {
      if (isGone) return 'SILENCE';
      return request.functionCode === 16
        ? writeAnswer(request)
        : readAnswer(3, Array(request.pdu.readUInt16BE(3)).fill(0));
    });
    await add(scripted.port);
    const sent = await write('temp_water_target', 48);
    isGone = true;
    expect(await settle(sent.id)).toMatchObject({
      state: 'UNKNOWN',
      reason: expect.stringMatching(/could not be read back/),
    });
  });

  it('is unknown where nothing can be read back', async () => {
    await add();
    expect(await write('acknowledge_faults', 1)).toMatchObject({
      state: 'UNKNOWN',
      reason: expect.stringMatching(/cannot be read back/),
    });
    expect(simulator.device.writes).toStrictEqual([{ table: 'HOLDING', address: 1999, words: [1] }]);
  });

  it('is overtaken by a second one to the same register', async () => {
    await add();
    const first = await write('temp_water_target', 48);
    const second = await write('temp_water_target', 47);
    expect(writes.find(({ id, state }) => id === first.id && state === 'UNKNOWN')?.reason).toMatch(
      /another value was written/,
    );
    expect(await settle(second.id)).toMatchObject({ state: 'CONFIRMED', confirmed: 47 });
  });

  it('is unknown if the heat pump is changed or removed before the read-back', async () => {
    const id = await add();
    await write('temp_water_target', 48);
    await house.manager.remove(id);
    expect(writes.at(-1)).toMatchObject({
      state: 'UNKNOWN',
      reason: expect.stringMatching(/closed before the read-back/),
    });
  });
});

describe('a value that may not be written', () => {
  const refusals: readonly [string, string, WriteInput, string[]][] = [
    ['a read-only sensor', 'temp_outside', 5, ['input', 'key']],
    ['above the range', 'temp_water_target', 96, ['input', 'value']],
    ['below the range', 'temp_water_target', 34, ['input', 'value']],
    ['between two steps', 'temp_water_target', 48.5, ['input', 'value']],
    ['a float for an option', 'mode_circuit_a', 1.5, ['input', 'value']],
    ['an option that is none', 'mode_circuit_a', 6, ['input', 'value']],
    ['an option by a wrong name', 'mode_circuit_a', 'turbo', ['input', 'value']],
    ['an option only the device may show', 'status_system', 'off', ['input', 'value']],
    ['a name for a number', 'temp_water_target', 'hot', ['input', 'value']],
    ['a boolean for a number', 'temp_water_target', true, ['input', 'value']],
    ['a two for a boolean', 'request_cooling', 2, ['input', 'value']],
    ['the "not available" of the device', 'temp_external_outdoor', -1, ['input', 'value']],
    ['more than a register holds', 'power_solar_surplus', 1e39, ['input', 'value']],
  ];

  it.each(refusals)('is refused: %s', async (_, key, value, path) => {
    await add();
    const refusal = await write(key, value).catch((thrown: unknown) => thrown);
    expect(refusal).toBeInstanceOf(AppError);
    expect(refusal).toMatchObject({ code: 'BAD_USER_INPUT', issues: [{ path }] });
    expect(simulator.device.writes).toStrictEqual([]);
    expect(writes).toStrictEqual([]);
  });

  it('is refused where there is no such sensor or heat pump', async () => {
    await add();
    await expect(write('temp_flow_current_circuit_b', 5)).rejects.toMatchObject({
      code: 'NOT_FOUND',
      issues: [{ path: ['input', 'key'] }],
    });
    await expect(write('temp_water_target', 48, 'hp-nobody')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      issues: [{ path: ['input', 'heatpumpId'] }],
    });
  });

  it('is refused by a heat pump that is read-only, disabled or unreachable', async () => {
    const id = await add(simulator.port, { readOnly: true });
    await expect(write('temp_water_target', 48)).rejects.toMatchObject({ code: 'FORBIDDEN' });
    await house.manager.update({ id, readOnly: false, enabled: false });
    await expect(write('temp_water_target', 48)).rejects.toMatchObject({ code: 'CONFLICT' });
    await house.manager.update({ id, enabled: true });
    await simulator.close();
    await expect(write('temp_water_target', 48)).rejects.toMatchObject({ code: 'UNREACHABLE' });
    expect(writes).toStrictEqual([]);
  });

  it('needs to say where it goes if there are several heat pumps', async () => {
    await expect(write('temp_water_target', 48)).rejects.toMatchObject({ code: 'BAD_USER_INPUT' });
    const first = await add();
    const other = await startTestSimulator();
    await add(other.port);
    await expect(write('temp_water_target', 48)).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      issues: [{ path: ['input', 'heatpumpId'] }],
    });
    expect(await write('temp_water_target', 48, first)).toMatchObject({ heatpumpId: first });
    expect(other.device.writes).toStrictEqual([]);
    await other.close();
  });
});
