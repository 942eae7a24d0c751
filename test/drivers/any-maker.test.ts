import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DRIVERS } from '../../src/drivers/index.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { fifthModel } from '../support/fifth-model.ts';
import { readAnswer, type ScriptedServer, startScriptedServer, writeAnswer } from '../support/scripted-server.ts';
import { startTestSimulator } from '../support/simulator.ts';

/** What each maker calls what the test sets: outdoor, flow, return and hot-water temperature, power drawn, and its state. */
const MAKERS = {
  'idm/navigator_2_0': {
    config: {},
    keys: [
      'temp_outside',
      'temp_heat_pump_flow',
      'temp_heat_pump_return',
      'temp_water_heater_top',
      'power_current_draw',
    ],
    state: { failure_id: 0, failure_heat_pump: 0, status_heat_pump: 1 },
  },
  'nibe/s_series': {
    config: { model: 'S1255' },
    keys: [
      'outdoor_temperature_bt1',
      'condenser_supply_bt12',
      'return_temperature_bt3',
      'hot_water_top_bt7',
      'energy_log_power',
    ],
    state: { alarm_number: 0, alarm_active: 0, operating_priority: 30 },
  },
  'daikin/altherma': {
    config: { variant: 'altherma4' },
    keys: ['outdoor_temp', 'leaving_water_temp_buh', 'return_water_temp', 'dhw_temp', 'power_consumption'],
    state: { unit_abnormality: 0, di_defrost: 0, unit_operation_mode: 2 },
  },
  'luxtronik/luxtronik_2_1': {
    config: {},
    keys: ['outdoor_temp', 'flow_temp', 'return_temp', 'hot_water_temp', 'electric_power'],
    state: { error_number: 0, operation_mode: 0 },
  },
} as const;
const VALUES = [-7.5, 34.5, 29.5, 47.5, 1.5];

/** The fifth maker's registers: input 1 to 10, holding 20. By hand: 65536 - 75; 123456 = 1 * 65536 + 57920. */
const INPUTS = [0, 65_461, 345, 295, 475, 6_000, 1_500, 1, 57_920, 2, 0];
let tankTarget = 500;

const QUANTITIES = `{ heatpumps { name manufacturer { id } quantities(quantities: [
  OUTDOOR_TEMPERATURE, FLOW_TEMPERATURE, RETURN_TEMPERATURE, HOT_WATER_TEMPERATURE, ELECTRICAL_POWER, OPERATING_STATE, FAULT
]) { quantity circuit value unit text quality } } }`;

let api: Api;
let unit: ScriptedServer;
const simulators: Simulator[] = [];

async function addSimulated(name: keyof typeof MAKERS): Promise<void> {
  const { config, keys, state } = MAKERS[name];
  const simulator = await startTestSimulator({ model: name, config });
  simulators.push(simulator);
  keys.forEach((key, index) => void simulator.device.force(key, VALUES[index] ?? null));
  for (const [key, value] of Object.entries(state)) simulator.device.force(key, value);
  const [manufacturer, model] = name.split('/');
  await addOnline(api, simulator.port, { name, manufacturer, model, config });
}

beforeAll(async () => {
  api = await startApi({ pollIntervalMs: 1_000 }, [...DRIVERS, fifthModel]);
  unit = await startScriptedServer((request) => {
    const { functionCode, pdu } = request;
    const [address, count] = [pdu.readUInt16BE(1), pdu.readUInt16BE(3)];
    if (functionCode === 16) tankTarget = pdu.readUInt16BE(6);
    if (functionCode === 16) return writeAnswer(request);
    return readAnswer(functionCode, functionCode === 3 ? [tankTarget] : INPUTS.slice(address, address + count));
  });
  const fifth = { name: 'fifth/aero_1', manufacturer: 'fifth', model: 'aero_1' };
  await Promise.all([
    ...(Object.keys(MAKERS) as (keyof typeof MAKERS)[]).map(addSimulated),
    addOnline(api, unit.port, fifth),
  ]);
}, 30_000);
afterAll(async () => {
  await api?.close();
  await unit?.close();
  await Promise.all(simulators.map((simulator) => simulator.close()));
});

it('tells the same of every maker under the same names, to one query that knows none', async () => {
  const { data } = await api.query(QUANTITIES);
  const told = data.heatpumps.map(
    ({ name, quantities }: { name: string; quantities: { circuit: string | null }[] }) => [
      name,
      quantities.filter(({ circuit }) => circuit === null),
    ],
  );
  const good = { circuit: null, quality: 'GOOD' };
  const expected = [
    { quantity: 'OUTDOOR_TEMPERATURE', value: -7.5, unit: '°C', text: null, ...good },
    { quantity: 'FLOW_TEMPERATURE', value: 34.5, unit: '°C', text: null, ...good },
    { quantity: 'RETURN_TEMPERATURE', value: 29.5, unit: '°C', text: null, ...good },
    { quantity: 'HOT_WATER_TEMPERATURE', value: 47.5, unit: '°C', text: null, ...good },
    { quantity: 'ELECTRICAL_POWER', value: 1.5, unit: 'kW', text: null, ...good },
    { quantity: 'OPERATING_STATE', value: 2, unit: null, text: 'HEATING', ...good },
    { quantity: 'FAULT', value: 0, unit: null, text: expect.toSatisfy(() => true), ...good },
  ];
  expect(told).toHaveLength(5);
  for (const [name, quantities] of told) {
    expect(quantities, name).toHaveLength(expected.length);
    expect(quantities, name).toStrictEqual(expect.arrayContaining(expected));
  }
});

describe('a fifth model, made of ten rows', () => {
  it('is offered like the others', async () => {
    const { data } = await api.query('{ manufacturers { id models { id defaultPort sensors { key } } } }');
    const offered = data.manufacturers.find(({ id }: { id: string }) => id === 'fifth');
    expect(offered.models).toMatchObject([{ id: 'aero_1', defaultPort: 502 }]);
    expect(offered.models[0].sensors).toHaveLength(10);
  });

  it('is read in two requests, in units that are everybody’s', async () => {
    const query = `{ heatpumps { name status { lastPoll { requests registers } }
      quantities(quantities: [THERMAL_POWER, HEAT_ENERGY, COP]) { quantity value unit } } }`;
    const { data } = await api.query(query);
    const fifth = data.heatpumps.find(({ name }: { name: string }) => name === 'fifth/aero_1');
    expect(fifth).toMatchObject({ status: { lastPoll: { requests: 2, registers: 11 } } });
    expect(fifth.quantities).toStrictEqual(
      expect.arrayContaining([
        { quantity: 'THERMAL_POWER', value: 6, unit: 'kW' },
        { quantity: 'HEAT_ENERGY', value: 1_234_560, unit: 'kWh' },
        { quantity: 'COP', value: 4, unit: null },
      ]),
    );
  });

  it('is written, scraped and tested like the others', async () => {
    const { data } = await api.query('{ heatpumps { id name } }');
    const { id } = data.heatpumps.find(({ name }: { name: string }) => name === 'fifth/aero_1');
    const writes = api.subscribe('subscription { writes { key state confirmed } }');
    await new Promise((resolve) => setTimeout(resolve, 200));
    const write = 'mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { state } } }';
    await api.query(write, { input: { heatpumpId: id, key: 'tank_target', value: 48.5 } });
    const { writes: settled } = await writes.next(({ writes: { state } }) => state !== 'PENDING');
    expect(settled).toStrictEqual({ key: 'tank_target', state: 'CONFIRMED', confirmed: 48.5 });
    const metrics = await (await fetch(`${api.url}/metrics`)).text();
    expect(metrics).toContain(`fifth_heatpump_outdoor{heatpump_id="${id}"`);
    expect(metrics).toMatch(new RegExp(`^heatpump_thermal_power_watts\\{heatpump_id="${id}".*\\} 6000$`, 'm'));
    const test = 'mutation ($input: TestConnectionInput!) { testConnection(input: $input) { result { code } } }';
    expect((await api.query(test, { input: { id } })).data.testConnection.result.code).toBe('OK');
  });
});
