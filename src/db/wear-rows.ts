import type { RegisterTable } from '../domain/register.ts';
import { addedWear, type RegisterWear, unitAt } from '../domain/wear.ts';
import type { Prisma } from './generated/client.ts';
import type { HeatpumpModel, RegisterWearModel as Row } from './generated/models.ts';

type Place = Pick<HeatpumpModel, 'host' | 'port' | 'unitId'>;

/** The wear of a register as the database keeps it. */
export function wearRow({ firstAt, lastAt, bucketFullAt, days, ...rest }: RegisterWear): Row {
  return {
    ...rest,
    firstAt: new Date(firstAt),
    lastAt: new Date(lastAt),
    bucketFullAt: new Date(bucketFullAt),
    days: JSON.stringify(days),
  };
}

/** A row as the rest of the house knows it. */
export function toWear({ table, firstAt, lastAt, bucketFullAt, days, ...rest }: Row): RegisterWear {
  return {
    ...rest,
    table: table as RegisterTable,
    firstAt: firstAt.getTime(),
    lastAt: lastAt.getTime(),
    bucketFullAt: bucketFullAt.getTime(),
    days: JSON.parse(days) as RegisterWear['days'],
  };
}

/** By what a row is found. */
export function wearKey({ unit, table, address }: Pick<Row, 'unit' | 'table' | 'address'>) {
  return { unit, table, address };
}

/** Lets the wear follow a heat pump to another address: what is there already is added to it. */
export async function moveWear(transaction: Prisma.TransactionClient, before: Place, after: Place): Promise<void> {
  const [from, to] = [unitAt(before), unitAt(after)];
  if (from === to) return;
  for (const row of await transaction.registerWear.findMany({ where: { unit: from } })) {
    const moved = { ...toWear(row), unit: to };
    const where = { unit_table_address: wearKey(moved) };
    const there = await transaction.registerWear.findUnique({ where });
    const data = wearRow(there ? addedWear(moved, toWear(there)) : moved);
    await transaction.registerWear.upsert({ where, create: data, update: data });
  }
  await transaction.registerWear.deleteMany({ where: { unit: from } });
}
