import { expect, it } from 'vitest';
import { addOnline } from '../support/api.ts';
import { DESK } from '../support/browser.ts';
import { useClientHouse } from '../support/client-house.ts';
import { type Furniture, furnish, pathsOf } from '../support/client-paths.ts';

const NAME = '<img src=x onerror=alert(1)>';
let furniture: Furniture;
const house = useClientHouse({
  setUp: async ({ api, simulator }) => {
    const id = await addOnline(api, simulator.port, { name: NAME });
    furniture = await furnish(api, id, NAME);
  },
});

it('no page takes a name for anything but text', { timeout: 60_000 }, async () => {
  const page = await house.open('/preferences', DESK);
  const opened: string[] = [];
  page.on('dialog', (dialog) => {
    opened.push(dialog.message());
    void dialog.dismiss();
  });
  const withName: string[] = [];
  for (const path of pathsOf(furniture)) {
    const response = await page.goto(`${house.api.url}${path}`);
    const policy = (response?.headers()['content-security-policy'] ?? '').split('; ');
    expect(policy.filter((rule) => /^(default|script)/.test(rule))).toStrictEqual(["default-src 'self'"]);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect(await page.locator('img').count(), path).toBe(0);
    if ((await page.locator('body').textContent())?.includes(NAME)) withName.push(path);
    if (path.includes(furniture.heatpump)) expect(await page.content(), path).toContain('&lt;img src=x');
  }
  expect(withName.length).toBeGreaterThan(12);
  expect(opened).toStrictEqual([]);
  // Violations of the policy are among the problems.
  expect(house.opened.problems).toStrictEqual([]);
});

it('what the policy forbids is noticed', async () => {
  const page = await house.open('/', DESK);
  await page.evaluate(() => {
    const script = document.createElement('script');
    script.textContent = 'document.title = "run";';
    document.body.append(script);
  });
  await expect.poll(() => house.opened.problems.join()).toContain('refused by the policy: script-src-elem');
  expect(await page.title()).not.toBe('run');
});
