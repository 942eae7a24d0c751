import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { addOnline } from '../support/api.ts';
import { DESK, PHONE } from '../support/browser.ts';
import { until, useClientHouse } from '../support/client-house.ts';
import { startTestSimulator } from '../support/simulator.ts';

let daikin: Simulator;
let ids: readonly [string, string];
const house = useClientHouse({
  isAnewForEach: true,
  setUp: async ({ api, simulator }) => {
    ids = [
      await addOnline(api, simulator.port, { name: 'Main house' }),
      await addOnline(api, daikin.port, {
        name: 'Farm',
        manufacturer: 'daikin',
        model: 'altherma',
        config: { variant: 'altherma4' },
      }),
    ];
  },
});

beforeAll(async () => {
  daikin = await startTestSimulator({ model: 'daikin/altherma', config: { variant: 'altherma4' } });
});

afterAll(() => daikin?.close());

describe('the comparison', () => {
  it('shows the same values of two makers on one time axis, as its address says', { timeout: 25_000 }, async () => {
    house.simulator.device.force('temp_outside', -4.2);
    daikin.device.force('outdoor_temp', 6.4);
    const path = `/compare?ids=${ids.join(',')}&quantities=OUTDOOR_TEMPERATURE&range=1h`;
    const page = await house.open(path, DESK);
    const chart = page.getByRole('region', { name: 'Outdoor', exact: true });
    const legend = (name: string) =>
      chart.locator('.chart-legend li', { hasText: name }).locator('.chart-legend-value');
    await until(() => legend('Main house').textContent(), '−4.2\u00a0°C');
    await until(() => legend('Farm').textContent(), '6.4\u00a0°C');
    const row = (name: string) => page.locator('.series-table tbody tr', { hasText: name }).locator('td').first();
    await until(() => row('Main house').textContent(), '−4.2\u00a0°C');
    await until(() => row('Farm').textContent(), '6.4\u00a0°C');
    await page.getByLabel('Flow', { exact: true }).check();
    await page.getByRole('region', { name: 'Flow', exact: true }).getByRole('slider').waitFor();
    await page.getByRole('button', { name: '6 h', exact: true }).click();
    const { searchParams } = new URL(page.url());
    expect(searchParams.get('quantities')?.split(',').toSorted()).toStrictEqual([
      'FLOW_TEMPERATURE',
      'OUTDOOR_TEMPERATURE',
    ]);
    expect(searchParams.get('range')).toBe('6h');
    await chart.getByRole('slider').focus();
    await page.keyboard.press('ArrowLeft');
    const time = (name: string) =>
      page.getByRole('region', { name, exact: true }).locator('.chart-legend-time').textContent();
    expect(await time('Outdoor')).toMatch(/^\d\d:\d\d:\d\d$/);
    expect(Math.abs(secondsOf(await time('Flow')) - secondsOf(await time('Outdoor')))).toBeLessThan(30);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('fits a phone, in German, and asks for a second heat pump', async () => {
    const page = await house.open(`/compare?ids=${ids[0]}&quantities=none`, PHONE);
    await page.getByText('Fügen Sie eine zweite Wärmepumpe hinzu').waitFor();
    await page.getByLabel('Farm').check();
    await page.getByText('Fügen Sie eine zweite Wärmepumpe hinzu').waitFor({ state: 'detached' });
    await page.getByLabel('Vorlauf', { exact: true }).check();
    await page.getByRole('region', { name: 'Vorlauf', exact: true }).getByRole('slider').waitFor();
    expect(new URL(page.url()).searchParams.get('ids')).toBe(ids.join(','));
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    expect(house.opened.problems).toStrictEqual([]);
  });
});

function secondsOf(time: string | null): number {
  const [hours = 0, minutes = 0, seconds = 0] = (time ?? '').split(':').map(Number);
  return (hours * 60 + minutes) * 60 + seconds;
}
