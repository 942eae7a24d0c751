import { afterEach, describe, expect, it } from 'vitest';
import { addOnline } from '../support/api.ts';
import { DESK, PHONE } from '../support/browser.ts';
import { QUICK_DRIVERS, useClientHouse } from '../support/client-house.ts';

let heatpumpId: string;
const house = useClientHouse({
  drivers: QUICK_DRIVERS,
  setUp: async ({ api, simulator }) => {
    heatpumpId = await addOnline(api, simulator.port, { name: 'Main house' });
  },
});

afterEach(async () => {
  const { data } = await house.api.query('{ jobs { id } }');
  for (const { id } of data.jobs) {
    await house.api.query('mutation ($id: ID!) { deleteJob(input: { id: $id }) { deletedId } }', { id });
  }
});

const jobs = async () =>
  (await house.api.query('{ jobs { name key value enabled schedule { weekly { days times } cron } timeZone } }')).data
    .jobs;
const create = (more: object = {}) =>
  house.api.query('mutation ($input: CreateJobInput!) { createJob(input: $input) { job { id } } }', {
    input: {
      name: 'Legionella',
      heatpumpId,
      key: 'temp_water_target',
      value: 58,
      schedule: { weekly: { days: ['MON', 'FRI'], times: ['06:30'] } },
      timeZone: 'Europe/Berlin',
      ...more,
    },
  });

describe('jobs in the web client', () => {
  it('are added from an empty list, and show what they will do before they are saved', async () => {
    const page = await house.open(`/heatpumps/${heatpumpId}/jobs`, DESK);
    await page.getByRole('heading', { name: 'No job yet' }).waitFor();
    await page.getByRole('link', { name: 'Add a job' }).click();
    await page.getByRole('heading', { level: 1, name: 'Add a job' }).waitFor();
    expect(await page.getByLabel('Heat pump').inputValue()).toBe(heatpumpId);
    expect(await page.locator('select[name=key] option[value=temp_outside]').count()).toBe(0);
    await page.getByLabel('Setting').selectOption('temp_water_target');
    await page.getByText('Each write wears the memory of the machine: 5 minutes or more').waitFor();
    await page.getByLabel('Value').fill('58');
    await page.getByLabel('Monday').check();
    await page.getByLabel('Friday').check();
    await page.getByLabel('Time 1').fill('06:30');
    await page.getByLabel('Time zone').fill('Europe/Berlin');
    const preview = page.getByRole('region', { name: 'What it will do' });
    await preview.getByText(/^Writes 58\s°C to “.+” in Main house\.$/).waitFor();
    await preview.getByText('every Monday and Friday at 06:30 (Europe/Berlin)').waitFor();
    expect(await preview.getByRole('listitem').count()).toBe(10);
    for (const due of await preview.getByRole('listitem').allTextContents()) {
      expect(due).toMatch(/^(today|tomorrow|(Mon|Fri),? \d+ \w+) at 06:30$/);
    }
    expect(await jobs()).toStrictEqual([]);
    await page.getByRole('button', { name: 'Save' }).click();
    await expect
      .poll(() => page.locator('.field-issue:not(:empty)').allTextContents())
      .toStrictEqual(['must be 1 to 100 characters, without line breaks']);
    expect(await page.getByLabel('Name').evaluate((field) => field === document.activeElement)).toBe(true);
    await page.getByLabel('Name').fill('Legionella');
    await page.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('heading', { level: 2, name: 'Legionella' }).waitFor();
    await page.getByText('every Monday and Friday at 06:30 (Europe/Berlin)').waitFor();
    expect(await jobs()).toStrictEqual([
      {
        name: 'Legionella',
        key: 'temp_water_target',
        value: 58,
        enabled: true,
        schedule: { weekly: { days: ['MON', 'FRI'], times: ['06:30'] }, cron: null },
        timeZone: 'Europe/Berlin',
      },
    ]);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('run when told to, and tell what came of it once the heat pump has confirmed', { timeout: 30_000 }, async () => {
    await create();
    const page = await house.open('/jobs', DESK);
    const card = page.getByRole('article', { name: 'Legionella' });
    await card.getByText('None yet').waitFor();
    await card.getByRole('button', { name: 'Run now' }).click();
    await card.getByText(/^58\s°C sent; waiting for the heat pump\.$/).waitFor();
    await card.getByText(/^The heat pump shows 58\s°C\.$/).waitFor({ timeout: 20_000 });
    await card.getByText('Last runs').click();
    await expect.poll(() => card.locator('.job-runs li').count()).toBe(1);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('are disabled, deleted and brought back in German on a phone', async () => {
    await create({ schedule: { weekly: { days: ['MON', 'TUE', 'WED', 'THU', 'FRI'], times: ['06:30', '18:00'] } } });
    const page = await house.open('/jobs', PHONE);
    const card = page.getByRole('article', { name: 'Legionella' });
    await card.getByText('von Montag bis Freitag um 06:30 und 18:00 (Europe/Berlin)').waitFor();
    await card.getByText('Jeder Lauf nutzt den Speicher der Maschine ab').waitFor();
    await card.getByText(/ um (06:30|18:00), in \d+[\u00a0 ](min|h|Tage?)$/).waitFor();
    await card.getByRole('button', { name: 'Deaktivieren' }).click();
    await card.getByText('Deaktiviert', { exact: true }).waitFor();
    await card.getByRole('button', { name: 'Löschen' }).click();
    await page.getByText('„Legionella“ wurde gelöscht.').waitFor();
    await card.waitFor({ state: 'detached' });
    expect(await jobs()).toStrictEqual([]);
    await page.getByRole('button', { name: 'Rückgängig' }).click();
    await card.getByText('Deaktiviert', { exact: true }).waitFor();
    expect((await jobs())[0]).toMatchObject({ value: 58, enabled: false, timeZone: 'Europe/Berlin' });
    await card.getByRole('link', { name: 'Bearbeiten' }).click();
    await page.getByLabel('Wert').fill('99');
    await page.getByText('Mit diesen Angaben kann er noch nicht laufen.').waitFor();
    await page.getByLabel('Wiederholung').selectOption('Nach einem Cron-Ausdruck');
    await page.getByLabel('Cron-Ausdruck').fill('* * * * *');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('geben Sie einen Wert ein, der erlaubt ist').waitFor();
    await page.getByLabel('Wert').fill('50');
    await page.getByRole('button', { name: 'Speichern' }).click();
    await page.getByText('lassen Sie mindestens 5 Minuten zwischen zwei Läufen').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    expect(house.opened.problems).toStrictEqual([]);
  });
});
