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

const ARGS = [
  '--no-sandbox',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
  '--no-first-run',
];

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
