import type { HoldStore, KeptHold } from '../domain/hold.ts';
import type { PrismaClient } from './generated/client.ts';
import type { HoldModel as Row } from './generated/models.ts';

/** Keeps in the database which values are held, for them to be given back after a crash. */
export function createHoldStore(prisma: PrismaClient): HoldStore {
  return {
    list: async (heatpumpId) => {
      return (await prisma.hold.findMany({ where: { heatpumpId }, orderBy: { since: 'asc' } })).map(toHold);
    },
    put: async (hold) => {
      const { heatpumpId, key } = hold;
      const data = toRow(hold);
      await prisma.hold.upsert({ where: { heatpumpId_key: { heatpumpId, key } }, create: data, update: data });
    },
    delete: async (heatpumpId, key) => void (await prisma.hold.deleteMany({ where: { heatpumpId, key } })),
  };
}

function toRow({ heatpumpId, key, value, holder, actor, since, expiresAt }: KeptHold): Row {
  return { heatpumpId, key, value, holder, actor, since: new Date(since), expiresAt: new Date(expiresAt) };
}

function toHold({ since, expiresAt, ...rest }: Row): KeptHold {
  return { ...rest, since: since.getTime(), expiresAt: expiresAt.getTime() };
}
