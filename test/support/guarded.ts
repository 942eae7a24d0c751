import { createHash } from 'node:crypto';
import { type Config, readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { DRIVERS } from '../../src/drivers/index.ts';
import { startServer, type ThermographServer } from '../../src/server.ts';
import type { Answer } from './api.ts';
import { LogBook, makeTempDir } from './house.ts';
import { ADMIN_TOKEN } from './program.ts';

/** A server that asks who is there, as `npm start` runs it. */
export interface Guarded {
  readonly server: ThermographServer;
  readonly url: string;
  readonly log: LogBook;
  readonly dataDir: string;
  /** Posts an operation with these headers. */
  ask(headers: Record<string, string>, query: string, variables?: object): Promise<Answer>;
  /** The same as the admin with the token of the settings. */
  admin(query: string, variables?: object): Promise<Answer>;
  /** Makes a token, and tells the headers that show it. */
  token(input: object): Promise<{ readonly id: string; readonly headers: Record<string, string> }>;
  close(): Promise<void>;
}

/** Shows a token. */
export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

const CREATE_TOKEN = `mutation ($input: CreateApiTokenInput!) {
  createApiToken(input: $input) { token apiToken { id } }
}`;

/** Starts one on a free port. */
export async function startGuarded(overrides: Partial<Config> = {}): Promise<Guarded> {
  const directory = makeTempDir();
  const log = new LogBook();
  const config = {
    ...readConfig({ PORT: '0', DATA_DIR: directory.path, POLL_INTERVAL_MS: '300' }),
    adminTokenHash: createHash('sha256').update(ADMIN_TOKEN).digest('hex'),
    ...overrides,
  };
  const server = await startServer({ config, drivers: DRIVERS, clock: systemClock, logger: log, random: Math.random });
  const ask: Guarded['ask'] = async (headers, query, variables = {}) => {
    const response = await fetch(`${server.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/json', ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  };
  const admin: Guarded['admin'] = (query, variables) => ask(bearer(ADMIN_TOKEN), query, variables);
  return {
    ...{ server, url: server.url, log, dataDir: directory.path, ask, admin },
    token: async (input) => {
      const { data, errors } = await admin(CREATE_TOKEN, { input });
      if (errors) throw new Error(JSON.stringify(errors));
      return { id: data.createApiToken.apiToken.id, headers: bearer(data.createApiToken.token) };
    },
    close: async () => {
      await server.stop();
      directory.remove();
    },
  };
}
