import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ReadinessDeps, unreadyBecause } from '../../src/lifecycle/readiness.ts';
import { FakeClock } from '../support/fake-clock.ts';
import { buildHouse, type House, makeTempDir } from '../support/house.ts';
import { type ScriptedServer, startScriptedServer } from '../support/scripted-server.ts';

const directory = makeTempDir();
afterEach(() => directory.remove());

const GOOD: ReadinessDeps = {
  phase: () => 'running',
  databaseFault: async () => null,
  dataDir: '/',
  overdue: () => [],
};
const codes = async (...args: Parameters<typeof unreadyBecause>) =>
  (await unreadyBecause(...args)).map(({ code, reason }) => `${code}: ${reason}`);

describe('a server', () => {
  it.each<[string, Partial<ReadinessDeps>, RegExp[]]>([
    ['all is well', {}, []],
    ['it is starting, whatever else', { phase: () => 'starting', overdue: () => ['a'] }, [/^STARTING: /]],
    ['it is stopping', { phase: () => 'stopping' }, [/^STOPPING: /]],
    ['its database is gone', { databaseFault: async () => 'gone' }, [/^DATABASE: gone$/]],
    ['its folder is gone', { dataDir: '/no/such/folder' }, [/^DISK: .*ENOENT/]],
    ['heat pumps are not read', { overdue: () => ['hp-1', 'hp-2'] }, [/^POLLING: .*hp-1, hp-2$/]],
    [
      'all of that',
      { databaseFault: async () => 'gone', dataDir: '/no/such/folder', overdue: () => ['hp-1'] },
      [/^DATABASE/, /^DISK/, /^POLLING/],
    ],
  ])('tells when %s', async (_, deps, patterns) => {
    const found = await codes({ ...GOOD, ...deps });
    expect(found).toHaveLength(patterns.length);
    for (const [index, pattern] of patterns.entries()) expect(found[index]).toMatch(pattern);
  });

  it('tells when its disk is nearly full, and how much is left', async () => {
    expect(await codes(GOOD, Number.MAX_SAFE_INTEGER)).toStrictEqual([
      expect.stringMatching(/^DISK: only \d+ MB are free in the data folder$/),
    ]);
  });
});

describe('a heat pump', () => {
  let clock: FakeClock;
  let house: House;
  let device: ScriptedServer;

  beforeEach(async () => {
    clock = new FakeClock();
    house = await buildHouse(clock, 10_000);
  });
  afterEach(async () => {
    await house.close();
    await device.close();
  });

  const add = (connection: object = {}) =>
    house.manager.add({
      name: 'Home',
      manufacturer: 'idm',
      model: 'navigator_2_0',
      connection: { host: '127.0.0.1', port: device.port, timeoutMs: 60_000, ...connection },
    });

  it('that does not answer is no fault of the server, one whose attempts never end is', async () => {
    device = await startScriptedServer(() => 'SILENCE');
    const { settings } = await add();
    clock.advance(0);
    await expect.poll(() => device.requests.length).toBe(1);
    clock.advance(60_000);
    expect(house.manager.overdue).toStrictEqual([]);
    clock.advance(1);
    expect(house.manager.overdue).toStrictEqual([settings.id]);
  });

  it('that refuses is tried again and again, and never overdue', async () => {
    device = await startScriptedServer(() => 'CLOSE');
    const { settings } = await add({ timeoutMs: 100 });
    for (let count = 0; count < 6; count++) {
      clock.advance(60_000);
      await expect.poll(() => house.manager.status(settings.id).consecutiveFailures).toBeGreaterThan(count);
      expect(house.manager.overdue).toStrictEqual([]);
    }
    await house.manager.setEnabled(settings.id, false);
    clock.advance(3_600_000);
    expect(house.manager.overdue).toStrictEqual([]);
  });
});
