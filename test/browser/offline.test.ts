import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Config } from '../../src/config.ts';
import type { Simulator } from '../../src/simulator/simulator.ts';
import { type Api, addOnline, startApi } from '../support/api.ts';
import { DESK, launchBrowser, openPage, PHONE, type TestPage } from '../support/browser.ts';
import { makeTempDir } from '../support/house.ts';
import { startTestSimulator } from '../support/simulator.ts';

let browser: Browser;
let simulator: Simulator;
let api: Api | undefined;
let opened: TestPage;

beforeAll(async () => {
  [browser, simulator] = await Promise.all([launchBrowser(), startTestSimulator()]);
});

afterAll(async () => {
  await browser?.close();
  await simulator?.close();
});

afterEach(async () => {
  await opened?.close();
  await stop();
});

async function start(config: Partial<Config> = {}): Promise<Api> {
  api = await startApi(config);
  return api;
}

async function stop(): Promise<void> {
  await api?.close();
  api = undefined;
}

/** The width and height in the head of a PNG. */
async function pngSize(url: string): Promise<number[]> {
  const bytes = Buffer.from(await (await fetch(url)).arrayBuffer());
  expect(bytes.subarray(1, 4).toString()).toBe('PNG');
  return [bytes.readUInt32BE(16), bytes.readUInt32BE(20)];
}

describe('the installed client', () => {
  it('can be installed: its manifest and icons are what they say', async () => {
    const { url } = await start();
    const response = await fetch(`${url}/manifest.webmanifest`);
    expect(response.headers.get('content-type')).toMatch(/^application\/manifest\+json/);
    const { icons, start_url, display } = (await response.json()) as {
      icons: { src: string; sizes: string }[];
      start_url: string;
      display: string;
    };
    expect([start_url, display]).toStrictEqual(['/', 'standalone']);
    for (const { src, sizes } of icons.filter(({ src }) => src.endsWith('.png'))) {
      expect(await pngSize(`${url}${src}`), src).toStrictEqual(sizes.split('x').map(Number));
    }
    opened = await openPage(browser, url, DESK);
    const session = await opened.page.context().newCDPSession(opened.page);
    const { errors } = await session.send('Page.getAppManifest');
    expect(errors).toStrictEqual([]);
    expect(opened.problems).toStrictEqual([]);
  });

  it('opens without its server, says so, shows no value, and has them again when it is back', async () => {
    const directory = makeTempDir();
    const paths = { dataDir: directory.path, databaseFile: join(directory.path, 'thermograph.db') };
    const first = await start(paths);
    const id = await addOnline(first, simulator.port);
    opened = await openPage(browser, first.url, PHONE);
    const { page, problems } = opened;
    await page.locator('.shown-unit').first().waitFor();
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
    await page.reload();
    await page.locator('.shown-unit').first().waitFor();
    expect(await page.evaluate(() => navigator.serviceWorker.controller !== null)).toBe(true);
    const kept = await page.evaluate(async () => {
      const caches = await Promise.all((await window.caches.keys()).map((name) => window.caches.open(name)));
      const requests = (await Promise.all(caches.map((cache) => cache.keys()))).flat();
      return requests.map(({ url }) => new URL(url).pathname);
    });
    expect(kept).toContain('/index.html');
    expect(
      kept.filter((path) => !/^\/(assets\/|index\.html|icon\.svg|manifest\.webmanifest)/.test(path)),
    ).toStrictEqual([]);
    expect(problems).toStrictEqual([]);
    await stop();
    for (const path of ['/', `/heatpumps/${id}`, `/heatpumps/${id}/sensors`, '/preferences']) {
      await page.goto(`${first.url}${path}`);
      await page.getByText('Keine Verbindung zum Server.').waitFor();
      await page.getByText(/^Solange er nicht antwortet/).waitFor();
      expect(await page.locator('.shown-unit').count(), path).toBe(0);
    }
    await page.goto(`${first.url}/heatpumps/${id}`);
    await page.getByText('Keine Verbindung zum Server.').waitFor();
    await page.evaluate(() => Object.assign(window, { stillTheSamePage: true }));
    await start({ ...paths, port: Number(new URL(first.url).port) });
    await page.locator('.shown-value:not(.stale) .shown-unit').first().waitFor();
    await page.getByText('Keine Verbindung zum Server.').waitFor({ state: 'detached' });
    expect(await page.evaluate(() => 'stillTheSamePage' in window)).toBe(true);
    directory.remove();
  });

  it('never keeps an answer of the server: its own pages and its API are asked each time', async () => {
    const { url } = await start();
    opened = await openPage(browser, url, DESK);
    const { page } = opened;
    await page.evaluate(async () => (await navigator.serviceWorker.ready).active?.state);
    await page.reload();
    await page.getByText('No heat pump yet').waitFor();
    await stop();
    for (const path of ['/metrics', '/health/live', '/graphql']) {
      await expect(page.goto(`${url}${path}`), path).rejects.toThrow('ERR_CONNECTION_REFUSED');
    }
  });
});
