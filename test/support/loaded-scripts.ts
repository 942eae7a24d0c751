import { gzipSync } from 'node:zlib';
import type { Page } from 'playwright-core';

/** A script that a page has loaded. */
export interface LoadedScript {
  readonly text: string;
  /** How large it is as a browser gets it that takes gzip; one that takes brotli gets less. */
  readonly gzipBytes: number;
}

/** All scripts that a page has loaded so far. */
export async function loadedScripts(page: Page): Promise<LoadedScript[]> {
  const names = await page.evaluate(() => performance.getEntriesByType('resource').map(({ name }) => name));
  const scripts = names.filter((name) => name.endsWith('.js'));
  return Promise.all(
    scripts.map(async (name) => {
      const text = await (await fetch(name)).text();
      return { text, gzipBytes: gzipSync(text, { level: 9 }).length };
    }),
  );
}
