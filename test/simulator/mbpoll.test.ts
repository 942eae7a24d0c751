import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { toolPath } from '../support/tools.ts';

let simulator: Simulator;

beforeAll(async () => {
  simulator = await startTestSimulator();
});
afterAll(() => simulator?.close());

const run = promisify(execFile);

/** What mbpoll, a Modbus master not of ours, reads or writes: the values behind `[address]:`. Rejects if it fails. */
async function mbpoll(type: string, address: number, ...more: string[]): Promise<string[]> {
  const target = ['-m', 'tcp', '-p', String(simulator.port), '-a', '1', '-o', '2'];
  const what = ['-0', '-1', '-t', type, '-r', String(address)];
  const { stdout } = await run(toolPath('mbpoll'), [...target, ...what, '127.0.0.1', ...more]);
  return [...stdout.matchAll(/^\[\d+\]:\s+(\S+)/gm)].map(([, value]) => value as string);
}

describe('mbpoll, which puts the low word first unless told otherwise,', () => {
  it('reads floats as they are', async () => {
    simulator.device.force('temp_outside', -7.25);
    simulator.device.force('energy_heat_total', 32_120.4);
    simulator.device.force('temp_cold_storage', null);
    expect(await mbpoll('4:float', 1000)).toStrictEqual(['-7.25']);
    expect(await mbpoll('3:float', 1750)).toStrictEqual(['32120.4']);
    expect(await mbpoll('4:float', 1010)).toStrictEqual(['-1']);
    // -7.25 is 0xC0E80000.
    expect(await mbpoll('4:hex', 1000, '-c', '2')).toStrictEqual(['0x0000', '0xC0E8']);
    expect(await mbpoll('4:float', 1000, '-B')).not.toStrictEqual(['-7.25']);
  });

  it('reads several floats at once', async () => {
    simulator.device.force('temp_heat_storage', 41.5);
    simulator.device.force('temp_cold_storage', 12.25);
    expect(await mbpoll('4:float', 1008, '-c', '2')).toStrictEqual(['41.5', '12.25']);
  });

  it('reads 16-bit registers', async () => {
    simulator.device.force('status_heat_pump', 8);
    simulator.device.force('temp_water_target', 47);
    expect(await mbpoll('4', 1090)).toStrictEqual(['8']);
    expect(await mbpoll('3', 1032)).toStrictEqual(['47']);
  });

  it('is refused an undefined address', async () => {
    const refusal = { stderr: expect.stringContaining('Illegal data address') };
    await expect(mbpoll('4', 1999)).rejects.toMatchObject(refusal);
    // 1006 is there, 1007 is not.
    expect(await mbpoll('4', 1006)).toHaveLength(1);
    await expect(mbpoll('4', 1006, '-c', '2')).rejects.toMatchObject(refusal);
  });

  it('writes a float', async () => {
    await mbpoll('4:float', 1401, '22.5');
    // 22.5 is 0x41B40000.
    expect(simulator.device.writes).toStrictEqual([{ table: 'HOLDING', address: 1401, words: [0x0000, 0x41b4] }]);
    expect(await mbpoll('4:float', 1401)).toStrictEqual(['22.5']);
  });
});
