import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { type Browser, chromium, type Page } from 'playwright-core';
import { toolPath } from './tools.ts';

/** How a page is looked at. */
export interface View {
  readonly width: number;
  readonly height: number;
  /** E.g. `de-DE`. */
  readonly locale: string;
  readonly hasTouch?: boolean;
}

/** A phone with a German owner, and the desk of an English one. */
export const PHONE: View = { width: 390, height: 844, locale: 'de-DE', hasTouch: true };
export const DESK: View = { width: 1440, height: 900, locale: 'en-GB' };

/** A page of the real client in a real browser, and what went wrong in it. */
export interface TestPage {
  readonly page: Page;
  /** Errors of the page and its console, refusals by the content security policy, and requests to any other host. */
  readonly problems: string[];
  close(): Promise<void>;
}

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const BUILT = join(ROOT, 'dist/client/index.html');
const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

/** Builds the client unless the build is newer than every source. */
export function buildClient(): void {
  const newest = newestMs(join(ROOT, 'client'));
  if (existsSync(BUILT) && statSync(BUILT).mtimeMs >= newest) return;
  const { status, stderr } = spawnSync(process.execPath, ['node_modules/vite/bin/vite.js', 'build', 'client'], {
    cwd: ROOT,
    encoding: 'utf8',
    env: { ...process.env, NODE_ENV: 'production' },
  });
  if (status !== 0) throw new Error(`the client does not build:\n${stderr}`);
}

/** Starts the system's Chromium. */
export function launchBrowser(): Promise<Browser> {
  return chromium.launch({ executablePath: toolPath('chromium'), args: ARGS });
}

/** Opens a page in a context of its own. */
export async function openPage(browser: Browser, url: string, { width, height, ...view }: View): Promise<TestPage> {
  const context = await browser.newContext({ viewport: { width, height }, ...view });
  const page = await context.newPage();
  page.setDefaultTimeout(10_000);
  const problems: string[] = [];
  page.on('pageerror', (error) => problems.push(`page error: ${error.message}`));
  page.on('console', (message) => {
    if (message.type() === 'error' || message.type() === 'warning') problems.push(`console: ${message.text()}`);
  });
  page.on('request', (request) => {
    const { host, protocol } = new URL(request.url());
    if (protocol !== 'data:' && host !== new URL(url).host) problems.push(`request to ${request.url()}`);
  });
  await page.addInitScript(() => {
    document.addEventListener('securitypolicyviolation', ({ effectiveDirective, blockedURI }) =>
      console.error(`refused by the policy: ${effectiveDirective} of ${blockedURI}`),
    );
  });
  await page.goto(url);
  return { page, problems, close: () => context.close() };
}

function newestMs(path: string): number {
  const status = statSync(path);
  if (!status.isDirectory()) return status.mtimeMs;
  return Math.max(status.mtimeMs, ...readdirSync(path).map((entry) => newestMs(join(path, entry))));
}
