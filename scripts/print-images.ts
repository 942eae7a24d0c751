import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { ROOT } from './steps.ts';

// Writes docs/images: what the pages look like, in the light and in the dark. To be run by hand against a demonstration that has
// been running for an hour, so that there is something to see:
// CHROMIUM=/usr/bin/chromium node --import tsx scripts/print-images.ts http://127.0.0.1:4000 [NAME…]
const FOLDER = join(ROOT, 'docs/images');
const QUALITY = 82;
/** Until lines are drawn, and what has changed no longer brightens. */
const SETTLING_MS = 2_500;
const DESK = { width: 1440, height: 900 };
const PHONE = { width: 390, height: 844 };

/** One picture. */
interface Picture {
  readonly name: string;
  /** `:house` stands for the first heat pump, `:farm` for the last, `:board` for the dashboard of the first. */
  readonly path: string;
  readonly view: { readonly width: number; readonly height: number };
  readonly locale?: string;
  /** What is done before it is taken. */
  prepare?(page: Page): Promise<void>;
}

const LAST_HOUR = 'range=1h';
const PICTURES: readonly Picture[] = [
  { name: 'overview', path: '/', view: DESK },
  { name: 'heat-pump', path: '/heatpumps/:house', view: DESK },
  { name: 'history', path: `/heatpumps/:house/history?${LAST_HOUR}`, view: DESK, locale: 'de-DE' },
  { name: 'dashboard', path: `/dashboards/:board?${LAST_HOUR}`, view: DESK },
  { name: 'compare', path: `/compare?ids=:house,:farm&quantities=FLOW_TEMPERATURE&${LAST_HOUR}`, view: DESK },
  { name: 'control', path: '/heatpumps/:house/sensors', view: DESK, prepare: openControl },
  { name: 'jobs', path: '/jobs', view: DESK },
  { name: 'alerts', path: '/alerts', view: DESK },
  { name: 'set-up', path: '/heatpumps/new', view: DESK },
  { name: 'overview-phone', path: '/', view: PHONE, locale: 'de-DE' },
  { name: 'heat-pump-phone', path: '/heatpumps/:house', view: PHONE },
  { name: 'history-phone', path: `/heatpumps/:house/history?${LAST_HOUR}`, view: PHONE, locale: 'de-DE' },
];

async function openControl(page: Page): Promise<void> {
  await page.getByLabel('Search sensors').fill('hot water target');
  const row = page.locator('.sensor-row[data-key="temp_water_target"]');
  await row.locator('summary').click();
  await row.getByLabel('New value').waitFor();
}

/** The ids that stand for the names in paths. */
async function idsOf(url: string): Promise<Readonly<Record<string, string>>> {
  const query = '{ heatpumps { id dashboards { id } } }';
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(`${url}/graphql`, { method: 'POST', headers, body: JSON.stringify({ query }) });
  const { data } = (await answer.json()) as { data: { heatpumps: { id: string; dashboards: { id: string }[] }[] } };
  const [first, last] = [data.heatpumps.at(0), data.heatpumps.at(-1)];
  return { house: first?.id ?? '', farm: last?.id ?? '', board: first?.dashboards[0]?.id ?? '' };
}

async function take(browser: Browser, url: string, picture: Picture, colorScheme: 'light' | 'dark'): Promise<number> {
  const { view: viewport, locale = 'en-GB' } = picture;
  const context = await browser.newContext({ viewport, locale, colorScheme, reducedMotion: 'reduce' });
  const page = await context.newPage();
  await page.goto(url);
  await page.waitForLoadState('networkidle');
  await picture.prepare?.(page);
  await page.waitForTimeout(SETTLING_MS);
  const session = await context.newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  const bytes = Buffer.from(data, 'base64');
  writeFileSync(join(FOLDER, `${picture.name}-${colorScheme}.webp`), bytes);
  await context.close();
  return bytes.length;
}

const [url, ...names] = process.argv.slice(2);
if (!url) throw new Error('the address of a running demonstration is missing');
const ids = await idsOf(url);
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
if (names.length === 0) rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
for (const picture of PICTURES.filter(({ name }) => names.length === 0 || names.includes(name))) {
  const path = picture.path.replaceAll(/:(\w+)/g, (_, name: string) => ids[name] ?? '');
  for (const theme of ['light', 'dark'] as const) {
    const bytes = await take(browser, `${url}${path}`, picture, theme);
    process.stdout.write(`${picture.name} ${theme}: ${Math.round(bytes / 1_000)} kB\n`);
  }
}
await browser.close();
