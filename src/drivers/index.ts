import { altherma } from './daikin/altherma.ts';
import type { Driver } from './driver.ts';
import { navigator20 } from './idm/navigator-2-0.ts';
import { luxtronik21 } from './luxtronik/luxtronik-2-1.ts';
import { sSeries } from './nibe/s-series.ts';

/** Every driver there is. A new model is one more line here. */
export const DRIVERS: readonly Driver[] = [navigator20, altherma, luxtronik21, sSeries];
