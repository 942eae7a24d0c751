import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import type { DeviceIdentity } from '../../src/domain/model.ts';
import type { Simulator, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startTestSimulator } from '../support/simulator.ts';

let simulator: Simulator | null = null;
afterEach(() => simulator?.close());

async function start(variant: string, options: Partial<SimulatorOptions> = {}): Promise<void> {
  simulator = await startTestSimulator({ model: 'daikin/altherma', config: { variant }, ...options });
}

/** Sends a function, an address and a word or count by hand; the answer without function and byte count, or an error. */
function exchange(functionCode: number, address: number, last: number): Promise<number[] | string> {
  return new Promise((resolve, reject) => {
    const socket = connect(simulator?.port ?? 0, '127.0.0.1');
    socket.setTimeout(1_000, () => socket.destroy(new Error('silence')));
    socket.on('error', reject);
    socket.on('data', (data) => {
      const pdu = data.subarray(7);
      resolve(pdu.readUInt8(0) & 0x80 ? `exception ${pdu.readUInt8(1)}` : [...pdu.subarray(2)]);
      socket.destroy();
    });
    const frame = Buffer.from([0, 1, 0, 0, 0, 6, 1, functionCode, 0, 0, 0, 0]);
    frame.writeUInt16BE(address, 8);
    frame.writeUInt16BE(last, 10);
    socket.write(frame);
  });
}

const readHolding = (address: number, count = 1) => exchange(3, address, count);
const readInput = (address: number, count = 1) => exchange(4, address, count);
const write = (address: number, word: number) => exchange(6, address, word);

/** Two bytes of a word. */
const word = (value: number) => [value >> 8, value & 0xff];

describe('a simulated HomeHub', () => {
  it('serves its map, and refuses what is not in it', async () => {
    await start('homehub');
    simulator?.device.force('outdoor_temp', -6.5);
    expect(await readInput(43)).toStrictEqual([0xfd, 0x76]);
    expect(await readHolding(4)).toBe('exception 2');
    expect(await readHolding(3, 2)).toBe('exception 2');
    expect(await readHolding(1000)).toBe('exception 2');
    expect(await exchange(1, 0, 1)).toBe('exception 2');
    expect(await exchange(2, 25, 1)).toBe('exception 2');
  });

  it('says "not available" for the additional zone and the sub code without a fault', async () => {
    await start('homehub');
    expect(await readHolding(62)).toStrictEqual(word(32766));
    expect(await readInput(20, 3)).toStrictEqual([...word(0), ...word(0), ...word(32766)]);
  });

  it('moves a setpoint to the nearest limit', async () => {
    await start('homehub');
    await write(9, 70);
    expect(await readHolding(9)).toStrictEqual(word(60));
    await write(9, 20);
    expect(await readHolding(9)).toStrictEqual(word(30));
    await write(53, 0xfff0);
    expect(await readHolding(53)).toStrictEqual(word(0xfff6));
    // The range of the leaving water stands in inputs 54 and 55: 25 to 55 °C, in hundredths.
    expect(await readInput(53, 2)).toStrictEqual([...word(2500), ...word(5500)]);
    await write(0, 90);
    expect(await readHolding(0)).toStrictEqual(word(55));
  });

  it('ignores any other value out of range, without an error', async () => {
    await start('homehub');
    expect(await write(55, 4)).toStrictEqual([55, 0, 4]);
    expect(await readHolding(55)).toStrictEqual(word(0));
    expect(await write(57, 2001)).toStrictEqual([57, ...word(2001)]);
    expect(await readHolding(57)).toStrictEqual(word(2000));
    expect(await write(62, 40)).toStrictEqual([62, 0, 40]);
    expect(await readHolding(62)).toStrictEqual(word(32766));
  });

  it('stops when it is forced off, and goes on when it is free', async () => {
    const clock = new FakeClock();
    await start('homehub', { clock });
    const wasRunning = async () => {
      let running = 0;
      for (let minute = 0; minute < 180; minute += 5) {
        clock.advance(5 * 60_000);
        if (String(await readInput(30)) === String(word(1))) running++;
      }
      return running > 0;
    };
    expect(await wasRunning()).toBe(true);
    await write(55, 1);
    clock.advance(10 * 60_000);
    expect(await wasRunning()).toBe(false);
    await write(55, 0);
    expect(await wasRunning()).toBe(true);
  });

  it('takes a powerful heat-up back once it is done', async () => {
    const clock = new FakeClock();
    await start('homehub', { clock });
    await write(12, 1);
    clock.advance(2_000);
    expect(await readHolding(12)).toStrictEqual(word(1));
    clock.advance(12 * 3_600_000);
    await readHolding(12);
    expect(await readHolding(12)).toStrictEqual(word(0));
  });
});

describe('a simulated Altherma 4', () => {
  it('rejects a value out of range', async () => {
    await start('altherma4');
    expect(await write(57, 2001)).toBe('exception 3');
    expect(await write(57, 1500)).toStrictEqual([57, ...word(1500)]);
    expect(await readHolding(57)).toStrictEqual(word(1500));
    expect(await write(75, 3100)).toBe('exception 3');
    expect(await readHolding(75)).toStrictEqual(word(2100));
  });

  it('has coils and contacts', async () => {
    await start('altherma4');
    simulator?.device.force('di_defrost', 1);
    expect(await exchange(1, 0, 7)).toStrictEqual([0b0000011]);
    expect(await exchange(2, 16, 1)).toStrictEqual([1]);
    expect(await exchange(5, 2, 0x0000)).toStrictEqual([2, 0, 0]);
    expect(await exchange(5, 0, 0x0000)).toStrictEqual([0, 0, 0]);
    expect(await exchange(1, 0, 7)).toStrictEqual([0b0000010]);
    expect(simulator?.device.writes.map(({ table, address, words }) => [table, address, ...words])).toStrictEqual([
      ['COIL', 2, 0],
      ['COIL', 0, 0],
    ]);
  });

  it('shows the state of demand response with 2 and 3 swapped', async () => {
    const clock = new FakeClock();
    await start('altherma4', { clock });
    for (const [request, state] of [
      [1, 1],
      [2, 3],
      [3, 2],
      [0, 0],
    ] as const) {
      await write(55, request);
      clock.advance(1_000);
      expect(await readInput(64)).toStrictEqual(word(state));
    }
  });

  it('has the map of its interface version', async () => {
    await start('altherma4');
    expect(await exchange(2, 25, 1)).toBe('exception 2');
    expect(await readInput(137)).toStrictEqual(word(0));
    expect(await write(80, 1)).toBe('exception 2');
    await simulator?.close();
    const identity: DeviceIdentity = { firmware: null, features: ['mmi<4'], isExpectedVersion: true };
    await start('altherma4', { identity });
    expect(await exchange(2, 25, 1)).toStrictEqual([0]);
    expect(await readInput(137)).toBe('exception 2');
  });

  it('tells what is not configured from what it does not support', async () => {
    await start('altherma4');
    expect(await readInput(77)).toStrictEqual(word(32766));
    expect(await readInput(71)).toStrictEqual(word(32767));
  });
});

describe('the other simulated variants', () => {
  it('have their own addresses', async () => {
    await start('dcom');
    simulator?.device.force('outdoor_temp_dcom', -2);
    expect(await readInput(44)).toStrictEqual([0xff, 0x38]);
    expect(await write(10, 70)).toStrictEqual([10, 0, 70]);
    expect(await readHolding(10)).toStrictEqual(word(60));
    expect(await readInput(51)).toBe('exception 2');
    await simulator?.close();
    await start('homehub-a2a');
    expect(await readHolding(1000, 2)).toStrictEqual([...word(0), ...word(2000)]);
    expect(await readHolding(0)).toBe('exception 2');
    expect(await readInput(43)).toBe('exception 2');
  });
});
