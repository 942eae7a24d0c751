import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import type { PrismaClient } from '../../src/db/generated/client.ts';
import { createHeatpumpStore } from '../../src/db/heatpump-store.ts';
import { createHoldStore } from '../../src/db/hold-store.ts';
import { createWriteStore } from '../../src/db/write-store.ts';
import type { HeatpumpSettings } from '../../src/domain/heatpump.ts';
import type { RegisterWear } from '../../src/domain/wear.ts';
import type { Write } from '../../src/domain/write.ts';
import { makeTempDir } from '../support/house.ts';

const SETTINGS: HeatpumpSettings = {
  id: 'hp-1',
  name: 'Home',
  manufacturer: 'idm',
  model: 'navigator_2_0',
  connection: { host: 'pump', port: 502, unitId: 1, timeoutMs: 3_000 },
  config: {},
  enabled: true,
  readOnly: false,
  pollIntervalMs: null,
  createdAt: 1_000,
  updatedAt: 1_000,
};
const WRITE: Write = {
  id: 'w-1',
  heatpumpId: 'hp-1',
  key: 'temp_water_target',
  requested: 48,
  previous: 50.5,
  confirmed: null,
  state: 'PENDING',
  reason: null,
  origin: 'api',
  requestedAt: 1_700_000_000_123,
  settledAt: null,
};
const WEAR: RegisterWear = {
  unit: 'pump:502 unit 1',
  table: 'HOLDING',
  address: 1032,
  writes: 3,
  firstAt: 1_700_000_000_000,
  lastAt: 1_700_000_000_123,
  bucketFullAt: 1_700_000_009_999,
  days: [
    [19_674, 1],
    [19_675, 2],
  ],
};

let directory: ReturnType<typeof makeTempDir>;
let prisma: PrismaClient;
let store: ReturnType<typeof createWriteStore>;
beforeEach(async () => {
  directory = makeTempDir();
  prisma = await openDatabase(join(directory.path, 'test.db'));
  store = createWriteStore(prisma);
  await createHeatpumpStore(prisma).insert(SETTINGS);
});
afterEach(async () => {
  await prisma.$disconnect();
  directory.remove();
});

const all = async () => (await store.page({ first: 100 })).writes;

describe('the store of writes', () => {
  it('gives back what it was given', async () => {
    await store.insert(WRITE, WEAR);
    expect(await all()).toStrictEqual([WRITE]);
    expect(await store.wear(WEAR.unit, 'HOLDING', 1032)).toStrictEqual(WEAR);
    expect(await store.wearOf(WEAR.unit)).toStrictEqual([WEAR]);
    expect(await store.wear(WEAR.unit, 'COIL', 1032)).toBeNull();
    const settled = { ...WRITE, state: 'CLAMPED', reason: 'limited', confirmed: 47.5, settledAt: 1_700_000_015_123 };
    await store.update(settled as Write);
    expect(await all()).toStrictEqual([settled]);
  });

  it('keeps write and wear together, or neither', async () => {
    await store.insert(WRITE, WEAR);
    await expect(store.insert(WRITE, { ...WEAR, writes: 4 })).rejects.toThrow();
    await expect(store.insert({ ...WRITE, id: 'w-2', heatpumpId: 'hp-x' }, { ...WEAR, writes: 4 })).rejects.toThrow();
    expect(await all()).toHaveLength(1);
    expect(await store.wearOf(WEAR.unit)).toMatchObject([{ writes: 3 }]);
  });

  it('takes back a write with its wear', async () => {
    await store.insert(WRITE, WEAR);
    await store.insert({ ...WRITE, id: 'w-2' }, { ...WEAR, writes: 4 });
    await store.withdraw({ ...WRITE, id: 'w-2' }, { counted: { ...WEAR, writes: 4 }, before: WEAR });
    expect(await all()).toStrictEqual([WRITE]);
    expect(await store.wearOf(WEAR.unit)).toStrictEqual([WEAR]);
    await store.withdraw(WRITE, { counted: WEAR, before: null });
    expect(await all()).toStrictEqual([]);
    expect(await store.wearOf(WEAR.unit)).toStrictEqual([]);
  });

  it('knows what is not settled, and what an ended server has left pending', async () => {
    await store.insert(WRITE);
    await store.insert({ ...WRITE, id: 'w-2', state: 'UNKNOWN', reason: 'no answer' });
    await store.insert({ ...WRITE, id: 'w-3', state: 'CONFIRMED', settledAt: 1_700_000_015_123 });
    await store.abandonPending('ended');
    expect(await store.unsettled('hp-1')).toMatchObject([
      { id: 'w-1', state: 'UNKNOWN', reason: 'ended', settledAt: null },
      { id: 'w-2', state: 'UNKNOWN', reason: 'no answer', settledAt: null },
    ]);
    expect(await store.unsettled('hp-2')).toStrictEqual([]);
  });

  it('keeps the newest ten thousand of each heat pump', async () => {
    await createHeatpumpStore(prisma).insert({
      ...SETTINGS,
      id: 'hp-2',
      connection: { ...SETTINGS.connection, port: 503 },
    });
    await store.insert({ ...WRITE, id: 'other', heatpumpId: 'hp-2' });
    const data = Array.from({ length: 10_000 }, (_, n) => {
      return { ...WRITE, id: `old-${n}`, requestedAt: new Date(WRITE.requestedAt), settledAt: null };
    });
    await prisma.write.createMany({ data });
    await store.insert(WRITE);
    expect(await prisma.write.count({ where: { heatpumpId: 'hp-1' } })).toBe(10_000);
    expect(await prisma.write.count({ where: { id: { in: ['old-0', 'old-1', 'w-1', 'other'] } } })).toBe(3);
  });

  it('forgets writes and holds with the heat pump, but not how worn the unit is', async () => {
    await store.insert(WRITE, WEAR);
    const held = { heatpumpId: 'hp-1', key: 'power_solar_surplus', value: 4.5, holder: 'pv', actor: 'token:pv' };
    const kept = { ...held, since: 5, expiresAt: 6 };
    await createHoldStore(prisma).put(kept);
    expect(await createHoldStore(prisma).list('hp-1')).toStrictEqual([kept]);
    await createHeatpumpStore(prisma).delete('hp-1');
    expect(await all()).toStrictEqual([]);
    expect(await createHoldStore(prisma).list('hp-1')).toStrictEqual([]);
    expect(await store.wearOf(WEAR.unit)).toStrictEqual([WEAR]);
  });

  it('lets the wear follow a heat pump to another address, and adds what is there', async () => {
    await store.insert(WRITE, WEAR);
    await store.insert({ ...WRITE, id: 'w-2' }, { ...WEAR, address: 1033, writes: 1 });
    const there = { ...WEAR, unit: 'pump.lan:502 unit 1', writes: 10, firstAt: 5, days: [[19_675, 10]] as const };
    await store.insert({ ...WRITE, id: 'w-3' }, there);
    await createHeatpumpStore(prisma).update({
      ...SETTINGS,
      connection: { ...SETTINGS.connection, host: 'pump.lan' },
    });
    expect(await store.wearOf(WEAR.unit)).toStrictEqual([]);
    expect(await store.wearOf('pump.lan:502 unit 1')).toMatchObject([
      {
        address: 1032,
        writes: 13,
        firstAt: 5,
        days: [
          [19_674, 1],
          [19_675, 12],
        ],
      },
      { address: 1033, writes: 1 },
    ]);
  });
});
