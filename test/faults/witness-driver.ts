import type { RegisterTable } from '../../src/domain/register.ts';
import type { Sensor } from '../../src/domain/sensor.ts';
import type { Driver } from '../../src/drivers/driver.ts';
import { navigator20 } from '../../src/drivers/idm/navigator-2-0.ts';
import { register } from '../support/register.ts';

/** Where the runs of registers begin, and how many sensors each has; every run is one request. */
const RUNS: readonly (readonly [RegisterTable, address: number, sensors: number])[] = [
  ['HOLDING', 100, 8],
  ['HOLDING', 200, 8],
  ['HOLDING', 300, 8],
  ['HOLDING', 400, 1],
  ['INPUT', 100, 8],
  ['INPUT', 200, 8],
];

const [template] = navigator20.sensors(navigator20.exampleConfigs.smallest);

/** A model whose values are the bare words of its registers, so that they can be compared with what lies there. */
export const witnessDriver: Driver = {
  ...navigator20,
  id: 'witness',
  lineRules: { pauseMs: 0, maxIdleMs: 60_000, maxWordsPerSecond: null, oneWordFunction: 16 },
  configFields: [],
  probe: () => ({ key: 'holding_100', plausible: [0, 0xffff] }),
  testKeys: ['holding_100'],
  sensors: () => SENSORS,
  stateRules: [],
};

const SENSORS: readonly Sensor[] = RUNS.flatMap(([table, from, count]) =>
  Array.from({ length: count }, (_, index) => sensorAt(table, from + index)),
);

function sensorAt(table: RegisterTable, address: number): Sensor {
  if (!template) throw new RangeError('the Navigator has no sensors');
  const access = table === 'HOLDING' ? 'READ_WRITE' : 'READ_ONLY';
  const range = { min: null, max: null, step: null, options: [], writeHazard: null, writeMode: null };
  const meaning = { quantity: null, circuit: null, unit: null, ambiguousNotAvailable: false, settleMs: 0 };
  const key = `${table.toLowerCase()}_${address}`;
  return { ...template, ...range, ...meaning, key, access, register: register({ table, address }) };
}
