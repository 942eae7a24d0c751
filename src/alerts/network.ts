import { lookup } from 'node:dns';
import { BlockList, isIP, type LookupFunction } from 'node:net';
import type { DeliveryError, DeliveryErrorCode } from '../domain/channel.ts';

/** Addresses no message goes to: link-local ones, behind which clouds keep secrets, "this network", and multicast. */
const FORBIDDEN = forbidden();
/** The code of an address that no message may be sent to. */
export const NOT_ALLOWED = 'ENOTALLOWED';

/** True if messages may be sent to this IP address. */
export function isAllowedAddress(address: string): boolean {
  return !FORBIDDEN.check(address, isIP(address) === 6 ? 'ipv6' : 'ipv4');
}

/** Resolves a host name as Node does, to those of its addresses that messages may be sent to. */
export const guardedLookup: LookupFunction = (host, options, callback) => {
  lookup(host, { ...options, all: true }, (error, addresses) => {
    const allowed = error ? [] : addresses.filter(({ address }) => isAllowedAddress(address));
    const [first] = allowed;
    if (error) callback(error, []);
    else if (!first) callback(notAllowed(), []);
    else if (options.all) callback(null, allowed);
    else callback(null, first.address, first.family);
  });
};

/** The error of an address that no message may be sent to. */
export function notAllowed(): Error {
  return Object.assign(new Error('no message may be sent to this address'), { code: NOT_ALLOWED });
}

/** The error of a try that was not done by its deadline. */
export const TIMED_OUT: DeliveryError = { code: 'TIMEOUT', message: 'not done in time' };

/** The code of anything thrown; empty if it has none. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : '';
}

/** What went wrong between here and the service, without a word of what the service said; `code` as Node gives it. */
export function connectionError(code: string): DeliveryError {
  const known = CODES[code] ?? (TLS_CODES.test(code) ? 'TLS_FAILED' : 'UNREACHABLE');
  return { code: known, message: code ? `${MESSAGES[known]} (${code})` : MESSAGES[known] };
}

const TLS_CODES = /^(ERR_TLS|ERR_SSL|CERT|UNABLE_TO|SELF_SIGNED|DEPTH_ZERO)/;

/** Codes of Node and of the mail library. */
const CODES: Readonly<Record<string, keyof typeof MESSAGES>> = {
  [NOT_ALLOWED]: 'NOT_ALLOWED',
  ENOTFOUND: 'DNS_FAILED',
  EAI_AGAIN: 'DNS_FAILED',
  EDNS: 'DNS_FAILED',
  ABORT_ERR: 'TIMEOUT',
  ETIMEDOUT: 'TIMEOUT',
  EPROTO: 'TLS_FAILED',
  ETLS: 'TLS_FAILED',
  ERR_INVALID_URL: 'NOT_ALLOWED',
};

const MESSAGES = {
  NOT_ALLOWED: 'no message may be sent to this address',
  DNS_FAILED: 'the host name could not be resolved',
  TIMEOUT: TIMED_OUT.message,
  TLS_FAILED: 'no secure connection: check the certificate and the port',
  UNREACHABLE: 'the connection could not be made, or broke',
} as const satisfies Partial<Record<DeliveryErrorCode, string>>;

function forbidden(): BlockList {
  const list = new BlockList();
  list.addSubnet('0.0.0.0', 8, 'ipv4');
  list.addSubnet('169.254.0.0', 16, 'ipv4');
  list.addSubnet('224.0.0.0', 3, 'ipv4');
  list.addAddress('::', 'ipv6');
  list.addSubnet('fe80::', 10, 'ipv6');
  list.addSubnet('ff00::', 8, 'ipv6');
  return list;
}
