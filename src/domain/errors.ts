/** Codes of refused requests; the contract with API clients. */
export type AppErrorCode = 'BAD_USER_INPUT' | 'NOT_FOUND' | 'CONFLICT' | 'FORBIDDEN' | 'UNREACHABLE';

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

  constructor(code: AppErrorCode, message: string, issues: readonly Issue[] = []) {
    super(message);
    this.code = code;
    this.issues = issues;
  }
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
