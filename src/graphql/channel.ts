import {
  type Channel,
  type ChannelSettings,
  type ChannelType,
  DELIVERY_ERROR_CODE_NAMES,
  type Delivery,
  type DeliveryError,
  type DeliveryState,
  type MailSecurity,
  type NotificationKind,
} from '../domain/channel.ts';
import { builder, enumType } from './builder.ts';
import { LanguageType } from './language.ts';

export const ChannelTypeType = enumType<ChannelType>('ChannelType', 'How people are told.', {
  WEBHOOK: 'A signed HTTP request with JSON.',
  EMAIL: 'An e-mail over SMTP.',
  NTFY: 'A push message over ntfy.',
  TELEGRAM: 'A message of a Telegram bot.',
  DISCORD: 'A message of a Discord webhook.',
});

export const MailSecurityType = enumType<MailSecurity>(
  'MailSecurity',
  'How the connection to a mail server is secured.',
  {
    STARTTLS: 'Encrypted before anything is said; usually port 587.',
    TLS: 'Encrypted from the first byte; usually port 465.',
    NONE: 'Not at all.',
  },
);

const NotificationKindType = enumType<NotificationKind>('NotificationKind', 'What a message is about.', {
  FIRING: 'An alert fires.',
  REMINDER: 'It still does, and nobody has acknowledged it.',
  RECOVERED: 'It no longer does.',
  TEST: 'The channel works.',
});

const DeliveryStateType = enumType<DeliveryState>('DeliveryState', 'What became of a message.', {
  PENDING: 'Still to be sent, or to be tried again.',
  DELIVERED: 'Accepted by the other side.',
  FAILED: 'Given up.',
});

/** The fields of any settings; those of other types are null. */
type AnySettings = Partial<Omit<Extract<ChannelSettings, { type: 'EMAIL' }>, 'type'>> & {
  readonly url?: string;
  readonly topic?: string;
  readonly chatId?: string;
};

const ChannelSettingsType = builder.objectRef<AnySettings>('ChannelSettings').implement({
  description: 'Where a channel leads; fields that its type does not have are null.',
  fields: (t) => ({
    url: t.string({ nullable: true, description: 'Address of the service.', resolve: ({ url }) => url ?? null }),
    topic: t.string({ nullable: true, description: 'Topic of ntfy.', resolve: ({ topic }) => topic ?? null }),
    chatId: t.string({ nullable: true, description: 'Chat in Telegram.', resolve: ({ chatId }) => chatId ?? null }),
    host: t.string({ nullable: true, description: 'Mail server.', resolve: ({ host }) => host ?? null }),
    port: t.int({ nullable: true, description: 'Its TCP port.', resolve: ({ port }) => port ?? null }),
    security: t.field({
      type: MailSecurityType,
      nullable: true,
      description: 'How the connection to it is secured.',
      resolve: ({ security }) => security ?? null,
    }),
    user: t.string({ nullable: true, description: 'Who logs in there.', resolve: ({ user }) => user ?? null }),
    from: t.string({ nullable: true, description: 'Sender of the e-mails.', resolve: ({ from }) => from ?? null }),
    to: t.stringList({ description: 'Their receivers; empty for other types.', resolve: ({ to }) => [...(to ?? [])] }),
  }),
});

const DeliveryErrorType = builder.objectRef<DeliveryError>('DeliveryError').implement({
  description: 'A failed try to deliver.',
  fields: (t) => ({
    code: t.exposeString('code', { description: `One of ${DELIVERY_ERROR_CODE_NAMES.join(', ')}.` }),
    message: t.exposeString('message', { description: 'What happened, in English.' }),
  }),
});

export const DeliveryType = builder.objectRef<Delivery>('Delivery').implement({
  description: 'One message on its way through a channel, and what became of it.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Sent along, so that a message that comes twice can be told.' }),
    kind: t.field({
      type: NotificationKindType,
      description: 'What it is about.',
      resolve: ({ notification }) => notification.kind,
    }),
    title: t.string({ description: 'Its title.', resolve: ({ notification }) => notification.title }),
    text: t.string({ description: 'Its text.', resolve: ({ notification }) => notification.text }),
    state: t.expose('state', { type: DeliveryStateType, description: 'What became of it.' }),
    attempts: t.exposeInt('attempts', { description: 'How often it was tried.' }),
    lastAttemptAt: t.expose('lastAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'End of the last try.',
    }),
    nextAttemptAt: t.expose('nextAttemptAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it is tried next; null once it is delivered or given up.',
    }),
    error: t.expose('error', {
      type: DeliveryErrorType,
      nullable: true,
      description: 'Why the last try failed; null if it did not.',
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
  }),
});

const ChannelResult = builder.objectRef<Delivery>('ChannelResult').implement({
  description: 'How the last try of a channel ended.',
  fields: (t) => ({
    ok: t.boolean({ description: 'Whether the message was accepted.', resolve: ({ state }) => state === 'DELIVERED' }),
    at: t.field({
      type: 'DateTime',
      description: 'When the try ended.',
      resolve: ({ lastAttemptAt, createdAt }) => lastAttemptAt ?? createdAt,
    }),
    error: t.expose('error', { type: DeliveryErrorType, nullable: true, description: 'Why it was not.' }),
  }),
});

export const ChannelObject = builder.objectRef<Channel>('Channel').implement({
  description: 'A way to tell people. Its secret is never shown.',
  fields: (t) => ({
    id: t.exposeID('id', { description: 'Identifier.' }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    type: t.field({
      type: ChannelTypeType,
      description: 'How people are told.',
      resolve: ({ settings }) => settings.type,
    }),
    settings: t.field({
      type: ChannelSettingsType,
      access: 'ADMIN',
      description: 'Where it leads.',
      resolve: ({ settings }) => settings as AnySettings,
    }),
    hasSecret: t.boolean({
      access: 'ADMIN',
      description: 'Whether it has a key, password or token.',
      resolve: ({ secret }) => secret !== null,
    }),
    language: t.expose('language', { type: LanguageType, description: 'The language of its messages.' }),
    enabled: t.exposeBoolean('enabled', { description: 'Whether it is told of alerts.' }),
    lastResult: t.field({
      type: ChannelResult,
      access: 'ADMIN',
      nullable: true,
      description: 'How its last try ended; null if there was none.',
      resolve: ({ id }, _, { channels }) => channels.lastTried(id),
    }),
    deliveries: t.field({
      type: [DeliveryType],
      access: 'ADMIN',
      description: 'Its last messages, newest first. The last 100 that are settled are kept.',
      args: { first: t.arg.int({ defaultValue: 20, description: 'At most so many, 1 to 100.' }) },
      resolve: ({ id }, { first }, { channels }) => channels.deliveries(id, first ?? 20),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was added.' }),
    updatedAt: t.expose('updatedAt', { type: 'DateTime', description: 'When it was last changed.' }),
  }),
});

builder.queryField('channels', (t) =>
  t.field({
    access: 'VIEWER',
    type: [ChannelObject],
    description: 'All channels, oldest first.',
    resolve: (_, __, { channels }) => channels.list(),
  }),
);

builder.queryField('channel', (t) =>
  t.field({
    access: 'VIEWER',
    type: ChannelObject,
    nullable: true,
    description: 'One channel, null if there is none.',
    args: { id: t.arg.id({ required: true, description: 'Its id.' }) },
    resolve: (_, { id }, { channels }) => channels.find(id),
  }),
);
