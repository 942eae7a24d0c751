import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { buildClient, DESK, launchBrowser, openPage, PHONE, type View } from '../support/browser.ts';
import { startTestSimulator } from '../support/simulator.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const VIEWS: readonly (readonly [string, View])[] = [
  ['a phone', PHONE],
  ['a desk', DESK],
];
/** Every page; `:id` is the heat pump. */
const PATHS = [
  '/',
  '/heatpumps/:id',
  '/heatpumps/:id/sensors',
  '/heatpumps/:id/edit',
  '/heatpumps/new',
  '/preferences',
  '/no/such/page',
];

let browser: Browser;
let simulator: Simulator;
let api: Api;
let id: string;

beforeAll(async () => {
  buildClient();
  [browser, simulator, api] = await Promise.all([launchBrowser(), startTestSimulator(), startApi()]);
  id = await addOnline(api, simulator.port);
});

afterAll(async () => {
  await browser?.close();
  await api?.close();
  await simulator?.close();
});

interface Result {
  readonly id: string;
  readonly impact: string;
  readonly nodes: readonly { readonly html: string }[];
}

interface Axe {
  run(): Promise<{ readonly violations: Result[]; readonly passes: Result[] }>;
}

/** What axe finds on the page as it is, serious or worse. */
async function barriers(page: Page, where: string): Promise<string[]> {
  const { violations, passes } = await page.evaluate(() => (window as unknown as { axe: Axe }).axe.run());
  expect(passes.length, 'rules that axe has looked at').toBeGreaterThan(10);
  return violations
    .filter(({ impact }) => impact === 'serious' || impact === 'critical')
    .map(({ id: rule, nodes }) => `${where}: ${rule} at ${nodes.map(({ html }) => html.slice(0, 200)).join(', ')}`);
}

describe.each(VIEWS)('on %s', (_, view) => {
  it.each(PATHS)('%s has no serious barrier, light or dark', async (path) => {
    const opened = await openPage(browser, 'about:blank', view);
    const { page } = opened;
    await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
    await page.goto(`${api.url}${path.replace(':id', id)}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(AXE);
    const light = await barriers(page, 'light');
    await page.emulateMedia({ colorScheme: 'dark' });
    const dark = await barriers(page, 'dark');
    await opened.close();
    expect([...light, ...dark]).toStrictEqual([]);
  });
});
