import { type Browser, chromium } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { startTestSimulator } from '../support/simulator.ts';
import { toolPath } from '../support/tools.ts';

let api: Api;
let simulator: Simulator;
let browser: Browser;

beforeAll(async () => {
  simulator = await startTestSimulator();
  simulator.device.force('temp_outside', -12.7);
  api = await startApi();
  await addOnline(api, simulator.port, { name: 'Playground' });
  const quiet = ['--disable-background-networking', '--disable-component-update', '--disable-sync'];
  browser = await chromium.launch({ executablePath: toolPath('chromium'), args: ['--no-sandbox', ...quiet] });
});

afterAll(async () => {
  await browser?.close();
  await api?.close();
  await simulator?.close();
});

describe('the playground', () => {
  it('runs its first query in a browser without internet, and asks nobody else for anything', async () => {
    const page = await browser.newPage();
    const foreign: string[] = [];
    const complaints: string[] = [];
    page.on('console', (message) => {
      if (['error', 'warning'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => void complaints.push(error.message));
    await page.route('**/*', (route) => {
      const url = route.request().url();
      if (new URL(url).origin === api.url || /^(blob|data):/.test(url)) return route.continue();
      foreign.push(url);
      return route.abort();
    });
    await page.goto(`${api.url}/graphql`);
    await page.getByRole('button', { name: /execute query/i }).click();
    const result = page.locator('.result-window');
    await expect.poll(() => result.textContent(), { timeout: 10_000 }).toMatch(/"Playground"[\s\S]*"ONLINE"/);
    expect(await result.textContent()).toContain('-12.7');
    // The schema explorer knows what the fields mean.
    await page.getByRole('button', { name: /documentation explorer/i }).click();
    await expect.poll(() => page.locator('.graphiql-plugin').textContent()).toContain('Query');
    expect(foreign).toStrictEqual([]);
    expect(complaints).toStrictEqual([]);
  });

  it('is for browsers: others get the API at the same address', async () => {
    const url = `${api.url}/graphql?query={__typename}`;
    const page = await fetch(url, { headers: { accept: 'text/html,*/*' } });
    expect(page.headers.get('content-type')).toBe('text/html; charset=utf-8');
    expect(page.headers.get('content-encoding')).toBe('gzip');
    expect(await (await fetch(url)).json()).toStrictEqual({ data: { __typename: 'Query' } });
  });
});
