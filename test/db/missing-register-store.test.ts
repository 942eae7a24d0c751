import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/db/database.ts';
import type { PrismaClient } from '../../src/db/generated/client.ts';
import { createHeatpumpStore } from '../../src/db/heatpump-store.ts';
import { createMissingRegisterStore } from '../../src/db/missing-register-store.ts';
import type { HeatpumpSettings } from '../../src/domain/heatpump.ts';
import type { MissingRegister, UnitIdentity } from '../../src/domain/missing-register.ts';
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
const UNIT: UnitIdentity = { heatpumpId: 'hp-1', device: 'idm/navigator_2_0 at pump:502 unit 1', firmware: '3.92.1' };
const MISSING: MissingRegister[] = [
  { table: 'HOLDING', address: 1006, learntAt: 1_700_000_000_123, retestAt: 1_700_604_800_123 },
  { table: 'INPUT', address: 7, learntAt: 1_700_000_000_456, retestAt: 1_700_604_800_456 },
];

describe('the store of missing registers', () => {
  let directory: ReturnType<typeof makeTempDir>;
  let prisma: PrismaClient;
  let store: ReturnType<typeof createMissingRegisterStore>;
  beforeEach(async () => {
    directory = makeTempDir();
    prisma = await openDatabase(join(directory.path, 'test.db'));
    store = createMissingRegisterStore(prisma);
    await createHeatpumpStore(prisma).insert(SETTINGS);
    await store.replace(UNIT, MISSING);
  });
  afterEach(async () => {
    await prisma.$disconnect();
    directory.remove();
  });

  it('gives back what it was given, for this very unit and firmware only', async () => {
    expect(await store.list(UNIT)).toStrictEqual(MISSING);
    expect(await store.list({ ...UNIT, firmware: '3.92.3' })).toStrictEqual([]);
    expect(await store.list({ ...UNIT, device: 'idm/navigator_2_0 at pump:503 unit 1' })).toStrictEqual([]);
    expect(await store.list({ ...UNIT, heatpumpId: 'hp-2' })).toStrictEqual([]);
  });

  it('keeps of a heat pump only what was learnt last', async () => {
    const updated = { ...UNIT, firmware: '3.92.3' };
    await store.replace(updated, MISSING.slice(1));
    expect(await store.list(updated)).toStrictEqual(MISSING.slice(1));
    expect(await store.list(UNIT)).toStrictEqual([]);
    await store.replace(updated, []);
    expect(await prisma.missingRegister.count()).toBe(0);
  });

  it('changes all or nothing', async () => {
    const [first = MISSING[1]] = MISSING;
    await expect(store.replace(UNIT, [first, first] as MissingRegister[])).rejects.toThrow();
    expect(await store.list(UNIT)).toStrictEqual(MISSING);
  });

  it('forgets a heat pump with the heat pump', async () => {
    await createHeatpumpStore(prisma).delete('hp-1');
    expect(await prisma.missingRegister.count()).toBe(0);
  });
});
