import type { Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { addOnline } from '../support/api.ts';
import { DESK, PHONE } from '../support/browser.ts';
import { until, useClientHouse } from '../support/client-house.ts';
import { startTestSimulator } from '../support/simulator.ts';

let heatpumpId: string;
const house = useClientHouse({
  isAnewForEach: true,
  setUp: async ({ api, simulator }) => {
    heatpumpId = await addOnline(api, simulator.port);
  },
});

afterEach(() => house.simulator.device.force('temp_outside', null));

/** A widget as the API takes it: `LINE a 0 0 6 4` is 6 wide and 4 high at the top left. */
function widget(text: string, queries: object[] = [{ key: 'temp_outside' }]): object {
  const [type, title, x, y, w, h] = text.split(' ');
  return { type, title, queries, x: Number(x), y: Number(y), w: Number(w), h: Number(h) };
}

async function createDashboard(widgets: object[], ownId: string | null = heatpumpId): Promise<string> {
  const { data } = await house.api.query(
    'mutation ($input: CreateDashboardInput!) { createDashboard(input: $input) { dashboard { id } } }',
    { input: { heatpumpId: ownId, name: 'Test', widgets } },
  );
  return data.createDashboard.dashboard.id;
}

/** The places of the widgets as the server has them, as `title x y w h`. */
async function places(id: string): Promise<string[]> {
  const { data } = await house.api.query('query ($id: ID!) { dashboard(id: $id) { widgets { title x y w h } } }', {
    id,
  });
  return data.dashboard.widgets.map((one: Record<string, unknown>) => Object.values(one).join(' '));
}

const card = (page: Page, title: string) => page.getByRole('region', { name: title, exact: true });

describe('a dashboard', () => {
  it('shows every kind of widget, live', async () => {
    house.simulator.device.force('temp_outside', -7.7);
    const id = await createDashboard([
      widget('LINE lines 0 0 6 4'),
      widget('BAR bars 6 0 6 4'),
      widget('STAT number 0 4 3 2'),
      widget('GAUGE gauge 3 4 3 2', [{ quantity: 'OUTDOOR_TEMPERATURE' }]),
      widget('TABLE table 6 4 6 4', [{ key: 'temp_outside' }, { quantity: 'OPERATING_STATE' }]),
      widget('STATE_TIMELINE states 0 8 12 2', [{ quantity: 'OPERATING_STATE' }]),
      widget('HEAT_MAP hours 0 10 12 4'),
    ]);
    const page = await house.open(`/dashboards/${id}`, DESK);
    const shownIn = (title: string, selector: string) => card(page, title).locator(selector).first();
    await until(() => shownIn('lines', '.chart-legend-value').textContent(), '−7.7\u00a0°C');
    await until(() => shownIn('number', '.stat-value').textContent(), '−7.7\u00a0°C');
    await until(() => shownIn('gauge', '.gauge-number').textContent(), '−7.7\u00a0°C');
    await until(() => shownIn('table', 'tbody td').textContent(), '−7.7\u00a0°C');
    const lowest = async () => card(page, 'table').locator('tbody tr').first().locator('td').nth(1).textContent();
    await card(page, 'states').getByRole('slider').waitFor();
    house.simulator.device.force('temp_outside', 3.1);
    await until(() => shownIn('number', '.stat-value').textContent(), '3.1\u00a0°C');
    await until(() => shownIn('gauge', '.gauge-number').textContent(), '3.1\u00a0°C');
    await page.waitForTimeout(2_500);
    await page.reload();
    await until(lowest, '−7.7');
    await card(page, 'bars').locator('.bar').last().waitFor();
    await card(page, 'hours')
      .getByText(/lowest −?\d/)
      .waitFor();
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('tells by shape, word and colour which threshold a figure or a gauge has reached', async () => {
    const shown = { thresholds: [20, 35.5] };
    const id = await createDashboard([
      { ...widget('STAT number 0 0 3 2'), ...shown },
      { ...widget('GAUGE gauge 3 0 3 2'), ...shown },
    ]);
    const page = await house.open(`/dashboards/${id}`, DESK);
    const marks = () => page.locator('.mark').allTextContents();
    const cases = [
      [5, []],
      [20, ['reached 20\u00a0°C', 'reached 20\u00a0°C']],
      [36, ['reached 35.5\u00a0°C', 'reached 35.5\u00a0°C']],
    ] as const;
    for (const [value, expected] of cases) {
      house.simulator.device.force('temp_outside', value);
      await until(() => card(page, 'number').locator('.shown-value').textContent(), `${value}.0\u00a0°C`);
      await until(marks, expected as unknown as string[]);
      expect(await page.locator('.mark .icon').count()).toBe(expected.length);
    }
    expect(await page.locator('.mark.bad').count()).toBe(2);
    const arc = page.locator('.gauge-value');
    const colours = await arc.evaluate((element) => [
      getComputedStyle(element).stroke,
      getComputedStyle(document.querySelector('.mark.bad') ?? element).color,
    ]);
    expect(colours[0]).toBe(colours[1]);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('is arranged by keyboard and by dragging; every change is saved and can be undone', async () => {
    const id = await createDashboard([widget('STAT a 0 0 3 2'), widget('STAT b 3 0 3 2')]);
    const page = await house.open(`/dashboards/${id}`, DESK);
    await page.getByRole('button', { name: 'Edit' }).press('Enter');
    const handle = (title: string) => card(page, title).getByRole('button', { name: /^Place of/ });
    await handle('b').focus();
    await page.keyboard.press('ArrowRight');
    await until(() => places(id), ['a 0 0 3 2', 'b 4 0 3 2']);
    await page.keyboard.press('Shift+ArrowRight');
    await page.keyboard.press('Shift+ArrowDown');
    await until(() => places(id), ['a 0 0 3 2', 'b 4 0 4 3']);
    await page.keyboard.press('Control+z');
    await until(() => places(id), ['a 0 0 3 2', 'b 4 0 4 2']);
    const from = await handle('a').boundingBox();
    if (!from) throw new Error('the widget has no place');
    await page.mouse.move(from.x + 10, from.y + 10);
    await page.mouse.down();
    await page.mouse.move(from.x + 400, from.y + 30, { steps: 8 });
    await page.mouse.move(from.x + 760, from.y + 20, { steps: 8 });
    await page.mouse.up();
    await expect.poll(async () => Number((await places(id))[0]?.split(' ')[1])).toBeGreaterThanOrEqual(7);
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(() => places(id), ['a 0 0 3 2', 'b 4 0 4 2']);
    await page.getByRole('button', { name: 'Duplicate a' }).click();
    await until(async () => (await places(id)).length, 3);
    await page.getByRole('button', { name: 'Remove b' }).click();
    await until(async () => (await places(id)).filter((place) => place.startsWith('b')), []);
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(async () => (await places(id)).includes('b 4 0 4 2'), true);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('gets new widgets by a form that says what is wrong', async () => {
    const id = await createDashboard([]);
    const page = await house.open(`/dashboards/${id}?edit=1`, DESK);
    await page.getByRole('button', { name: 'Add a widget' }).press('Enter');
    await page.getByLabel('Title').fill('Warm & cold <b>');
    await page.getByLabel('Shown as').selectOption('GAUGE');
    await page.getByLabel('Time range in hours').fill('0');
    await page.getByLabel('Thresholds').fill('20; x');
    await page.getByRole('button', { name: 'Apply' }).click();
    await page.getByText('Add at least one value.').waitFor();
    await page.getByText('Enter a whole number from 1 to 87600.').waitFor();
    await page.getByText('Enter a number.').waitFor();
    await page.getByLabel('Add a value').selectOption({ label: 'Outdoor temperature' });
    await page.getByLabel('Time range in hours').fill('6');
    await page.getByLabel('Thresholds').fill('40; 20,5');
    await page.getByRole('button', { name: 'Apply' }).click();
    await card(page, 'Warm & cold <b>').waitFor();
    const query =
      'query ($id: ID!) { dashboard(id: $id) { name widgets { type title hours thresholds queries { key } } } }';
    const expected = { type: 'GAUGE', title: 'Warm & cold <b>', hours: 6, thresholds: [20.5, 40] };
    await until(
      async () => (await house.api.query(query, { id })).data.dashboard.widgets,
      [{ ...expected, queries: [{ key: 'temp_outside' }] }],
    );
    await page.getByLabel('Name of the dashboard').fill('Boiler room');
    await page.getByLabel('Name of the dashboard').press('Enter');
    await until(async () => (await house.api.query(query, { id })).data.dashboard.name, 'Boiler room');
    await page.getByRole('button', { name: 'Done' }).click();
    await page.getByRole('heading', { level: 1, name: 'Boiler room' }).waitFor();
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('is one column on a phone, where buttons move the widgets', async () => {
    const id = await createDashboard([widget('STAT oben 0 0 6 2'), widget('STAT unten 6 0 6 2')]);
    const page = await house.open(`/dashboards/${id}`, PHONE);
    await card(page, 'unten').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    await page.getByRole('button', { name: 'Bearbeiten' }).click();
    await page.getByRole('button', { name: 'Nach unten: oben' }).click();
    await until(() => places(id), ['oben 6 0 6 2', 'unten 0 0 6 2']);
    await page.getByRole('button', { name: 'Höher: oben' }).click();
    await until(async () => (await places(id))[0]?.split(' ')[4], '3');
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    expect(house.opened.problems).toStrictEqual([]);
  });
});

describe('the list of dashboards', () => {
  const names = async () => {
    const { data } = await house.api.query('query ($id: ID) { dashboards(heatpumpId: $id) { name(language: DE) } }', {
      id: heatpumpId,
    });
    return data.dashboards.map(({ name }: { name: string }) => name);
  };

  it('creates, orders, saves, imports, deletes and brings back', async () => {
    await createDashboard([widget('STAT a 0 0 3 2')]);
    const page = await house.open('/dashboards', DESK);
    const group = page.getByRole('region', { name: 'Home' });
    await group.getByRole('button', { name: 'Move Test up' }).click();
    await until(names, ['Test', 'Übersicht']);
    const [file] = await Promise.all([
      page.waitForEvent('download'),
      group.getByRole('listitem').filter({ hasText: 'Overview' }).getByRole('button', { name: 'Save as file' }).click(),
    ]);
    expect(file.suggestedFilename()).toBe('Overview.json');
    await group.locator('input[type="file"]').setInputFiles(await file.path());
    await until(names, ['Test', 'Übersicht', 'Übersicht']);
    await group.getByRole('listitem').filter({ hasText: 'Test' }).getByRole('button', { name: 'Delete' }).click();
    await until(names, ['Übersicht', 'Übersicht']);
    await page.getByText('“Test” was deleted.').waitFor();
    await page.getByRole('button', { name: 'Undo' }).click();
    await until(names, ['Test', 'Übersicht', 'Übersicht']);
    await group.locator('input[type="file"]').setInputFiles({
      ...{ name: 'x.json', mimeType: 'application/json', buffer: Buffer.from('not a dashboard') },
    });
    await page.getByText('This file is no dashboard.').waitFor();
    await group.getByRole('button', { name: 'New dashboard' }).click();
    await page.getByLabel('Name of the dashboard').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(DESK.width);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('tells which values are gone with their heat pump', async () => {
    const other = await startTestSimulator({ seed: 2 });
    const otherId = await addOnline(house.api, other.port, { name: 'Annex' });
    const key = 'temp_outside';
    const id = await createDashboard(
      [
        widget('STAT both 0 0 6 2', [
          { key, heatpumpId },
          { key, heatpumpId: otherId },
        ]),
      ],
      null,
    );
    await house.api.query('mutation ($input: RemoveHeatpumpInput!) { removeHeatpump(input: $input) { removedId } }', {
      input: { id: otherId },
    });
    const page = await house.open(`/dashboards/${id}`, PHONE);
    await page.getByText('1 Wert gibt es nicht mehr.').waitFor();
    await card(page, 'both').getByText('°C').first().waitFor();
    expect(house.opened.problems).toStrictEqual([]);
    await other.close();
  });
});
