import type { IncomingMessage } from 'node:http';

/** Tells whether an IP address lies in certain networks. */
export type AddressTest = (ip: string) => boolean;

/** Where a request really comes from, and how, as far as proxies that are trusted say. */
export interface Sender {
  /** IP address of the client. */
  readonly address: string;
  /** Whether the client speaks TLS. */
  readonly isSecure: boolean;
  /** Host and port the client has asked for. */
  readonly host: string | undefined;
}

/** What a proxy says is believed only if the request comes from one that `isTrusted`, and no further than that reaches. */
export function senderOf({ headers, socket }: IncomingMessage, isTrusted: AddressTest): Sender {
  const peer = plainAddress(socket.remoteAddress ?? '');
  if (!isTrusted(peer)) return { address: peer, isSecure: false, host: headers.host };
  const hops = listOf(headers['x-forwarded-for']).map(plainAddress);
  const address = hops.findLast((hop) => !isTrusted(hop)) ?? hops[0] ?? peer;
  const isSecure = listOf(headers['x-forwarded-proto']).at(-1) === 'https';
  return { address, isSecure, host: listOf(headers['x-forwarded-host']).at(-1) ?? headers.host };
}

/** True unless a browser says that the page it shows comes from elsewhere. */
export function isSameOrigin(request: IncomingMessage, isTrusted: AddressTest): boolean {
  const { origin } = request.headers;
  if (origin === undefined) return true;
  return URL.canParse(origin) && new URL(origin).host === senderOf(request, isTrusted).host;
}

/** Whether a request comes from certain networks. Behind a proxy that is not trusted it may come from anywhere. */
export function isFrom(request: IncomingMessage, isTrusted: AddressTest, isWithin: AddressTest): boolean {
  const peer = plainAddress(request.socket.remoteAddress ?? '');
  const isForwarded = FORWARDED.some((name) => request.headers[name] !== undefined);
  return isForwarded && !isTrusted(peer) ? false : isWithin(senderOf(request, isTrusted).address);
}

/** What proxies add. */
const FORWARDED = ['x-forwarded-for', 'forwarded', 'x-real-ip', 'via'];

function listOf(header: string | string[] | undefined): string[] {
  return [header ?? []]
    .flat()
    .join(',')
    .split(',')
    .map((text) => text.trim())
    .filter((text) => text !== '');
}

/** An IPv4 address that comes over an IPv6 socket is one all the same. */
function plainAddress(ip: string): string {
  return ip.replace(/^::ffff:(?=\d+\.)/i, '');
}
