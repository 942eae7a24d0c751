import type { Browser, Page } from 'playwright-core';
import { afterAll, afterEach, beforeAll, beforeEach, expect } from 'vitest';
import type { Config } from '../../src/config.ts';
import type { Driver } from '../../src/drivers/driver.ts';
import { DRIVERS } from '../../src/drivers/index.ts';
import type { Simulator, SimulatorOptions } from '../../src/simulator/simulator.ts';
import { type Api, startApi } from './api.ts';
import { launchBrowser, openPage, type TestPage, type View } from './browser.ts';
import { startTestSimulator } from './simulator.ts';

/** What the tests of one file are done with. */
export interface ClientHouse {
  readonly browser: Browser;
  readonly simulator: Simulator;
  readonly api: Api;
  /** The page that was opened last. */
  readonly opened: TestPage;
  /** Opens a path of the server, or a whole address, in a context of its own. */
  open(path: string, view: View): Promise<Page>;
}

/** Of which kind the parts are. */
export interface ClientHouseOptions {
  readonly config?: Partial<Config>;
  readonly drivers?: readonly Driver[];
  readonly simulator?: Partial<SimulatorOptions>;
  /** The server asks who somebody is. */
  readonly isGuarded?: boolean;
  /** A new server for each test, not one for all. */
  readonly isAnewForEach?: boolean;
  /** What has to be there before a test. */
  setUp?(house: ClientHouse): Promise<void>;
}

/** Drivers that read a written value back after a second: simulated machines have taken it at once. */
export const QUICK_DRIVERS: readonly Driver[] = DRIVERS.map((driver) => ({
  ...driver,
  sensors: (...about) => driver.sensors(...about).map((sensor) => ({ ...sensor, settleMs: 1_000 })),
}));

/**
 * A browser, a simulated Navigator 2.0 and a server for the tests of the file that calls it; all of it ends with them, pages
 * with each test.
 */
export function useClientHouse(options: ClientHouseOptions = {}): ClientHouse {
  let browser: Browser;
  let simulator: Simulator;
  let api: Api | undefined;
  let opened: TestPage | undefined;
  const house: ClientHouse = {
    get browser() {
      return browser;
    },
    get simulator() {
      return simulator;
    },
    get api() {
      return there(api, 'server');
    },
    get opened() {
      return there(opened, 'page');
    },
    open: async (path, view) => {
      opened = await openPage(browser, new URL(path, house.api.url).href, view);
      return opened.page;
    },
  };
  const start = async () => {
    api = await startApi(options.config, options.drivers, options.isGuarded);
    await options.setUp?.(house);
  };
  const stop = async () => {
    await api?.close();
    api = undefined;
  };
  const closePage = async () => {
    await opened?.close();
    opened = undefined;
  };
  beforeAll(async () => {
    [browser, simulator] = await Promise.all([launchBrowser(), startTestSimulator(options.simulator)]);
  });
  afterAll(async () => {
    await browser?.close();
    await stop();
    await simulator?.close();
  });
  (options.isAnewForEach ? beforeEach : beforeAll)(start);
  afterEach(async () => {
    await closePage();
    if (options.isAnewForEach) await stop();
  });
  return house;
}

function there<T>(part: T | undefined, name: string): T {
  if (part === undefined) throw new Error(`there is no ${name} yet`);
  return part;
}

/** Waits until something looked up again and again is as expected. */
export async function until<T>(look: () => Promise<T>, expected: T, timeoutMs = 10_000): Promise<void> {
  await expect.poll(look, { timeout: timeoutMs, interval: 50 }).toStrictEqual(expected);
}
