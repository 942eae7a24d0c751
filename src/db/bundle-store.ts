import type { BundleStore } from '../domain/settings-bundle.ts';
import { alertLinks, alertRow, createAlertStore } from './alert-store.ts';
import { channelRow, createChannelStore } from './channel-store.ts';
import { createDashboardStore, dashboardRow } from './dashboard-store.ts';
import type { PrismaClient } from './generated/client.ts';
import { createHeatpumpStore, heatpumpRow } from './heatpump-store.ts';
import { createJobStore, jobRow } from './job-store.ts';

/** Reads and adds settings of every kind in the database. */
export function createBundleStore(prisma: PrismaClient): BundleStore {
  return {
    read: async () => ({
      heatpumps: await createHeatpumpStore(prisma).list(),
      dashboards: await createDashboardStore(prisma).list(),
      jobs: (await createJobStore(prisma).list()).map(({ job }) => job),
      channels: await createChannelStore(prisma).list(),
      alerts: await createAlertStore(prisma).list(),
    }),
    insert: async ({ heatpumps, dashboards, jobs, channels, alerts }) => {
      const links = alerts.flatMap((alert) => alertLinks(alert).map((link) => ({ ...link, alertId: alert.id })));
      await prisma.$transaction([
        prisma.heatpump.createMany({ data: heatpumps.map(heatpumpRow) }),
        prisma.dashboard.createMany({ data: dashboards.map(dashboardRow) }),
        prisma.job.createMany({ data: jobs.map(jobRow) }),
        prisma.channel.createMany({ data: channels.map(channelRow) }),
        prisma.alert.createMany({ data: alerts.map(alertRow) }),
        prisma.alertChannel.createMany({ data: links }),
      ]);
    },
  };
}
