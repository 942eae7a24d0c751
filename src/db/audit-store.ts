import type { AuditEntry, AuditKind, AuditStore } from '../domain/audit.ts';
import type { PrismaClient } from './generated/client.ts';
import type { AuditEntryModel as Row } from './generated/models.ts';

/** Keeps the audit in the database. */
export function createAuditStore(prisma: PrismaClient): AuditStore {
  return {
    insert: async ({ at, old, new: asked, ...rest }) => {
      await prisma.auditEntry.create({ data: { ...rest, at: new Date(at), old: toText(old), new: toText(asked) } });
    },
    list: async ({ first, before, action, actor }) => {
      const where = { ...(before && { id: { lt: before } }), ...(action && { action }), ...(actor && { actor }) };
      return (await prisma.auditEntry.findMany({ where, orderBy: { id: 'desc' }, take: first })).map(toEntry);
    },
    prune: async (before, most, mostOfNobody) => {
      await prisma.auditEntry.deleteMany({ where: { at: { lt: new Date(before) } } });
      for (const [where, kept] of [
        [{ actor: null }, mostOfNobody],
        [{}, most],
      ] as const) {
        const outdated = await prisma.auditEntry.findFirst({ where, orderBy: { id: 'desc' }, skip: kept });
        if (outdated) await prisma.auditEntry.deleteMany({ where: { ...where, id: { lte: outdated.id } } });
      }
    },
  };
}

function toText(value: unknown): string | null {
  return value === null || value === undefined ? null : JSON.stringify(value);
}

function toEntry({ at, kind, old, new: asked, ...rest }: Row): AuditEntry {
  return {
    ...rest,
    at: at.getTime(),
    kind: kind as AuditKind,
    old: old === null ? null : JSON.parse(old),
    new: asked === null ? null : JSON.parse(asked),
  };
}
