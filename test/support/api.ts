import { type Client, createClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { type Config, readConfig } from '../../src/config.ts';
import { systemClock } from '../../src/domain/clock.ts';
import { DRIVERS } from '../../src/drivers/index.ts';
import { startServer, type ThermographServer } from '../../src/server.ts';
import { LogBook, makeTempDir } from './house.ts';

/** What a GraphQL answer holds; tests say what they expect of it. */
export interface Answer {
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the test's business
  readonly data?: any;
  readonly errors?: readonly {
    message: string;
    extensions?: { code?: string; issues?: { path: unknown[]; message: string }[] };
  }[];
}

/** A whole server with a data folder of its own, and ways to talk to it as clients do. */
export interface Api {
  readonly server: ThermographServer;
  readonly url: string;
  readonly log: LogBook;
  readonly dataDir: string;
  /** Posts an operation. */
  query(query: string, variables?: object): Promise<Answer>;
  /** The next items of a subscription over WebSocket, as they come. */
  subscribe(query: string, variables?: object): Subscription;
  close(): Promise<void>;
}

/** A running subscription. */
export interface Subscription {
  readonly events: Answer[];
  /** Resolves with the first event from `from` on that fits; fails after ten seconds. */
  // biome-ignore lint/suspicious/noExplicitAny: the shape is the test's business
  next(fits?: (data: any) => boolean): Promise<any>;
  end(): void;
}

/** Starts a server on a free port, which asks nobody who they are unless it `isGuarded`. */
export async function startApi(overrides: Partial<Config> = {}, drivers = DRIVERS, isGuarded = false): Promise<Api> {
  const directory = makeTempDir();
  const log = new LogBook();
  const config: Config = {
    ...readConfig({ PORT: '0', DATA_DIR: directory.path, POLL_INTERVAL_MS: '300' }),
    ...overrides,
  };
  const server = await startServer({
    ...{ config, drivers, clock: systemClock, logger: log, random: Math.random },
    ...(isGuarded ? {} : { access: 'open' }),
  });
  const webSocketUrl = `${server.url.replace('http', 'ws')}/graphql`;
  const sockets = createClient({ url: webSocketUrl, webSocketImpl: WebSocket, lazy: true, retryAttempts: 0 });
  return {
    server,
    url: server.url,
    log,
    dataDir: config.dataDir,
    query: (query, variables) => post(server.url, { query, variables }),
    subscribe: (query, variables) => subscribe(sockets, query, variables),
    close: async () => {
      await sockets.dispose();
      await server.stop();
      directory.remove();
    },
  };
}

async function post(url: string, body: object): Promise<Answer> {
  const response = await fetch(`${url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', accept: 'application/json' },
    body: JSON.stringify(body),
  });
  return (await response.json()) as Answer;
}

function subscribe(client: Client, query: string, variables: object = {}): Subscription {
  const events: Answer[] = [];
  let taken = 0;
  const end = client.subscribe(
    { query, variables: { ...variables } },
    {
      next: (event) => void events.push(event as Answer),
      error: (error) => void events.push({ errors: error as never }),
      complete: () => {},
    },
  );
  const next: Subscription['next'] = async (fits = () => true) => {
    const deadline = performance.now() + 10_000;
    while (performance.now() < deadline) {
      while (taken < events.length) {
        const event = events[taken++];
        if (event?.errors) return event;
        if (fits(event?.data)) return event?.data;
      }
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    throw new Error(`no fitting event within 10 s; had ${JSON.stringify(events).slice(0, 500)}`);
  };
  return { events, next, end };
}

/** The mutation that adds a simulated Navigator 2.0, and its variables. */
export const ADD = 'mutation ($input: AddHeatpumpInput!) { addHeatpump(input: $input) { heatpump { id } } }';
export const addInput = (port: number, more: object = {}) => ({
  input: {
    name: 'Home',
    manufacturer: 'idm',
    model: 'navigator_2_0',
    connection: { host: '127.0.0.1', port },
    ...more,
  },
});

/** Adds a heat pump and waits until it is online. */
export async function addOnline(api: Api, port: number, more: object = {}): Promise<string> {
  const { data } = await api.query(ADD, addInput(port, more));
  const id = data.addHeatpump.heatpump.id as string;
  const status = api.subscribe(
    'subscription ($ids: [ID!]) { heatpumpStatus(heatpumpIds: $ids) { status { state } } }',
    { ids: [id] },
  );
  await status.next(({ heatpumpStatus }) => heatpumpStatus.status.state === 'ONLINE');
  status.end();
  return id;
}
