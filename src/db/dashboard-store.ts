import type { Dashboard, Widget } from '../domain/dashboard.ts';
import type { DashboardStore } from '../domain/dashboard-store.ts';
import type { Localized } from '../domain/localized.ts';
import type { PrismaClient } from './generated/client.ts';
import type { DashboardModel as Row } from './generated/models.ts';

const ORDER = [{ position: 'asc' as const }, { id: 'asc' as const }];

/** Keeps dashboards in the database. */
export function createDashboardStore(prisma: PrismaClient): DashboardStore {
  return {
    list: async () => {
      const rows = await prisma.dashboard.findMany({ orderBy: [{ heatpumpId: 'asc' }, ...ORDER] });
      return rows.map(toDashboard);
    },
    listOf: async (heatpumpId) => {
      return (await prisma.dashboard.findMany({ where: { heatpumpId }, orderBy: ORDER })).map(toDashboard);
    },
    find: async (id) => {
      const row = await prisma.dashboard.findUnique({ where: { id } });
      return row && toDashboard(row);
    },
    count: () => prisma.dashboard.count(),
    insert: async (dashboard) => void (await prisma.dashboard.create({ data: dashboardRow(dashboard) })),
    update: async (dashboard) => {
      await prisma.dashboard.update({ where: { id: dashboard.id }, data: dashboardRow(dashboard) });
    },
    reorder: async (ids) => {
      const moves = ids.map((id, position) => prisma.dashboard.update({ where: { id }, data: { position } }));
      await prisma.$transaction(moves);
    },
    delete: async (id) => void (await prisma.dashboard.delete({ where: { id } })),
  };
}

/** A dashboard as the database keeps it. */
export function dashboardRow({ name, widgets, createdAt, updatedAt, ...rest }: Dashboard): Row {
  return {
    ...rest,
    name: JSON.stringify(name),
    widgets: JSON.stringify(widgets),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}

function toDashboard({ name, widgets, createdAt, updatedAt, ...rest }: Row): Dashboard {
  return {
    ...rest,
    name: JSON.parse(name) as Localized,
    widgets: JSON.parse(widgets) as Widget[],
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
  };
}
