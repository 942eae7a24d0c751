import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { type ExecutionArgs, GraphQLError } from 'graphql';
import type { Context as ConnectionContext, SubscribePayload } from 'graphql-ws';
import { useServer } from 'graphql-ws/use/ws';
import { type ServerOptions, type WebSocket, WebSocketServer } from 'ws';
import type { Logger } from '../domain/logger.ts';
import type { GraphqlServer } from './yoga.ts';

const MAX_MESSAGE_BYTES = 64 * 1024;
const MAX_SOCKETS = 1_000;
const MAX_SUBSCRIPTIONS_PER_SOCKET = 100;
/** A client that does not answer the closing handshake, e.g. a sleeping laptop, must not hold up the end for longer. */
const CLOSE_TIMEOUT_MS = 2_000;

/** The published types of ws do not know `closeTimeout` yet. */
const OPTIONS: ServerOptions & { readonly closeTimeout: number } = {
  noServer: true,
  maxPayload: MAX_MESSAGE_BYTES,
  closeTimeout: CLOSE_TIMEOUT_MS,
};

/** GraphQL over WebSocket (`graphql-transport-ws`), beside the HTTP server. */
export interface GraphqlWebSocket {
  /** Takes over an upgrade request for the API. */
  handleUpgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Open connections. */
  readonly connections: number;
  /** Closes all connections, telling why. */
  close(): Promise<void>;
}

/** The same schema, limits and masking as over HTTP. Only pages of this server may connect from a browser. */
export function createGraphqlWebSocket(graphql: GraphqlServer, logger: Logger): GraphqlWebSocket {
  const server = new WebSocketServer(OPTIONS);
  const disposable = useServer(
    {
      execute: (args) => enveloped(args).execute(args),
      subscribe: (args) => enveloped(args).subscribe(args),
      onSubscribe: (connection, _id, payload) => prepare(graphql, connection, payload),
    },
    server,
  );
  const accept = (client: WebSocket, request: IncomingMessage) => {
    server.emit('connection', client, request);
    // ws closes the connection by itself; graphql-ws would print a stack trace for whatever a client sends.
    client.removeAllListeners('error');
    client.on('error', ({ message }) => logger.debug({ error: message }, 'WebSocket failed'));
  };
  return {
    handleUpgrade: (request, socket, head) => {
      if (!isSameOrigin(request)) return refuse(socket, '403 Forbidden');
      if (server.clients.size >= MAX_SOCKETS) return refuse(socket, '503 Service Unavailable');
      server.handleUpgrade(request, socket, head, accept);
    },
    get connections() {
      return server.clients.size;
    },
    close: async () => disposable.dispose(),
  };
}

/** The functions of Yoga's pipeline travel with each operation. */
interface Pipeline {
  readonly execute: (args: ExecutionArgs) => ReturnType<NonNullable<Parameters<typeof useServer>[0]['execute']>>;
  readonly subscribe: (args: ExecutionArgs) => ReturnType<NonNullable<Parameters<typeof useServer>[0]['subscribe']>>;
}

function enveloped(args: ExecutionArgs): Pipeline {
  return args.rootValue as Pipeline;
}

/** Parses and validates an operation as Yoga would; a bad one is answered, the connection stays. */
async function prepare(
  graphql: GraphqlServer,
  connection: ConnectionContext,
  payload: SubscribePayload,
): Promise<ExecutionArgs | readonly GraphQLError[]> {
  if (Object.keys(connection.subscriptions).length > MAX_SUBSCRIPTIONS_PER_SOCKET) {
    return [new GraphQLError(`more than ${MAX_SUBSCRIPTIONS_PER_SOCKET} subscriptions on one connection`)];
  }
  const { schema, execute, subscribe, contextFactory, parse, validate } = graphql.getEnveloped({ params: payload });
  try {
    const document = parse(payload.query);
    const errors = validate(schema, document);
    if (errors.length > 0) return errors;
    const contextValue = await contextFactory();
    const { operationName, variables: variableValues } = payload;
    return { schema, document, contextValue, operationName, variableValues, rootValue: { execute, subscribe } };
  } catch (thrown) {
    if (thrown instanceof GraphQLError) return [thrown];
    throw thrown;
  }
}

/** Browsers tell where a page comes from; WebSockets are not bound to it by the browser itself. */
function isSameOrigin({ headers }: IncomingMessage): boolean {
  if (headers.origin === undefined) return true;
  return URL.canParse(headers.origin) && new URL(headers.origin).host === headers.host;
}

function refuse(socket: Duplex, status: string): void {
  socket.end(`HTTP/1.1 ${status}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}
