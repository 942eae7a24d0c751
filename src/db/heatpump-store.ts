import type { HeatpumpSettings } from '../domain/heatpump.ts';
import type { HeatpumpStore } from '../domain/heatpump-store.ts';
import type { ModelConfig } from '../domain/model.ts';
import { dashboardRow } from './dashboard-store.ts';
import type { PrismaClient } from './generated/client.ts';
import type { HeatpumpModel as Row } from './generated/models.ts';
import { moveWear } from './wear-rows.ts';

/** Keeps heat pumps in the database. */
export function createHeatpumpStore(prisma: PrismaClient): HeatpumpStore {
  return {
    list: async () =>
      (await prisma.heatpump.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(toSettings),
    insert: async (settings, dashboard) => {
      await prisma.$transaction([
        prisma.heatpump.create({ data: heatpumpRow(settings) }),
        ...(dashboard ? [prisma.dashboard.create({ data: dashboardRow(dashboard) })] : []),
      ]);
    },
    update: async (settings) => {
      const data = heatpumpRow(settings);
      const where = { id: settings.id };
      await prisma.$transaction(async (transaction) => {
        const before = await transaction.heatpump.findUniqueOrThrow({ where });
        await transaction.heatpump.update({ where, data });
        await moveWear(transaction, before, data);
      });
    },
    delete: async (id) => void (await prisma.heatpump.delete({ where: { id } })),
  };
}

/** A heat pump as the database keeps it. */
export function heatpumpRow({ connection, config, createdAt, updatedAt, ...rest }: HeatpumpSettings): Row {
  return {
    ...rest,
    ...connection,
    config: JSON.stringify(config),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}

function toSettings(row: Row): HeatpumpSettings {
  const { host, port, unitId, timeoutMs, config, createdAt, updatedAt, ...rest } = row;
  return {
    ...rest,
    connection: { host, port, unitId, timeoutMs },
    config: JSON.parse(config) as ModelConfig,
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
  };
}
