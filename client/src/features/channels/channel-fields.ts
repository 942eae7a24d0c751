import type { ChannelType } from '../../graphql/generated/types.ts';

/** The types, in the order they are offered. */
export const CHANNEL_TYPES: readonly ChannelType[] = ['EMAIL', 'NTFY', 'TELEGRAM', 'DISCORD', 'WEBHOOK'];

/** A setting of a channel that is entered as text. */
export type ChannelField = 'url' | 'topic' | 'chatId' | 'host' | 'port' | 'user' | 'from' | 'to';

/** What is asked of each type, in this order. */
export const CHANNEL_FIELDS: Readonly<Record<ChannelType, readonly (ChannelField | 'security')[]>> = {
  EMAIL: ['host', 'port', 'security', 'user', 'from', 'to'],
  NTFY: ['topic', 'url'],
  TELEGRAM: ['chatId', 'url'],
  DISCORD: [],
  WEBHOOK: ['url'],
};

/** The address that is assumed where none is given. */
export const ASSUMED_URLS: Partial<Record<ChannelType, string>> = {
  NTFY: 'https://ntfy.sh',
  TELEGRAM: 'https://api.telegram.org',
};

/** Types whose secret may be left out. */
export const OPTIONAL_SECRETS: readonly ChannelType[] = ['EMAIL', 'NTFY'];
