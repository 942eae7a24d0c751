import type { IncomingMessage, ServerResponse } from 'node:http';
import { Readable } from 'node:stream';
import type { GraphQLSchema } from 'graphql';
import type { GraphQLParams, Plugin } from 'graphql-yoga';
import { NOBODY, type Visitor } from '../domain/access.ts';
import { type Admission, variablesRefusal } from './admission.ts';
import type { Context } from './context.ts';
import { LIMITS } from './limits.ts';
import type { PlanBook } from './plan-book.ts';

/** Answers a request for the API. */
export type GraphqlHandler = (
  request: IncomingMessage,
  response: ServerResponse,
  asking: { readonly visitor?: Visitor },
) => void | Promise<void>;

/** The content type of an answer for what clients say they accept; whatever else they say is for Yoga to judge. */
const ANSWERS: Readonly<Record<string, string>> = {
  '': 'application/json',
  '*/*': 'application/json',
  'application/json': 'application/json',
  'application/graphql-response+json': 'application/graphql-response+json',
  'application/graphql-response+json, application/json': 'application/graphql-response+json',
  'application/graphql-response+json, application/graphql+json, application/json, text/event-stream, multipart/mixed':
    'application/graphql-response+json',
};

/** An operation as it is posted. */
interface Params {
  readonly query: string;
  readonly operationName?: string | null;
  readonly variables?: Readonly<Record<string, unknown>> | null;
}

/** Tells the book which documents are answered well in the plain way, and to whom. */
export function notePlans(plans: PlanBook): Plugin<Context & { readonly params: GraphQLParams }> {
  return {
    onExecute: ({ args, context }) => ({
      onExecuteDone({ result }) {
        const { query } = context.params;
        if (query && 'data' in result && !result.errors) plans.note(query, args, context.access.role);
      },
    }),
  };
}

/** What plans need to answer. */
export interface PlannedAnswersDeps {
  readonly plans: PlanBook;
  readonly schema: GraphQLSchema;
  readonly admission: Admission;
  /** What an operation is done with. */
  readonly contextOf: (visitor: Visitor) => Context;
  /** Where the API is served. */
  readonly path: string;
  /** Answers whatever has no plan. */
  readonly plain: GraphqlHandler;
}

/**
 * Answers posted queries by their plans, and leaves to `plain` whatever has none, or is in any way unusual. A plan is only
 * used for those of a role that has been answered in the plain way: what is checked there once need not be checked again.
 */
export function plannedFirst(deps: PlannedAnswersDeps): GraphqlHandler {
  return async (request, response, asking) => {
    const contentType = ANSWERS[request.headers.accept ?? ''];
    if (contentType === undefined || !isPlainPost(request, deps.path)) return deps.plain(request, response, asking);
    const body = await bodyOf(request);
    if (!body) return;
    const pieces = answer(deps, paramsOf(body), asking.visitor ?? NOBODY);
    if (!pieces) return deps.plain(Object.assign(request, { body: Readable.from([body]) }), response, asking);
    send(response, `${contentType}; charset=utf-8`, pieces);
  };
}

/** Sends pieces as one answer, without putting them together first. */
function send(response: ServerResponse, contentType: string, pieces: readonly Buffer[]): void {
  const length = pieces.reduce((sum, piece) => sum + piece.length, 0);
  response.writeHead(200, { 'Content-Type': contentType, 'Content-Length': length });
  response.cork();
  for (const piece of pieces) response.write(piece);
  response.end();
}

/** Null: only the plain way can tell. */
function answer(deps: PlannedAnswersDeps, params: Params | null, visitor: Visitor): Buffer[] | null {
  if (!params) return null;
  const planned = deps.plans.find(params.query, params.operationName);
  if (!planned?.roles.has(visitor.access.role) || variablesRefusal(params)) return null;
  const { operationName = null, variables = null } = params;
  const operation = { schema: deps.schema, document: planned.document, contextValue: { visitor }, operationName };
  if (deps.admission.refusalOf({ ...operation, variableValues: variables })) return null;
  return planned.plan.answer(() => deps.contextOf(visitor), variables);
}

/** Null: whoever sent it has gone before its end. */
function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  request.on('data', (chunk: Buffer) => void chunks.push(chunk));
  return new Promise((resolve) => {
    request.once('end', () => resolve(Buffer.concat(chunks)));
    request.once('close', () => resolve(null));
  });
}

/** A JSON body of a known and bearable size, as every client sends it. */
function isPlainPost({ method, url, headers }: IncomingMessage, path: string): boolean {
  return (
    method === 'POST' &&
    url === path &&
    /^application\/json(; ?charset=utf-8)?$/i.test(headers['content-type'] ?? '') &&
    headers['content-encoding'] === undefined &&
    Number(headers['content-length']) <= LIMITS.maxBodyBytes
  );
}

/** The operation in a body; null if there is anything else than that. */
function paramsOf(body: Buffer): Params | null {
  try {
    const given: unknown = JSON.parse(body.toString());
    return isParams(given) ? given : null;
  } catch {
    // What is wrong with it is told by the plain way.
    return null;
  }
}

function isParams(given: unknown): given is Params {
  if (typeof given !== 'object' || given === null) return false;
  const { query, operationName = null, variables = null, ...rest } = given as Record<string, unknown>;
  const isName = operationName === null || typeof operationName === 'string';
  const areVariables = typeof variables === 'object' && !Array.isArray(variables);
  return typeof query === 'string' && isName && areVariables && Object.keys(rest).length === 0;
}
