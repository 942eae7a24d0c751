import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import { isIP } from 'node:net';
import type { DeliveryError } from '../domain/channel.ts';
import { err, ok, type Result } from '../domain/result.ts';
import { codeOf, connectionError, guardedLookup, isAllowedAddress, NOT_ALLOWED } from './network.ts';

/** One HTTP request; its body is JSON text. */
export interface PostRequest {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

/**
 * Posts, and waits for the status of the answer. Redirects are not followed, and the body of the answer is not read: whoever
 * set the address must not learn what is behind it.
 */
export function post({ url, headers, body }: PostRequest, signal: AbortSignal): Promise<Result<null, DeliveryError>> {
  const target = new URL(url);
  const host = target.hostname.replace(/^\[|\]$/g, '');
  if (isIP(host) > 0 && !isAllowedAddress(host)) return Promise.resolve(err(connectionError(NOT_ALLOWED)));
  const send = target.protocol === 'https:' ? httpsRequest : httpRequest;
  const options = {
    method: 'POST',
    headers: { ...headers, 'content-type': 'application/json', 'user-agent': 'Thermograph' },
    agent: false,
    lookup: guardedLookup,
    signal,
  } as const;
  return new Promise((resolve) => {
    const request = send(target, options, (response) => {
      resolve(resultOf(response.statusCode ?? 0));
      response.destroy();
    });
    request.on('error', (error) => resolve(err(connectionError(codeOf(error)))));
    request.end(body);
  });
}

const LATER: readonly number[] = [408, 425, 429];

function resultOf(status: number): Result<null, DeliveryError> {
  if (status >= 200 && status < 300) return ok(null);
  if (status === 401 || status === 403) return err({ code: 'UNAUTHORIZED', message: `the service answered ${status}` });
  if (status >= 500 || LATER.includes(status))
    return err({ code: 'UNAVAILABLE', message: `the service answered ${status}` });
  const hint = status < 400 ? '; redirects are not followed' : '';
  return err({ code: 'REJECTED', message: `the service answered ${status}${hint}` });
}
