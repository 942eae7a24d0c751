import type { ApiToken } from '../domain/user.ts';
import { builder } from './builder.ts';
import { RoleType } from './role.ts';

const ApiTokenType = builder.objectRef<ApiToken>('ApiToken').implement({
  description: 'What a program shows to be let in, as "Authorization: Bearer …". It is shown once and kept as a hash.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    role: t.expose('role', { type: RoleType, description: 'What it may do.' }),
    seesAllHeatpumps: t.boolean({
      description: 'Whether it may see all heat pumps, also those added later.',
      resolve: ({ heatpumpIds }) => heatpumpIds === null,
    }),
    heatpumpIds: t.idList({
      description: 'The heat pumps it may see, if not all; empty otherwise.',
      resolve: ({ heatpumpIds }) => [...(heatpumpIds ?? [])],
    }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', nullable: true, description: 'When it ends; null: never.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last shown, to the minute; null: never.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

builder.queryField('apiTokens', (t) =>
  t.field({
    type: [ApiTokenType],
    access: 'ADMIN',
    description: 'All tokens, oldest first; also those that have expired.',
    resolve: (_, __, { accounts }) => accounts.tokens(),
  }),
);

const CreateApiTokenInput = builder.inputType('CreateApiTokenInput', {
  description: 'A new token.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What to call it, 1 to 100 characters.' }),
    role: t.field({ type: RoleType, required: true, description: 'What it may do.' }),
    heatpumpIds: t.idList({
      description: 'The heat pumps it may see; left out or null: all, also those added later. Not for an ADMIN.',
    }),
    expiresAt: t.field({ type: 'DateTime', description: 'When it ends; left out: never.' }),
  }),
});

const RevokeApiTokenInput = builder.inputType('RevokeApiTokenInput', {
  description: 'A token to end.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which one.' }) }),
});

const CreateApiTokenPayload = builder
  .objectRef<{ token: string; apiToken: ApiToken }>('CreateApiTokenPayload')
  .implement({
    description: 'The token that was made.',
    fields: (t) => ({
      token: t.exposeString('token', { description: 'The token itself; it cannot be shown again.' }),
      apiToken: t.expose('apiToken', { type: ApiTokenType, description: 'What is known of it.' }),
    }),
  });

const RevokeApiTokenPayload = builder.objectRef<{ revokedId: string }>('RevokeApiTokenPayload').implement({
  description: 'The token that was ended.',
  fields: (t) => ({ revokedId: t.exposeID('revokedId', { description: 'Its id.' }) }),
});

builder.mutationField('createApiToken', (t) =>
  t.field({
    type: CreateApiTokenPayload,
    access: 'ADMIN',
    audit: 'token',
    description: 'Makes a token.',
    args: { input: t.arg({ type: CreateApiTokenInput, required: true, description: 'The token.' }) },
    resolve: (_, { input }, { accounts }) => accounts.createToken(input),
  }),
);

builder.mutationField('revokeApiToken', (t) =>
  t.field({
    type: RevokeApiTokenPayload,
    access: 'ADMIN',
    audit: 'token',
    description: 'Ends a token, and at once every subscription that was started with it.',
    args: { input: t.arg({ type: RevokeApiTokenInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { id } }, { accounts }) => {
      await accounts.revokeToken(id);
      return { revokedId: id };
    },
  }),
);
