import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import type { Context as ConnectionContext, OperationResult, SubscribePayload } from 'graphql-ws';
import { type Extra, useServer } from 'graphql-ws/use/ws';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { AccessControl } from '../access/access.ts';
import type { Visitor } from '../domain/access.ts';
import type { Clock } from '../domain/clock.ts';
import type { Logger } from '../domain/logger.ts';
import { variablesRefusal } from './admission.ts';
import { LIMITS } from './limits.ts';
import { Pull } from './pull.ts';
import { SocketOutlet, SocketWriter } from './socket-writer.ts';
import type { GraphqlServer } from './yoga.ts';

/** A client that does not answer the closing handshake, e.g. a sleeping laptop, must not hold up the end for longer. */
const CLOSE_TIMEOUT_MS = 2_000;

/** The published types of ws do not know `closeTimeout` yet. */
const OPTIONS: ServerOptions & { readonly closeTimeout: number } = {
  noServer: true,
  maxPayload: LIMITS.maxMessageBytes,
  closeTimeout: CLOSE_TIMEOUT_MS,
};

/** GraphQL over WebSocket (`graphql-transport-ws`), beside the HTTP server. */
export interface GraphqlWebSocket {
  /** Takes over an upgrade request for the API, or calls `refuse`. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer, refuse: (status: number) => void): void;
  /** Open connections. */
  readonly connections: number;
  /** Closes all connections, telling why. */
  close(): Promise<void>;
}

/** Who may come in; browsers do not bind WebSockets to the page's origin themselves. */
export type Doors = Pick<AccessControl, 'visitor' | 'isSameOrigin'>;

/** Who is at the other end of a connection. */
interface Admitted {
  readonly visitor: Visitor;
  /** Stops watching whether they still may. */
  readonly leave: () => void;
}

/** As graphql-transport-ws has it. */
const FORBIDDEN = 4403;

/** The same schema, limits and masking as over HTTP. Only pages of this server may connect from a browser. */
export function createGraphqlWebSocket(
  graphql: GraphqlServer,
  access: Doors,
  logger: Logger,
  clock: Clock,
): GraphqlWebSocket {
  const server = new WebSocketServer(OPTIONS);
  const writers = new WeakMap<WebSocket, SocketWriter>();
  const refusals = new WeakMap<Duplex, (status: number) => void>();
  // A handshake that is none; ws would answer it itself, but without the headers that every answer is to have.
  server.on('wsClientError', (_, socket) => refusals.get(socket)?.(400));
  const disposable = useServer<Record<string, unknown>, Connection>(
    {
      onConnect: (connection) => admit(access, connection),
      onDisconnect: ({ extra }) => extra.leave?.(),
      execute: (args) => enveloped(args).execute(args),
      subscribe: (args) => enveloped(args).subscribe(args),
      onSubscribe: (connection, id, payload) => {
        const writer = writers.get(connection.extra.socket);
        return prepare(graphql, connection, id, payload, writer && new SocketOutlet(writer, id));
      },
    },
    server,
  );
  const accept = (client: WebSocket, request: IncomingMessage) => {
    writers.set(client, new SocketWriter(client, request.socket, clock));
    server.emit('connection', client, request);
    // ws closes the connection by itself; graphql-ws would print a stack trace for whatever a client sends.
    client.removeAllListeners('error');
    client.on('error', ({ message }) => logger.debug({ error: message }, 'WebSocket failed'));
  };
  return {
    handleUpgrade: (request, socket, head, refuse) => {
      if (!access.isSameOrigin(request)) return refuse(403);
      refusals.set(socket, refuse);
      server.handleUpgrade(request, socket, head, accept);
    },
    get connections() {
      return server.clients.size;
    },
    close: async () => disposable.dispose(),
  };
}

/**
 * Finds out who has connected: by a token in `connection_init`, else as with any request. A wrong token is refused; without any
 * there is what is open to everyone. When what was shown ends or gives other rights, so does the connection.
 */
async function admit(
  access: Doors,
  { extra, connectionParams }: ConnectionContext<Record<string, unknown>, Connection>,
) {
  const { request, socket } = extra;
  const given = connectionParams?.authorization;
  const authorization = typeof given === 'string' ? given : request?.headers.authorization;
  const visitor = request && (await access.visitor(request, authorization));
  if (!visitor || (authorization !== undefined && visitor.access.role === null)) return false;
  const leave = visitor.onEnd(() => socket?.close(FORBIDDEN, 'Forbidden'));
  Object.assign(extra, { visitor, leave });
  return true;
}

type Connection = Partial<Extra & Admitted>;

/** The functions of Yoga's pipeline travel with each operation. */
interface Pipeline {
  readonly execute: (args: ExecutionArgs) => OperationResult;
  readonly subscribe: (args: ExecutionArgs) => OperationResult;
}

function enveloped(args: ExecutionArgs): Pipeline {
  return args.rootValue as Pipeline;
}

/** Parses and validates an operation as Yoga would; a bad one is answered, the connection stays. */
async function prepare(
  graphql: GraphqlServer,
  connection: ConnectionContext,
  id: string,
  payload: SubscribePayload,
  outlet: SocketOutlet | undefined,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  if (Object.keys(connection.subscriptions).length > LIMITS.maxSubscriptionsPerSocket) {
    return [new GraphQLError(`more than ${LIMITS.maxSubscriptionsPerSocket} subscriptions on one connection`)];
  }
  const isCurrent = reserve(connection, id);
  const refusal = variablesRefusal(payload);
  if (refusal) return [refusal];
  const { schema, execute, subscribe, contextFactory, parse, validate } = graphql.getEnveloped({
    params: payload,
    visitor: (connection.extra as Connection).visitor,
  });
  try {
    const document = parse(payload.query);
    const errors = validate(schema, document);
    if (errors.length > 0) return errors;
    const contextValue = await contextFactory();
    const { operationName, variables: variableValues } = payload;
    const pipeline = { execute: finishing(isCurrent, execute), subscribe: beginning(isCurrent, subscribe), outlet };
    return { schema, document, contextValue, operationName, variableValues, rootValue: pipeline };
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return [thrown];
    throw thrown;
  }
}

/**
 * Puts a mark of its own where graphql-ws keeps the operation of an id, until it runs. Once the client has completed it, another
 * one may have the same id, which graphql-ws would take for it: send it the answers, and end it with it. Therefore nothing that
 * a client has completed is ever heard of again.
 */
function reserve({ subscriptions }: ConnectionContext, id: string): () => boolean {
  const mark: AsyncIterable<never> = { [Symbol.asyncIterator]: () => new Pull<never>(() => {}) };
  subscriptions[id] = mark;
  return () => subscriptions[id] === mark;
}

/** What nobody waits for any more never comes; it takes no memory either. */
function never(): Promise<never> {
  return new Promise(() => {});
}

/** The events go another way, so that what is left to tell is a refusal. */
function beginning(isCurrent: () => boolean, subscribe: Pipeline['subscribe']): Pipeline['subscribe'] {
  return async (args) => {
    if (!isCurrent()) return never();
    const running = await subscribe(args);
    if (!(Symbol.asyncIterator in running)) return running;
    const iterator = running[Symbol.asyncIterator]();
    const end = async (): Promise<IteratorResult<never>> => {
      await iterator.return?.();
      return { done: true, value: undefined };
    };
    const silent: AsyncIterableIterator<never> = { next: never, return: end, [Symbol.asyncIterator]: () => silent };
    return silent;
  };
}

function finishing(isCurrent: () => boolean, execute: Pipeline['execute']): Pipeline['execute'] {
  return async (args) => {
    const result = await execute(args);
    return isCurrent() ? result : never();
  };
}
