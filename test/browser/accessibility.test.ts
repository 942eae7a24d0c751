import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { buildClient, DESK, launchBrowser, openPage, PHONE, type View } from '../support/browser.ts';
import { startTestSimulator } from '../support/simulator.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
/** Structure may differ by the width, contrast by the theme: together they see both of each. */
const LOOKS: readonly (readonly [string, View, 'light' | 'dark'])[] = [
  ['a phone in the dark', PHONE, 'dark'],
  ['a desk in the light', DESK, 'light'],
];
/** Every page; `:id` is the heat pump. */
const PATHS = [
  '/',
  '/heatpumps/:id',
  '/heatpumps/:id/sensors',
  '/heatpumps/:id/dashboards',
  '/heatpumps/:id/history',
  '/heatpumps/:id/jobs',
  '/heatpumps/:id/alerts',
  '/heatpumps/:id/edit',
  '/heatpumps/new',
  '/dashboards',
  '/compare',
  '/jobs',
  '/jobs/new',
  '/alerts',
  '/alerts/new',
  '/channels',
  '/channels/new',
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

it.each(LOOKS)('no page has a serious barrier on %s', { timeout: 90_000 }, async (_, view, colorScheme) => {
  const opened = await openPage(browser, 'about:blank', view);
  const { page } = opened;
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const found: string[] = [];
  for (const path of PATHS) {
    await page.goto(`${api.url}${path.replace(':id', id)}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(AXE);
    found.push(...(await barriers(page, path)));
  }
  await opened.close();
  expect(found).toStrictEqual([]);
});
