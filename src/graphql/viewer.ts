import type { Visitor } from '../domain/access.ts';
import type { User } from '../domain/user.ts';
import { builder } from './builder.ts';
import { RoleType } from './role.ts';
import { UserType } from './user.ts';

const ViewerType = builder.objectRef<Visitor>('Viewer').implement({
  description: 'Who asks, and what they may do.',
  fields: (t) => ({
    name: t.string({
      access: 'PUBLIC',
      nullable: true,
      description: 'Name of the user, or of the token; null: nobody.',
      resolve: ({ userId, actor }, _, { accounts }) =>
        (userId === null ? null : accounts.user(userId)?.name) ?? actor?.replace(/^token:/, '') ?? null,
    }),
    email: t.string({
      access: 'PUBLIC',
      nullable: true,
      description: 'The e-mail address of the user.',
      resolve: ({ userId }, _, { accounts }) => (userId === null ? null : (accounts.user(userId)?.email ?? null)),
    }),
    role: t.field({
      type: RoleType,
      access: 'PUBLIC',
      nullable: true,
      description: 'What they may do; null: nothing but sign in.',
      resolve: ({ access }) => access.role,
    }),
    seesAllHeatpumps: t.boolean({
      access: 'PUBLIC',
      description: 'Whether they may see all heat pumps, also those added later.',
      resolve: ({ access: { heatpumpIds } }) => heatpumpIds === null,
    }),
    heatpumpIds: t.idList({
      access: 'PUBLIC',
      description: 'The heat pumps they may see, if not all; empty otherwise.',
      resolve: ({ access: { heatpumpIds } }) => [...(heatpumpIds ?? [])],
    }),
    isOpen: t.boolean({
      access: 'PUBLIC',
      description: 'Whether this server asks nobody who they are, as the demonstration.',
      resolve: (_, __, { isOpen }) => isOpen,
    }),
    setupNeeded: t.boolean({
      access: 'PUBLIC',
      description: 'Whether there is no user yet: "setUp" makes the first one.',
      resolve: (_, __, { isOpen, setUp }) => !isOpen && setUp.isNeeded,
    }),
  }),
});

builder.queryField('viewer', (t) =>
  t.field({
    type: ViewerType,
    access: 'PUBLIC',
    description: 'Who asks.',
    resolve: (_, __, { visitor }) => visitor,
  }),
);

const SetUpInput = builder.inputType('SetUpInput', {
  description: 'The first user, who gets the role ADMIN.',
  fields: (t) => ({
    code: t.string({ required: true, description: 'The set-up code in the log of the server; new at each start.' }),
    name: t.string({ required: true, description: 'What to call them, 1 to 100 characters.' }),
    email: t.string({ required: true, description: 'What they sign in with.' }),
    password: t.string({ required: true, description: 'Their password, 10 to 128 characters.' }),
  }),
});

const SetUpPayload = builder.objectRef<{ user: User }>('SetUpPayload').implement({
  description: 'The first user, who may now sign in.',
  fields: (t) => ({ user: t.expose('user', { type: UserType, access: 'PUBLIC', description: 'As they are now.' }) }),
});

builder.mutationField('setUp', (t) =>
  t.field({
    type: SetUpPayload,
    access: 'PUBLIC',
    audit: 'user',
    description: 'Makes the first user, only while there is none. FORBIDDEN with a wrong code.',
    args: { input: t.arg({ type: SetUpInput, required: true, description: 'The user, and the code.' }) },
    resolve: async (_, { input }, { setUp, visitor }) => ({ user: await setUp.run(input, visitor.address) }),
  }),
);
