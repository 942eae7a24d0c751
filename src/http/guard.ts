import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AccessControl } from '../access/access.ts';
import type { Visitor } from '../domain/access.ts';
import { Refusal } from '../domain/refusal.ts';

/** Answers somebody who is known. */
export type VisitorHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  visitor: Visitor,
) => void | Promise<void>;

type Handler = (request: IncomingMessage, response: ServerResponse) => Promise<void>;

/** Tells a handler who asks, and cuts the answer off as soon as they may not have it any more. */
export function knowing(access: AccessControl, handle: VisitorHandler): Handler {
  return async (request, response) => {
    const visitor = await access.visitor(request);
    response.once(
      'close',
      visitor.onEnd(() => response.destroy()),
    );
    return handle(request, response, visitor);
  };
}

/** Lets only those in who have signed in. */
export function signedIn(access: AccessControl, handle: VisitorHandler): Handler {
  return knowing(access, (request, response, visitor) => {
    if (visitor.access.role === null) throw new Refusal(401, 'UNAUTHENTICATED', 'sign in, or send a token');
    return handle(request, response, visitor);
  });
}

/** Refuses what a page from elsewhere makes a browser send. */
export function ownPages(access: AccessControl, handle: Handler): Handler {
  return async (request, response) => {
    const isHarmless = request.method === 'GET' || request.method === 'HEAD';
    if (isHarmless || access.isSameOrigin(request)) return handle(request, response);
    throw new Refusal(403, 'FORBIDDEN', 'the page comes from elsewhere');
  };
}
