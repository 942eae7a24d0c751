import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import { addOnline } from '../support/api.ts';
import { DESK, PHONE } from '../support/browser.ts';
import { until, useClientHouse } from '../support/client-house.ts';
import { type HttpReceiver, startHttpReceiver } from '../support/receivers.ts';

const KEY = 'a key of more than sixteen characters';
let receiver: HttpReceiver;
let heatpumpId: string;
const house = useClientHouse({
  setUp: async ({ api, simulator }) => {
    receiver = await startHttpReceiver((index, response) => void response.writeHead(index === 1 ? 403 : 200).end());
    heatpumpId = await addOnline(api, simulator.port, { name: 'Main house' });
  },
});

afterAll(() => receiver?.close());

const fits = (page: Page) => page.evaluate(() => document.documentElement.scrollWidth);

describe('alerts in the web client', () => {
  it('fire, are acknowledged and recover before the eyes of a German on a phone', { timeout: 40_000 }, async () => {
    house.simulator.device.force('temp_outside', 5);
    const page = await house.open(`/heatpumps/${heatpumpId}/alerts`, PHONE);
    await page.getByRole('heading', { name: 'Noch kein Alarm' }).waitFor();
    await page.getByRole('link', { name: 'Alarm hinzufügen' }).click();
    await page.getByLabel('Name').fill('Zu warm');
    expect(await page.getByLabel('Wärmepumpe').inputValue()).toBe(heatpumpId);
    await page.getByLabel('Grenze', { exact: true }).fill('zwanzig');
    await page.getByLabel('Wie lange es zutreffen muss').fill('0');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await until(
      () => page.locator('.field-issue:not(:empty)').allTextContents(),
      ['wählen Sie einen passenden Wert', 'geben Sie eine Zahl ein'],
    );
    await page.getByLabel('Wert', { exact: true }).selectOption('Außen');
    await page.getByLabel('Grenze', { exact: true }).fill('20,5');
    expect(await fits(page)).toBeLessThanOrEqual(PHONE.width);
    await page.getByRole('button', { name: 'Speichern' }).click();
    const card = page.getByRole('article', { name: 'Zu warm' });
    await card.getByText(/^Außen über 20,5\s°C$/).waitFor();
    await card.getByText('OK', { exact: true }).waitFor();
    expect(await page.locator('.badge').count()).toBe(0);
    house.simulator.device.force('temp_outside', 21.3);
    await card.getByText('Ausgelöst', { exact: true }).waitFor();
    await card.getByText(/^21,3\s°C$/).waitFor();
    await until(() => page.locator('.badge').textContent(), '1');
    await card.getByRole('button', { name: 'Quittieren für Main house' }).click();
    await card.getByText('Quittiert', { exact: true }).waitFor();
    house.simulator.device.force('temp_outside', 5);
    await card.getByText('OK', { exact: true }).waitFor();
    await page.locator('.badge').waitFor({ state: 'detached' });
    const history = page.getByRole('region', { name: 'Verlauf' });
    await until(() => history.locator('.mark').allTextContents(), ['Behoben', 'Quittiert', 'Ausgelöst']);
    expect(await fits(page)).toBeLessThanOrEqual(PHONE.width);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('are of every kind, with messages shown as they would be sent; deleted ones come back', async () => {
    const page = await house.open('/alerts/new', DESK);
    await page.getByLabel('What is wrong').selectOption('A state is not expected');
    await page.getByLabel('Name').fill('Odd state');
    await page.getByLabel('Value', { exact: true }).selectOption('Operating state');
    await page.getByLabel('Heating', { exact: true }).check();
    await page.getByLabel('Idle', { exact: true }).check();
    await page.getByLabel('Message').fill('Look at ');
    await page.getByRole('button', { name: '{heatpump}' }).click();
    await page.getByLabel('Message').press('End');
    await page.keyboard.type(': {nonsense}');
    await page.getByText('Look at Main house: {nonsense}', { exact: true }).waitFor();
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('only the placeholders below may stand in curly brackets').waitFor();
    await page.getByLabel('Message').fill('Look at {heatpump}');
    await page.getByRole('button', { name: 'Save' }).click();
    const card = page.getByRole('article', { name: 'Odd state' });
    await card.getByText('Operating state is none of Heating or Idle for 5 min').waitFor();
    const rule = async () =>
      (
        await house.api.query('{ alerts { name message heatpump { id } rule { type quantity options durationMs } } }')
      ).data.alerts.filter(({ name }: { name: string }) => name === 'Odd state');
    const expected = [
      {
        name: 'Odd state',
        message: 'Look at {heatpump}',
        heatpump: null,
        rule: {
          type: 'UNEXPECTED_OPTION',
          quantity: 'OPERATING_STATE',
          options: ['HEATING', 'IDLE'],
          durationMs: 300_000,
        },
      },
    ];
    expect(await rule()).toStrictEqual(expected);
    await card.getByRole('button', { name: 'Delete' }).click();
    await page.getByText('“Odd state” was deleted.').waitFor();
    expect(await rule()).toStrictEqual([]);
    await page.getByRole('button', { name: 'Undo' }).click();
    await card.waitFor();
    expect(await rule()).toStrictEqual(expected);
    await card.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('What is wrong').selectOption('The heat pump is not reached');
    await page.getByLabel('How long it must hold').fill('99999');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must be 0 to 10080 minutes (a week)').waitFor();
    await page.getByLabel('How long it must hold').fill('0.5');
    await page.getByRole('button', { name: 'Save' }).click();
    await card.getByText('the heat pump is not reached for 30 s').waitFor();
    expect(house.opened.problems).toStrictEqual([]);
  });
});

describe('channels in the web client', () => {
  it('are tested before anyone relies on them, and never show their secret', async () => {
    const page = await house.open('/channels', DESK);
    await page.getByRole('heading', { name: 'No channel yet' }).waitFor();
    await page.getByRole('link', { name: 'Add a channel' }).click();
    await page.getByLabel('Way').selectOption('Webhook');
    await page.getByLabel('Name').fill('My program');
    await page.getByLabel('Address').fill('ftp://nowhere');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must be an address that begins with http:// or https://').waitFor();
    await page.getByLabel('Address').fill(`${receiver.url}/hook`);
    await page.getByLabel('Key that signs').fill('short');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('must be 16 to 200 characters').waitFor();
    await page.getByLabel('Key that signs').fill(KEY);
    await page.getByRole('button', { name: 'Save' }).click();
    const card = page.getByRole('article', { name: 'My program' });
    await card.getByText('None yet').waitFor();
    await card.getByRole('button', { name: 'Send a test' }).click();
    await card.getByText('The test was accepted. Look whether it has arrived.').waitFor();
    expect(receiver.posts.map(({ method, path }) => `${method} ${path}`)).toStrictEqual(['POST /hook']);
    await card.getByText('Delivered', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Send a test' }).click();
    await card.getByText('The test has failed.').waitFor();
    await card.getByText('Failed', { exact: true }).first().waitFor();
    await card.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('heading', { level: 1, name: 'Channel My program' }).waitFor();
    expect(await page.getByLabel('Key that signs').inputValue()).toBe('');
    expect(await page.content()).not.toContain(KEY);
    await page.getByLabel('Address').fill(`${receiver.url}/elsewhere`);
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByText('is to be given again with another address').waitFor();
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('tell of alerts, and are not deleted while they do', async () => {
    const channel = { name: 'Caretaker', type: 'WEBHOOK', settings: { url: `${receiver.url}/alerts` }, secret: KEY };
    await house.api.query(
      'mutation ($input: CreateChannelInput!) { createChannel(input: $input) { channel { id } } }',
      {
        input: { ...channel, language: 'DE' },
      },
    );
    const page = await house.open('/alerts/new', PHONE);
    await page.getByLabel('Name').fill('Kalt');
    await page.getByLabel('Wert', { exact: true }).selectOption('Außen');
    await page.getByLabel('Falsch, wenn').selectOption('unter der Grenze');
    await page.getByLabel('Grenze', { exact: true }).fill('-10');
    await page.getByLabel('Wie lange es zutreffen muss').fill('0');
    await page.getByLabel('Caretaker').check();
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByRole('article', { name: 'Kalt' }).getByText('Gemeldet über Caretaker').waitFor();
    house.simulator.device.force('temp_outside', -12.4);
    await page.getByRole('article', { name: 'Kalt' }).getByText('Ausgelöst', { exact: true }).waitFor();
    const told = () =>
      receiver.posts.filter(({ path }) => path === '/alerts').map(({ body }) => JSON.parse(body).value);
    await until(async () => told(), [-12.4]);
    await page.getByRole('link', { name: 'Kanäle' }).click();
    const card = page.getByRole('article', { name: 'Caretaker' });
    await card.getByText('Alarm: Kalt – Main house').waitFor();
    await card.getByRole('button', { name: 'Löschen' }).click();
    await page.getByRole('button', { name: 'Endgültig löschen' }).click();
    await page.getByText('Alarme werden darüber gemeldet. Nehmen Sie ihn dort zuerst heraus.').waitFor();
    await page.getByRole('button', { name: 'Abbrechen' }).click();
    expect(await fits(page)).toBeLessThanOrEqual(PHONE.width);
    expect(house.opened.problems).toStrictEqual([]);
  });
});
