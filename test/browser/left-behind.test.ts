import type { CDPSession, Page } from 'playwright-core';
import { expect, it } from 'vitest';
import { addOnline } from '../support/api.ts';
import { DESK } from '../support/browser.ts';
import { useClientHouse } from '../support/client-house.ts';
import { furnish, pathsOf } from '../support/client-paths.ts';

/** What a page holds after a garbage collection. */
interface Held {
  readonly nodes: number;
  readonly listeners: number;
}

/** The first round loads all code; what the browser keeps once, it keeps in one of the next. */
const ROUNDS = 4;

let paths: string[] = [];
const house = useClientHouse({
  setUp: async ({ api, simulator }) => {
    const id = await addOnline(api, simulator.port);
    // Those of the door lead out of the house again.
    paths = pathsOf(await furnish(api, id, 'Night')).filter((path) => !/^\/(sign-in|welcome)$/.test(path));
  },
});

/** Follows a link within the client, and waits until what it leads to has come. */
async function follow(page: Page, path: string): Promise<void> {
  await page.evaluate((href) => {
    const link = Object.assign(document.createElement('a'), { href });
    document.body.append(link);
    link.click();
    link.remove();
  }, path);
  await page.waitForFunction(
    (href) => location.pathname + location.search === href && !document.querySelector('.loading, [aria-busy="true"]'),
    path,
    { polling: 20 },
  );
  await page.getByRole('heading', { level: 1 }).waitFor();
}

async function held(session: CDPSession): Promise<Held> {
  for (let time = 0; time < 3; time++) await session.send('HeapProfiler.collectGarbage');
  const { metrics } = await session.send('Performance.getMetrics');
  const of = (wanted: string) => metrics.find(({ name }) => name === wanted)?.value ?? Number.NaN;
  return { nodes: of('Nodes'), listeners: of('JSEventListeners') };
}

it('a page that was left leaves nothing behind', { timeout: 120_000 }, async () => {
  const page = await house.open('/preferences', DESK);
  const session = await page.context().newCDPSession(page);
  await session.send('Performance.enable');
  const rounds: Held[] = [];
  for (let round = 0; round < ROUNDS; round++) {
    for (const path of [...paths, '/preferences']) await follow(page, path);
    rounds.push(await held(session));
  }
  const growth = (of: keyof Held) =>
    Math.min(...rounds.slice(1).map((now, index) => now[of] - (rounds[index]?.[of] ?? 0)));
  expect(paths.length).toBeGreaterThan(30);
  expect(growth('nodes')).toBeLessThanOrEqual(0);
  expect(growth('listeners')).toBeLessThanOrEqual(0);
});
