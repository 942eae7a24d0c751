import type { Channel, Delivery } from '../domain/channel.ts';
import { builder } from './builder.ts';
import { ChannelObject, ChannelTypeType, DeliveryType, MailSecurityType } from './channel.ts';
import { LanguageType } from './language.ts';

const ChannelSettingsInput = builder.inputType('ChannelSettingsInput', {
  description: 'Where a channel leads: only fields that belong to its type.',
  fields: (t) => ({
    url: t.string({
      description:
        'WEBHOOK: where to post. NTFY, TELEGRAM: the server; left out: the public one. http or https, without a password.',
    }),
    topic: t.string({ description: 'NTFY: 1 to 64 letters, digits, _ or -.' }),
    chatId: t.string({ description: 'TELEGRAM: number of the chat, or @ and the name of a channel.' }),
    host: t.string({ description: 'EMAIL: host name or IP address of the mail server.' }),
    port: t.int({ description: 'EMAIL: its TCP port, 1 to 65535; left out: as usual for its security.' }),
    security: t.field({ type: MailSecurityType, description: 'EMAIL: left out: STARTTLS.' }),
    user: t.string({ description: 'EMAIL: who logs in; the password is the secret. Left out: no login.' }),
    from: t.string({ description: 'EMAIL: address of the sender.' }),
    to: t.stringList({ description: 'EMAIL: addresses of the receivers, 1 to 20.' }),
  }),
});

const SECRET = [
  'Can be set, never read. WEBHOOK: the key that signs, 16 to 200 characters. EMAIL: the password. NTFY: an access token,',
  'if any. TELEGRAM: the token of the bot. DISCORD: the address of the webhook.',
].join(' ');

const CreateChannelInput = builder.inputType('CreateChannelInput', {
  description: 'A new channel.',
  fields: (t) => ({
    name: t.string({ required: true, description: 'What to call it, 1 to 100 characters.' }),
    type: t.field({ type: ChannelTypeType, required: true, description: 'How people are told.' }),
    settings: t.field({ type: ChannelSettingsInput, description: 'Where it leads.' }),
    secret: t.string({ description: SECRET }),
    language: t.field({ type: LanguageType, description: 'The language of its messages; left out: English.' }),
    enabled: t.boolean({ description: 'Whether it is told of alerts; left out: true.' }),
  }),
});

const UpdateChannelInput = builder.inputType('UpdateChannelInput', {
  description: 'Changes to a channel; what is left out stays as it is.',
  fields: (t) => ({
    id: t.id({ required: true, description: 'Which one.' }),
    name: t.string({ description: 'What to call it, 1 to 100 characters.' }),
    settings: t.field({
      type: ChannelSettingsInput,
      description: 'Where it leads, field by field; null takes one away.',
    }),
    secret: t.string({ description: `${SECRET} Null takes it away. To be given again with another address.` }),
    language: t.field({ type: LanguageType, description: 'The language of its messages.' }),
    enabled: t.boolean({ description: 'Whether it is told of alerts; what is waiting is given up if not.' }),
  }),
});

const DeleteChannelInput = builder.inputType('DeleteChannelInput', {
  description: 'A channel to delete.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which one.' }) }),
});

const TestChannelInput = builder.inputType('TestChannelInput', {
  description: 'A channel to test.',
  fields: (t) => ({ id: t.id({ required: true, description: 'Which one.' }) }),
});

/** A payload type that holds one channel. */
function channelPayload(name: string, description: string) {
  return builder.objectRef<{ channel: Channel }>(name).implement({
    description,
    fields: (t) => ({ channel: t.expose('channel', { type: ChannelObject, description: 'As it is now.' }) }),
  });
}

const CreateChannelPayload = channelPayload('CreateChannelPayload', 'The channel that was added.');
const UpdateChannelPayload = channelPayload('UpdateChannelPayload', 'The channel that was changed.');

const DeleteChannelPayload = builder.objectRef<{ deletedId: string }>('DeleteChannelPayload').implement({
  description: 'The channel that was deleted.',
  fields: (t) => ({ deletedId: t.exposeID('deletedId', { description: 'Its id.' }) }),
});

const TestChannelPayload = builder.objectRef<{ delivery: Delivery }>('TestChannelPayload').implement({
  description: 'The outcome of a test.',
  fields: (t) => ({
    ok: t.boolean({
      description: 'Whether the message was accepted.',
      resolve: ({ delivery }) => delivery.state === 'DELIVERED',
    }),
    delivery: t.expose('delivery', { type: DeliveryType, description: 'The message, and why it failed if it did.' }),
  }),
});

builder.mutationField('createChannel', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'channel',
    type: CreateChannelPayload,
    description: 'Adds a channel.',
    args: { input: t.arg({ type: CreateChannelInput, required: true, description: 'The channel.' }) },
    resolve: async (_, { input }, { channels }) => ({ channel: await channels.create(input) }),
  }),
);

builder.mutationField('updateChannel', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'channel',
    type: UpdateChannelPayload,
    description: 'Changes a channel.',
    args: { input: t.arg({ type: UpdateChannelInput, required: true, description: 'The changes.' }) },
    resolve: async (_, { input }, { channels }) => ({ channel: await channels.update(input) }),
  }),
);

builder.mutationField('deleteChannel', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'channel',
    type: DeleteChannelPayload,
    description: 'Deletes a channel with its messages; refused while an alert is told over it.',
    args: { input: t.arg({ type: DeleteChannelInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { id } }, { channels }) => {
      await channels.delete(id);
      return { deletedId: id };
    },
  }),
);

builder.mutationField('testChannel', (t) =>
  t.field({
    access: 'ADMIN',
    audit: 'channel',
    type: TestChannelPayload,
    description: 'Sends a test over a channel, once. A failed test is an answer, not an error.',
    args: { input: t.arg({ type: TestChannelInput, required: true, description: 'Which one.' }) },
    resolve: async (_, { input: { id } }, { channels }) => ({ delivery: await channels.test(id) }),
  }),
);
