import type { Driver } from '../../src/drivers/driver.ts';
import { DRIVERS } from '../../src/drivers/index.ts';

/** A driver without the pauses that real devices want between requests; units of tests need none. */
export function hurried(driver: Driver): Driver {
  return { ...driver, lineRules: { ...driver.lineRules, pauseMs: 0 } };
}

/** All of them. */
export const HURRIED_DRIVERS: readonly Driver[] = DRIVERS.map(hurried);
