import type { CombinedError } from '@urql/core';
import { type Accessor, createSignal } from 'solid-js';
import { createFormIssues, type FormIssues } from '../../graphql/form-issues.ts';
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
export interface AlertFormState extends Omit<FormIssues, 'setLocal'> {
  readonly draft: Accessor<AlertDraft>;
  change(changes: Partial<AlertDraft>): void;
  /** What can be watched. */
  readonly choices: Accessor<readonly WatchedChoice[]>;
  /** What is watched; undefined: nothing yet. */
  readonly watched: Accessor<WatchedChoice | undefined>;
  /** Uses what was entered, unless a number is none. */
  withInput(use: (input: CreateAlertInput) => void): void;
}

/** Makes the state of a form; the options are read as they are when needed. */
export function createAlertFormState(options: AlertFormOptions): AlertFormState {
  const i18n = alertsTexts.use();
  const [draft, setDraft] = createSignal(options.initial);
  const { setLocal, ...issues } = createFormIssues(
    i18n,
    () => [options.error],
    () => i18n.t('form.refused'),
  );
  const choices = createWatchedChoices(() => options.targets, draft, i18n);
  return {
    ...issues,
    draft,
    change: (changes) => setDraft({ ...draft(), ...changes }),
    choices,
    watched: () => choices().find(({ id }) => id === draft().watched),
    withInput: (use) => {
      const input = inputOf(draft());
      setLocal(input.ok ? [] : input.issues);
      if (input.ok) use(input.value);
    },
  };
}
