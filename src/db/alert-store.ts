import type { Alert, AlertEvent, AlertRule, AlertStateName } from '../domain/alert.ts';
import type { AlertChange, AlertStore, StoredState } from '../domain/alert-store.ts';
import { dropExcess, toDeliveryRow } from './delivery-store.ts';
import type { PrismaClient } from './generated/client.ts';
import type {
  AlertEventModel as EventRow,
  AlertModel as Row,
  AlertStateModel as StateRow,
} from './generated/models.ts';

/** Events kept for each heat pump. */
const MAX_EVENTS = 1_000;

/** Keeps alerts in the database. */
export function createAlertStore(prisma: PrismaClient): AlertStore {
  return {
    list: async () => {
      const channels = { select: { channelId: true }, orderBy: { position: 'asc' } } as const;
      const rows = await prisma.alert.findMany({
        include: { channels },
        orderBy: [{ createdAt: 'asc' }, { id: 'asc' }],
      });
      return rows.map(toAlert);
    },
    insert: async (alert) => {
      await prisma.alert.create({ data: { ...alertRow(alert), channels: { create: alertLinks(alert) } } });
    },
    update: async (alert) => {
      const channels = { deleteMany: {}, create: alertLinks(alert) };
      await prisma.alert.update({ where: { id: alert.id }, data: { ...alertRow(alert), channels } });
    },
    delete: async (id) => void (await prisma.alert.delete({ where: { id } })),
    states: async () => (await prisma.alertState.findMany()).map(toStoredState),
    record: async (changes) => void (await prisma.$transaction(recordAll(prisma, changes))),
    events: async (heatpumpIds, first) => {
      const where = heatpumpIds === null ? {} : { heatpumpId: { in: [...heatpumpIds] } };
      return (await prisma.alertEvent.findMany({ where, orderBy: { number: 'desc' }, take: first })).map(toEvent);
    },
  };
}

function recordAll(prisma: PrismaClient, changes: readonly AlertChange[]) {
  const events = changes.flatMap(({ event }) => event ?? []);
  const deliveries = changes.flatMap((change) => change.deliveries);
  return [
    ...changes.map((change) => upsertState(prisma, change)),
    ...events.map(({ at, acknowledgedAt, ...rest }) =>
      prisma.alertEvent.create({ data: { ...rest, at: new Date(at), acknowledgedAt: toDate(acknowledgedAt) } }),
    ),
    ...deliveries.map((delivery) => prisma.delivery.create({ data: toDeliveryRow(delivery) })),
    ...[...new Set(events.map(({ heatpumpId }) => heatpumpId))].map((id) => dropOldEvents(prisma, id)),
    ...[...new Set(deliveries.map(({ channelId }) => channelId))].map((id) => dropExcess(prisma, id)),
  ];
}

function upsertState(prisma: PrismaClient, { alertId, heatpumpId, state }: StoredState) {
  const ids = { alertId, heatpumpId };
  const data = {
    ...state,
    since: toDate(state.since),
    acknowledgedAt: toDate(state.acknowledgedAt),
    notifiedAt: toDate(state.notifiedAt),
  };
  return prisma.alertState.upsert({
    where: { alertId_heatpumpId: ids },
    create: { ...ids, ...data },
    update: data,
  });
}

function dropOldEvents(prisma: PrismaClient, heatpumpId: string) {
  return prisma.$executeRaw`
    DELETE FROM "AlertEvent" WHERE "heatpumpId" = ${heatpumpId} AND "number" <= (
      SELECT "number" FROM "AlertEvent" WHERE "heatpumpId" = ${heatpumpId}
      ORDER BY "number" DESC LIMIT 1 OFFSET ${MAX_EVENTS})`;
}

/** An alert as the database keeps it, but for its channels. */
export function alertRow({ rule, channelIds: _, createdAt, updatedAt, ...rest }: Alert): Row {
  return { ...rest, rule: JSON.stringify(rule), createdAt: new Date(createdAt), updatedAt: new Date(updatedAt) };
}

/** The channels of an alert as the database keeps them. */
export function alertLinks({ channelIds }: Alert): { channelId: string; position: number }[] {
  return channelIds.map((channelId, position) => ({ channelId, position }));
}

function toAlert(row: Row & { channels: readonly { channelId: string }[] }): Alert {
  const { rule, channels, createdAt, updatedAt, ...rest } = row;
  return {
    ...rest,
    rule: JSON.parse(rule) as AlertRule,
    channelIds: channels.map(({ channelId }) => channelId),
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
  };
}

function toStoredState({ alertId, heatpumpId, state, value, text, ...times }: StateRow): StoredState {
  return {
    alertId,
    heatpumpId,
    state: {
      state: state as AlertStateName,
      since: toTime(times.since),
      acknowledgedAt: toTime(times.acknowledgedAt),
      notifiedAt: toTime(times.notifiedAt),
      value,
      text,
    },
  };
}

function toEvent({ number: _, at, acknowledgedAt, state, previous, ...rest }: EventRow): AlertEvent {
  return {
    ...rest,
    state: state as AlertStateName,
    previous: previous as AlertStateName,
    at: at.getTime(),
    acknowledgedAt: toTime(acknowledgedAt),
  };
}

function toDate(timeMs: number | null): Date | null {
  return timeMs === null ? null : new Date(timeMs);
}

function toTime(date: Date | null): number | null {
  return date?.getTime() ?? null;
}
