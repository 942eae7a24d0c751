import type { ExecutionResult } from 'graphql';

/** One answer for all that listen alike, put into words once, however many are told. */
export class SharedEvent implements ExecutionResult {
  readonly errors?: NonNullable<ExecutionResult['errors']>;
  readonly data?: NonNullable<ExecutionResult['data']> | null;
  readonly #result: ExecutionResult;
  #text: string | null = null;
  #bytes: Buffer | null = null;

  constructor(result: ExecutionResult) {
    if (result.errors) this.errors = result.errors;
    if (result.data !== undefined) this.data = result.data;
    this.#result = result;
  }

  /** The answer as JSON, just as graphql-js would have it; this is how Yoga asks for it. */
  readonly stringify = (): string => {
    this.#text ??= JSON.stringify(this.#result);
    return this.#text;
  };

  /** The same in UTF-8. Shared: not to be written to. */
  get bytes(): Buffer {
    this.#bytes ??= Buffer.from(this.stringify());
    return this.#bytes;
  }
}
