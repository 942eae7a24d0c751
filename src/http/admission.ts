import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import type { Clock } from '../domain/clock.ts';
import { Throttle, type ThrottleRules } from '../domain/throttle.ts';
import { refuseSocket } from './headers.ts';

/** What one address, and all together, may take of the server. */
export interface ConnectionLimits {
  /** Connections at once: each takes some 20 kB. */
  readonly maxConnections: number;
  /** Of one address, so that it cannot take them all; browsers make up to seven. */
  readonly maxConnectionsPerAddress: number;
}

/** Requests: opening the client makes some thirty, and a page a few a minute. */
const REQUEST_RATE: ThrottleRules = {
  perCaller: { burst: 3_000, refillMs: 20 },
  inAll: { burst: 20_000, refillMs: 2 },
};

/** How long a client may take, in milliseconds: whoever sends a byte now and then must not hold a connection for ever. */
export const HTTP_RULES = {
  /** Until the headers are there. */
  headersTimeout: 10_000,
  /** Until the body is there; a backup that is uploaded over a slow line takes longest. */
  requestTimeout: 300_000,
  /** Until the next request. */
  keepAliveTimeout: 15_000,
  connectionsCheckingInterval: 2_000,
  /** Node would refuse those without a host itself, but without the headers that every answer is to have. */
  requireHostHeader: false,
} as const;

/** The longest address of a page or a query, in characters; some proxies take no more either. */
export const MAX_URL_LENGTH = 8_192;
/** Headers of a request, in bytes and in number. */
export const MAX_HEADER_BYTES = 16_384;
export const MAX_HEADERS = 100;

/** Null, or with which status a request is refused and in how many seconds it may come again. */
export type Refusal = { readonly status: number; readonly retryAfterS: number | null } | null;

/** Counts the connections of each address and refuses those beyond the limits. */
export function limitConnections(server: Server, { maxConnections, maxConnectionsPerAddress }: ConnectionLimits): void {
  const counts = new Map<string, number>();
  server.maxConnections = maxConnections;
  server.on('connection', (socket: Socket) => {
    const address = socket.remoteAddress ?? '';
    const count = (counts.get(address) ?? 0) + 1;
    counts.set(address, count);
    socket.once('close', () => {
      const left = (counts.get(address) ?? 1) - 1;
      if (left > 0) counts.set(address, left);
      else counts.delete(address);
    });
    if (count > maxConnectionsPerAddress) refuseSocket(socket, 503, { 'Retry-After': '10' });
  });
}

/**
 * Judges each request by its first lines, and by how many came before it from the same address: of programs with a token, what
 * they ask of the API is counted instead.
 */
export function createAdmission(
  clock: Clock,
  hasOwnShare: (request: IncomingMessage) => boolean,
): (request: IncomingMessage, address: string) => Refusal {
  const throttle = new Throttle(REQUEST_RATE);
  return (request, address) => {
    const status = statusOfHead(request);
    if (status !== null) return { status, retryAfterS: null };
    if (hasOwnShare(request)) return null;
    const waitMs = throttle.take(address, clock.monotonicMs());
    return waitMs === null ? null : { status: 429, retryAfterS: Math.ceil(waitMs / 1_000) };
  };
}

/** What may still come after an answer, in bytes. */
const MAX_LEFT_BYTES = 4 * 1024 * 1024;

/** Reads on for a while after an answer: whoever is still sending would else be cut off, and never see it. */
export function readWhatIsLeft(request: IncomingMessage, response: ServerResponse): void {
  response.once('finish', () => {
    if (request.complete || request.destroyed) return;
    let leftBytes = MAX_LEFT_BYTES;
    request.on('data', (chunk: Buffer) => {
      leftBytes -= chunk.length;
      if (leftBytes < 0) request.destroy();
    });
  });
}

/** With which status a request is refused for what stands before its body; null: with none. */
function statusOfHead({ url = '', rawHeaders }: IncomingMessage): number | null {
  if (url.length > MAX_URL_LENGTH) return 414;
  // Node would leave out the others without a word.
  if (rawHeaders.length >= 2 * MAX_HEADERS) return 431;
  const hosts = rawHeaders.filter((text, index) => index % 2 === 0 && text.toLowerCase() === 'host');
  return hosts.length === 1 ? null : 400;
}
