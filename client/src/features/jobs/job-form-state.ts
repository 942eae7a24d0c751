import type { CombinedError } from '@urql/core';
import { type Accessor, createMemo, createSignal } from 'solid-js';
import { errorCode, errorText, type FieldIssue, fieldIssues } from '../../graphql/error-text.ts';
import type { CreateJobInput } from '../../graphql/generated/types.ts';
import { type DraftInput, inputOf, type JobDraft, type JobTarget, type TargetSensor } from './job-draft.ts';
import { jobsTexts } from './texts.ts';

/** What a form starts from. */
export interface JobFormOptions {
  readonly targets: readonly JobTarget[];
  readonly initial: JobDraft;
  /** Why the last saving was refused. */
  readonly error: CombinedError | undefined;
}

/** The state of the form, for its parts. */
export interface JobFormState {
  readonly draft: Accessor<JobDraft>;
  change(changes: Partial<JobDraft>): void;
  readonly target: Accessor<JobTarget | undefined>;
  readonly sensor: Accessor<TargetSensor | undefined>;
  /** What would be sent. */
  readonly input: Accessor<DraftInput>;
  readonly issues: Accessor<readonly FieldIssue[]>;
  /** What is wrong with a field, in the language in use. */
  issueAt(path: string): string | undefined;
  /** Why nothing was saved, as a whole. */
  readonly problem: Accessor<string | undefined>;
  /** Uses what was entered, unless something is missing. */
  withInput(use: (input: CreateJobInput) => void): void;
}

/** Makes the state of a form; the options are read as they are when needed. */
export function createJobFormState(options: JobFormOptions): JobFormState {
  const i18n = jobsTexts.use();
  const [draft, setDraft] = createSignal(options.initial);
  const [localIssues, setLocalIssues] = createSignal<readonly FieldIssue[]>([]);
  const target = () => options.targets.find(({ id }) => id === draft().heatpumpId);
  const sensor = () => target()?.sensors.find(({ key }) => key === draft().key);
  const input = createMemo(() => inputOf(draft(), sensor()));
  const issues = createMemo(() => [...localIssues(), ...(options.error ? fieldIssues(options.error) : [])]);
  // One time of several is told as all of them, for only together they make sense.
  const fieldOf = (path: string) => path.replace(/\.\d+$/, '');
  return {
    draft,
    change: (changes) => setDraft({ ...draft(), ...changes }),
    target,
    sensor,
    input,
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
      const current = input();
      setLocalIssues(current.ok ? [] : current.issues);
      if (current.ok) use(current.value);
    },
  };
}
