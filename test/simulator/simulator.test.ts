import { connect } from 'node:net';
import { afterEach, describe, expect, it } from 'vitest';
import { type Simulator, startSimulator } from '../../src/simulator/simulator.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { startTestSimulator } from '../support/simulator.ts';

let simulator: Simulator | null = null;
afterEach(() => simulator?.close());

/** Sends a PDU by hand and returns the answer's PDU. */
function exchange(pdu: number[], unitId = 1): Promise<number[]> {
  return new Promise((resolve, reject) => {
    const socket = connect(simulator?.port ?? 0, '127.0.0.1');
    socket.setTimeout(300, () => socket.destroy(new Error('silence')));
    socket.on('error', reject);
    socket.on('data', (data) => {
      resolve([...data.subarray(7)]);
      socket.destroy();
    });
    socket.write(Buffer.from([0, 1, 0, 0, 0, pdu.length + 1, unitId, ...pdu]));
  });
}

const read = (address: number, count: number, functionCode = 3) =>
  exchange([functionCode, address >> 8, address & 0xff, 0, count]);

describe('a simulated Navigator 2.0', () => {
  it('answers by start address where registers overlap', async () => {
    simulator = await startTestSimulator();
    simulator.device.force('humidity', null);
    simulator.device.force('mode_circuit_a', 3);
    expect(await read(1392, 2)).toStrictEqual([3, 4, 0x00, 0x00, 0xbf, 0x80]);
    expect(await read(1393, 1)).toStrictEqual([3, 2, 0x00, 0x03]);
  });

  it('refuses a read that touches an undefined address', async () => {
    simulator = await startTestSimulator();
    expect(await read(1006, 1)).toStrictEqual([3, 2, 0x00, 0x01]);
    expect(await read(1006, 2)).toStrictEqual([0x83, 2]);
    expect(await read(1999, 1)).toStrictEqual([0x83, 2]);
    expect(await read(1352, 2)).toStrictEqual([0x83, 2]);
    expect(await read(1000, 0)).toStrictEqual([0x83, 3]);
    expect(await exchange([1, 0, 0, 0, 1])).toStrictEqual([0x81, 1]);
  });

  it('survives requests that are cut short', async () => {
    simulator = await startTestSimulator();
    expect(await exchange([3])).toStrictEqual([0x83, 3]);
    expect(await exchange([16, 0x04, 0x08, 0])).toStrictEqual([0x90, 3]);
    expect(await read(1006, 1)).toStrictEqual([3, 2, 0x00, 0x01]);
  });

  it('shows a written value after the delay', async () => {
    const clock = new FakeClock();
    simulator = await startTestSimulator({ clock, effectDelayMs: 15_000 });
    expect(await exchange([16, 0x04, 0x08, 0, 1, 2, 0, 47])).toStrictEqual([16, 0x04, 0x08, 0, 1]);
    clock.advance(14_000);
    expect(await read(1032, 1)).toStrictEqual([3, 2, 0, 50]);
    clock.advance(1_000);
    expect(await read(1032, 1)).toStrictEqual([3, 2, 0, 47]);
    expect(simulator.device.writes).toStrictEqual([{ table: 'HOLDING', address: 1032, words: [47] }]);
  });

  it('moves a value to its limits, ignores what is not switched on, refuses what cannot be written', async () => {
    simulator = await startTestSimulator();
    await exchange([6, 0x04, 0x08, 0, 70]);
    expect(await read(1032, 1)).toStrictEqual([3, 2, 0, 60]);
    await exchange([16, 0x06, 0x9a, 0, 2, 4, 0, 0, 0x41, 0x20]);
    expect(await read(1690, 2)).toStrictEqual([3, 4, 0, 0, 0xbf, 0x80]);
    expect(await exchange([6, 0x03, 0xee, 0, 1])).toStrictEqual([0x86, 2]);
    expect(await exchange([6, 0x05, 0x79, 0, 1])).toStrictEqual([0x86, 2]);
  });

  it('takes back a single hot-water charge by itself', async () => {
    const clock = new FakeClock();
    simulator = await startTestSimulator({ clock });
    await exchange([6, 0x06, 0xb1, 0, 1]);
    clock.advance(2_000);
    expect(await read(1713, 1)).toStrictEqual([3, 2, 0, 1]);
    clock.advance(6 * 3_600_000);
    await read(1713, 1);
    expect(await read(1713, 1)).toStrictEqual([3, 2, 0, 0]);
  });

  it('says nothing to another unit id', async () => {
    simulator = await startTestSimulator();
    await expect(exchange([3, 0x03, 0xe8, 0, 2], 2)).rejects.toThrow('silence');
  });

  it('closes an idle connection', async () => {
    simulator = await startTestSimulator({ idleTimeoutMs: 50 });
    const socket = connect(simulator.port, '127.0.0.1');
    const startedAt = performance.now();
    await new Promise((resolve) => socket.once('close', resolve));
    expect(performance.now() - startedAt).toBeGreaterThan(40);
  });

  it('is another building with another seed', async () => {
    const clock = new FakeClock();
    simulator = await startTestSimulator({ clock, seed: 1 });
    const other = await startTestSimulator({ clock, seed: 2 });
    expect(other.device.read('HOLDING', 1750, 2)).not.toStrictEqual(simulator.device.read('HOLDING', 1750, 2));
    await other.close();
  });

  it('can only be a model that is known', async () => {
    const options = { host: '127.0.0.1', port: 0, unitId: 1, seed: 1, config: {}, speed: 1 };
    const rest = { latencyMs: 0, idleTimeoutMs: 0, effectDelayMs: 0, clock: new FakeClock() };
    await expect(startSimulator({ ...options, ...rest, model: 'idm/navigator_3' })).rejects.toThrow(/unknown model/);
  });
});
