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
    // The cards are in the document a moment before the browser has drawn the page.
    await page.getByLabel('Search heat pumps').waitFor();
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

  it('is searched by whoever asks for the field before it is there', async () => {
    const page = await house.open('/preferences', DESK);
    let letThrough = () => {};
    const held = new Promise<void>((resolve) => {
      letThrough = resolve;
    });
    await page.route(/fleet-toolbar.*\.js/, async (route) => {
      await held;
      await route.continue();
    });
    await page.getByRole('link', { name: 'Overview', exact: true }).click();
    await until(() => page.locator('.fleet-card').count(), COUNT);
    const field = page.getByLabel('Search heat pumps');
    expect(await field.count()).toBe(0);
    await page.keyboard.press('/');
    letThrough();
    await until(() => field.evaluate((element) => element === document.activeElement), true);
    await page.keyboard.type('house 42');
    await until(() => names(page), ['House 42']);
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

  it('asks each question once', async () => {
    const asked: string[] = [];
    const page = await house.open('/preferences', DESK);
    page.on('request', (request) => {
      const name = /(?:query|mutation) (\w+)/.exec(request.postData() ?? '')?.[1];
      if (name) asked.push(name);
    });
    page.on('framenavigated', () => {
      asked.length = 0;
    });
    await page.goto(house.api.url);
    await until(() => page.locator('.fleet-card .shown-text').first().isVisible(), true);
    await page.waitForTimeout(1_000);
    expect(asked).toContain('FleetAlerts');
    expect(asked.toSorted()).toStrictEqual([...new Set(asked)].sort());
    expect(house.opened.problems).toStrictEqual([]);
  });

  it('costs a browser little while all of them change once a second, and grows by nothing', {
    timeout: 60_000,
  }, async () => {
    const page = await house.open('/', DESK);
    let events = 0;
    page.on('websocket', (socket) => socket.on('framereceived', () => void events++));
    await page.reload();
    await until(() => page.locator('.fleet-card .shown-text').first().isVisible(), true);
    await page.waitForTimeout(2_000);
    const session = await page.context().newCDPSession(page);
    await session.send('Performance.enable');
    const look = async () => {
      await session.send('HeapProfiler.collectGarbage');
      const { metrics } = await session.send('Performance.getMetrics');
      const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
      return { scriptMs: of('ScriptDuration') * 1_000, nodes: of('Nodes'), listeners: of('JSEventListeners') };
    };
    const [eventsBefore, before] = [events, await look()];
    await expect.poll(() => events - eventsBefore, { timeout: 30_000 }).toBeGreaterThan(4 * COUNT);
    const [eventsMeanwhile, after] = [events - eventsBefore, await look()];
    const perEventMs = (after.scriptMs - before.scriptMs) / eventsMeanwhile;
    process.stdout.write(`${eventsMeanwhile} events, ${perEventMs.toFixed(2)} ms of scripting each\n`);
    // By the clock, on a computer that may have much else to do; `npm run bench -- client` counts time of the CPU.
    expect(perEventMs).toBeLessThan(2);
    expect(after.nodes).toBeLessThan(before.nodes + 5 * COUNT);
    expect(after.listeners).toBe(before.listeners);
  });

  it('brightens a changed value only where somebody may see it', async () => {
    const page = await house.open('/', DESK);
    await until(() => page.locator('.fleet-card .shown-text').first().isVisible(), true);
    const brightenedCards = () =>
      page.evaluate(() => {
        const cards = [...document.querySelectorAll('.fleet-card')];
        const targets = document.getAnimations().flatMap(({ effect }) => (effect as KeyframeEffect).target ?? []);
        return [...new Set(targets.map((target) => cards.findIndex((card) => card.contains(target))))];
      });
    const seen = new Set<number>();
    const hasBrightened = async (card: number) => {
      for (const one of await brightenedCards()) seen.add(one);
      return seen.has(card);
    };
    await expect.poll(() => hasBrightened(0), { timeout: 15_000, interval: 100 }).toBe(true);
    await page.waitForTimeout(3_000);
    await hasBrightened(0);
    expect(Math.max(...seen)).toBeLessThan(COUNT - 10);
    seen.clear();
    await page.locator('.fleet-card').last().scrollIntoViewIfNeeded();
    await expect.poll(() => hasBrightened(COUNT - 1), { timeout: 15_000, interval: 100 }).toBe(true);
    expect(house.opened.problems).toStrictEqual([]);
  });
});
