import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import type { Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addOnline } from '../support/api.ts';
import { DESK, PHONE, type View } from '../support/browser.ts';
import { useClientHouse } from '../support/client-house.ts';
import { type Furniture, furnish, pathsOf } from '../support/client-paths.ts';

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');
const CLIENT = fileURLToPath(new URL('../../client/src', import.meta.url));
/** Structure may differ by the width, contrast by the theme: together they see both of each. */
const LOOKS: readonly (readonly [string, View, 'light' | 'dark'])[] = [
  ['a phone in the dark', PHONE, 'dark'],
  ['a desk in the light', DESK, 'light'],
];

let furniture: Furniture;
const house = useClientHouse({
  setUp: async ({ api, simulator }) => {
    const id = await addOnline(api, simulator.port);
    furniture = await furnish(api, id, 'Night');
  },
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

it.each(LOOKS)('no page has a serious barrier on %s', { timeout: 180_000 }, async (_, view, colorScheme) => {
  const page = await house.open('about:blank', view);
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  const found: string[] = [];
  for (const path of pathsOf(furniture)) {
    await page.goto(`${house.api.url}${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    await page.evaluate(AXE);
    found.push(...(await barriers(page, path)));
  }
  expect(found).toStrictEqual([]);
});

it('every route has been looked at', () => {
  const text = (file: string) => readFileSync(`${CLIENT}/${file}`, 'utf8');
  const routes = [...text('app.tsx').matchAll(/<Route path=(?:"([^"]+)"|\{\[([^\]]+)\]\})/g)].flatMap(
    ([, one, several]) => (one ? [one] : [...(several ?? '').matchAll(/'([^']+)'/g)].map(([, path]) => path ?? '')),
  );
  const sections = [...text('features/heatpump/sections.ts').matchAll(/path: '(\w*)'/g)].map(
    ([, path]) => `/heatpumps/:id${path ? `/${path}` : ''}`,
  );
  const seen = pathsOf({ heatpump: ':id', dashboard: ':id', job: ':id', alert: ':id', channel: ':id' });
  const paths = new Set(seen.map((path) => path.split('?')[0]));
  const missing = [...routes, ...sections].filter((route) => !route.includes('*') && !paths.has(route));
  expect([routes.length > 10, sections.length]).toStrictEqual([true, 8]);
  expect(missing).toStrictEqual([]);
});
