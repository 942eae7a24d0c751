import type { Session, User } from '../domain/user.ts';
import { builder } from './builder.ts';
import { RoleType } from './role.ts';

export const UserType = builder.objectRef<User>('User').implement({
  description: 'A person who signs in.',
  fields: (t) => ({
    id: t.exposeID('id', { access: 'PUBLIC', description: 'Identifier.' }),
    name: t.exposeString('name', { access: 'PUBLIC', description: 'What they are called.' }),
    email: t.exposeString('email', { access: 'PUBLIC', description: 'What they sign in with.' }),
    role: t.expose('role', { type: RoleType, access: 'PUBLIC', description: 'What they may do.' }),
    seesAllHeatpumps: t.boolean({
      access: 'ADMIN',
      description: 'Whether they may see all heat pumps, also those added later.',
      resolve: ({ heatpumpIds }) => heatpumpIds === null,
    }),
    heatpumpIds: t.idList({
      access: 'ADMIN',
      description: 'The heat pumps they may see, if not all; empty otherwise.',
      resolve: ({ heatpumpIds }) => [...(heatpumpIds ?? [])],
    }),
    disabled: t.exposeBoolean('disabled', { access: 'ADMIN', description: 'Whether they are kept out.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', access: 'ADMIN', description: 'When they were added.' }),
    updatedAt: t.expose('updatedAt', {
      type: 'DateTime',
      access: 'ADMIN',
      description: 'When they were last changed.',
    }),
  }),
});

const SessionType = builder.objectRef<Session>('Session').implement({
  description: 'A browser in which somebody is signed in.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier.' }),
    isCurrent: t.boolean({
      description: 'Whether it is the one that asks.',
      resolve: ({ id }, _, { visitor }) => id === visitor.sessionId,
    }),
    address: t.exposeString('address', { nullable: true, description: 'The IP address it was signed in from.' }),
    userAgent: t.exposeString('userAgent', { nullable: true, description: 'What the browser calls itself.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was signed in.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last seen, to the day.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it ends unless it is seen before.' }),
  }),
});

builder.queryField('users', (t) =>
  t.field({
    type: [UserType],
    access: 'ADMIN',
    description: 'All users, oldest first.',
    resolve: (_, __, { accounts }) => accounts.users(),
  }),
);

builder.queryField('sessions', (t) =>
  t.field({
    type: [SessionType],
    access: 'VIEWER',
    description: 'Where the user who asks is signed in, newest first; none for a token.',
    resolve: (_, __, { accounts, visitor: { userId } }) => (userId === null ? [] : accounts.sessions(userId)),
  }),
);
