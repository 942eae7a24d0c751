import { MAX_AUDIT_PAGE } from '../access/audit-log.ts';
import type { AuditEntry } from '../domain/audit.ts';
import { AUDIT_KINDS } from '../domain/audit.ts';
import { builder } from './builder.ts';

const AuditEntryType = builder.objectRef<AuditEntry>('AuditEntry').implement({
  description: 'Something that somebody did, or tried to.',
  fields: (t) => ({
    id: t.id({ description: 'Grows from entry to entry.', resolve: ({ id }) => String(id) }),
    at: t.expose('at', { type: 'DateTime', description: 'When.' }),
    actor: t.exposeString('actor', {
      nullable: true,
      description: 'Who: "user:<name>", "token:<name>", "ADMIN_TOKEN", or "api" on an open server; null: nobody known.',
    }),
    address: t.exposeString('address', { description: 'The IP address it came from.' }),
    action: t.exposeString('action', {
      description: 'Name of the mutation, or "signIn", "signOut", "changePassword".',
    }),
    kind: t.exposeString('kind', { description: `What it is about: one of ${AUDIT_KINDS.join(', ')}.` }),
    target: t.exposeString('target', { nullable: true, description: 'Which of its kind, mostly the id.' }),
    old: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What was changed, as it was before, without secrets.',
      resolve: ({ old }) => old,
    }),
    new: t.field({
      type: 'JSON',
      nullable: true,
      description: 'What was asked for, without secrets.',
      resolve: (entry) => entry.new,
    }),
    outcome: t.exposeString('outcome', { description: 'OK, or the code it was refused with.' }),
  }),
});

const AuditPageType = builder.objectRef<AuditEntry[]>('AuditPage').implement({
  description: 'A part of the audit, newest first.',
  fields: (t) => ({
    entries: t.field({ type: [AuditEntryType], description: 'The entries.', resolve: (entries) => entries }),
    nextCursor: t.id({
      nullable: true,
      description: 'What to pass as "before" for the next page; null: there are no entries on this one.',
      resolve: (entries) => entries.at(-1)?.id.toString() ?? null,
    }),
  }),
});

builder.queryField('audit', (t) =>
  t.field({
    type: AuditPageType,
    access: 'ADMIN',
    description: 'Every sign-in, change and write by hand, newest first; kept for a year, 100,000 at most.',
    args: {
      first: t.arg.int({ defaultValue: 50, description: `How many, 1 to ${MAX_AUDIT_PAGE}.` }),
      before: t.arg.id({ description: 'Only those before this entry.' }),
      action: t.arg.string({ description: 'Only this action.' }),
      actor: t.arg.string({ description: 'Only of this actor.' }),
    },
    resolve: (_, { first, ...filter }, { audit }) => audit.list({ first: first ?? 50, ...filter }),
  }),
);
