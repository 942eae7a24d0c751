import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, type FormattedExecutionResult, GraphQLError, type GraphQLFormattedError } from 'graphql';
import { type Context, handleProtocols, makeServer, type OperationResult, type SubscribePayload } from 'graphql-ws';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { AccessControl } from '../access/access.ts';
import type { Visitor } from '../domain/access.ts';
import type { Clock } from '../domain/clock.ts';
import type { Logger } from '../domain/logger.ts';
import { variablesRefusal } from './admission.ts';
import { LIMITS } from './limits.ts';
import { Pull } from './pull.ts';
import { speak } from './socket-protocol.ts';
import { SocketOutlet, SocketWriter } from './socket-writer.ts';
import type { GraphqlServer } from './yoga.ts';

/** A client that does not answer the closing handshake, e.g. a sleeping laptop, must not hold up the end for longer. */
const CLOSE_TIMEOUT_MS = 2_000;

/** The published types of ws do not know `closeTimeout` yet. */
const OPTIONS: ServerOptions & { readonly closeTimeout: number } = {
  noServer: true,
  handleProtocols: (offered) => handleProtocols(offered),
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

/** A connection, and who is at its other end once that is known. */
interface Connection {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
  readonly writer: SocketWriter;
  visitor?: Visitor;
  /** Stops watching whether they still may. */
  leave?: () => void;
}

type Connected = Context<Record<string, unknown>, Connection>;

/** As WebSocket and graphql-transport-ws have them. */
const GOING_AWAY = 1001;
const FORBIDDEN = 4403;

/** The same schema, limits and masking as over HTTP. Only pages of this server may connect from a browser. */
export function createGraphqlWebSocket(
  graphql: GraphqlServer,
  access: Doors,
  logger: Logger,
  clock: Clock,
): GraphqlWebSocket {
  const server = new WebSocketServer(OPTIONS);
  const refusals = new WeakMap<Duplex, (status: number) => void>();
  // A handshake that is none; ws would answer it itself, but without the headers that every answer is to have.
  server.on('wsClientError', (_, socket) => refusals.get(socket)?.(400));
  const protocol = makeServer<Record<string, unknown>, Connection>({
    onConnect: (connection) => admit(access, connection),
    onClose: ({ extra }) => extra.leave?.(),
    execute: (args) => enveloped(args).execute(args),
    subscribe: (args) => enveloped(args).subscribe(args),
    onSubscribe: (connection, id, payload) => prepare(graphql, connection, id, payload),
    onError: (_connection, _id, _payload, errors) => errors.map(withoutStatus),
    onNext: (_connection, _id, _payload, _args, result) => {
      if (!result.errors) return undefined;
      return { ...(result as FormattedExecutionResult), errors: result.errors.map(withoutStatus) };
    },
  });
  const accept = (socket: WebSocket, request: IncomingMessage) => {
    const writer = new SocketWriter(socket, request.socket, clock);
    speak(protocol, socket, { socket, request, writer }, clock, logger);
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
    close: () => {
      for (const client of server.clients) client.close(GOING_AWAY, 'Going away');
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

/**
 * Finds out who has connected: by a token in `connection_init`, else as with any request. A wrong token is refused; without any
 * there is what is open to everyone. When what was shown ends or gives other rights, so does the connection.
 */
async function admit(access: Doors, { extra, connectionParams }: Connected): Promise<boolean> {
  const { request, socket } = extra;
  const given = connectionParams?.authorization;
  const authorization = typeof given === 'string' ? given : request.headers.authorization;
  const visitor = await access.visitor(request, authorization);
  if (authorization !== undefined && visitor.access.role === null) return false;
  // It may have gone meanwhile, and nobody would leave for it.
  if (socket.readyState !== socket.OPEN) return false;
  extra.visitor = visitor;
  extra.leave = visitor.onEnd(() => socket.close(FORBIDDEN, 'Forbidden'));
  return true;
}

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
  connection: Connected,
  id: string,
  payload: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  if (Object.keys(connection.subscriptions).length > LIMITS.maxSubscriptionsPerSocket) {
    return [new GraphQLError(`more than ${LIMITS.maxSubscriptionsPerSocket} subscriptions on one connection`)];
  }
  const isCurrent = reserve(connection, id);
  const refusal = variablesRefusal(payload);
  if (refusal) return [refusal];
  const { schema, execute, subscribe, contextFactory, parse, validate } = graphql.getEnveloped({
    params: payload,
    visitor: connection.extra.visitor,
  });
  try {
    const document = parse(payload.query);
    const errors = validate(schema, document);
    if (errors.length > 0) return errors;
    const contextValue = await contextFactory();
    const { operationName, variables: variableValues } = payload;
    const outlet = new SocketOutlet(connection.extra.writer, id);
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
function reserve({ subscriptions }: Connected, id: string): () => boolean {
  const mark: AsyncIterable<never> = { [Symbol.asyncIterator]: () => new Pull<never>(() => {}) };
  subscriptions[id] = mark;
  return () => subscriptions[id] === mark;
}

/** An error as it is told here, where the status that Yoga would answer it with over HTTP means nothing. */
function withoutStatus(error: GraphQLError): GraphQLFormattedError {
  const { extensions: { http: _, ...extensions } = {}, ...told } = error.toJSON();
  return Object.keys(extensions).length > 0 ? { ...told, extensions } : told;
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
