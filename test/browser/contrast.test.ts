import { fileURLToPath } from 'node:url';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { launchBrowser } from '../support/browser.ts';

const TOKENS = fileURLToPath(new URL('../../client/src/styles/tokens.css', import.meta.url));
const TEXTS = ['text', 'text-muted', 'text-faint', 'accent', 'accent-hover', 'good', 'warning', 'bad'];
const STATES = ['heating', 'hot-water', 'cooling', 'defrost', 'idle', 'blocked'];
const QUANTITIES = [
  'flow',
  'return',
  'outdoor',
  'hot-water',
  'source',
  'room',
  'thermal',
  'electrical',
  'line-control',
  ...[1, 2, 3, 4, 5, 6, 7, 8].map((number) => `series-${number}`),
];

let browser: Browser;
let page: Page;

beforeAll(async () => {
  browser = await launchBrowser();
  page = await browser.newPage();
  await page.addStyleTag({ path: TOKENS });
});

afterAll(async () => {
  await browser?.close();
});

/** The pairs of colours that WCAG finds too close, e.g. "muted on card: 4.1"; the browser itself turns them into sRGB. */
async function tooClose(theme: string, colours: string[], surfaces: string[], least: number): Promise<string[]> {
  const names = [...colours, ...surfaces];
  const pixels = await page.evaluate(
    ({ theme, names }) => {
      document.documentElement.dataset.theme = theme;
      const context = document.createElement('canvas').getContext('2d');
      if (!context) throw new Error('no canvas');
      return names.map((name) => {
        document.body.style.color = `var(--${name})`;
        context.fillStyle = getComputedStyle(document.body).color;
        context.fillRect(0, 0, 1, 1);
        return [...context.getImageData(0, 0, 1, 1).data];
      });
    },
    { theme, names },
  );
  const luminances = new Map(names.map((name, index) => [name, luminance(pixels[index] ?? [])]));
  return colours.flatMap((colour) =>
    surfaces.flatMap((surface) => {
      const [a = 0, b = 0] = [luminances.get(colour), luminances.get(surface)];
      const contrast = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
      return contrast >= least ? [] : [`${colour} on ${surface}: ${contrast.toFixed(2)}`];
    }),
  );
}

/** Relative luminance as WCAG 2 defines it, of a colour in sRGB with 0 to 255 each. */
function luminance([red = 0, green = 0, blue = 0]: number[]): number {
  const linear = (channel: number) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  };
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue);
}

describe.each(['light', 'dark'])('the %s colours', (theme) => {
  it('can be read as text', async () => {
    expect(await tooClose(theme, TEXTS, ['surface-page', 'surface-card', 'surface-inset'], 4.5)).toStrictEqual([]);
    expect(await tooClose(theme, STATES, ['surface-card', 'surface-page'], 4.5)).toStrictEqual([]);
    expect(await tooClose(theme, ['text', 'text-muted'], ['warning-surface', 'bad-surface'], 4.5)).toStrictEqual([]);
    expect(await tooClose(theme, ['text', 'accent'], ['accent-surface'], 4.5)).toStrictEqual([]);
    expect(await tooClose(theme, ['on-accent'], ['accent', 'accent-hover'], 4.5)).toStrictEqual([]);
  });

  it('can be told from what they lie on', async () => {
    expect(await tooClose(theme, QUANTITIES, ['surface-card', 'surface-page'], 3)).toStrictEqual([]);
  });
});
