import type { Locator, Page } from 'playwright-core';
import { afterEach, describe, expect, it } from 'vitest';
import { addOnline } from '../support/api.ts';
import { DESK, PHONE, type View } from '../support/browser.ts';
import { until, useClientHouse } from '../support/client-house.ts';
import { loadedScripts } from '../support/loaded-scripts.ts';

let id: string;
const house = useClientHouse({
  isAnewForEach: true,
  setUp: async ({ api, simulator }) => {
    id = await addOnline(api, simulator.port);
  },
});
const open = (path: string, view: View) => house.open(`/heatpumps/${id}/history${path}`, view);

afterEach(() => house.simulator.device.force('temp_outside', null));

/** The numbers as they are now: an open table stays as it was opened. */
async function freshCells(page: Page): Promise<string[]> {
  const table = page.locator('.chart-table');
  const button = page.getByRole('button', { name: 'Numbers' });
  if ((await table.count()) > 0) {
    await button.click();
    await table.waitFor({ state: 'detached' });
  }
  await button.click();
  return tableCells(page);
}

/** The file behind the link, as saved. */
async function savedTable(page: Page): Promise<string> {
  const [file] = await Promise.all([page.waitForEvent('download'), page.getByRole('link', { name: 'CSV' }).click()]);
  return Buffer.concat(await (await file.createReadStream()).toArray()).toString();
}

/** The numbers of the table, which is loaded when it is first opened. */
async function tableCells(page: Page): Promise<string[]> {
  const cells = page.locator('.chart-table td');
  await cells.first().waitFor();
  return cells.allTextContents();
}

const legend = (page: Page, name: string) =>
  page.locator('.chart-legend li', { hasText: name }).locator('.chart-legend-value');
const plot = (page: Page) => page.getByRole('slider').first();
const valueText = (chart: Locator) => chart.getAttribute('aria-valuetext');

const isoOf = (at: number) => new Date(at).toISOString();

/** By how many minutes the ends of the shown span lie after these. */
async function minutesIn(page: Page, from: number, to: number): Promise<number[]> {
  const { searchParams } = new URL(page.url());
  const after = (name: string, before: number) => (Date.parse(searchParams.get(name) ?? '') - before) / 60_000;
  return [Math.round(after('from', from)), Math.round(after('to', to))];
}

/** Fingers on the screen of a page, each at x and y. */
async function fingersOn(page: Page) {
  const session = await page.context().newCDPSession(page);
  return (type: 'touchStart' | 'touchMove' | 'touchEnd', places: readonly (readonly [number, number])[]) =>
    session.send('Input.dispatchTouchEvent', { type, touchPoints: places.map(([x, y], id) => ({ x, y, id })) });
}

describe('the history of a heat pump', () => {
  it('goes on live, and says under the cursor what its table says', async () => {
    house.simulator.device.force('temp_outside', -12.3);
    const page = await open('?series=temp_outside&range=1h', DESK);
    await until(() => legend(page, 'Outdoor temperature').textContent(), '−12.3\u00a0°C');
    await until(async () => (await freshCells(page))[0], '−12.3');
    house.simulator.device.force('temp_outside', 4.5);
    await until(() => legend(page, 'Outdoor temperature').textContent(), '4.5\u00a0°C', 3_000);
    await until(async () => (await freshCells(page))[0], '4.5');
    expect(await tableCells(page)).toContain('−12.3');
    await plot(page).focus();
    await page.keyboard.press('ArrowLeft');
    expect(await valueText(plot(page))).toMatch(/^\d\d:\d\d:\d\d: Outdoor temperature 4\.5\s°C$/);
    await page.keyboard.press('Home');
    expect(await valueText(plot(page))).toContain('Outdoor temperature');
    await page.keyboard.press('Escape');
    expect(await valueText(plot(page))).toBe('Latest');
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('leaves a gap where nothing was read', async () => {
    const page = await open('?series=temp_outside&range=1h', DESK);
    await until(() => page.getByRole('slider').count(), 1);
    const enable = (enabled: boolean) =>
      house.api.query(
        `mutation ($input: SetHeatpumpEnabledInput!) { setHeatpumpEnabled(input: $input) { heatpump { id } } }`,
        {
          input: { id, enabled },
        },
      );
    await page.waitForTimeout(1_000);
    await enable(false);
    await page.waitForTimeout(2_500);
    await enable(true);
    await page.waitForTimeout(2_000);
    await page.reload();
    await page.getByRole('button', { name: 'Numbers' }).click();
    const cells = await tableCells(page);
    const gap = cells.indexOf('no data');
    expect(cells.slice(0, gap).some((text) => /\d/.test(text))).toBe(true);
    expect(cells.slice(gap).some((text) => /\d/.test(text))).toBe(true);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('zooms by dragging and returns by a double click; the address says what is shown', async () => {
    const page = await open('?series=temp_outside,FLOW_TEMPERATURE&range=1h', DESK);
    await until(() => legend(page, 'Outdoor temperature').count(), 1);
    const box = await plot(page).boundingBox();
    if (!box) throw new Error('the chart has no place');
    await page.mouse.move(box.x + box.width * 0.5, box.y + 100);
    await page.mouse.down();
    await page.mouse.move(box.x + box.width * 0.7, box.y + 100, { steps: 5 });
    await page.mouse.up();
    await page.waitForURL(/from=.*&to=|to=.*&from=/);
    const { searchParams } = new URL(page.url());
    const widthMs = Date.parse(searchParams.get('to') ?? '') - Date.parse(searchParams.get('from') ?? '');
    expect(widthMs / 60_000).toBeGreaterThan(11);
    expect(widthMs / 60_000).toBeLessThan(15);
    await page.getByRole('button', { name: 'Back to the range before' }).waitFor();
    await plot(page).dblclick();
    await page.waitForURL(/range=1h/);
    await page.getByRole('button', { name: '7 d', exact: true }).click();
    await page.waitForURL(/range=168h/);
    await page.goBack();
    await page.waitForURL(/range=1h/);
    await page.getByRole('button', { name: 'Remove Flow' }).click();
    await until(() => legend(page, 'Flow').count(), 0);
    await page.getByLabel('Add a value').selectOption({ label: 'Return' });
    await until(() => legend(page, 'Return').count(), 1);
    expect(new URL(page.url()).searchParams.get('series')).toBe('temp_outside,RETURN_TEMPERATURE');
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('is moved by one finger and zoomed by two', async () => {
    const to = Math.floor(Date.now() / 60_000) * 60_000;
    const from = to - 3_600_000;
    const page = await open(`?series=temp_outside&from=${isoOf(from)}&to=${isoOf(to)}`, PHONE);
    await until(() => legend(page, 'Außentemperatur').count(), 1);
    const lines = await page.locator('.u-over').first().boundingBox();
    if (!lines) throw new Error('the chart has no place');
    const fingers = await fingersOn(page);
    const y = lines.y + 40;
    const at = (share: number) => lines.x + lines.width * share;
    await fingers('touchStart', [[at(0.3), y]]);
    await fingers('touchMove', [[at(0.5), y]]);
    await fingers('touchMove', [[at(0.8), y]]);
    await fingers('touchEnd', []);
    // Half an hour to the right shows half an hour of before.
    await until(() => minutesIn(page, from, to), [-30, -30]);
    await fingers('touchStart', [
      [at(0.25), y],
      [at(0.75), y],
    ]);
    await fingers('touchMove', [
      [at(0.1), y],
      [at(0.75), y],
    ]);
    await fingers('touchMove', [
      [at(0), y],
      [at(1), y],
    ]);
    await fingers('touchEnd', []);
    // The half between the fingers is all that is left.
    await until(() => minutesIn(page, from, to), [-15, -45]);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('is saved as an image and as a file', async () => {
    const page = await open('?series=temp_outside&range=1h', DESK);
    await until(() => legend(page, 'Outdoor temperature').count(), 1);
    const [image] = await Promise.all([
      page.waitForEvent('download'),
      page.getByRole('button', { name: 'Image' }).click(),
    ]);
    expect(image.suggestedFilename()).toBe('Home.png');
    const bytes = await (await image.createReadStream()).toArray();
    expect(Buffer.concat(bytes).subarray(1, 4).toString()).toBe('PNG');
    // The first values are in the file a second or two after they were read.
    await expect.poll(() => savedTable(page), { timeout: 15_000 }).toMatch(/temp_outside.*\r\n.+Z,-?\d/);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('fits a phone, speaks German, and loads little', async () => {
    const page = await open('', PHONE);
    await until(() => legend(page, 'Vorlauf').count(), 1);
    await page.getByText('Betriebszustand').first().waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(PHONE.width);
    const drawing = (await loadedScripts(page)).filter(({ text }) => text.includes('u-cursor-x'));
    expect(drawing).toHaveLength(1);
    expect(drawing[0]?.gzipBytes).toBeGreaterThan(10_000);
    expect(drawing[0]?.gzipBytes).toBeLessThanOrEqual(30_000);
    await page.goto(`${house.api.url}/heatpumps/${id}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    const elsewhere = await loadedScripts(page);
    expect(elsewhere.length).toBeGreaterThan(5);
    expect(elsewhere.filter(({ text }) => text.includes('u-cursor-x'))).toStrictEqual([]);
    expect(house.opened.problems).toStrictEqual([]);
  });
});
