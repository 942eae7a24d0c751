import { afterEach, describe, expect, it } from 'vitest';
import type { Clock } from '../../src/domain/clock.ts';
import { systemClock } from '../../src/domain/clock.ts';
import type { Encoding } from '../../src/domain/encoding-probe.ts';
import type { Sensor } from '../../src/domain/sensor.ts';
import { navigator20 } from '../../src/drivers/idm/navigator-2-0.ts';
import { probeEncoding } from '../../src/heatpumps/encoding-probe.ts';
import { allowCidrs } from '../../src/modbus/address.ts';
import type { UnitLine } from '../../src/modbus/line.ts';
import { createLines } from '../../src/modbus/lines.ts';
import { SimulatedDevice } from '../../src/simulator/device.ts';
import { navigator20 as profile } from '../../src/simulator/idm-navigator-2-0.ts';
import { listenModbus, type ModbusServer } from '../../src/simulator/modbus-server.ts';

const config = { circuits: ['A'], zones: [] };
const sensors = navigator20.sensors(config);
/** Real sockets, and no waiting between the two looks at the counters. */
const hurried: Clock = { ...systemClock, setTimeout: (callback) => setTimeout(callback, 0) };

let server: ModbusServer | undefined;
let line: UnitLine | undefined;

afterEach(async () => {
  line?.close();
  await server?.close();
});

/** The sensor as a device with another encoding would have it. */
function recoded(sensor: Sensor, { wordOrder, addressShift, scaleFactor }: Encoding): Sensor {
  const { address, scale } = sensor.register;
  const register = { ...sensor.register, wordOrder, address: address + addressShift, scale: scale * scaleFactor };
  return { ...sensor, register };
}

/** A line to a simulated device that codes its values like this. */
async function lineTo(encoding: Encoding, seed = 1): Promise<{ line: UnitLine; device: SimulatedDevice }> {
  const own = sensors.map((sensor) => recoded(sensor, encoding));
  const device = new SimulatedDevice({
    profile,
    sensors: own,
    config,
    seed,
    clock: systemClock,
    speed: 1,
    effectDelayMs: 0,
  });
  server = await listenModbus(new Map([[1, device]]), '127.0.0.1', 0, { latencyMs: 0, idleTimeoutMs: 0 });
  const settings = { host: '127.0.0.1', port: server.port, unitId: 1, timeoutMs: 1_000, ...navigator20.lineRules };
  line = createLines(systemClock, allowCidrs(['127.0.0.0/8'])).open({ ...settings, pauseMs: 0 });
  return { line, device };
}

const all = (['LITTLE', 'BIG'] as const).flatMap((wordOrder) =>
  [0, 1, -1].flatMap((addressShift) => [1, 0.1, 10].map((scaleFactor) => ({ wordOrder, addressShift, scaleFactor }))),
);

async function probe(encoding: Encoding, seed?: number) {
  const { line: to, device } = await lineTo(encoding, seed);
  const result = await probeEncoding(sensors, to, hurried);
  if (!result.ok) throw new Error(result.error.message);
  expect(device.writes).toStrictEqual([]);
  return result.value;
}

describe('the probe of an encoding', () => {
  it.each(all)('is right or says that it cannot tell: %o', async (encoding) => {
    const { verdict, fits } = await probe(encoding);
    if (verdict === 'AMBIGUOUS') return;
    expect(fits).toMatchObject(encoding);
    const isOwn = encoding.wordOrder === 'LITTLE' && encoding.addressShift === 0 && encoding.scaleFactor === 1;
    expect(verdict).toBe(isOwn ? 'AS_EXPECTED' : 'OTHER');
  });

  it('recognises the encoding of the table, and names its evidence', async () => {
    const { verdict, fits, candidates } = await probe({ wordOrder: 'LITTLE', addressShift: 0, scaleFactor: 1 });
    expect(verdict).toBe('AS_EXPECTED');
    expect(fits?.evidence.length).toBeGreaterThanOrEqual(5);
    expect(fits?.evidence[0]?.text).toMatch(/^outdoor temperature is from -40 to 48: -?\d/);
    expect(candidates).toHaveLength(18);
    expect(candidates[0]).toBe(fits);
  });

  it('says that nothing fits where something else answers', async () => {
    const { line: to, device } = await lineTo({ wordOrder: 'LITTLE', addressShift: 0, scaleFactor: 1 });
    for (const { key } of sensors) device.force(key, 6.7e9);
    const result = await probeEncoding(sensors, to, hurried);
    expect(result).toMatchObject({ ok: true, value: { verdict: 'NONE', fits: null } });
  });

  it('tells of a device that does not answer', async () => {
    const { line: to } = await lineTo({ wordOrder: 'LITTLE', addressShift: 0, scaleFactor: 1 });
    await server?.close();
    const result = await probeEncoding(sensors, to, hurried);
    expect(result).toMatchObject({ ok: false, error: { code: 'REFUSED' } });
  });
});
