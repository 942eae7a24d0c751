import type { CombinedError } from '@urql/core';
import { type Accessor, createMemo, createSignal } from 'solid-js';
import { errorCode, errorText, type FieldIssue, fieldIssues } from '../../graphql/error-text.ts';
import type { AlertTargetsQuery, CreateAlertInput } from '../../graphql/generated/types.ts';
import { type AlertDraft, inputOf } from './alert-draft.ts';
import { alertsTexts } from './texts.ts';
import { createWatchedChoices, type WatchedChoice } from './watched-values.ts';

/** What a form starts from. */
export interface AlertFormOptions {
  readonly targets: AlertTargetsQuery;
  readonly initial: AlertDraft;
  /** Why the last saving was refused. */
  readonly error: CombinedError | undefined;
}

/** The state of the form, for its parts. */
export interface AlertFormState {
  readonly draft: Accessor<AlertDraft>;
  change(changes: Partial<AlertDraft>): void;
  /** What can be watched. */
  readonly choices: Accessor<readonly WatchedChoice[]>;
  /** What is watched; undefined: nothing yet. */
  readonly watched: Accessor<WatchedChoice | undefined>;
  readonly issues: Accessor<readonly FieldIssue[]>;
  /** What is wrong with a field, in the language in use. */
  issueAt(path: string): string | undefined;
  /** Why nothing was saved, as a whole. */
  readonly problem: Accessor<string | undefined>;
  /** Uses what was entered, unless a number is none. */
  withInput(use: (input: CreateAlertInput) => void): void;
}

/** Makes the state of a form; the options are read as they are when needed. */
export function createAlertFormState(options: AlertFormOptions): AlertFormState {
  const i18n = alertsTexts.use();
  const [draft, setDraft] = createSignal(options.initial);
  const [localIssues, setLocalIssues] = createSignal<readonly FieldIssue[]>([]);
  const choices = createWatchedChoices(() => options.targets, draft, i18n);
  const issues = createMemo(() => [...localIssues(), ...(options.error ? fieldIssues(options.error) : [])]);
  // One item of a list is told at the list.
  const fieldOf = (path: string) => path.replace(/\.\d+$/, '');
  return {
    draft,
    change: (changes) => setDraft({ ...draft(), ...changes }),
    choices,
    watched: () => choices().find(({ id }) => id === draft().watched),
    issues,
    issueAt: (path) => {
      const issue = issues().find((candidate) => fieldOf(candidate.path) === path);
      return issue && i18n.textOr(`issue.${path}`, issue.message);
    },
    problem: () => {
      const { error } = options;
      if (error && errorCode(error) !== 'BAD_USER_INPUT') return errorText(i18n, error);
      return issues().length > 0 || error ? i18n.t('form.refused') : undefined;
    },
    withInput: (use) => {
      const input = inputOf(draft());
      setLocalIssues(input.ok ? [] : input.issues);
      if (input.ok) use(input.value);
    },
  };
}
