/** Codes of refused requests; the contract with API clients. */
export type AppErrorCode = 'BAD_USER_INPUT' | 'NOT_FOUND' | 'CONFLICT' | 'FORBIDDEN' | 'UNREACHABLE' | 'RATE_LIMITED';

/** What is wrong with one field of an input. */
export interface Issue {
  /** From the argument inwards, e.g. `['input', 'connection', 'port']`. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** A request that is refused, with nothing changed. Its message is safe to show. */
export class AppError extends Error {
  override readonly name = 'AppError';
  readonly code: AppErrorCode;
  readonly issues: readonly Issue[];
  /** With `RATE_LIMITED`: after how long it may be asked again. */
  readonly retryAfterMs: number | null;

  constructor(code: AppErrorCode, message: string, issues: readonly Issue[] = [], retryAfterMs: number | null = null) {
    super(message);
    this.code = code;
    this.issues = issues;
    this.retryAfterMs = retryAfterMs;
  }
}

/** `RATE_LIMITED`: `what`, as an English sentence without its full stop, and when it may be tried again. */
export function rateLimited(what: string, retryAfterMs: number): AppError {
  const seconds = Math.ceil(retryAfterMs / 1_000);
  return new AppError('RATE_LIMITED', `${what}; try again in ${seconds} s`, [], retryAfterMs);
}

/** `BAD_USER_INPUT` for one or several fields; the message repeats the first issue. */
export function badInput(...issues: [Issue, ...Issue[]]): AppError {
  const [first] = issues;
  return new AppError('BAD_USER_INPUT', `${first.path.join('.')}: ${first.message}`, issues);
}

/** The message of anything thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown);
}
