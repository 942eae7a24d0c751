import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { ROOT } from './steps.ts';

// Writes the icons of the installed client as PNG, from the SVG beside them. To be run by hand after changing that:
// CHROMIUM=/usr/bin/chromium node --import tsx scripts/print-icons.ts
const PUBLIC = join(ROOT, 'client/public');
const svg = readFileSync(join(PUBLIC, 'icon.svg'), 'utf8');
/** Systems cut a maskable icon to their own shape: no corners of its own, and the drawing well inside. */
const maskable = svg.replace('rx="7"', '').replace('viewBox="0 0 32 32"', 'viewBox="-4 -4 40 40"');
const BACKGROUND = '#1f3a4d';

const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium',
  args: ['--no-sandbox'],
});
await write('icon-192.png', 192, svg);
await write('icon-512.png', 512, svg);
await write('icon-maskable-512.png', 512, maskable, BACKGROUND);
await browser.close();

async function write(name: string, size: number, image: string, background = 'transparent'): Promise<void> {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>body{margin:0;background:${background}}svg{display:block;width:100%}</style>${image}`);
  writeFileSync(join(PUBLIC, name), await page.screenshot({ omitBackground: true }));
  await page.close();
}
