import type { Delivery, DeliveryErrorCode, DeliveryState, Notification } from '../domain/channel.ts';
import type { DeliveryStore } from '../domain/channel-store.ts';
import type { PrismaClient } from './generated/client.ts';
import type { DeliveryModel } from './generated/models.ts';

/** What of a row is the caller's; its number is the database's, and tells the order. */
type Row = Omit<DeliveryModel, 'number'>;

/** Messages that may wait for one channel; of more, the oldest are given up. */
const MAX_PENDING = 100;
/** Settled messages that are kept for one channel. */
const MAX_SETTLED = 100;

/** Keeps messages in the database until they are delivered, and the last ones after. */
export function createDeliveryStore(prisma: PrismaClient): DeliveryStore {
  const newest = { orderBy: { number: 'desc' } } as const;
  return {
    nextPending: async (channelId) => {
      const where = { channelId, state: 'PENDING' };
      const row = await prisma.delivery.findFirst({ where, orderBy: { number: 'asc' } });
      return row && toDelivery(row);
    },
    insert: async (delivery) => {
      const insert = prisma.delivery.create({ data: toDeliveryRow(delivery) });
      await prisma.$transaction([insert, dropOldSettled(prisma, delivery.channelId)]);
    },
    update: async (delivery) => {
      const update = prisma.delivery.updateMany({ where: { id: delivery.id }, data: toDeliveryRow(delivery) });
      await prisma.$transaction([update, dropOldSettled(prisma, delivery.channelId)]);
    },
    list: async (channelId, first) =>
      (await prisma.delivery.findMany({ where: { channelId }, ...newest, take: first })).map(toDelivery),
    lastTried: async (channelId) => {
      const where = { channelId, lastAttemptAt: { not: null } };
      const row = await prisma.delivery.findFirst({ where, orderBy: [{ lastAttemptAt: 'desc' }, { number: 'desc' }] });
      return row && toDelivery(row);
    },
  };
}

/** Gives up the oldest waiting messages of a channel beyond those that may wait. */
export function dropExcess(prisma: PrismaClient, channelId: string) {
  return prisma.$executeRaw`
    UPDATE "Delivery" SET "state" = 'FAILED', "nextAttemptAt" = NULL, "errorCode" = 'DROPPED',
      "errorMessage" = ${`more than ${MAX_PENDING} messages were waiting`}
    WHERE "channelId" = ${channelId} AND "state" = 'PENDING' AND "number" <= (
      SELECT "number" FROM "Delivery" WHERE "channelId" = ${channelId} AND "state" = 'PENDING'
      ORDER BY "number" DESC LIMIT 1 OFFSET ${MAX_PENDING})`;
}

function dropOldSettled(prisma: PrismaClient, channelId: string) {
  return prisma.$executeRaw`
    DELETE FROM "Delivery" WHERE "channelId" = ${channelId} AND "state" <> 'PENDING' AND "number" <= (
      SELECT "number" FROM "Delivery" WHERE "channelId" = ${channelId} AND "state" <> 'PENDING'
      ORDER BY "number" DESC LIMIT 1 OFFSET ${MAX_SETTLED})`;
}

/** A message as a row. */
export function toDeliveryRow(delivery: Delivery): Row {
  const { notification, lastAttemptAt, nextAttemptAt, error, createdAt, ...rest } = delivery;
  return {
    ...rest,
    notification: JSON.stringify(notification),
    lastAttemptAt: toDate(lastAttemptAt),
    nextAttemptAt: toDate(nextAttemptAt),
    errorCode: error?.code ?? null,
    errorMessage: error?.message ?? null,
    createdAt: new Date(createdAt),
  };
}

function toDelivery({ number: _, errorCode, errorMessage, ...row }: DeliveryModel): Delivery {
  return {
    ...row,
    notification: JSON.parse(row.notification) as Notification,
    state: row.state as DeliveryState,
    lastAttemptAt: row.lastAttemptAt?.getTime() ?? null,
    nextAttemptAt: row.nextAttemptAt?.getTime() ?? null,
    error: errorCode === null ? null : { code: errorCode as DeliveryErrorCode, message: errorMessage ?? '' },
    createdAt: row.createdAt.getTime(),
  };
}

function toDate(timeMs: number | null): Date | null {
  return timeMs === null ? null : new Date(timeMs);
}
