import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from 'playwright-core';
import { type Ask, askOf, furnish } from './gallery-furniture.ts';
import { type GalleryHouse, type GalleryHouses, startHouses } from './gallery-houses.ts';
import { CHAPTERS, DESK, type Names, type Picture } from './gallery-pictures.ts';
import { ROOT } from './steps.ts';

// Writes docs/images and docs/gallery.md: what the pages look like, in the light and in the dark. To be run by hand against a
// demonstration: once when it begins, with "none", so that there are jobs and alerts; and an hour later, when there is something to see.
// CHROMIUM=/usr/bin/chromium node --import tsx scripts/print-images.ts http://127.0.0.1:4000 [NAME…]
const FOLDER = join(ROOT, 'docs/images');
const GALLERY = join(ROOT, 'docs/gallery.md');
const QUALITY = 80;
/** Until lines are drawn, and what has changed no longer brightens. */
const SETTLING_MS = 2_500;
const THEMES = ['light', 'dark'] as const;

interface Furnished {
  readonly heatpumps: readonly {
    readonly id: string;
    readonly connection: { readonly port: number };
    readonly dashboards: readonly { readonly id: string }[];
  }[];
  readonly [kind: string]: readonly { readonly id: string }[];
}

/** What names in paths stand for on a server. */
async function namesOf(ask: Ask): Promise<Names> {
  const { heatpumps, ...kinds } = await ask<Furnished>(
    '{ heatpumps { id connection { port } dashboards { id } } jobs { id } alerts { id } channels { id } }',
  );
  const [first, last] = [heatpumps.at(0), heatpumps.at(-1)];
  return {
    ...{ first: first?.id ?? '', third: heatpumps[2]?.id ?? '', last: last?.id ?? '' },
    ...{ port: String(first?.connection.port), board: first?.dashboards[0]?.id ?? '' },
    ...Object.fromEntries(Object.entries(kinds).map(([kind, all]) => [kind.slice(0, -1), all[0]?.id ?? ''])),
  };
}

/** A server, and what is on it. */
interface Place extends GalleryHouse {
  readonly names: Names;
}

/** Where pictures are taken. */
async function placesOf(
  url: string,
  houses: GalleryHouses,
): Promise<Record<'demo' | 'fresh' | 'empty' | 'town', Place>> {
  const ask = askOf(url);
  const { town, fresh, empty } = houses;
  const { users } = await town.ask<{ users: { id: string; role: string }[] }>('{ users { id role } }');
  const user = users.find(({ role }) => role === 'OPERATOR')?.id ?? '';
  return {
    demo: { url, cookie: '', ask, names: await namesOf(ask) },
    town: { ...town, names: { ...(await namesOf(town.ask)), user } },
    fresh: { ...fresh, names: {} },
    empty: { ...empty, names: {} },
  };
}

async function take(browser: Browser, place: Place, picture: Picture, colorScheme: 'light' | 'dark'): Promise<Buffer> {
  const { view: viewport, isGerman, isStranger } = picture;
  const locale = isGerman ? 'de-DE' : 'en-GB';
  const context = await browser.newContext({ viewport, locale, colorScheme, reducedMotion: 'reduce' });
  if (!isStranger) await context.addCookies(cookiesOf(place));
  const page = await context.newPage();
  const path = picture.path.replaceAll(/:(\w+)/g, (_, name: string) => place.names[name] ?? '');
  await page.goto(`${place.url}${path}`);
  await page.getByRole('heading', { level: 1 }).waitFor();
  await page.waitForLoadState('networkidle');
  await picture.prepare?.(page, place.names);
  await page.waitForTimeout(SETTLING_MS);
  const bytes = await shoot(page);
  await context.close();
  return bytes;
}

function cookiesOf({ url, cookie }: Place) {
  const parts = cookie === '' ? [] : cookie.split('; ');
  return parts.map((part) => ({ url, name: part.split('=', 1)[0] ?? '', value: part.slice(part.indexOf('=') + 1) }));
}

async function shoot(page: Page): Promise<Buffer> {
  const session = await page.context().newCDPSession(page);
  const { data } = await session.send('Page.captureScreenshot', { format: 'webp', quality: QUALITY });
  return Buffer.from(data, 'base64');
}

/** The page of the gallery; phones stand four in a row, desks two. */
function gallery(): string {
  const chapters = CHAPTERS.map(({ title, pictures }) => {
    const [phones, desks] = [pictures.filter(isOfPhone), pictures.filter((picture) => !isOfPhone(picture))];
    return [`## ${title}`, ...tableOf(desks, 2), ...tableOf(phones, 4)].join('\n\n');
  });
  const about =
    'Every page, in the light or in the dark as your browser likes it; half of them in German. `scripts/print-images.ts` makes them.';
  return `${['# What it looks like', about, ...chapters].join('\n\n')}\n`;
}

function tableOf(pictures: readonly Picture[], columns: number): string[] {
  const rows: string[] = [];
  for (let from = 0; from < pictures.length; from += columns) {
    const row = pictures.slice(from, from + columns);
    rows.push([row.map(({ title }) => title), row.map(() => '---'), row.map(pictureOf)].map(lineOf).join('\n'));
  }
  return rows;
}

const isOfPhone = ({ view }: Picture) => view.width < DESK.width;
const lineOf = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;
const pictureOf = ({ name, title }: Picture) =>
  `<picture><source media="(prefers-color-scheme: dark)" srcset="images/${name}-dark.webp"><img src="images/${name}-light.webp" alt="${title}"></picture>`;

async function main(url: string, names: readonly string[]): Promise<void> {
  const ask = askOf(url);
  await furnish(ask, (await namesOf(ask)).first ?? '');
  const all = CHAPTERS.flatMap(({ pictures }) => pictures);
  const wanted = all.filter(({ name }) => names.length === 0 || names.includes(name));
  if (wanted.length === 0) return;
  if (wanted.length === all.length) rmSync(FOLDER, { recursive: true, force: true });
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(GALLERY, gallery());
  const houses = await startHouses();
  const browser = await chromium.launch({
    executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
    args: ['--no-sandbox'],
  });
  try {
    const places = await placesOf(url, houses);
    for (const picture of wanted) await print(browser, places[picture.house ?? 'demo'], picture);
  } finally {
    await browser.close();
    await houses.close();
  }
}

async function print(browser: Browser, place: Place, picture: Picture): Promise<void> {
  for (const theme of THEMES) {
    const bytes = await take(browser, place, picture, theme);
    writeFileSync(join(FOLDER, `${picture.name}-${theme}.webp`), bytes);
    process.stdout.write(`${picture.name} ${theme}: ${Math.round(bytes.length / 1_000)} kB\n`);
  }
}

const [url, ...names] = process.argv.slice(2);
if (!url) throw new Error('the address of a running demonstration is missing');
await main(url, names);
