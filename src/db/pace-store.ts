import type { PaceStore } from '../domain/pace.ts';
import type { PrismaClient } from './generated/client.ts';

/** Keeps in the database how fast units may be read that were lost while they were read. */
export function createPaceStore(prisma: PrismaClient): PaceStore {
  return {
    find: async (heatpumpId) => {
      const row = await prisma.pace.findUnique({ where: { heatpumpId }, omit: { heatpumpId: true } });
      return row && { ...row, lostAt: row.lostAt.getTime() };
    },
    put: async (heatpumpId, { lostAt, ...rest }) => {
      const data = { ...rest, lostAt: new Date(lostAt) };
      await prisma.pace.upsert({ where: { heatpumpId }, create: { heatpumpId, ...data }, update: data });
    },
  };
}
