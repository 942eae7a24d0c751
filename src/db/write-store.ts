import { badInput } from '../domain/errors.ts';
import type { Write, WriteState } from '../domain/write.ts';
import type { WriteQuery, WriteStore } from '../domain/write-store.ts';
import type { PrismaClient } from './generated/client.ts';
import type { WriteModel as Row } from './generated/models.ts';
import { toWear, wearKey, wearRow } from './wear-rows.ts';

/** Writes that are kept of each heat pump. */
const KEPT_WRITES = 10_000;

/** Keeps writes, and the wear they cause, in the database. */
export function createWriteStore(prisma: PrismaClient): WriteStore {
  return {
    insert: async (write, wear) => {
      const { heatpumpId } = write;
      const outdated = await prisma.write.findFirst({
        where: { heatpumpId },
        orderBy: { number: 'desc' },
        skip: KEPT_WRITES - 1,
        select: { number: true },
      });
      await prisma.$transaction([
        prisma.write.create({ data: toRow(write) }),
        ...(outdated ? [prisma.write.deleteMany({ where: { heatpumpId, number: { lte: outdated.number } } })] : []),
        ...(wear ? [prisma.registerWear.upsert(upsertOf(wearRow(wear)))] : []),
      ]);
    },
    update: async (write) => void (await prisma.write.updateMany({ where: { id: write.id }, data: toRow(write) })),
    withdraw: async ({ id }, wear) => {
      const { counted, before } = wear ?? {};
      await prisma.$transaction([
        prisma.write.deleteMany({ where: { id } }),
        ...(before ? [prisma.registerWear.upsert(upsertOf(wearRow(before)))] : []),
        ...(counted && !before ? [prisma.registerWear.deleteMany({ where: wearKey(counted) })] : []),
      ]);
    },
    find: async (id) => {
      const row = await prisma.write.findUnique({ where: { id } });
      return row && toWrite(row);
    },
    unsettled: async (heatpumpId) => {
      const rows = await prisma.write.findMany({ where: { heatpumpId, settledAt: null }, orderBy: { number: 'asc' } });
      return rows.map(toWrite);
    },
    abandonPending: async (reason) => {
      await prisma.write.updateMany({ where: { state: 'PENDING' }, data: { state: 'UNKNOWN', reason } });
    },
    page: (query) => page(prisma, query),
    wear: async (unit, table, address) => {
      const row = await prisma.registerWear.findUnique({ where: { unit_table_address: { unit, table, address } } });
      return row && toWear(row);
    },
    wearOf: async (unit) => {
      const rows = await prisma.registerWear.findMany({
        where: { unit },
        orderBy: [{ table: 'asc' }, { address: 'asc' }],
      });
      return rows.map(toWear);
    },
  };
}

async function page(prisma: PrismaClient, { heatpumpId, heatpumpIds, key, first, after }: WriteQuery) {
  const rows = await prisma.write.findMany({
    where: {
      ...(heatpumpIds ? { heatpumpId: { in: [...heatpumpIds] } } : {}),
      ...(heatpumpId ? { heatpumpId } : {}),
      ...(key ? { key } : {}),
      ...(after ? { number: { lt: numberOf(after) } } : {}),
    },
    orderBy: { number: 'desc' },
    take: first + 1,
  });
  const shown = rows.slice(0, first);
  const last = rows.length > first ? shown.at(-1) : undefined;
  return { writes: shown.map(toWrite), nextCursor: last ? String(last.number) : null };
}

function numberOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw badInput({ path: ['after'], message: 'must be the nextCursor of a page' });
}

function upsertOf(row: ReturnType<typeof wearRow>) {
  return { where: { unit_table_address: wearKey(row) }, create: row, update: row };
}

function toRow({ requestedAt, settledAt, ...rest }: Write): Omit<Row, 'number'> {
  return { ...rest, requestedAt: new Date(requestedAt), settledAt: settledAt === null ? null : new Date(settledAt) };
}

function toWrite({ number: _, state, requestedAt, settledAt, ...rest }: Row): Write {
  return {
    ...rest,
    state: state as WriteState,
    requestedAt: requestedAt.getTime(),
    settledAt: settledAt?.getTime() ?? null,
  };
}
