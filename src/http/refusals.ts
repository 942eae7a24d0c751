import type { ServerResponse } from 'node:http';
import { AppError, type AppErrorCode } from '../domain/errors.ts';
import { Refusal } from '../domain/refusal.ts';

/** The statuses of what is refused wherever it is asked for. */
const STATUS: Readonly<Record<AppErrorCode, number>> = {
  BAD_USER_INPUT: 400,
  FORBIDDEN: 403,
  NOT_FOUND: 404,
  CONFLICT: 409,
  RATE_LIMITED: 429,
  UNREACHABLE: 503,
};

/**
 * Answers a request that was refused by throwing a {@link Refusal} or an {@link AppError}, in the one shape of errors that
 * GraphQL has as well: `{"errors": [{"message", "extensions": {"code", "issues"}}]}`. False: it was neither, or the answer has
 * begun.
 */
export function answerRefusal(response: ServerResponse, thrown: unknown): boolean {
  const refusal = refusalOf(thrown);
  if (!refusal || response.headersSent) return false;
  const { status, code, message, issues, retryAfterMs } = refusal;
  response.writeHead(status, {
    'Content-Type': 'application/json; charset=utf-8',
    ...(status === 401 && { 'WWW-Authenticate': 'Bearer' }),
    ...(retryAfterMs !== null && { 'Retry-After': Math.ceil(retryAfterMs / 1_000) }),
  });
  response.end(`${JSON.stringify({ errors: [{ message, extensions: { code, issues } }] })}\n`);
  return true;
}

function refusalOf(thrown: unknown) {
  if (thrown instanceof Refusal) {
    const { status, code, message } = thrown;
    return { status, code, message, issues: [], retryAfterMs: null };
  }
  if (!(thrown instanceof AppError)) return null;
  const { code, message, issues, retryAfterMs } = thrown;
  return { status: STATUS[code], code, message, issues, retryAfterMs };
}
