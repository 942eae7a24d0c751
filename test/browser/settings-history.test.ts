import { beforeEach, describe, expect, it } from 'vitest';
import { addOnline } from '../support/api.ts';
import { DESK, PHONE } from '../support/browser.ts';
import { QUICK_DRIVERS, until, useClientHouse } from '../support/client-house.ts';

/** One-word registers of a Navigator 2.0. */
const WATER = 1032;
const SWITCH_ON = 1033;

let id: string;
const house = useClientHouse({
  drivers: QUICK_DRIVERS,
  isAnewForEach: true,
  setUp: async ({ api, simulator }) => {
    simulator.device.write('HOLDING', WATER, [50]);
    simulator.device.write('HOLDING', SWITCH_ON, [45]);
    id = await addOnline(api, simulator.port, { name: 'Main house' });
  },
});

const snapshots = async () => {
  const { data } = await house.api.query(
    'query ($id: ID!) { settingsSnapshots(heatpumpId: $id) { snapshots { trigger } } }',
    { id },
  );
  return data.settingsSnapshots.snapshots.map(({ trigger }: { trigger: string }) => trigger);
};
const held = (address: number) => house.simulator.device.read('HOLDING', address, 1);
const write = (key: string, value: number) =>
  house.api.query('mutation ($input: WriteSensorInput!) { writeSensor(input: $input) { write { id } } }', {
    input: { heatpumpId: id, key, value },
  });

beforeEach(() => until(snapshots, ['DAILY']));

describe('the history of settings', () => {
  it('shows what was changed at the heat pump and here, and takes a change back', async () => {
    const page = await house.open(`/heatpumps/${id}/changes`, DESK);
    const changes = page.getByRole('region', { name: 'What was changed' });
    await changes.getByText('Nothing has been changed yet').waitFor();
    house.simulator.device.write('HOLDING', WATER, [55]);
    const foreign = changes.getByRole('listitem').filter({ hasText: '50\u00a0°C → 55\u00a0°C' });
    await foreign.getByText('At the heat pump').waitFor();
    expect(await foreign.getByRole('button').count()).toBe(0);
    await write('temp_water_switch_on', 40);
    const own = changes.getByRole('listitem').filter({ hasText: '45\u00a0°C → 40\u00a0°C' });
    await own.getByText('confirmed').waitFor();
    await own.getByRole('button', { name: /^Undo the change of/ }).press('Enter');
    await changes.getByText('Taken back').waitFor();
    await until(async () => held(SWITCH_ON), [45]);
    await until(() => own.getByRole('button').count(), 0);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('compares a snapshot with now and restores what is chosen, after a preview', async () => {
    house.simulator.device.write('HOLDING', WATER, [55]);
    house.simulator.device.write('HOLDING', SWITCH_ON, [41]);
    const page = await house.open(`/heatpumps/${id}/changes`, DESK);
    const region = page.getByRole('region', { name: 'Snapshots' });
    await region.getByText('2 settings differ').waitFor();
    const rows = region.getByRole('table', { name: '2 settings differ' }).getByRole('row');
    expect((await rows.allTextContents()).slice(1).map((text) => text.replaceAll('\u00a0', ' '))).toStrictEqual([
      expect.stringMatching(/50 °C55 °C$/),
      expect.stringMatching(/45 °C41 °C$/),
    ]);
    const before = house.simulator.device.writes.length;
    await region.getByRole('button', { name: 'Restore …' }).click();
    await region.getByRole('checkbox').last().uncheck();
    expect(house.simulator.device.writes).toHaveLength(before);
    await region.getByRole('button', { name: 'Write 1 setting' }).click();
    await region.getByText('1 setting was restored.').waitFor();
    expect(house.simulator.device.writes.slice(before)).toStrictEqual([
      { table: 'HOLDING', address: WATER, words: [50] },
    ]);
    expect([held(WATER), held(SWITCH_ON)]).toStrictEqual([[50], [41]]);
    await region.getByRole('button', { name: 'Close' }).click();
    await region.getByText('1 setting differs').waitFor();
    expect(await snapshots()).toStrictEqual(expect.arrayContaining(['BEFORE_RESTORE', 'DAILY']));
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('is no way back past what somebody else has set since, where a sensor is written, either', async () => {
    const page = await house.open(`/heatpumps/${id}/sensors`, DESK);
    const row = page.locator('[data-key="temp_water_switch_on"]');
    await row.locator('summary').click();
    await row.getByRole('spinbutton').fill('40');
    await row.getByRole('button', { name: 'Send' }).click();
    await row.getByRole('button', { name: 'Back to 45\u00a0°C' }).waitFor();
    house.simulator.device.write('HOLDING', SWITCH_ON, [42]);
    await row.getByRole('button', { name: 'Back to 45\u00a0°C' }).click();
    await row.getByText('Somebody else has changed it since.').waitFor();
    expect(held(SWITCH_ON)).toStrictEqual([42]);
  });

  it('is complete in German on a phone', async () => {
    await write('temp_water_switch_on', 40);
    house.simulator.device.write('HOLDING', WATER, [52]);
    const page = await house.open(`/heatpumps/${id}/changes`, PHONE);
    await page.getByRole('region', { name: 'Was geändert wurde' }).getByText('An der Wärmepumpe').waitFor();
    const region = page.getByRole('region', { name: 'Sicherungen' });
    await region.getByRole('button', { name: 'Jetzt sichern' }).click();
    await until(async () => (await snapshots())[0], 'ON_DEMAND');
    await region.getByLabel('Vergleiche').selectOption({ index: 0 });
    await region.getByText('Alle Einstellungen sind gleich.').waitFor();
    await region.getByLabel('Vergleiche').selectOption({ index: 2 });
    await region.getByRole('button', { name: 'Wiederherstellen …' }).tap();
    await region.getByRole('button', { name: '2 Einstellungen schreiben' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(390);
    expect(house.opened.problems).toStrictEqual([]);
  });
});
