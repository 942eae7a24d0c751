import type { Channel, ChannelSettings } from '../domain/channel.ts';
import type { ChannelStore } from '../domain/channel-store.ts';
import type { Language } from '../domain/localized.ts';
import type { PrismaClient } from './generated/client.ts';
import type { ChannelModel as Row } from './generated/models.ts';

/** Keeps channels in the database. */
export function createChannelStore(prisma: PrismaClient): ChannelStore {
  return {
    list: async () =>
      (await prisma.channel.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] })).map(toChannel),
    insert: async (channel) => void (await prisma.channel.create({ data: channelRow(channel) })),
    update: async (channel) => {
      await prisma.channel.update({ where: { id: channel.id }, data: channelRow(channel) });
    },
    delete: async (id) => void (await prisma.channel.delete({ where: { id } })),
  };
}

/** A channel as the database keeps it. */
export function channelRow({ settings, createdAt, updatedAt, ...rest }: Channel): Row {
  return {
    ...rest,
    settings: JSON.stringify(settings),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}

function toChannel({ settings, language, createdAt, updatedAt, ...rest }: Row): Channel {
  return {
    ...rest,
    settings: JSON.parse(settings) as ChannelSettings,
    language: language as Language,
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
  };
}
