import type { Role } from '../domain/access.ts';
import type { ApiToken, Rights, Session, User, UserStore } from '../domain/user.ts';
import type { PrismaClient } from './generated/client.ts';
import type { ApiTokenModel as TokenRow, UserModel as UserRow } from './generated/models.ts';

/** As the sign-in library names an account with a password. */
const WITH_PASSWORD = 'credential';
const OLDEST_FIRST = [{ createdAt: 'asc' }, { id: 'asc' }] as const;

/** Keeps users, sessions and tokens in the database, the former two in the tables of the sign-in library. */
export function createUserStore(prisma: PrismaClient): UserStore {
  return {
    users: async () => (await prisma.user.findMany({ orderBy: [...OLDEST_FIRST] })).map(toUser),
    insertUser: async (user, password) => {
      const at = new Date(user.createdAt);
      const account = {
        id: user.id,
        accountId: user.id,
        providerId: WITH_PASSWORD,
        password,
        createdAt: at,
        updatedAt: at,
      };
      await prisma.user.create({ data: { ...userRow(user), accounts: { create: account } } });
    },
    updateUser: async (user, password) => {
      const account = { where: { providerId: WITH_PASSWORD }, data: { password, updatedAt: new Date(user.updatedAt) } };
      const accounts = password === null ? {} : { accounts: { updateMany: account } };
      await prisma.user.update({ where: { id: user.id }, data: { ...userRow(user), ...accounts } });
    },
    deleteUser: async (id) => void (await prisma.user.delete({ where: { id } })),
    tokens: async () => (await prisma.apiToken.findMany({ orderBy: [...OLDEST_FIRST] })).map(toToken),
    insertToken: async (token) => void (await prisma.apiToken.create({ data: tokenRow(token) })),
    touchToken: async (id, at) => {
      await prisma.apiToken.updateMany({ where: { id }, data: { lastUsedAt: new Date(at) } });
    },
    deleteToken: async (id) => void (await prisma.apiToken.deleteMany({ where: { id } })),
    sessions: async (userId) => {
      const rows = await prisma.session.findMany({ where: { userId }, orderBy: { createdAt: 'desc' } });
      return rows.map(
        ({ token: _, ipAddress, createdAt, updatedAt, expiresAt, ...rest }): Session => ({
          ...rest,
          address: ipAddress,
          createdAt: createdAt.getTime(),
          updatedAt: updatedAt.getTime(),
          expiresAt: expiresAt.getTime(),
        }),
      );
    },
    deleteSession: async (id) => void (await prisma.session.deleteMany({ where: { id } })),
    deleteSessionsOf: async (userId) => void (await prisma.session.deleteMany({ where: { userId } })),
    tidySessions: async (userId, now, most) => {
      const rest = await prisma.session.findMany({ where: { userId }, orderBy: { updatedAt: 'desc' }, skip: most });
      const ids = rest.map(({ id }) => id);
      const isOver = [{ expiresAt: { lte: new Date(now) } }, { id: { in: ids } }];
      await prisma.session.deleteMany({ where: { userId, OR: isOver } });
    },
  };
}

function rightsRow({ role, heatpumpIds }: Rights) {
  return { role, heatpumpIds: heatpumpIds && JSON.stringify(heatpumpIds) };
}

function toRights({ role, heatpumpIds }: Pick<UserRow, 'role' | 'heatpumpIds'>): Rights {
  return { role: role as Role, heatpumpIds: heatpumpIds === null ? null : (JSON.parse(heatpumpIds) as string[]) };
}

function userRow(user: User) {
  const { id, name, email, disabled, createdAt, updatedAt } = user;
  return {
    ...{ id, name, email, disabled },
    ...rightsRow(user),
    createdAt: new Date(createdAt),
    updatedAt: new Date(updatedAt),
  };
}

function toUser(row: UserRow): User {
  const { id, name, email, disabled, createdAt, updatedAt } = row;
  return {
    ...{ id, name, email, disabled },
    ...toRights(row),
    createdAt: createdAt.getTime(),
    updatedAt: updatedAt.getTime(),
  };
}

function tokenRow(token: ApiToken): TokenRow {
  const { id, name, hash, expiresAt, lastUsedAt, createdAt } = token;
  return {
    ...{ id, name, hash },
    ...rightsRow(token),
    expiresAt: expiresAt === null ? null : new Date(expiresAt),
    lastUsedAt: lastUsedAt === null ? null : new Date(lastUsedAt),
    createdAt: new Date(createdAt),
  };
}

function toToken(row: TokenRow): ApiToken {
  const { id, name, hash, expiresAt, lastUsedAt, createdAt } = row;
  return {
    ...{ id, name, hash },
    ...toRights(row),
    expiresAt: expiresAt?.getTime() ?? null,
    lastUsedAt: lastUsedAt?.getTime() ?? null,
    createdAt: createdAt.getTime(),
  };
}
