import { existsSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Duplex, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import sirv from 'sirv';
import type { AccessControl } from './access/access.ts';
import { AUTH_PATH } from './access/sign-in.ts';
import { maySee } from './domain/access.ts';
import type { Clock } from './domain/clock.ts';
import { messageOf } from './domain/errors.ts';
import type { Logger } from './domain/logger.ts';
import { createGraphiql, wantsPage } from './graphql/graphiql.ts';
import type { GraphqlHandler } from './graphql/planned-answers.ts';
import type { GraphqlWebSocket } from './graphql/websocket.ts';
import { GRAPHQL_PATH } from './graphql/yoga.ts';
import type { ExportHandlers } from './history/export-handler.ts';
import {
  type ConnectionLimits,
  createAdmission,
  HTTP_RULES,
  limitConnections,
  MAX_HEADER_BYTES,
  MAX_HEADERS,
  readWhatIsLeft,
} from './http/admission.ts';
import { knowing, ownPages, signedIn } from './http/guard.ts';
import { refuseSocket, setSecurityHeaders } from './http/headers.ts';
import { answerRefusal } from './http/refusals.ts';
import type { Unready } from './lifecycle/readiness.ts';
import { METRICS_CONTENT_TYPE, type Metrics } from './metrics/metrics.ts';
import type { OperationsHandlers } from './operations/handlers.ts';

/** What is served. */
export interface HttpParts {
  readonly graphql: GraphqlHandler;
  readonly webSocket: GraphqlWebSocket;
  readonly metrics: Metrics;
  readonly exports: ExportHandlers;
  readonly operations: OperationsHandlers;
  readonly legacyMetrics: boolean;
  /** Whether the playground is served. */
  readonly graphiql: boolean;
  readonly limits: ConnectionLimits;
  readonly access: AccessControl;
  /** Why the server is not ready, the most important reason first; empty if it is. */
  readonly notReadyBecause: () => Promise<readonly Unready[]>;
  /** The built web client. */
  readonly clientDir: string;
  readonly clock: Clock;
  readonly logger: Logger;
}

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** One port for everything: client, API, WebSocket, metrics, health. */
export function createHttp(parts: HttpParts): Server {
  const routes = routesOf(parts);
  const { handleAuth } = parts.access;
  const client = serveClient(parts.clientDir);
  const refusalOf = createAdmission(parts.clock, parts.access.hasOwnShare);
  const server = createServer({ ...HTTP_RULES, maxHeaderSize: MAX_HEADER_BYTES }, (request, response) => {
    const { address, isSecure } = parts.access.sender(request);
    setSecurityHeaders(response, isSecure);
    readWhatIsLeft(request, response);
    const refusal = refusalOf(request, address);
    if (refusal) return refuse(response, refusal.status, refusal.retryAfterS);
    const route = routes.get(pathOf(request)) ?? (pathOf(request).startsWith(`${AUTH_PATH}/`) ? handleAuth : null);
    // Only what is the same for everyone, and never changes under its name, may be kept.
    if (route) response.setHeader('Cache-Control', 'no-store');
    void run(route ?? client, request, response, parts.logger);
  });
  server.maxHeadersCount = MAX_HEADERS;
  limitConnections(server, parts.limits);
  server.on('checkExpectation', (request, response) => {
    setSecurityHeaders(response, parts.access.sender(request).isSecure);
    refuse(response, 417);
  });
  server.on('clientError', (error: NodeJS.ErrnoException, socket) => refuseSocket(socket, statusOf(error)));
  server.on('connect', (_, socket) => refuseSocket(socket, 405));
  server.on('upgrade', (request, socket, head) => {
    const refusal = refusalOf(request, parts.access.sender(request).address);
    if (refusal) refuseSocket(socket, refusal.status, retryAfter(refusal.retryAfterS));
    else upgrade(parts.webSocket, request, socket, head);
  });
  return server;
}

function upgrade(webSocket: GraphqlWebSocket, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  if (pathOf(request) !== GRAPHQL_PATH) refuseSocket(socket, 404);
  else webSocket.handleUpgrade(request, socket, head, (status) => refuseSocket(socket, status));
}

/** What a request is answered that cannot be read. */
function statusOf({ code }: NodeJS.ErrnoException): number {
  if (code === 'HPE_HEADER_OVERFLOW') return 431;
  return code === 'ERR_HTTP_REQUEST_TIMEOUT' ? 408 : 400;
}

function retryAfter(seconds: number | null): Record<string, string> {
  return seconds === null ? {} : { 'Retry-After': String(seconds) };
}

/** Whatever else the client is still sending is not read. */
function refuse(response: ServerResponse, status: number, retryAfterS: number | null = null): void {
  for (const [name, value] of Object.entries(retryAfter(retryAfterS))) response.setHeader(name, value);
  response.setHeader('Connection', 'close');
  sendText(response, status, STATUS_CODES[status] ?? '');
}

function routesOf({
  graphql,
  graphiql: hasPlayground,
  metrics,
  exports,
  operations,
  legacyMetrics,
  notReadyBecause,
  access,
}: HttpParts): Map<string, Handler> {
  const graphiql = createGraphiql();
  const query = ownPages(
    access,
    knowing(access, (request, response, visitor) => graphql(request, response, { visitor })),
  );
  return new Map<string, Handler>([
    ...operations,
    ...[...exports].map(([path, handle]) => [path, signedIn(access, handle)] as const),
    [
      GRAPHQL_PATH,
      (request, response) =>
        hasPlayground && wantsPage(request) ? graphiql(request, response) : query(request, response),
    ],
    ['/metrics', scraped(access, (isSeen) => metrics.scrape(isSeen))],
    [
      '/metrics/legacy',
      legacyMetrics
        ? scraped(access, async (isSeen) => metrics.scrapeLegacy(isSeen))
        : readOnly((response) => sendText(response, 404, 'Switched off; LEGACY_METRICS=on switches it on.')),
    ],
    ['/health/live', readOnly((response) => sendJson(response, 200, { status: 'live' }))],
    [
      '/health/ready',
      readOnly(async (response, request) => {
        const reasons = await notReadyBecause();
        const [first] = reasons;
        if (!first) return sendJson(response, 200, { status: 'ready' });
        const { role } = (await access.visitor(request)).access;
        const isTold = role !== null || access.mayScrape(request);
        sendJson(response, 503, { status: 'not ready', ...(isTold && { reason: first.reason, reasons }) });
      }),
    ],
  ]);
}

/** Metrics of the heat pumps that the sender may see, which for those who may scrape are all. */
function scraped(
  access: AccessControl,
  scrape: (isSeen: (heatpumpId: string) => boolean) => Promise<readonly Buffer[]>,
): Handler {
  const withToken = signedIn(access, async (_, response, visitor) => {
    await sendMetrics(response, await scrape((id) => maySee(visitor.access, id)));
  });
  return readOnly(async (response, request) => {
    if (!access.mayScrape(request)) return withToken(request, response);
    await sendMetrics(response, await scrape(() => true));
  });
}

/** A refusal is answered; a fault of one request is logged and answered, and never ends the server. */
async function run(handle: Handler, request: IncomingMessage, response: ServerResponse, logger: Logger): Promise<void> {
  try {
    await handle(request, response);
  } catch (thrown) {
    if (answerRefusal(response, thrown)) return;
    logger.error({ path: pathOf(request), error: messageOf(thrown) }, 'request failed');
    if (response.headersSent) response.destroy();
    else sendText(response, 500, 'Internal error');
  }
}

/** Files below have a hash of their content in their name, so there is never anything else under it. */
const HASHED = '/assets/';

/** The client's files; every other path is a page of the client itself. */
function serveClient(clientDir: string): Handler {
  if (!existsSync(clientDir)) {
    return (_, response) => sendText(response, 404, 'The web client is not built; run "npm run build".');
  }
  const setHeaders = (response: ServerResponse, path: string) =>
    response.setHeader('Cache-Control', path.startsWith(HASHED) ? 'public, max-age=31536000, immutable' : 'no-cache');
  const serve = sirv(clientDir, { single: true, brotli: true, gzip: true, etag: true, setHeaders });
  return (request, response) => {
    if (request.method !== 'GET' && request.method !== 'HEAD') return sendText(response, 405, 'Method not allowed');
    // A file can go between the start, when they are listed, and now; nobody else listens to the stream that finds out.
    response.once('pipe', (file: Readable) => file.once('error', () => response.destroy()));
    serve(request, response, () => sendText(response, 404, 'Not found'));
  };
}

function readOnly(answer: (response: ServerResponse, request: IncomingMessage) => void | Promise<void>): Handler {
  return (request, response) => {
    if (request.method === 'GET' || request.method === 'HEAD') return answer(response, request);
    return sendText(response, 405, 'Method not allowed');
  };
}

function pathOf({ url = '/' }: IncomingMessage): string {
  const end = url.indexOf('?');
  return end === -1 ? url : url.slice(0, end);
}

/** Piece by piece, as fast as they are taken; whoever has read enough may go. */
async function sendMetrics(response: ServerResponse, pieces: readonly Buffer[]): Promise<void> {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  response.writeHead(200, { 'Content-Type': METRICS_CONTENT_TYPE, 'Content-Length': length });
  try {
    await pipeline(pieces, response);
  } catch (thrown) {
    if (!response.destroyed) throw thrown;
  }
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'Content-Type': 'application/json; charset=utf-8' }).end(JSON.stringify(body));
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { 'Content-Type': 'text/plain; charset=utf-8' }).end(`${text}\n`);
}
