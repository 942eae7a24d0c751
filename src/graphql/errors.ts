import { GraphQLError, type GraphQLErrorOptions } from 'graphql';
import { AppError, type Issue } from '../domain/errors.ts';

/**
 * What a client is told of an error. A refused request keeps its code and issues, an error of the request itself its
 * message; everything else is masked, so that nothing leaks.
 */
export function maskError(error: unknown, message: string): Error {
  const original = rootCause(error);
  if (original instanceof AppError) return refusal(original, error);
  if (original instanceof GraphQLError) return requestError(error as GraphQLError);
  return new GraphQLError(message, { ...locationOf(error), extensions: { code: 'INTERNAL_SERVER_ERROR' } });
}

/** True for errors that a client can cause; they are its affair, and no news to whoever runs the server. */
export function isExpectedError(error: unknown): boolean {
  const original = rootCause(error);
  return original instanceof AppError || original instanceof GraphQLError;
}

function rootCause(error: unknown): unknown {
  return error instanceof GraphQLError && error.originalError ? rootCause(error.originalError) : error;
}

function refusal({ message, code, issues, retryAfterMs }: AppError, error: unknown): GraphQLError {
  const extensions = { code, issues, ...(retryAfterMs === null ? {} : { retryAfterMs }) };
  return new GraphQLError(message, { ...locationOf(error), extensions });
}

function locationOf(error: unknown): GraphQLErrorOptions {
  return error instanceof GraphQLError ? { nodes: error.nodes ?? null, path: error.path ?? null } : {};
}

const MAX_MESSAGE_LENGTH = 1_000;

/** Yoga's codes for bodies that are no request at all. */
const BODY_ERRORS: readonly unknown[] = ['BAD_REQUEST', 'REQUEST_ENTITY_TOO_LARGE'];

/** Errors of the request itself: a bad body, a value of the wrong type, or a document that does not fit the schema. */
function requestError(error: GraphQLError): GraphQLError {
  const { code, http } = error.extensions;
  if (BODY_ERRORS.includes(code)) return badRequest(error, { path: ['body'], message: error.message }, http);
  const issue = inputIssue(error.message);
  return issue && !code ? badRequest(error, issue, http) : error;
}

/**
 * Leaves out Yoga's own details, which echo what was received. Of its HTTP hints only the status is kept, so that a body
 * that is no request is told as such under both content types.
 */
function badRequest(error: GraphQLError, issue: Issue, http: unknown): GraphQLError {
  const status = (http as { status?: number } | undefined)?.status;
  const issues = [{ ...issue, message: shortened(issue.message) }];
  const extensions = { code: 'BAD_USER_INPUT', issues, ...(status ? { http: { status } } : {}) };
  return new GraphQLError(shortened(error.message), { ...locationOf(error), extensions });
}

/** graphql-js repeats whole values; whoever sends a long one knows it already. */
function shortened(message: string): string {
  return message.length > MAX_MESSAGE_LENGTH ? `${message.slice(0, MAX_MESSAGE_LENGTH)}…` : message;
}

/**
 * graphql-js tells a value of the wrong type apart only by its words, where it was found among them, e.g.
 * `Variable "$input" got invalid value "x" at "input.connection.port"; Int cannot represent …`.
 */
function inputIssue(message: string): Issue | null {
  const nested = /^Variable "\$\w+" got invalid value .* at "([^"]+)"; (.+)$/s.exec(message);
  if (nested?.[1] && nested[2]) return { path: nested[1].split('.'), message: nested[2] };
  const whole = /^Variable "\$(\w+)" (?:got invalid value .*?; )?(.+)$/s.exec(message);
  return whole?.[1] && whole[2] ? { path: [whole[1]], message: whole[2] } : null;
}
