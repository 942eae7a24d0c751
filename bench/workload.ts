import type { Driver } from '../src/drivers/driver.ts';
import { DRIVERS } from '../src/drivers/index.ts';
import { planPoll } from '../src/heatpumps/poll-plan.ts';
import type { ReadRequest } from '../src/modbus/line.ts';
import { hurried } from '../test/support/hurried-drivers.ts';

/** What both sides of the comparison read: a Navigator 2.0 with one heating circuit. */
export const MODEL = 'idm/navigator_2_0';
/** Its installation. */
export const MODEL_CONFIG = { circuits: ['A'], zones: [] };

/** The driver of {@link MODEL}, without the pauses that a real device wants between requests. */
export function hurriedDriver(): Driver {
  const driver = DRIVERS.find(({ manufacturer, id }) => `${manufacturer.id}/${id}` === MODEL);
  if (!driver) throw new RangeError(`no driver ${MODEL}`);
  return hurried(driver);
}

/** The requests of one poll that reads everything. */
export function requestsOfPoll(): ReadRequest[] {
  const driver = hurriedDriver();
  return planPoll(driver.sensors(MODEL_CONFIG), driver.readRules).all.map(({ table, address, count }) => ({
    table,
    address,
    count,
  }));
}
