import { lookup } from 'node:dns/promises';
import { BlockList, isIP } from 'node:net';
import { networkInterfaces } from 'node:os';
import type { Clock } from '../domain/clock.ts';
import type { DeviceError } from '../domain/device-error.ts';
import { messageOf } from '../domain/errors.ts';
import { err, ok, type Result } from '../domain/result.ts';

/** Tells whether a port of an IP address may be connected to. */
export type AddressFilter = (ip: string, port: number) => boolean;

/** Finds the addresses of a host; rejects if there are none. */
export type Lookup = (host: string) => Promise<readonly { readonly address: string }[]>;

/** How hosts are found, and which may be connected to. */
export interface Network {
  readonly isAllowed: AddressFilter;
  readonly lookup: Lookup;
}

/** Asks the operating system, and so its `hosts` file and DNS. */
export const systemLookup: Lookup = (host) => lookup(host, { all: true });

/** Addresses at which no single device can be: "this network", multicast, what is reserved, and broadcast. */
const NEVER = ['0.0.0.0/8', '224.0.0.0/4', '240.0.0.0/4', '::/128', 'ff00::/8'];

/**
 * Addresses behind which no heat pump is expected, but secrets are: link-local ones, and those where clouds answer questions
 * about their machines (AWS, Google, Alibaba, Oracle, Azure). A network that merely contains them does not allow them.
 */
const ONLY_IF_NAMED = [
  '169.254.0.0/16',
  'fe80::/10',
  'fd00:ec2::254/128',
  'fd20:ce::254/128',
  '100.100.100.200/32',
  '192.0.0.192/32',
  '168.63.129.16/32',
  // What carries any address of IPv4 inside, to which gateways would take a connection: NAT64, Teredo, 6to4.
  '64:ff9b::/96',
  '64:ff9b:1::/48',
  '2001::/32',
  '2002::/16',
];

/**
 * Lets through the addresses within any of the CIDRs, e.g. `192.168.0.0/16`; of some, see above, only those that a CIDR
 * names one by one, e.g. `169.254.3.4/32`, and some never. Throws if a CIDR is malformed.
 */
export function allowCidrs(cidrs: readonly string[]): (ip: string) => boolean {
  const allowed = listOf(cidrs);
  const named = listOf(cidrs.filter((cidr) => /^(.*:.*\/128|[^:]*\/32)$/.test(cidr)));
  const never = listOf(NEVER);
  const onlyIfNamed = listOf(ONLY_IF_NAMED);
  return remembered((ip) => {
    const family = familyOf(ip);
    if (!family || never.check(ip, family)) return false;
    return (onlyIfNamed.check(ip, family) ? named : allowed).check(ip, family);
  });
}

/** Addresses of which the answer is remembered: working it out takes as long as a small request as a whole. */
const MAX_REMEMBERED = 1_000;

function remembered(test: (ip: string) => boolean): typeof test {
  const answers = new Map<string, boolean>();
  return (ip) => {
    const known = answers.get(ip);
    if (known !== undefined) return known;
    const answer = test(ip);
    if (answers.size >= MAX_REMEMBERED) answers.clear();
    answers.set(ip, answer);
    return answer;
  };
}

/** Lets through what `isAllowed` does, but for one port of this computer: the server's own, or null before it has one. */
export function exceptOwn(isAllowed: AddressFilter, ownPort: () => number | null): AddressFilter {
  return (ip, port) => isAllowed(ip, port) && !(port === ownPort() && isOwnAddress(ip));
}

function isOwnAddress(ip: string): boolean {
  const own = listOf(['127.0.0.0/8', '::1/128']);
  for (const { address, family } of Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? [])) {
    own.addAddress(address, family === 'IPv6' ? 'ipv6' : 'ipv4');
  }
  return own.check(ip, familyOf(ip) ?? 'ipv4');
}

/** Null for what is no address, and for one with a zone: it means an interface, and no list knows those. */
function familyOf(ip: string): 'ipv4' | 'ipv6' | null {
  return ip.includes('%') ? null : (({ 4: 'ipv4', 6: 'ipv6' } as const)[isIP(ip) as 4 | 6] ?? null);
}

/** Addresses of one host that are tried: a name may have one of each family, where only one of them is served. */
const MAX_ADDRESSES = 3;

/**
 * The IP addresses to try in turn for a port of a host, at least one, within `deadlineMs`. The name is resolved once,
 * and the addresses that were checked are those returned, so that a name cannot change its meaning in between.
 */
export function resolveHost(
  host: string,
  port: number,
  network: Network,
  deadlineMs: number,
  clock: Clock,
): Promise<Result<readonly string[], DeviceError>> {
  return new Promise((resolve) => {
    const timer = clock.setTimeout(
      () => resolve(err({ code: 'DNS_FAILED', message: `${host} was not resolved within ${deadlineMs} ms` })),
      deadlineMs,
    );
    void lookUp(host, port, network).then((result) => {
      clock.clearTimeout(timer);
      resolve(result);
    });
  });
}

async function lookUp(
  host: string,
  port: number,
  { isAllowed, lookup }: Network,
): Promise<Result<readonly string[], DeviceError>> {
  try {
    const addresses = (await lookup(host)).map(({ address }) => address);
    const allowed = addresses.filter((address) => isAllowed(address, port)).slice(0, MAX_ADDRESSES);
    if (allowed.length > 0) return ok(allowed);
    return err({ code: 'NOT_ALLOWED', message: `${host} lies outside the networks that may be connected to` });
  } catch (thrown) {
    return err({ code: 'DNS_FAILED', message: `cannot resolve ${host}: ${messageOf(thrown)}` });
  }
}

function listOf(cidrs: readonly string[]): BlockList {
  const list = new BlockList();
  for (const cidr of cidrs) {
    const [network = '', prefix = ''] = cidr.split('/');
    const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
    list.addSubnet(network, bits, isIP(network) === 6 ? 'ipv6' : 'ipv4');
  }
  return list;
}
