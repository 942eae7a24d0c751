import type { Sensor } from '../src/domain/sensor.ts';
import type { Driver } from '../src/drivers/driver.ts';
import { sensorFrom } from '../src/drivers/sensor-row.ts';
import { hurriedDriver } from './workload.ts';

/** Registers of a unit, from address 0 on; read by one request. */
export const FLEET_REGISTERS = 100;
/** How often each unit is read. */
export const FLEET_INTERVAL_MS = 1_000;

const SENSORS: readonly Sensor[] = Array.from({ length: FLEET_REGISTERS }, (_, address) =>
  sensorFrom(
    { category: 'TEMPERATURE', unit: '°C', access: 'READ_ONLY' },
    {
      key: `value_${address}`,
      name: { EN: `Value ${address}`, DE: `Wert ${address}` },
      settleMs: 0,
      source: 'the benchmark',
      confidence: 'ASSUMED',
      register: {
        ...{ table: 'HOLDING', address, dataType: 'INT16', wordOrder: 'BIG', writeWordOrder: 'BIG' },
        ...{ scale: 0.1, offset: 0, notAvailable: [-32_768], readAlone: false },
      },
    },
  ),
);

/** A unit with a hundred values, one register each. */
export const fleetDriver: Driver = {
  ...hurriedDriver(),
  id: 'fleet',
  configFields: [],
  exampleConfigs: { smallest: {}, largest: {} },
  readRules: { maxWords: 125, spannable: [], requestStarts: [], cost: { request: 50, word: 0.2 } },
  probe: () => ({ key: 'value_1', plausible: [0, 100] }),
  testKeys: [],
  sensors: () => SENSORS,
  capabilities: () => ({
    ...{ heating: true, cooling: false, hotWater: false, solar: false, pool: false },
    ...{ circuits: [], zones: [], quantities: [] },
  }),
  defaultDashboard: () => ({ name: { EN: 'Fleet', DE: 'Flotte' }, widgets: [] }),
  stateRules: [],
};
