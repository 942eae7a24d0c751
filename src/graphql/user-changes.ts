import { AppError } from '../domain/errors.ts';
import type { User } from '../domain/user.ts';
import { builder } from './builder.ts';
import { RoleType } from './role.ts';
import { UserType } from './user.ts';

const CreateUserInput = builder.inputType('CreateUserInput', {
  description: 'A new user.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What to call them, 1 to 100 characters.' }),
    email: t.string({ required: true, description: 'What they sign in with.' }),
    password: t.string({ required: true, description: 'Their first password, 10 to 128 characters.' }),
    role: t.field({ type: RoleType, required: true, description: 'What they may do.' }),
    heatpumpIds: t.idList({
      description: 'The heat pumps they may see; left out or null: all, also those added later. Not for an ADMIN.',
    }),
  }),
});

const UpdateUserInput = builder.inputType('UpdateUserInput', {
  description: 'Changes to a user; what is left out stays as it is.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which one.' }),
    name: t.string({ description: 'What to call them, 1 to 100 characters.' }),
    role: t.field({ type: RoleType, description: 'What they may do.' }),
    heatpumpIds: t.idList({ description: 'The heat pumps they may see; null: all, also those added later.' }),
    disabled: t.boolean({ description: 'Whether to keep them out; they are signed out everywhere.' }),
    password: t.string({ description: 'A new password, 10 to 128 characters; they are signed out everywhere.' }),
  }),
});

const DeleteUserInput = builder.inputType('DeleteUserInput', {
  description: 'A user to delete.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which one.' }) }),
});

const RevokeSessionInput = builder.inputType('RevokeSessionInput', {
  description: 'A session to end.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which one of those of the user who asks.' }) }),
});

/** A payload type that holds one user. */
function userPayload(name: string, description: string) {
  return builder.objectRef<{ user: User }>(name).implement({
    description,
    fields: (t) => ({ user: t.expose('user', { type: UserType, description: 'As they are now.' }) }),
  });
}

const DeleteUserPayload = builder.objectRef<{ deletedId: string }>('DeleteUserPayload').implement({
  description: 'The user who was deleted.',
  fields: (t) => ({ deletedId: t.exposeID('deletedId', { description: 'Their id.' }) }),
});

const RevokeSessionPayload = builder.objectRef<{ revokedId: string }>('RevokeSessionPayload').implement({
  description: 'The session that was ended.',
  fields: (t) => ({ revokedId: t.exposeID('revokedId', { description: 'Its id.' }) }),
});

builder.mutationField('createUser', (t) =>
  t.field({
    type: userPayload('CreateUserPayload', 'The user who was added.'),
    access: 'ADMIN',
    audit: 'user',
    description: 'Adds a user.',
    args: { input: t.arg({ type: CreateUserInput, required: true, description: 'The user.' }) },
    resolve: async (_, { input }, { accounts }) => ({ user: await accounts.createUser(input) }),
  }),
);

builder.mutationField('updateUser', (t) =>
  t.field({
    type: userPayload('UpdateUserPayload', 'The user who was changed.'),
    access: 'ADMIN',
    audit: 'user',
    description:
      'Changes a user. Subscriptions with rights that no longer hold end at once. CONFLICT if no ADMIN would remain.',
    args: { input: t.arg({ type: UpdateUserInput, required: true, description: 'The changes.' }) },
    resolve: async (_, { input }, { accounts }) => ({ user: await accounts.updateUser(input) }),
  }),
);

builder.mutationField('deleteUser', (t) =>
  t.field({
    type: DeleteUserPayload,
    access: 'ADMIN',
    audit: 'user',
    description: 'Deletes a user, who is signed out everywhere. CONFLICT for the last ADMIN.',
    args: { input: t.arg({ type: DeleteUserInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { id } }, { accounts }) => {
      await accounts.deleteUser(id);
      return { deletedId: id };
    },
  }),
);

builder.mutationField('revokeSession', (t) =>
  t.field({
    type: RevokeSessionPayload,
    access: 'VIEWER',
    audit: 'session',
    description: 'Signs the user who asks out in a browser, this one or another.',
    args: { input: t.arg({ type: RevokeSessionInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { id } }, { accounts, visitor: { userId } }) => {
      if (userId === null) throw new AppError('NOT_FOUND', 'no session with this id');
      await accounts.revokeSession(id, userId);
      return { revokedId: id };
    },
  }),
);
