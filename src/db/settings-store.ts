import { badInput } from '../domain/errors.ts';
import type { KnownSetting, KnownSettings, SettingsChange } from '../domain/settings-change.ts';
import type {
  SettingEntry,
  SettingsSnapshot,
  SettingsSnapshotHead,
  SnapshotTrigger,
} from '../domain/settings-snapshot.ts';
import type { SettingsPage, SettingsQuery, SettingsStore } from '../domain/settings-store.ts';
import { deflated, inflated } from './deflated.ts';
import type { PrismaClient } from './generated/client.ts';
import type { SettingsChangeModel as ChangeRow, SettingsSnapshotModel as SnapshotRow } from './generated/models.ts';

/** Kept of each heat pump: of two a day at most, snapshots of half a year; changes for some whole resets of a large unit. */
const KEPT_SNAPSHOTS = 400;
const KEPT_CHANGES = 2_000;

/** Keeps snapshots of settings, and changes made at the unit, in the database. */
export function createSettingsStore(prisma: PrismaClient): SettingsStore {
  return {
    addSnapshot: (snapshot) => addSnapshot(prisma, snapshot),
    findSnapshot: async (id) => {
      const row = await prisma.settingsSnapshot.findUnique({ where: { id } });
      return row && { ...toHead(row), entries: toEntries(row.entries) };
    },
    lastTakenAt: async (heatpumpId, trigger) => {
      const where = { heatpumpId, trigger };
      const row = await prisma.settingsSnapshot.findFirst({ where, orderBy: NEWEST_FIRST, select: { takenAt: true } });
      return row?.takenAt.getTime() ?? null;
    },
    snapshots: async (query) => {
      return toPage(
        await prisma.settingsSnapshot.findMany({ ...rowsOf(query), omit: { entries: true } }),
        query,
        toHead,
      );
    },
    known: async (heatpumpId) => {
      const row = await prisma.knownSettings.findUnique({ where: { heatpumpId } });
      return row && { heatpumpId, model: row.model, settings: toSettings(row.settings) };
    },
    account: (known, changes) => account(prisma, known, changes),
    changes: async (query) => toPage(await prisma.settingsChange.findMany(rowsOf(query)), query, toChange),
  };
}

const NEWEST_FIRST = { number: 'desc' } as const;

async function addSnapshot(prisma: PrismaClient, { entries, takenAt, ...head }: SettingsSnapshot): Promise<void> {
  const { heatpumpId } = head;
  const outdated = await prisma.settingsSnapshot.findFirst({
    where: { heatpumpId },
    orderBy: NEWEST_FIRST,
    skip: KEPT_SNAPSHOTS - 1,
    select: { number: true },
  });
  const kept = entries.map(({ key, value, unit, quality }) => [key, value, unit, quality]);
  await prisma.$transaction([
    prisma.settingsSnapshot.create({ data: { ...head, takenAt: new Date(takenAt), entries: deflated(kept) } }),
    ...(outdated
      ? [prisma.settingsSnapshot.deleteMany({ where: { heatpumpId, number: { lte: outdated.number } } })]
      : []),
  ]);
}

async function account(prisma: PrismaClient, known: KnownSettings, changes: readonly SettingsChange[]): Promise<void> {
  const { heatpumpId, model } = known;
  const settings = deflated([...known.settings].map(([key, { value, at }]) => [key, value, at]));
  const data = { heatpumpId, model, settings };
  const rows = changes.map(({ noticedAt, ...rest }) => ({ ...rest, noticedAt: new Date(noticedAt) }));
  await prisma.$transaction(async (transaction) => {
    await transaction.knownSettings.upsert({ where: { heatpumpId }, create: data, update: data });
    if (rows.length === 0) return;
    await transaction.settingsChange.createMany({ data: rows });
    const outdated = await transaction.settingsChange.findFirst({
      where: { heatpumpId },
      orderBy: NEWEST_FIRST,
      skip: KEPT_CHANGES,
      select: { number: true },
    });
    if (!outdated) return;
    await transaction.settingsChange.deleteMany({ where: { heatpumpId, number: { lte: outdated.number } } });
  });
}

/** One row more than is shown, to tell whether there are more. */
function rowsOf({ heatpumpId, first, before }: SettingsQuery) {
  const older = before ? { number: { lt: numberOf(before) } } : {};
  return { where: { heatpumpId, ...older }, orderBy: NEWEST_FIRST, take: first + 1 };
}

function numberOf(cursor: string): number {
  if (/^\d{1,15}$/.test(cursor)) return Number(cursor);
  throw badInput({ path: ['before'], message: 'must be the nextCursor of a page' });
}

function toPage<Row extends { readonly number: number }, T>(
  rows: readonly Row[],
  { first }: SettingsQuery,
  toItem: (row: Row) => T,
): SettingsPage<T> {
  const shown = rows.slice(0, first);
  const last = rows.length > first ? shown.at(-1) : undefined;
  return { items: shown.map(toItem), nextCursor: last ? String(last.number) : null };
}

function toHead(row: Omit<SnapshotRow, 'entries'>): SettingsSnapshotHead {
  const { id, heatpumpId, takenAt, trigger, model, known, unknown } = row;
  return { id, heatpumpId, takenAt: takenAt.getTime(), trigger: trigger as SnapshotTrigger, model, known, unknown };
}

function toEntries(bytes: Uint8Array): SettingEntry[] {
  const rows = inflated(bytes) as [string, number | null, string | null, SettingEntry['quality']][];
  return rows.map(([key, value, unit, quality]) => ({ key, value, unit, quality }));
}

function toSettings(bytes: Uint8Array): Map<string, KnownSetting> {
  const rows = inflated(bytes) as [string, number, number][];
  return new Map(rows.map(([key, value, at]) => [key, { value, at }]));
}

function toChange({ number: _, noticedAt, ...rest }: ChangeRow): SettingsChange {
  return { ...rest, noticedAt: noticedAt.getTime() };
}
