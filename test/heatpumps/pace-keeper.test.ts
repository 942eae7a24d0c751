import { afterEach, describe, expect, it } from 'vitest';
import { systemClock } from '../../src/domain/clock.ts';
import { navigator20 } from '../../src/drivers/idm/navigator-2-0.ts';
import { buildHouse, type House, makeTempDir } from '../support/house.ts';
import { hurried } from '../support/hurried-drivers.ts';
import { type RecordingUnit, startRecordingUnit } from '../support/recording-unit.ts';

const INTERVAL_MS = 4_000;
/** A poll takes 38 requests. */
const HURRIED = hurried(navigator20);
/** A poll at full speed asks all its 38 times in a second; the interval needs 12. */
const BEARS_PER_SECOND = 30;
const REBOOT_MS = 300;

let unit: RecordingUnit;
const houses: House[] = [];

afterEach(async () => {
  for (const house of houses.splice(0)) await house.close();
  await unit.close();
});

/** A unit that restarts whenever it is asked too often, and hangs up meanwhile; it tells when it did. */
async function startFragileUnit(): Promise<number[]> {
  const reboots: number[] = [];
  let asked: number[] = [];
  unit = await startRecordingUnit();
  unit.trouble = () => {
    const now = performance.now();
    if (now < (reboots.at(-1) ?? Number.NEGATIVE_INFINITY) + REBOOT_MS) return 'CLOSE';
    asked = [...asked.filter((at) => at > now - 1_000), now];
    if (asked.length <= BEARS_PER_SECOND) return null;
    reboots.push(now);
    asked = [];
    return 'CLOSE';
  };
  return reboots;
}

/** Waits for so many complete polls. */
async function polled(house: House, count: number): Promise<void> {
  let polls = 0;
  house.bus.on('snapshot', ({ readings }) => readings[0]?.quality === 'GOOD' && polls++);
  await expect.poll(() => polls, { timeout: 50_000 }).toBeGreaterThanOrEqual(count);
}

describe('a unit that restarts when it is asked too often', () => {
  it('does so twice at most; how fast it may be read is told, and known after a restart of our own', async () => {
    const reboots = await startFragileUnit();
    const folder = makeTempDir();
    const first = await buildHouse(systemClock, INTERVAL_MS, [HURRIED], { ...folder, remove: () => {} });
    houses.push(first);
    const connection = { host: '127.0.0.1', port: unit.port, timeoutMs: 1_000 };
    const { settings } = await first.manager.add({
      name: 'Home',
      manufacturer: 'idm',
      model: 'navigator_2_0',
      connection,
    });
    await polled(first, 2);
    expect(reboots.length).toBeGreaterThan(0);
    expect(reboots.length).toBeLessThanOrEqual(2);
    const { status } = first.manager.info(settings.id);
    expect(status).toMatchObject({ state: 'ONLINE', pace: { reason: 'LOST', sparedUntil: expect.any(Number) } });
    expect(status.pace?.requestsPerSecond).toBeLessThan(BEARS_PER_SECOND);
    expect(status.lastPoll?.durationMs).toBeLessThan(3 * INTERVAL_MS);
    expect(first.log.lines).toContain('warn heat pump is read more slowly');

    await houses.pop()?.close();
    const second = await buildHouse(systemClock, INTERVAL_MS, [HURRIED], folder);
    houses.push(second);
    const before = reboots.length;
    await second.manager.initialize();
    await polled(second, 1);
    expect(reboots).toHaveLength(before);
    expect(second.manager.status(settings.id).pace).toMatchObject({
      reason: 'LOST',
      requestsPerSecond: status.pace?.requestsPerSecond,
    });
  }, 120_000);
});
