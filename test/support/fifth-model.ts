import type { Quantity } from '../../src/domain/quantity.ts';
import { quantitiesOf } from '../../src/domain/quantity-view.ts';
import type { DataType, RegisterTable } from '../../src/domain/register.ts';
import type { Sensor } from '../../src/domain/sensor.ts';
import type { Driver } from '../../src/drivers/driver.ts';
import { navigator20 } from '../../src/drivers/idm/navigator-2-0.ts';
import { options } from '../../src/drivers/options.ts';
import { CHART, overview } from '../../src/drivers/widgets.ts';
import { register } from './register.ts';

interface Row {
  readonly at: number;
  readonly table: RegisterTable;
  readonly key: string;
  readonly name: string;
  readonly dataType: DataType;
  readonly scale: number;
  readonly unit: string | null;
  readonly quantity: Quantity | null;
  readonly more?: Partial<Sensor>;
}

const STATES = options([0, 'standby', 'Standby', 'Bereit'], [2, 'heating', 'Heating', 'Heizen']);
const SETPOINT = { access: 'READ_WRITE', min: 30, max: 60, step: 0.5, category: 'SETPOINT' } as const;

// biome-ignore format: one row per line
const ROWS: readonly Row[] = [
  { at: 1, table: 'INPUT', key: 'outdoor', name: 'Outdoor temperature', dataType: 'INT16', scale: 0.1, unit: '°C', quantity: 'OUTDOOR_TEMPERATURE' },
  { at: 2, table: 'INPUT', key: 'flow', name: 'Flow temperature', dataType: 'INT16', scale: 0.1, unit: '°C', quantity: 'FLOW_TEMPERATURE' },
  { at: 3, table: 'INPUT', key: 'return', name: 'Return temperature', dataType: 'INT16', scale: 0.1, unit: '°C', quantity: 'RETURN_TEMPERATURE' },
  { at: 4, table: 'INPUT', key: 'tank', name: 'Tank temperature', dataType: 'INT16', scale: 0.1, unit: '°C', quantity: 'HOT_WATER_TEMPERATURE' },
  { at: 5, table: 'INPUT', key: 'heat_power', name: 'Heat output', dataType: 'UINT16', scale: 1, unit: 'W', quantity: 'THERMAL_POWER' },
  { at: 6, table: 'INPUT', key: 'power_input', name: 'Power input', dataType: 'UINT16', scale: 1, unit: 'W', quantity: 'ELECTRICAL_POWER' },
  { at: 7, table: 'INPUT', key: 'heat', name: 'Heat', dataType: 'UINT32', scale: 0.01, unit: 'MWh', quantity: 'HEAT_ENERGY' },
  { at: 9, table: 'INPUT', key: 'state', name: 'State', dataType: 'UINT16', scale: 1, unit: null, quantity: null, more: { options: STATES } },
  { at: 10, table: 'INPUT', key: 'fault', name: 'Fault', dataType: 'UINT16', scale: 1, unit: null, quantity: 'FAULT' },
  { at: 20, table: 'HOLDING', key: 'tank_target', name: 'Tank target', dataType: 'INT16', scale: 0.1, unit: '°C', quantity: 'HOT_WATER_TARGET_TEMPERATURE', more: SETPOINT },
];

/** A sensor that is only read, for what this model has nothing to say about. */
const plain = navigator20.sensors(navigator20.exampleConfigs.smallest).find(({ key }) => key === 'temp_outside');

const SENSORS = ROWS.map(({ at, table, key, name, dataType, scale, unit, quantity, more }): Sensor => {
  if (!plain) throw new RangeError('the Navigator has no outdoor temperature');
  const own = {
    ...plain,
    key,
    name: { EN: name, DE: name },
    unit,
    quantity,
    settleMs: 0,
    source: 'ten rows of a test',
  };
  return { ...own, ...more, register: register({ table, address: at, dataType, scale }) };
});

/** A fifth maker's model, as the documentation has one added: one file, and one line in the list of drivers. */
export const fifthModel: Driver = {
  id: 'aero_1',
  name: 'Aero 1',
  manufacturer: { id: 'fifth', name: 'Fifth' },
  protocol: 'MODBUS_TCP',
  defaultPort: 502,
  defaultUnitId: 1,
  defaultTimeoutMs: 1_000,
  lineRules: { pauseMs: 0, maxIdleMs: 15_000, maxWordsPerSecond: null, oneWordFunction: 16 },
  readRules: { maxWords: 50, spannable: [], requestStarts: [], cost: { request: 50, word: 0.2 } },
  refusals: [2],
  wear: null,
  probe: () => ({ key: 'outdoor', plausible: [-60, 70] }),
  testKeys: ['outdoor', 'flow'],
  exampleConfigs: { smallest: {}, largest: {} },
  configFields: [],
  setupInstructions: { EN: ['Switch on Modbus TCP.'], DE: ['Modbus TCP einschalten.'] },
  sensors: () => SENSORS,
  capabilities: () => ({
    ...{ heating: true, cooling: false, hotWater: true, solar: false, pool: false, circuits: [], zones: [] },
    quantities: quantitiesOf(SENSORS),
  }),
  defaultDashboard: () => overview([{ ...CHART, title: { EN: 'Flow', DE: 'Vorlauf' }, keys: ['flow'] }]),
  stateRules: [
    { key: 'state', values: [2], state: 'HEATING' },
    { key: 'state', values: [0], state: 'IDLE' },
  ],
};
