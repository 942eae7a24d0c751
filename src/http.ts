import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { Readable } from 'node:stream';
import sirv from 'sirv';
import { messageOf } from './domain/errors.ts';
import type { Logger } from './domain/logger.ts';
import { createGraphiql, wantsPage } from './graphql/graphiql.ts';
import type { GraphqlWebSocket } from './graphql/websocket.ts';
import { GRAPHQL_PATH, type GraphqlServer } from './graphql/yoga.ts';
import type { ExportHandlers } from './history/export-handler.ts';
import { METRICS_CONTENT_TYPE, type Metrics } from './metrics/metrics.ts';

/** What is served. */
export interface HttpParts {
  readonly graphql: GraphqlServer;
  readonly webSocket: GraphqlWebSocket;
  readonly metrics: Metrics;
  readonly exports: ExportHandlers;
  readonly legacyMetrics: boolean;
  /** Why the server is not ready; null if it is. */
  readonly notReadyBecause: () => Promise<string | null>;
  /** The built web client. */
  readonly clientDir: string;
  readonly logger: Logger;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Connections the server accepts at once. */
const MAX_CONNECTIONS = 2_000;

const SECURITY_HEADERS = {
  'X-Content-Type-Options': 'nosniff',
  'Referrer-Policy': 'no-referrer',
  'Content-Security-Policy':
    "default-src 'self'; img-src 'self' data:; object-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
};

/** One port for everything: client, API, WebSocket, metrics, health. */
export function createHttp(parts: HttpParts): Server {
  const routes = routesOf(parts);
  const client = serveClient(parts.clientDir);
  const server = createServer((request, response) => {
    for (const [name, value] of Object.entries(SECURITY_HEADERS)) response.setHeader(name, value);
    const handle = routes.get(pathOf(request)) ?? client;
    void run(handle, request, response, parts.logger);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('upgrade', (request, socket, head) => {
    if (pathOf(request) === GRAPHQL_PATH) parts.webSocket.handleUpgrade(request, socket, head);
    else socket.destroy();
  });
  return server;
}

function routesOf({ graphql, metrics, exports, legacyMetrics, notReadyBecause }: HttpParts): Map<string, Handler> {
  const graphiql = createGraphiql();
  return new Map<string, Handler>([
    ...exports,
    [
      GRAPHQL_PATH,
      (request, response) => (wantsPage(request) ? graphiql(request, response) : graphql(request, response)),
    ],
    ['/metrics', readOnly(async (response) => sendMetrics(response, await metrics.scrape()))],
    [
      '/metrics/legacy',
      readOnly((response) => {
        if (legacyMetrics) sendMetrics(response, metrics.scrapeLegacy());
        else sendText(response, 404, 'Switched off; LEGACY_METRICS=on switches it on.');
      }),
    ],
    ['/health/live', readOnly((response) => sendJson(response, 200, { status: 'live' }))],
    [
      '/health/ready',
      readOnly(async (response) => {
        const reason = await notReadyBecause();
        if (reason === null) sendJson(response, 200, { status: 'ready' });
        else sendJson(response, 503, { status: 'not ready', reason });
      }),
    ],
  ]);
}

/** A fault of one request is logged and answered; it never ends the server. */
async function run(handle: Handler, request: IncomingMessage, response: ServerResponse, logger: Logger): Promise<void> {
  try {
    await handle(request, response);
  } catch (thrown) {
    logger.error({ path: pathOf(request), error: messageOf(thrown) }, 'request failed');
    if (response.headersSent) response.destroy();
    else sendText(response, 500, 'Internal error');
  }
}

/** The client's files; every other path is a page of the client itself. */
function serveClient(clientDir: string): Handler {
  if (!existsSync(clientDir)) {
    return (_, response) => sendText(response, 404, 'The web client is not built; run "npm run build".');
  }
  const serve = sirv(clientDir, { single: true, gzip: true, etag: true });
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, 'Method not allowed');
    // A file can go between the start, when they are listed, and now; nobody else listens to the stream that finds out.
    response.once('pipe', (file: Readable) => file.once('error', () => response.destroy()));
    serve(request, response, () => sendText(response, 404, 'Not found'));
  };
}

function readOnly(answer: (response: ServerResponse) => void | Promise<void>): Handler {
  return (request, response) => {
    if (request.method === 'GET' || request.method === 'HEAD') return answer(response);
    return sendText(response, 405, 'Method not allowed');
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

function sendMetrics(response: ServerResponse, text: string): void {
  response.writeHead(200, { 'Content-Type': METRICS_CONTENT_TYPE }).end(text);
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
