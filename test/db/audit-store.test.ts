import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createAuditStore } from '../../src/db/audit-store.ts';
import { openDatabase } from '../../src/db/database.ts';
import { makeTempDir } from '../support/house.ts';

let directory: ReturnType<typeof makeTempDir>;
let prisma: Awaited<ReturnType<typeof openDatabase>>;

beforeEach(async () => {
  directory = makeTempDir();
  prisma = await openDatabase(join(directory.path, 'test.db'));
});
afterEach(async () => {
  await prisma.$disconnect();
  directory.remove();
});

it('keeps what is new enough, and lets wrong passwords drive out nothing but each other', async () => {
  const store = createAuditStore(prisma);
  const note = (at: number, actor: string | null, action: string) =>
    store.insert({
      at,
      actor,
      action,
      address: '::1',
      kind: 'user',
      target: null,
      old: null,
      new: null,
      outcome: 'OK',
    });
  await note(5, 'user:Anna', 'too old');
  for (const number of [1, 2, 3]) await note(10, 'user:Anna', `change ${number}`);
  for (let number = 1; number <= 5; number++) await note(20, null, `guess ${number}`);
  const actions = async () => (await store.list({ first: 100 })).map(({ action }) => action);

  await store.prune(10, 100, 2);
  expect(await actions()).toStrictEqual(['guess 5', 'guess 4', 'change 3', 'change 2', 'change 1']);
  await store.prune(10, 4, 100);
  expect(await actions()).toStrictEqual(['guess 5', 'guess 4', 'change 3', 'change 2']);
});
