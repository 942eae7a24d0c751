import { afterEach, describe, expect, it } from 'vitest';
import { type Clock, systemClock } from '../../src/domain/clock.ts';
import type { Encoding } from '../../src/domain/encoding-probe.ts';
import type { WordOrder } from '../../src/domain/register.ts';
import type { Sensor } from '../../src/domain/sensor.ts';
import { checkConfig } from '../../src/drivers/config.ts';
import { altherma } from '../../src/drivers/daikin/altherma.ts';
import type { Driver } from '../../src/drivers/driver.ts';
import { navigator20 } from '../../src/drivers/idm/navigator-2-0.ts';
import { luxtronik21 } from '../../src/drivers/luxtronik/luxtronik-2-1.ts';
import { sSeries } from '../../src/drivers/nibe/s-series.ts';
import { probeEncoding } from '../../src/heatpumps/encoding-probe.ts';
import { allowCidrs } from '../../src/modbus/address.ts';
import type { UnitLine } from '../../src/modbus/line.ts';
import { createLines } from '../../src/modbus/lines.ts';
import { altherma as daikinProfile } from '../../src/simulator/daikin-altherma.ts';
import { SimulatedDevice } from '../../src/simulator/device.ts';
import { navigator20 as idmProfile } from '../../src/simulator/idm-navigator-2-0.ts';
import { luxtronik21 as luxtronikProfile } from '../../src/simulator/luxtronik-2-1.ts';
import { listenModbus, type ModbusServer } from '../../src/simulator/modbus-server.ts';
import { sSeries as nibeProfile } from '../../src/simulator/nibe-s-series.ts';
import type { DeviceProfile } from '../../src/simulator/profile.ts';

interface Unit {
  readonly driver: Driver;
  readonly profile: DeviceProfile;
  readonly config: Readonly<Record<string, unknown>>;
  /** How the maker orders the words of its 32-bit values; null where no probed value has two words. */
  readonly wordOrder: WordOrder | null;
}

const UNITS = {
  iDM: { driver: navigator20, profile: idmProfile, config: {}, wordOrder: 'LITTLE' },
  NIBE: {
    driver: sSeries,
    profile: nibeProfile,
    config: { model: 'VVM-S320', climateSystems: [1], outdoorUnits: [1] },
    wordOrder: 'LITTLE',
  },
  Daikin: { driver: altherma, profile: daikinProfile, config: { variant: 'altherma4' }, wordOrder: null },
  Luxtronik: { driver: luxtronik21, profile: luxtronikProfile, config: {}, wordOrder: 'BIG' },
} as const satisfies Record<string, Unit>;
type Maker = keyof typeof UNITS;

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

/** A simulated unit that codes its values like this, and a line to it. */
async function start(maker: Maker, encoding: Encoding) {
  const { driver, profile, config: given } = UNITS[maker];
  const config = checkConfig(driver.configFields, given, []);
  const sensors = driver.sensors(config);
  const own = sensors.map((sensor) => recoded(sensor, encoding));
  const options = { profile, sensors: own, config, seed: 1, clock: systemClock, speed: 1, effectDelayMs: 0 };
  const device = new SimulatedDevice(options);
  server = await listenModbus(new Map([[1, device]]), '127.0.0.1', 0, { latencyMs: 0, idleTimeoutMs: 0 });
  const rules = { ...driver.lineRules, pauseMs: 0, maxWordsPerSecond: null };
  const settings = { host: '127.0.0.1', port: server.port, unitId: 1, timeoutMs: 1_000, ...rules };
  line = createLines(systemClock, allowCidrs(['127.0.0.0/8'])).open(settings);
  return { line, device, sensors };
}

async function probe(maker: Maker, encoding: Encoding) {
  const { line: to, device, sensors } = await start(maker, encoding);
  const result = await probeEncoding(sensors, to, hurried);
  if (!result.ok) throw new Error(result.error.message);
  expect(device.writes).toStrictEqual([]);
  return result.value;
}

const own = (maker: Maker): Encoding => ({
  wordOrder: UNITS[maker].wordOrder ?? 'BIG',
  addressShift: 0,
  scaleFactor: 1,
});

/** Thousandths of a degree would not fit the 16 bits of a Daikin's hundredths. */
const scalesOf = (maker: Maker) => (maker === 'Daikin' ? [1, 10] : [1, 0.1, 10]);

/** Every combination that a device could have. */
const others = (Object.keys(UNITS) as Maker[]).flatMap((maker) => {
  const orders = UNITS[maker].wordOrder === null ? (['BIG'] as const) : (['LITTLE', 'BIG'] as const);
  return orders.flatMap((wordOrder) =>
    [0, 1, -1].flatMap((addressShift) =>
      scalesOf(maker).map((scaleFactor) => [maker, { wordOrder, addressShift, scaleFactor }] as const),
    ),
  );
});

describe('the probe of an encoding', () => {
  it.each(Object.keys(UNITS) as Maker[])('recognises that of the table: %s', async (maker) => {
    const { verdict, fits, candidates } = await probe(maker, own(maker));
    expect(verdict).toBe('AS_EXPECTED');
    expect(fits).toMatchObject({ addressShift: 0, scaleFactor: 1 });
    expect(fits?.evidence.length).toBeGreaterThanOrEqual(5);
    expect(fits?.evidence[0]?.text).toMatch(/^[a-z ]+ is from -?\d+ to \d+: -?\d/);
    expect(candidates[0]).toBe(fits);
  });

  it.each(others)('is right or says that it cannot tell: %s %o', async (maker, encoding) => {
    const { verdict, fits } = await probe(maker, encoding);
    if (!fits) return expect(['AMBIGUOUS', 'NONE']).toContain(verdict);
    expect(fits).toMatchObject({ addressShift: encoding.addressShift, scaleFactor: encoding.scaleFactor });
    if (UNITS[maker].wordOrder) expect(fits.wordOrder).toBe(encoding.wordOrder);
  });

  it('finds every other encoding of an iDM, whose values leave no doubt', async () => {
    for (const [maker, encoding] of others.filter(([name]) => name === 'iDM')) {
      expect((await probe(maker, encoding)).fits, JSON.stringify(encoding)).toMatchObject(encoding);
      line?.close();
      await server?.close();
    }
  });

  it('says that nothing fits where something else answers', async () => {
    const { line: to, device, sensors } = await start('iDM', own('iDM'));
    for (const { key } of sensors) device.force(key, 6.7e9);
    const result = await probeEncoding(sensors, to, hurried);
    expect(result).toMatchObject({ ok: true, value: { verdict: 'NONE', fits: null } });
  });

  it('tells of a device that does not answer', async () => {
    const { line: to, sensors } = await start('iDM', own('iDM'));
    await server?.close();
    const result = await probeEncoding(sensors, to, hurried);
    expect(result).toMatchObject({ ok: false, error: { code: 'REFUSED' } });
  });
});
