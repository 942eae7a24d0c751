import { afterEach, beforeEach, expect, it } from 'vitest';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { type PartialUnit, startPartialUnit } from '../support/partial-unit.ts';

let api: Api;
let unit: PartialUnit;
beforeEach(async () => {
  api = await startApi();
});
afterEach(async () => {
  await api.close();
  await unit.close();
});

const READINGS = `subscription ($keys: [String!]) {
  readings(keys: $keys) { complete readings { key quality } heatpump { sensors(keys: $keys) { key } } }
}`;

it('is told completely when a unit turns out to lack a register', async () => {
  unit = await startPartialUnit('idm/navigator_2_0', { circuits: ['A'], zones: [] });
  await addOnline(api, unit.port);
  const readings = api.subscribe(READINGS, { keys: ['humidity', 'temp_outside'] });
  const first = await readings.next();
  expect(first.readings.complete).toBe(true);
  expect(first.readings.readings.map(({ key }: { key: string }) => key)).toStrictEqual(['temp_outside', 'humidity']);

  unit.lack(['humidity']);
  const {
    complete,
    readings: left,
    heatpump,
  } = (await readings.next(({ readings: { complete } }) => complete)).readings;
  expect(complete).toBe(true);
  expect(left).toStrictEqual([{ key: 'temp_outside', quality: 'GOOD' }]);
  expect(heatpump.sensors).toStrictEqual([{ key: 'temp_outside' }]);
  readings.end();
});

it('names the firmware once the device was asked', async () => {
  unit = await startPartialUnit('luxtronik/luxtronik_2_1', { functions: 'auto' });
  const id = await addOnline(api, unit.port, { manufacturer: 'luxtronik', model: 'luxtronik_2_1' });
  const { data } = await api.query('query ($id: ID) { heatpump(id: $id) { firmware } }', { id });
  expect(data.heatpump.firmware).toBe('3.92.1');
});
