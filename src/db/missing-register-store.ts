import type { MissingRegister, MissingRegisterStore } from '../domain/missing-register.ts';
import type { RegisterTable } from '../domain/register.ts';
import type { PrismaClient } from './generated/client.ts';

/** Keeps in the database which registers units do not have. */
export function createMissingRegisterStore(prisma: PrismaClient): MissingRegisterStore {
  return {
    list: async (unit) => {
      const rows = await prisma.missingRegister.findMany({
        where: unit,
        orderBy: [{ table: 'asc' }, { address: 'asc' }],
      });
      return rows.map(({ table, address, learntAt, retestAt }): MissingRegister => {
        return { table: table as RegisterTable, address, learntAt: learntAt.getTime(), retestAt: retestAt.getTime() };
      });
    },
    replace: async (unit, registers) => {
      const data = registers.map(({ table, address, learntAt, retestAt }) => {
        return { ...unit, table, address, learntAt: new Date(learntAt), retestAt: new Date(retestAt) };
      });
      const { heatpumpId } = unit;
      await prisma.$transaction([
        prisma.missingRegister.deleteMany({ where: { heatpumpId } }),
        prisma.missingRegister.createMany({ data }),
      ]);
    },
  };
}
