import { connect, type Socket } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../src/domain/snapshot.ts';
import { sSeries } from '../../src/drivers/nibe/s-series.ts';
import type { Simulator, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse } from '../support/house.ts';
import { startTestSimulator } from '../support/simulator.ts';

let simulator: Simulator | null = null;
let socket: Socket | null = null;

afterEach(async () => {
  socket?.destroy();
  socket = null;
  await simulator?.close();
  simulator = null;
});

async function start(options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startTestSimulator({ model: 'nibe/s_series', ...options });
}

/** Sends a PDU on the one connection, opened when needed: the answer's words, or what else happened. */
function exchange(pdu: readonly number[]): Promise<number[] | string> {
  socket ??= connect(simulator?.port ?? 0, '127.0.0.1')
    .setNoDelay(true)
    .on('error', () => {});
  const current = socket;
  return new Promise((resolve) => {
    const close = () => resolve('closed');
    current.once('close', close);
    current.once('data', (data) => {
      current.off('close', close);
      const code = data.readUInt8(7);
      if (code & 0x80) return resolve(`exception ${data.readUInt8(8)}`);
      const bytes = data.subarray(code < 5 ? 9 : 8);
      resolve(Array.from({ length: bytes.length / 2 }, (_, index) => bytes.readUInt16BE(2 * index)));
    });
    current.write(Buffer.from([0, 1, 0, 0, 0, pdu.length + 1, 1, ...pdu]));
  });
}

const bytes = (...words: number[]) => words.flatMap((word) => [(word >> 8) & 0xff, word & 0xff]);
const readInput = (address: number, count = 1) => exchange([4, ...bytes(address, count)]);
const readHolding = (address: number, count = 1) => exchange([3, ...bytes(address, count)]);
const write = (address: number, ...words: number[]) =>
  exchange([16, ...bytes(address, words.length), 2 * words.length, ...bytes(...words)]);

describe('a simulated S-series', () => {
  it('answers with exception 1 for what is not there', async () => {
    await start();
    expect(await readInput(0)).toBe('exception 1');
    expect(await readInput(5, 2)).toBe('exception 1');
    // An input register is no holding register, and the other way round.
    expect(await readInput(1)).toHaveLength(1);
    expect(await readHolding(1)).toBe('exception 1');
    expect(await readInput(237)).toBe('exception 1');
    expect(await write(1, 5)).toBe('exception 1');
    // Only half of a 32-bit register.
    expect(await write(11, 5)).toBe('exception 1');
    for (const functionCode of [1, 2]) expect(await exchange([functionCode, ...bytes(0, 1)])).toBe('exception 1');
  });

  it('gives 20 registers at once, and refuses 21', async () => {
    await start();
    // 2283 to 2306 are all there.
    expect(await readInput(2283, 20)).toHaveLength(20);
    expect(await readInput(2283, 21)).toBe('exception 3');
  });

  it('bears 100 registers within a second, and restarts with the next one', async () => {
    await start();
    for (let count = 0; count < 5; count++) expect(await readInput(2283, 20)).toHaveLength(20);
    expect(simulator?.restarts).toBe(0);
    expect(await readInput(1)).toBe('closed');
    expect(simulator?.restarts).toBe(1);
    socket = null;
    expect(await readInput(1)).toBe('closed');
  });

  it('shows 32 bits low word first, and takes them high word first', async () => {
    await start();
    expect(await readHolding(11, 2)).toStrictEqual([0xfda8, 0xffff]);
    expect(await write(11, 0xffff, 0xf254)).toStrictEqual([11, 2]);
    // -350 degree minutes, also in the 16-bit copy.
    expect(await readHolding(11, 2)).toStrictEqual([0xf254, 0xffff]);
  });

  it.each([
    ['-60', [0xfda8, 0xffff]],
    ['100', [0x03e8, 0x0000]],
    ['3000', [0x7530, 0x0000]],
  ])('acknowledges %s degree minutes sent low word first, and ignores them', async (_, words) => {
    await start();
    await write(11, 0xffff, 0xff9c);
    expect(await write(11, ...words)).toStrictEqual([11, 2]);
    expect(await readHolding(11, 2)).toStrictEqual([0xff9c, 0xffff]);
  });

  it('shows the limited degree minutes with the full ones', async () => {
    const clock = new FakeClock();
    await start({ clock });
    await write(11, 0xffff, 0xf254);
    await readHolding(11, 2);
    clock.advance(1_000);
    expect(await readHolding(18)).toStrictEqual([0xf254]);
  });

  it('shows a written value after the delay', async () => {
    const clock = new FakeClock();
    await start({ clock, effectDelayMs: 5_000 });
    expect(await write(30, 0xfffd)).toStrictEqual([30, 1]);
    clock.advance(4_999);
    expect(await readHolding(30)).toStrictEqual([0]);
    clock.advance(1);
    expect(await readHolding(30)).toStrictEqual([0xfffd]);
  });

  it('says "not available" for sensors it does not have, by the number of their type', async () => {
    await start({ config: { climateSystems: [1], accessories: ['POOL', 'RMU-S40'] } });
    // BT51, a fan, a room unit, and a pulse meter.
    expect(await readInput(27)).toStrictEqual([0x8000]);
    expect(await readInput(2133)).toStrictEqual([0x00ff]);
    expect(await readInput(2800, 2)).toStrictEqual([0x0000, 0x8000]);
    expect(await readInput(396, 2)).toStrictEqual([0xffff, 0xffff]);
  });

  it('follows SG Ready once that is allowed by Modbus', async () => {
    const clock = new FakeClock();
    await start({ clock });
    const runningHours = async () => {
      let running = 0;
      for (let minute = 0; minute < 240; minute += 20) {
        clock.advance(20 * 60_000);
        if (String(await readInput(1028)) !== '10') running++;
      }
      return running / 3;
    };
    const mode = async () => {
      clock.advance(1_000);
      await readInput(1911);
      clock.advance(1_000);
      return readInput(1911);
    };
    await write(6008, 0);
    expect(await mode()).toStrictEqual([10]);
    expect(await runningHours()).toBeGreaterThan(0.5);
    await write(3032, 1);
    expect(await mode()).toStrictEqual([20]);
    clock.advance(10 * 60_000);
    expect(await runningHours()).toBe(0);
    await write(6008, 3);
    expect(await mode()).toStrictEqual([40]);
    expect(await runningHours()).toBeGreaterThan(0.5);
  });

  it('stops for an AUX input that blocks the compressor', async () => {
    const clock = new FakeClock();
    await start({ clock });
    await write(2740, 4);
    await write(2741, 1);
    clock.advance(20 * 60_000);
    for (let hour = 0; hour < 6; hour++) {
      clock.advance(3_600_000);
      expect(await readInput(1100)).toStrictEqual([0]);
    }
  });

  it('ends more hot water by itself', async () => {
    const clock = new FakeClock();
    await start({ clock });
    await write(697, 3);
    clock.advance(2_000);
    expect(await readHolding(697)).toStrictEqual([3]);
    clock.advance(2_000);
    expect(await readHolding(225)).toStrictEqual([180]);
    clock.advance(12 * 3_600_000);
    await readHolding(697);
    clock.advance(1_000);
    expect(await readHolding(697)).toStrictEqual([0]);
    expect(await readHolding(225)).toStrictEqual([0]);
  });
});

describe('a server polling a simulated S-series', () => {
  /** The first snapshot of a heat pump with the config that the simulated one has. */
  async function poll(config: object): Promise<Snapshot> {
    await start({ config: config as SimulatorOptions['config'] });
    const house = await buildHouse();
    try {
      const polled = new Promise<Snapshot>((resolve) => house.bus.on('snapshot', resolve));
      const connection = { host: '127.0.0.1', port: simulator?.port ?? 0 };
      await house.manager.add({ name: 'Home', manufacturer: 'nibe', model: 's_series', connection, config });
      return await polled;
    } finally {
      await house.close();
    }
  }

  /** What a person looks at, of a heat pump that has a quantity for it. */
  const shown = ({ readings }: Snapshot) =>
    Object.fromEntries(
      readings.flatMap(({ sensor: { quantity, circuit }, value }) =>
        quantity ? [[circuit ? `${quantity} ${circuit}` : quantity, value] as const] : [],
      ),
    );

  it('sees every quantity of a ground-source heat pump', async () => {
    const values = shown(await poll(sSeries.exampleConfigs.groundSource ?? {}));
    expect(Object.keys(values)).toHaveLength(21);
    expect(Object.entries(values).filter(([, value]) => value === null)).toStrictEqual([]);
    expect(values.SOURCE_IN_TEMPERATURE).toBeGreaterThan(2);
    expect(Number(values.HEAT_ENERGY) / Number(values.ELECTRICAL_ENERGY)).toBeGreaterThan(2.5);
    expect(Number(values.HEAT_ENERGY) / Number(values.ELECTRICAL_ENERGY)).toBeLessThan(5);
  });

  it('sees every quantity of an indoor module with an outdoor unit, but for cooling', async () => {
    const snapshot = await poll(sSeries.exampleConfigs.airSource ?? {});
    const values = shown(snapshot);
    expect(Object.entries(values).filter(([, value]) => value === null)).toStrictEqual([]);
    expect(values).toMatchObject({ HEAT_ENERGY_COOLING: 0, COMPRESSOR_STARTS: expect.any(Number) });
    expect(snapshot.readings.filter(({ quality }) => quality === 'FAILED')).toStrictEqual([]);
  });

  it('never makes it restart, not even the largest', { timeout: 15_000 }, async () => {
    const { readings } = await poll(sSeries.exampleConfigs.largest);
    expect(readings).toHaveLength(309);
    expect(readings.filter(({ quality }) => quality === 'FAILED')).toStrictEqual([]);
    expect(simulator?.restarts).toBe(0);
  });
});
