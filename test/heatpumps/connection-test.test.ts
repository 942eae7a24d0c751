import { createServer } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { DRIVERS } from '../../src/drivers/index.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { buildHouse, type House } from '../support/house.ts';
import { exceptionAnswer, readAnswer, type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';
import { startTestSimulator } from '../support/simulator.ts';

let house: House;
let simulator: Simulator;
let scripted: ScriptedServer | null = null;

beforeEach(async () => {
  house = await buildHouse();
  simulator = await startTestSimulator();
});

afterEach(async () => {
  await house.close();
  await simulator.close();
  await scripted?.close();
  scripted = null;
});

const test = (connection: object, more: object = {}) =>
  house.manager.testConnection({
    manufacturer: 'idm',
    model: 'navigator_2_0',
    connection: { host: '127.0.0.1', port: simulator.port, timeoutMs: 200, ...connection },
    ...more,
  });

async function script(...args: Parameters<typeof startScriptedServer>): Promise<{ port: number }> {
  scripted = await startScriptedServer(...args);
  return { port: scripted.port };
}

describe('a connection test', () => {
  it('shows a few values, and never writes', async () => {
    simulator.device.force('temp_outside', -3.5);
    const result = await test({});
    expect(result).toMatchObject({ code: 'OK', firmware: null, latencyMs: expect.any(Number) });
    const readings = result.readings.map(({ sensor, value }) => [sensor.key, value]);
    expect(readings).toContainEqual(['temp_outside', -3.5]);
    expect(readings).toHaveLength(4);
    expect(simulator.device.writes).toStrictEqual([]);
  });

  it('tests a heat pump that exists', async () => {
    const connection = { host: '127.0.0.1', port: simulator.port };
    const { settings } = await house.manager.add({
      name: 'Home',
      manufacturer: 'idm',
      model: 'navigator_2_0',
      connection,
    });
    expect(await house.manager.testConnection({ id: settings.id })).toMatchObject({ code: 'OK' });
    await expect(house.manager.testConnection({ id: 'hp-nobody' })).rejects.toMatchObject({ code: 'NOT_FOUND' });
  });

  it('tells a wrong host, a refusing one and a forbidden one apart', async () => {
    const closed = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => closed.once('listening', resolve));
    const { port } = closed.address() as { port: number };
    await new Promise((resolve) => closed.close(resolve));
    expect(await test({ host: 'no-such-host.invalid', timeoutMs: 5_000 })).toMatchObject({
      code: 'DNS_FAILED',
      latencyMs: null,
    });
    expect(await test({ port })).toMatchObject({ code: 'REFUSED' });
    expect(await test({ host: '192.0.2.1' })).toMatchObject({ code: 'NOT_ALLOWED' });
  });

  it('tells a silent host from a wrong unit', async () => {
    expect(await test(await script(() => 'SILENCE'))).toMatchObject({ code: 'NO_ANSWER' });
    expect(scripted?.requests).toHaveLength(1);
    expect(await test({ unitId: 3 })).toMatchObject({ code: 'WRONG_UNIT' });
  });

  it.each([
    ['illegal function', 1, 'WRONG_MODEL'],
    ['illegal address', 2, 'WRONG_MODEL'],
    ['illegal number of registers', 3, 'WRONG_MODEL'],
    ['device failure', 4, 'PROTOCOL_ERROR'],
    ['gateway without path', 10, 'WRONG_UNIT'],
    ['gateway without answer', 11, 'WRONG_UNIT'],
  ])('takes the exception %s for what it means', async (_, exception, code) => {
    expect(await test(await script(() => exceptionAnswer(3, exception)))).toMatchObject({ code });
  });

  it('does not believe an outdoor temperature of 12416 °C', async () => {
    expect(await test(await script(() => readAnswer(3, [0x0000, 0x4642])))).toMatchObject({
      code: 'WRONG_MODEL',
      readings: [],
    });
  });

  it('does not believe one good value where most others are refused', async () => {
    const isOutdoor = (pdu: Buffer) => pdu.readUInt16BE(1) === 1000;
    const target = await script(({ pdu }) => (isOutdoor(pdu) ? readAnswer(3, [0, 0]) : exceptionAnswer(3, 2)));
    expect(await test(target)).toMatchObject({ code: 'WRONG_MODEL', latencyMs: expect.any(Number), readings: [] });
  });

  it('shows what the unit has of the usual values', async () => {
    const lesser = await startTestSimulator({ absent: ['status_system'] });
    const { code, readings } = await test({ port: lesser.port });
    await lesser.close();
    expect(code).toBe('OK');
    expect(readings.map(({ sensor }) => sensor.key)).toStrictEqual([
      'temp_outside',
      'temp_water_heater_top',
      'temp_heat_pump_flow',
    ]);
  });

  it('asks for patience while a gateway that has just restarted has no values yet', async () => {
    const daikin = { manufacturer: 'daikin', model: 'altherma' };
    const isSynchronising = { all: true };
    const target = await script(({ functionCode, pdu }) => {
      const address = pdu.readUInt16BE(1);
      // 32765: not loaded yet. The outdoor temperature is input 43, in hundredths.
      return readAnswer(functionCode, [!isSynchronising.all && address === 43 ? 250 : 32765]);
    });
    const early = await test(target, daikin);
    expect(early).toMatchObject({ code: 'OK', message: expect.stringMatching(/wait, and test again/) });
    expect(early.readings.map(({ quality, value }) => [quality, value])).toStrictEqual(
      Array.from({ length: 4 }, () => ['MISSING', null]),
    );
    isSynchronising.all = false;
    const later = await test(target, daikin);
    expect(later).toMatchObject({ code: 'OK', message: expect.stringMatching(/Compare/) });
    expect(later.readings.map(({ value }) => value)).toContain(2.5);
  });

  it('tells the firmware, and a version that its driver does not speak', async () => {
    const luxtronik = { manufacturer: 'luxtronik', model: 'luxtronik_2_1' };
    const unit = await startTestSimulator({ model: 'luxtronik/luxtronik_2_1' });
    expect(await test({ port: unit.port }, luxtronik)).toMatchObject({ code: 'OK', firmware: '3.92.1' });
    unit.device.force('firmware_minor', 88);
    const old = await test({ port: unit.port }, luxtronik);
    expect(old).toMatchObject({
      code: 'WRONG_VERSION',
      firmware: '3.88.1',
      latencyMs: expect.any(Number),
      readings: [],
    });
    expect(old.message).toMatch(/another version/);
    expect(unit.device.writes).toStrictEqual([]);
    await unit.close();
  });

  it('tells every model from every other', async () => {
    const models = DRIVERS.map(({ manufacturer, id }) => ({ manufacturer: manufacturer.id, model: id }));
    for (const there of models) {
      const unit = await startTestSimulator({ model: `${there.manufacturer}/${there.model}` });
      const found: string[] = [];
      for (const asked of models) {
        const { code } = await test({ port: unit.port, timeoutMs: 1_000 }, asked);
        found.push(`${asked.model} ${code}`);
      }
      await unit.close();
      expect(found).toStrictEqual(
        models.map(({ model }) => `${model} ${model === there.model ? 'OK' : 'WRONG_MODEL'}`),
      );
    }
  });

  it('knows what is not Modbus', async () => {
    const answer = Buffer.from('HTTP/1.1 400 Bad Request\r\n\r\n');
    expect(await test(await script(() => ({ raw: answer })))).toMatchObject({ code: 'PROTOCOL_ERROR' });
    expect(await test(await script(() => readAnswer(4, [1, 2])))).toMatchObject({ code: 'PROTOCOL_ERROR' });
  });

  it('refuses bad input', async () => {
    await expect(test({ port: 70_000 })).rejects.toMatchObject({
      code: 'BAD_USER_INPUT',
      issues: [{ path: ['input', 'connection', 'port'] }],
    });
    await expect(test({}, { model: 'x' })).rejects.toMatchObject({ issues: [{ path: ['input', 'model'] }] });
    await expect(test({}, { config: { circuits: ['H'] } })).rejects.toMatchObject({
      issues: [{ path: ['input', 'config', 'circuits', 0] }],
    });
  });

  it('does not run too often at once', async () => {
    const silent = await Promise.all(Array.from({ length: 9 }, () => startScriptedServer(() => 'SILENCE')));
    const results = await Promise.allSettled(silent.map(({ port }) => test({ port })));
    const refused = results.filter(({ status }) => status === 'rejected');
    expect(refused).toMatchObject([{ reason: { code: 'CONFLICT' } }]);
    expect(await test({})).toMatchObject({ code: 'OK' });
    await Promise.all(silent.map((server) => server.close()));
  });
});
