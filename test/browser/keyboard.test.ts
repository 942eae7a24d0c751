import type { Page } from 'playwright-core';
import { describe, expect, it } from 'vitest';
import { addOnline } from '../support/api.ts';
import { DESK } from '../support/browser.ts';
import { QUICK_DRIVERS, until, useClientHouse } from '../support/client-house.ts';

const house = useClientHouse({ isAnewForEach: true, drivers: QUICK_DRIVERS });

/** Hands on a keyboard, that count what they press. */
function handsOn(page: Page) {
  let keys = 0;
  let characters = 0;
  const press = async (key: string) => {
    keys++;
    await page.keyboard.press(key);
  };
  /** What has the focus, by its label or its text. */
  const focused = () =>
    page.evaluate(() => {
      const element = document.activeElement;
      const labels = element && 'labels' in element ? [...((element.labels as NodeList | null) ?? [])] : [];
      return (labels[0]?.textContent ?? element?.getAttribute('aria-label') ?? element?.textContent ?? '').trim();
    });
  return {
    press,
    type: async (text: string) => {
      characters += text.length;
      await page.keyboard.type(text);
    },
    tabTo: async (name: string) => {
      for (let presses = 0; (await focused()) !== name; presses++) {
        expect(presses, `presses of Tab to reach "${name}"`).toBeLessThan(40);
        await press('Tab');
      }
    },
    counts: () => ({ keys, characters }),
  };
}

describe('by keyboard alone', () => {
  it('a heat pump is set up, from the empty overview to its values', { timeout: 30_000 }, async () => {
    const page = await house.open('/', DESK);
    await page.getByText('No heat pump yet').waitFor();
    const hands = handsOn(page);
    await hands.tabTo('Add a heat pump');
    await hands.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Add a heat pump' }).waitFor();
    await hands.tabTo('Name');
    await hands.type('Main house');
    await hands.tabTo('Host name or IP address');
    await hands.type('127.0.0.1');
    await hands.tabTo('Port');
    await hands.type(String(house.simulator.port));
    await hands.tabTo('Test connection');
    await hands.press('Enter');
    await page.getByText('The heat pump answers. Compare the values with its display.').waitFor();
    expect(await page.locator('.test-readings dd').count()).toBeGreaterThan(2);
    await hands.press('Shift+Tab');
    await hands.press('Enter');
    await page.getByRole('heading', { level: 1, name: 'Main house' }).waitFor();
    await page.locator('.state-badge', { hasText: 'Online' }).waitFor();
    const { keys, characters } = hands.counts();
    process.stdout.write(`set up with ${keys} keys and ${characters} typed characters\n`);
    expect(keys).toBeLessThanOrEqual(30);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('a value is written, and its confirmation is told', { timeout: 30_000 }, async () => {
    const id = await addOnline(house.api, house.simulator.port);
    const page = await house.open(`/heatpumps/${id}`, DESK);
    await page.getByRole('heading', { level: 1, name: 'Home' }).waitFor();
    const hands = handsOn(page);
    await hands.press('/');
    await until(() => page.getByLabel('Search sensors').evaluate((field) => field === document.activeElement), true);
    await hands.type('temp_water_switch_on');
    const row = page.locator('.sensor-row[data-key="temp_water_switch_on"]');
    await until(() => page.locator('.sensor-row').count(), 1);
    for (let presses = 0; !(await row.locator('summary').evaluate((it) => it === document.activeElement)); presses++) {
      expect(presses).toBeLessThan(20);
      await hands.press('Tab');
    }
    await hands.press('Enter');
    await row.getByLabel('New value').waitFor();
    await hands.tabTo('New value');
    await hands.type('45');
    await hands.press('Enter');
    await row.getByText(/^45\s°C confirmed by the heat pump \d\d:\d\d:\d\d\.$/).waitFor();
    expect(await row.locator('[aria-live="polite"]').textContent()).toContain('confirmed');
    await until(() => row.locator('.sensor-value').textContent(), '45\u00a0°C');
    expect(hands.counts().keys).toBeLessThanOrEqual(15);
    expect(house.opened.problems).toStrictEqual([]);
  });
});
