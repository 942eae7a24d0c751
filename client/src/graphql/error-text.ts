import type { CombinedError } from '@urql/core';
import type { I18n } from '../lib/i18n/i18n.tsx';

/** What is wrong with one field of an input; the path begins below the argument, e.g. `connection.port`. */
export interface FieldIssue {
  readonly path: string;
  /** In English, from the server. */
  readonly message: string;
}

/** The code of a refused request; undefined if the request did not come to an answer. */
export function errorCode(error: CombinedError): string | undefined {
  const code = error.graphQLErrors[0]?.extensions.code;
  return typeof code === 'string' ? code : undefined;
}

/** What happened, in words for the user. */
export function errorText({ t, textOr }: Pick<I18n, 't' | 'textOr'>, error: CombinedError): string {
  if (error.graphQLErrors.length === 0) return t('error.network');
  return textOr(`error.${errorCode(error)}`, t('error.other'));
}

/** The issues of `BAD_USER_INPUT` and `CONFLICT`, by field. */
export function fieldIssues(error: CombinedError): readonly FieldIssue[] {
  const issues = error.graphQLErrors.flatMap(({ extensions }) => (extensions.issues as RawIssue[] | undefined) ?? []);
  return issues.map(({ path, message }) => ({ path: path.slice(1).join('.'), message }));
}

interface RawIssue {
  readonly path: readonly (string | number)[];
  readonly message: string;
}
