import type { CombinedError } from '@urql/core';
import { type Accessor, createMemo, createSignal } from 'solid-js';
import type { I18n } from '../lib/i18n/i18n.tsx';
import { errorCode, errorText, type FieldIssue, fieldIssues } from './error-text.ts';

/** What is wrong with the input of a form. */
export interface FormIssues {
  readonly issues: Accessor<readonly FieldIssue[]>;
  /** What is wrong with a field, in the language in use; `key`: of its text, if that is not the path. */
  issueAt(path: string, key?: string): string | undefined;
  /** Why nothing was saved, as a whole; undefined: nothing is wrong. */
  readonly problem: Accessor<string | undefined>;
  /** Takes what was found before anything was sent. */
  setLocal(issues: readonly FieldIssue[]): void;
}

/** Issues found here, and those of the last refusals; their texts stand below `issue` in the texts of the feature. */
export function createFormIssues(
  i18n: Pick<I18n, 't' | 'textOr'>,
  refusals: Accessor<readonly (CombinedError | undefined)[]>,
  refusedText: Accessor<string>,
): FormIssues {
  const [local, setLocal] = createSignal<readonly FieldIssue[]>([]);
  const errors = () => refusals().flatMap((error) => error ?? []);
  const issues = createMemo(() => [...local(), ...errors().flatMap(fieldIssues)]);
  return {
    issues,
    setLocal,
    issueAt: (path, key = path) => {
      const issue = issues().find((candidate) => fieldOf(candidate.path) === path);
      return issue && i18n.textOr(`issue.${key}`, issue.message);
    },
    problem: () => {
      const unexpected = errors().find((error) => errorCode(error) !== 'BAD_USER_INPUT');
      if (unexpected) return errorText(i18n, unexpected);
      return issues().length > 0 || errors().length > 0 ? refusedText() : undefined;
    },
  };
}

/** One item of a list is told at the list. */
function fieldOf(path: string): string {
  return path.replace(/\.\d+$/, '');
}
