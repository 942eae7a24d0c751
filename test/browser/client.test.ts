import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addOnline, startApi } from '../support/api.ts';
import { DESK, PHONE } from '../support/browser.ts';
import { QUICK_DRIVERS, until, useClientHouse } from '../support/client-house.ts';
import { makeTempDir } from '../support/house.ts';
import { loadedScripts } from '../support/loaded-scripts.ts';
import { startTestSimulator } from '../support/simulator.ts';

const house = useClientHouse({ isAnewForEach: true, drivers: QUICK_DRIVERS });

/** What a test of the connection shows of an Altherma 4. */
const TEST_KEYS = ['outdoor_temp', 'leaving_water_temp_buh', 'dhw_temp', 'power_consumption'];

/** The value in large beside the name of a quantity. */
function quantity(page: Page, name: string) {
  return page.locator('.quantity-value', { has: page.getByText(name, { exact: true }) }).locator('dd');
}

const row = (page: Page, key: string) => page.locator(`.sensor-row[data-key="${key}"]`);
const value = (page: Page, key: string) => row(page, key).locator('.sensor-value');

describe('the web client', () => {
  it('adds a heat pump by keyboard alone, and shows its values as they change', async () => {
    const page = await house.open('/', DESK);
    await page.getByText('No heat pump yet').waitFor();
    await page.getByRole('main').getByRole('link', { name: 'Add a heat pump' }).press('Enter');
    await page.getByLabel('Name', { exact: true }).fill('Main house');
    await page.getByLabel('Host name or IP address').fill('127.0.0.1');
    await page.getByLabel('Port').fill(String(house.simulator.port));
    await page.getByRole('button', { name: 'Test connection' }).press('Enter');
    await page.getByText('The heat pump answers. Compare the values with its display.').waitFor();
    await page.getByLabel('Name', { exact: true }).press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Main house' }).waitFor();
    await page.locator('.state-badge', { hasText: 'Online' }).waitFor();
    house.simulator.device.force('temp_outside', -12.3);
    await until(() => quantity(page, 'Outdoor').textContent(), '−12.3\u00a0°C');
    house.simulator.device.force('temp_outside', 4.5);
    await until(() => quantity(page, 'Outdoor').textContent(), '4.5\u00a0°C');
    house.simulator.device.force('temp_outside', null);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('follows written values until the heat pump has confirmed or changed them', { timeout: 45_000 }, async () => {
    const id = await addOnline(house.api, house.simulator.port);
    const page = await house.open(`/heatpumps/${id}`, DESK);
    await page.getByRole('link', { name: 'Sensors' }).waitFor();
    await page.keyboard.press('/');
    await until(() => page.getByLabel('Search sensors').evaluate((field) => field === document.activeElement), true);
    await page.keyboard.type('hot water');
    const confirmed = row(page, 'temp_water_switch_on');
    const clamped = row(page, 'temp_water_target');
    const values: readonly (readonly [typeof confirmed, string])[] = [
      [confirmed, '44'],
      [clamped, '70'],
    ];
    for (const [sensor, value] of values) {
      await sensor.locator('summary').press('Enter');
      await sensor.getByText('Each write wears the memory of the machine.').waitFor();
      await sensor.getByLabel('New value').fill('99');
      await sensor.getByRole('button', { name: 'Send' }).click();
      if (sensor === confirmed) await sensor.getByText('Allowed: 30 to 50 °C, in steps of 1 °C.').waitFor();
      await sensor.getByLabel('New value').fill(value);
      await sensor.getByLabel('New value').press('Enter');
      await sensor.getByText(/^\d+\s°C sent \d\d:\d\d:\d\d\. Waiting for the heat pump/).waitFor();
      expect(await sensor.getByLabel('New value').inputValue()).toBe(value);
    }
    await page.getByLabel('Search sensors').fill('status_system');
    await row(page, 'status_system').locator('summary').click();
    const mode = row(page, 'status_system').getByLabel('New value');
    expect(await mode.inputValue()).toBe('automatic');
    expect(await mode.locator('option:not([disabled])').allTextContents()).not.toContain(
      'Off, without frost protection',
    );
    await page.getByLabel('Search sensors').fill('hot water');
    await confirmed.getByText(/^44\s°C confirmed by the heat pump \d\d:\d\d:\d\d\.$/).waitFor({ timeout: 20_000 });
    await until(() => confirmed.locator('.sensor-value').textContent(), '44\u00a0°C');
    await confirmed.getByRole('button', { name: 'Back to 43 °C' }).waitFor();
    await clamped.getByText(/^The heat pump took 60\s°C instead of 70\s°C/).waitFor({ timeout: 20_000 });
    await until(() => clamped.locator('.sensor-value').textContent(), '60\u00a0°C');
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('marks bad input at its fields, and tells in plain German why a connection fails', async () => {
    const page = await house.open('/heatpumps/new', PHONE);
    await page.getByLabel('Hostname oder IP-Adresse').fill('not a host');
    await page.getByLabel('Port').fill('abc');
    await page.getByRole('button', { name: 'Hinzufügen' }).click();
    await page.getByText('Nicht gespeichert. Bitte prüfen Sie die markierten Felder.').waitFor();
    const issueOf = async (label: string) => {
      const field = page.locator('.field', { has: page.getByLabel(label, { exact: true }) });
      return field.locator('.field-issue').textContent();
    };
    expect(await issueOf('Port')).toBe('muss eine ganze Zahl von 1 bis 65535 sein');
    await page.getByLabel('Port').fill('70000');
    await page.getByRole('button', { name: 'Hinzufügen' }).click();
    await until(() => issueOf('Name'), 'muss 1 bis 100 Zeichen haben, ohne Zeilenumbruch');
    await until(
      () => page.getByLabel('Name', { exact: true }).evaluate((field) => field === document.activeElement),
      true,
    );
    expect(await issueOf('Hostname oder IP-Adresse')).toBe('muss ein Hostname oder eine IP-Adresse sein');
    expect(await issueOf('Port')).toBe('muss eine ganze Zahl von 1 bis 65535 sein');
    const unused = await startTestSimulator();
    await unused.close();
    await page.getByLabel('Hostname oder IP-Adresse').fill('127.0.0.1');
    await page.getByLabel('Port').fill(String(unused.port));
    await page.getByRole('button', { name: 'Verbindung testen' }).click();
    await page.getByText('Der Host lehnt Verbindungen an diesem Port ab.').waitFor();
    expect((await house.api.query('{ heatpumps { id } }')).data.heatpumps).toStrictEqual([]);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('says to wait where a heat pump answers, but knows none of its values yet', async () => {
    const silent = await startTestSimulator({ model: 'daikin/altherma', config: { variant: 'altherma4' } });
    for (const key of TEST_KEYS) silent.device.force(key, null);
    const page = await house.open('/heatpumps/new', DESK);
    await page.getByLabel('Manufacturer').selectOption('daikin');
    await page.getByLabel('Altherma 4, its own Modbus').check();
    await page.getByLabel('Host name or IP address').fill('127.0.0.1');
    await page.getByLabel('Port').fill(String(silent.port));
    await page.getByRole('button', { name: 'Test connection' }).click();
    await page.getByText('After a restart that takes a few minutes: wait, and test again.').waitFor();
    expect(await page.locator('.notice.warning').count()).toBe(1);
    await silent.close();
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('leaves to a heat pump what it can say by itself, unless that is chosen by hand', async () => {
    const page = await house.open('/heatpumps/new', DESK);
    const functions = () => page.locator('.config-options input').count();
    await page.getByLabel('Manufacturer').selectOption('luxtronik');
    const automatic = page.getByLabel('Automatic: as the heat pump itself says');
    expect(await automatic.isChecked()).toBe(true);
    expect(await functions()).toBe(0);
    await automatic.uncheck();
    expect(await functions()).toBeGreaterThan(3);
    await page.locator('.config-options input').first().check();
    await automatic.check();
    expect(await functions()).toBe(0);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('says that a heat pump is there already', async () => {
    await addOnline(house.api, house.simulator.port);
    const page = await house.open('/heatpumps/new', DESK);
    await page.getByLabel('Name', { exact: true }).fill('Twin');
    await page.getByLabel('Host name or IP address').fill('127.0.0.1');
    await page.getByLabel('Port').fill(String(house.simulator.port));
    await page.getByRole('button', { name: 'Add heat pump' }).click();
    await page.getByText('A heat pump with this host, port and unit id exists already.').waitFor();
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('counts the age of what it shows from the last poll', async () => {
    const id = await addOnline(house.api, house.simulator.port);
    const page = await house.open('/', PHONE);
    await page.waitForTimeout(5_000);
    expect(await page.locator('.fleet-card-age').textContent()).toMatch(/^Gelesen vor [012]\u00a0s$/);
    await page.goto(`${house.api.url}/heatpumps/${id}/sensors`);
    await page.waitForTimeout(4_000);
    expect(await page.locator('.sensors-age').first().textContent()).toMatch(/^gelesen vor [012]\u00a0s$/);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('makes no setting younger than it is, for these are read in turn', { timeout: 40_000 }, async () => {
    const id = await addOnline(house.api, house.simulator.port, { pollIntervalMs: 2_000 });
    const page = await house.open(`/heatpumps/${id}/sensors`, DESK);
    const row = page.locator('.sensor-row[data-key="temp_water_target"]');
    await row.locator('summary').click();
    const shown = row.locator('dt:text-is("Read") + dd');
    await shown.waitFor();
    const state = async () => {
      const query = `{ heatpump(id: "${id}") { status { lastReadAt } readings(keys: ["temp_water_target"]) { observedAt } } }`;
      const { status, readings } = (await house.api.query(query)).data.heatpump;
      return { observedAt: Date.parse(readings[0].observedAt), polledAt: Date.parse(status.lastReadAt) };
    };
    const lag = async () => (({ observedAt, polledAt }) => polledAt - observedAt)(await state());
    await expect.poll(lag, { timeout: 20_000, interval: 100 }).toBeGreaterThan(6_000);
    const [text, { observedAt }] = [await shown.textContent(), await state()];
    const shownAt = new Date(observedAt);
    const [hours = 0, minutes = 0, seconds = 0] = (text ?? '').split(':').map(Number);
    shownAt.setHours(hours, minutes, seconds, 0);
    expect(shownAt.getTime()).toBeLessThanOrEqual(observedAt);
    expect(shownAt.getTime()).toBeGreaterThan(observedAt - 15_000);
    const ages = await page.locator('.sensors-age').allTextContents();
    expect(ages[0]).toMatch(/^read [0123]\u00a0s ago$/);
    expect(ages[1]).toMatch(/^settings ([5-9]|1\d)\u00a0s ago$/);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('shows names as text, whatever they hold', async () => {
    const name = '<img src=x onerror=alert(1)>';
    const id = await addOnline(house.api, house.simulator.port, { name });
    const page = await house.open('/', PHONE);
    await page.getByRole('heading', { level: 2, name }).waitFor();
    await page.goto(`${house.api.url}/heatpumps/${id}`);
    await page.getByRole('heading', { level: 1, name }).waitFor();
    expect(await page.locator('img').count()).toBe(0);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('disables, enables, changes and removes a heat pump', async () => {
    const id = await addOnline(house.api, house.simulator.port, { name: 'Cottage' });
    const page = await house.open(`/heatpumps/${id}/edit`, DESK);
    await page.getByRole('button', { name: 'Disable' }).click();
    await page.locator('.state-badge', { hasText: 'Disabled' }).waitFor();
    await page.getByRole('link', { name: 'Overview' }).last().click();
    await until(() => quantity(page, 'Flow').textContent(), '– Not read');
    await page.getByRole('link', { name: 'Sensors' }).click();
    await row(page, 'temp_water_target').locator('summary').click();
    await row(page, 'temp_water_target').getByText('Locked: the heat pump is disabled.').waitFor();
    expect(await row(page, 'temp_water_target').getByLabel('New value').isDisabled()).toBe(true);
    await page.getByRole('link', { name: 'Enable it in the settings' }).click();
    await page.getByRole('button', { name: 'Enable' }).click();
    await page.locator('.state-badge', { hasText: 'Online' }).waitFor();
    await page.getByLabel('Name', { exact: true }).fill('Summer cottage');
    await page.getByLabel('Read-only').check();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 1, name: 'Summer cottage' }).waitFor();
    await page.getByRole('link', { name: 'Sensors' }).click();
    await page.getByText('Locked: this heat pump is set to read-only.').first().waitFor();
    await page.getByRole('link', { name: 'Settings', exact: true }).click();
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: 'Cancel' }).click();
    expect((await house.api.query('{ heatpumps { name } }')).data.heatpumps).toStrictEqual([
      { name: 'Summer cottage' },
    ]);
    await page.getByRole('button', { name: 'Remove', exact: true }).click();
    await page.getByRole('button', { name: 'Remove for good' }).click();
    await page.getByText('No heat pump yet').waitFor();
    expect((await house.api.query('{ heatpumps { id } }')).data.heatpumps).toStrictEqual([]);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('goes anywhere by keyboard, and lists the keys', async () => {
    await addOnline(house.api, house.simulator.port, { name: 'Boiler house' });
    const page = await house.open('/preferences', DESK);
    await page.getByRole('heading', { level: 1, name: 'Preferences' }).waitFor();
    await page.keyboard.press('Control+k');
    await page.getByRole('button', { name: 'Boiler house' }).waitFor();
    await page.keyboard.type('boiler');
    await page.keyboard.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Boiler house' }).waitFor();
    await page.keyboard.press('?');
    await page.getByRole('heading', { name: 'Keys' }).waitFor();
    await page.keyboard.press('Escape');
    await page.getByRole('heading', { name: 'Keys' }).waitFor({ state: 'hidden' });
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('keeps the chosen language and appearance, also on a page that does not exist', async () => {
    const page = await house.open('/preferences', PHONE);
    await page.getByLabel('English').check();
    await page.getByLabel('Dark').check();
    await page.goto(`${house.api.url}/no/such/page`);
    await page.getByRole('heading', { level: 1, name: 'There is no such page' }).waitFor();
    expect(await page.locator('html').getAttribute('lang')).toBe('en');
    expect(await page.evaluate(() => getComputedStyle(document.documentElement).colorScheme)).toBe('dark');
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('fits a phone, and loads little', async () => {
    const id = await addOnline(house.api, house.simulator.port, {
      name: 'A rather long name of a building in the old town',
    });
    const page = await house.open('/', PHONE);
    await quantity(page, 'Vorlauf').waitFor();
    const scriptBytes = (await loadedScripts(page)).reduce((sum, { gzipBytes }) => sum + gzipBytes, 0);
    expect(scriptBytes).toBeGreaterThan(10_000);
    expect(scriptBytes).toBeLessThanOrEqual(45_000);
    for (const path of [
      '/',
      `/heatpumps/${id}`,
      `/heatpumps/${id}/sensors`,
      `/heatpumps/${id}/edit`,
      '/heatpumps/new',
      '/preferences',
    ]) {
      await page.goto(`${house.api.url}${path}`);
      await page.getByRole('heading', { level: 1 }).waitFor();
      expect(await page.evaluate(() => document.documentElement.scrollWidth), path).toBeLessThanOrEqual(PHONE.width);
    }
    expect(house.opened.problems).toStrictEqual([]);
  });
});

describe('when the server goes away', () => {
  it('shows that nothing is current, and is complete again within five seconds of its return', async () => {
    const directory = makeTempDir();
    const paths = { dataDir: directory.path, databaseFile: join(directory.path, 'thermograph.db') };
    const first = await startApi(paths);
    const id = await addOnline(first, house.simulator.port);
    const port = Number(new URL(first.url).port);
    const page = await house.open(`${first.url}/heatpumps/${id}/sensors`, DESK);
    await page.evaluate(() => Object.assign(window, { stillTheSamePage: true }));
    await value(page, 'temp_heat_pump_flow').getByText('°C').waitFor();
    await row(page, 'temp_water_target').locator('summary').click();
    await row(page, 'temp_water_target').getByRole('button', { name: 'Send' }).waitFor();
    expect(house.opened.problems).toStrictEqual([]);
    await first.close();
    await page.getByText('No connection to the server.').waitFor();
    await page.getByText(/^What you see is \d+\u00a0s old, from \d\d:\d\d:\d\d\./).waitFor();
    await row(page, 'temp_heat_pump_flow').scrollIntoViewIfNeeded();
    await value(page, 'temp_heat_pump_flow').locator('.stale').waitFor();
    await page.locator('.state-badge.stale').waitFor();
    expect(await page.locator('.sensor-value .shown-value:not(.stale):not(.none)').count()).toBe(0);
    expect(await row(page, 'temp_water_target').getByRole('button', { name: 'Send' }).isDisabled()).toBe(true);
    await page.waitForTimeout(2_000);
    const second = await startApi({ ...paths, port });
    const backAt = performance.now();
    await page.getByText('No connection to the server.').waitFor({ state: 'detached' });
    await until(() => page.locator('.shown-value.stale').count(), 0);
    expect(performance.now() - backAt).toBeLessThan(5_000);
    house.simulator.device.force('temp_outside', 21.9);
    await until(() => value(page, 'temp_outside').textContent(), '21.9\u00a0°C');
    expect(await row(page, 'temp_water_target').getByRole('button', { name: 'Send' }).isEnabled()).toBe(true);
    expect(await page.evaluate(() => 'stillTheSamePage' in window)).toBe(true);
    await second.close();
    directory.remove();
  });
});
