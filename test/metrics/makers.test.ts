import { spawnSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createMetrics } from '../../src/metrics/metrics.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { buildHouse, type House } from '../support/house.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { toolPath } from '../support/tools.ts';

const UNITS = [
  ['idm/navigator_2_0', { circuits: ['A', 'B', 'C'], zones: [0] }],
  ['nibe/s_series', { model: 'VVM-S320', climateSystems: [1], outdoorUnits: [1] }],
  ['daikin/altherma', { variant: 'altherma4' }],
  ['luxtronik/luxtronik_2_1', {}],
] as const;

let house: House;
let simulators: Simulator[];
let exposition: string;

beforeAll(async () => {
  house = await buildHouse();
  simulators = await Promise.all(UNITS.map(([model, config]) => startTestSimulator({ model, config })));
  for (const [index, [fullModel, config]] of UNITS.entries()) {
    const [manufacturer = '', model = ''] = fullModel.split('/');
    const connection = { host: '127.0.0.1', port: simulators[index]?.port };
    await house.manager.add({ name: model, manufacturer, model, connection, config });
  }
  await house.manager.readAll();
  const metrics = createMetrics({
    events: house.bus,
    heatpumps: () => house.manager.list(),
    subscribers: () => 0,
    lastBackupAt: () => null,
  });
  exposition = Buffer.concat(await metrics.scrape(() => true)).toString();
});

afterAll(async () => {
  await house?.close();
  await Promise.all(simulators?.map((simulator) => simulator.close()) ?? []);
});

/** The lines in which Prometheus' own checker finds fault, each beginning with the metric. */
function complaints(): string[] {
  const { stdout, stderr } = spawnSync(toolPath('promtool'), ['check', 'metrics'], {
    input: exposition,
    encoding: 'utf8',
  });
  return `${stdout}${stderr}`.split('\n').filter((line) => line !== '');
}

describe('the metrics of every maker', () => {
  it('are those of all four, under their own names and the common ones', () => {
    const up = [...exposition.matchAll(/^heatpump_up\{.*manufacturer="(\w+)".*\} 1$/gm)].map(([, maker]) => maker);
    expect(up.sort()).toStrictEqual(['daikin', 'idm', 'luxtronik', 'nibe']);
    for (const maker of up) {
      const outdoor = new RegExp(`^heatpump_outdoor_temperature_celsius\\{.*manufacturer="${maker}"`, 'm');
      expect(exposition).toMatch(outdoor);
      expect(exposition).toMatch(new RegExp(`^${maker}_heatpump_\\w+\\{`, 'm'));
    }
  });

  it('satisfy Prometheus’ own checker, but for makers’ names that are identifiers and stay as they are', () => {
    const about = complaints().map((line) => line.split(' ')[0] ?? '');
    expect(about.length).toBeGreaterThan(0);
    expect(about.filter((name) => !/^(idm|nibe|daikin|luxtronik)_heatpump_\w+$/.test(name))).toStrictEqual([]);
  });
});
