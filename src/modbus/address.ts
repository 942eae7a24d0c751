import { lookup } from 'node:dns/promises';
import { BlockList, isIPv6 } from 'node:net';
import type { Clock } from '../domain/clock.ts';
import type { DeviceError } from '../domain/device-error.ts';
import { messageOf } from '../domain/errors.ts';
import { err, ok, type Result } from '../domain/result.ts';

/** Tells whether an IP address may be connected to. */
export type AddressFilter = (ip: string) => boolean;

/** Finds the addresses of a host; rejects if there are none. */
export type Lookup = (host: string) => Promise<readonly { readonly address: string }[]>;

/** How hosts are found, and which may be connected to. */
export interface Network {
  readonly isAllowed: AddressFilter;
  readonly lookup: Lookup;
}

/** Asks the operating system, and so its `hosts` file and DNS. */
export const systemLookup: Lookup = (host) => lookup(host, { all: true });

/** Lets through the addresses within any of the CIDRs, e.g. `192.168.0.0/16`. Throws if one is malformed. */
export function allowCidrs(cidrs: readonly string[]): AddressFilter {
  const list = new BlockList();
  for (const cidr of cidrs) addCidr(list, cidr);
  return (ip) => list.check(ip, isIPv6(ip) ? 'ipv6' : 'ipv4');
}

/** Addresses of one host that are tried: a name may have one of each family, where only one of them is served. */
const MAX_ADDRESSES = 3;

/**
 * The IP addresses to try in turn for a host name or address, at least one, within `deadlineMs`. The name is resolved once,
 * and the addresses that were checked are those returned, so that a name cannot change its meaning in between.
 */
export function resolveHost(
  host: string,
  network: Network,
  deadlineMs: number,
  clock: Clock,
): Promise<Result<readonly string[], DeviceError>> {
  return new Promise((resolve) => {
    const timer = clock.setTimeout(
      () => resolve(err({ code: 'DNS_FAILED', message: `${host} was not resolved within ${deadlineMs} ms` })),
      deadlineMs,
    );
    void lookUp(host, network).then((result) => {
      clock.clearTimeout(timer);
      resolve(result);
    });
  });
}

async function lookUp(host: string, { isAllowed, lookup }: Network): Promise<Result<readonly string[], DeviceError>> {
  try {
    const addresses = (await lookup(host)).map(({ address }) => address);
    const allowed = addresses.filter(isAllowed).slice(0, MAX_ADDRESSES);
    if (allowed.length > 0) return ok(allowed);
    return err({ code: 'NOT_ALLOWED', message: `${host} lies outside the networks that may be connected to` });
  } catch (thrown) {
    return err({ code: 'DNS_FAILED', message: `cannot resolve ${host}: ${messageOf(thrown)}` });
  }
}

function addCidr(list: BlockList, cidr: string): void {
  const [network = '', prefix = ''] = cidr.split('/');
  const bits = /^\d{1,3}$/.test(prefix) ? Number(prefix) : Number.NaN;
  list.addSubnet(network, bits, isIPv6(network) ? 'ipv6' : 'ipv4');
}
