import type { Page } from 'playwright-core';
import { afterAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { ADD, addInput } from '../support/api.ts';
import { DESK, PHONE } from '../support/browser.ts';
import { until, useClientHouse } from '../support/client-house.ts';
import { startTestSimulator } from '../support/simulator.ts';

const COUNT = 50;
let others: Simulator[];
const house = useClientHouse({
  config: { pollIntervalMs: 1_000 },
  setUp: async ({ api, simulator }) => {
    others = await Promise.all(
      Array.from({ length: COUNT - 1 }, (_, index) => startTestSimulator({ seed: 2 + index })),
    );
    for (const [index, { port }] of [simulator, ...others].entries()) {
      await api.query(ADD, addInput(port, { name: `House ${COUNT - index}` }));
    }
  },
});

afterAll(async () => {
  await Promise.all((others ?? []).map((simulator) => simulator.close()));
});

const names = (page: Page) => page.locator('.fleet-card h2').allTextContents();

describe('the overview of fifty heat pumps', () => {
  it('is searched, ordered and filtered, and its address is a link to just that', async () => {
    const page = await house.open('/', DESK);
    await until(() => page.locator('.fleet-card').count(), COUNT);
    await page.keyboard.press('/');
    await page.keyboard.type('idm 4');
    await page.getByLabel('Order').selectOption('By name');
    const expected = [4, 14, 24, 34, 40, 41, 42, 43, 44, 45, 46, 47, 48, 49].map((number) => `House ${number}`);
    await until(() => names(page), expected);
    expect(await page.getByRole('search').getByRole('status').textContent()).toBe('14 heat pumps');
    const address = new URL(page.url());
    expect(Object.fromEntries(address.searchParams)).toStrictEqual({ q: 'idm 4', sort: 'NAME' });
    await page.goto(address.href);
    await until(() => names(page), expected);
    expect(await page.getByLabel('Search heat pumps').inputValue()).toBe('idm 4');
    await page.getByRole('link', { name: 'House 42', exact: true }).click();
    await page.getByRole('heading', { level: 1, name: 'House 42' }).waitFor();
    await page.goBack();
    await until(() => names(page), expected);
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await until(() => page.locator('.fleet-card').count(), COUNT);
    expect(await page.getByLabel('Search heat pumps').inputValue()).toBe('');
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('is where it was left, after a look at one of them', async () => {
    const page = await house.open('/', PHONE);
    await until(() => page.locator('.fleet-card').count(), COUNT);
    const link = page.getByRole('link', { name: 'House 21', exact: true });
    const top = () => link.evaluate((element) => Math.round(element.getBoundingClientRect().top));
    await link.scrollIntoViewIfNeeded();
    // Places are noted from a moment after the first page on.
    await page.waitForTimeout(2_500);
    const before = await top();
    expect(await page.evaluate(() => scrollY)).toBeGreaterThan(1_000);
    await link.click();
    await page.getByRole('heading', { level: 1, name: 'House 21' }).waitFor();
    await until(() => page.evaluate(() => scrollY), 0);
    await page.goBack();
    await link.waitFor();
    await expect.poll(async () => Math.abs((await top()) - before)).toBeLessThan(8);
    await page.waitForTimeout(1_000);
    expect(Math.abs((await top()) - before)).toBeLessThan(8);
    await page.goForward();
    await page.getByRole('heading', { level: 1, name: 'House 21' }).waitFor();
    await until(() => page.evaluate(() => scrollY), 0);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('shows those that need attention, and no others', async () => {
    others[6]?.device.force('failure_id', 250);
    const page = await house.open('/?show=ATTENTION', PHONE);
    await until(() => names(page), [`House ${COUNT - 7}`]);
    await page.getByText('Meldung 250 steht an').waitFor();
    others[6]?.device.force('failure_id', 0);
    await page.getByText('Keine Wärmepumpe passt.').waitFor();
    await page.getByRole('button', { name: 'Alle zeigen' }).click();
    await until(() => page.locator('.fleet-card').count(), COUNT);
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('counts the alerts that fire, on the card of their heat pump alone', async () => {
    const page = await house.open('/', DESK);
    const { data } = await house.api.query('{ heatpumps { id name } }');
    const { id, name } = data.heatpumps[3];
    const created = await house.api.query(
      'mutation ($input: CreateAlertInput!) { createAlert(input: $input) { alert { id } } }',
      {
        input: {
          name: 'Warm outside',
          heatpumpId: id,
          rule: {
            type: 'THRESHOLD',
            quantity: 'OUTDOOR_TEMPERATURE',
            comparison: 'ABOVE',
            threshold: -90,
            durationMs: 0,
          },
        },
      },
    );
    expect(created.errors).toBeUndefined();
    const card = page.locator('.fleet-card', { has: page.getByRole('link', { name, exact: true }) });
    await card.getByText('1 alert').waitFor();
    expect(await page.getByText('1 alert').count()).toBe(1);
    await page.getByText('1 of 50 needs attention.').waitFor();
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('costs a browser little: scripting per event, and no long task, while all of them change once a second', async () => {
    const page = await house.open('/', DESK);
    let frames = 0;
    page.on('websocket', (socket) => socket.on('framereceived', () => void frames++));
    await page.reload();
    await until(() => page.locator('.fleet-card .shown-text').first().isVisible(), true);
    await page.waitForTimeout(2_000);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const scripting = async () => {
      const { metrics } = await session.send('Performance.getMetrics');
      return (metrics.find(({ name }) => name === 'ScriptDuration')?.value ?? 0) * 1_000;
    };
    await page.evaluate(() => {
      Object.assign(window, { longTasks: [] });
      new PerformanceObserver((list) => {
        for (const { duration } of list.getEntries())
          (window as unknown as { longTasks: number[] }).longTasks.push(duration);
      }).observe({ type: 'longtask' });
    });
    const [framesBefore, before] = [frames, await scripting()];
    await page.waitForTimeout(5_000);
    const perEventMs = ((await scripting()) - before) / (frames - framesBefore);
    const longTasks = await page.evaluate(() => (window as unknown as { longTasks: number[] }).longTasks);
    process.stdout.write(
      `${frames - framesBefore} events, ${perEventMs.toFixed(2)} ms of scripting each; ${longTasks}\n`,
    );
    expect(frames - framesBefore).toBeGreaterThan(3 * COUNT);
    expect(perEventMs).toBeLessThan(5);
  });
});
