import type { CombinedError } from '@urql/core';
import { type Accessor, createMemo, createSignal } from 'solid-js';
import { createFormIssues, type FormIssues } from '../../graphql/form-issues.ts';
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
export interface JobFormState extends Omit<FormIssues, 'setLocal'> {
  readonly draft: Accessor<JobDraft>;
  change(changes: Partial<JobDraft>): void;
  readonly target: Accessor<JobTarget | undefined>;
  readonly sensor: Accessor<TargetSensor | undefined>;
  /** What would be sent. */
  readonly input: Accessor<DraftInput>;
  /** Uses what was entered, unless something is missing. */
  withInput(use: (input: CreateJobInput) => void): void;
}

/** Makes the state of a form; the options are read as they are when needed. */
export function createJobFormState(options: JobFormOptions): JobFormState {
  const i18n = jobsTexts.use();
  const [draft, setDraft] = createSignal(options.initial);
  const { setLocal, ...issues } = createFormIssues(
    i18n,
    () => [options.error],
    () => i18n.t('form.refused'),
  );
  const target = () => options.targets.find(({ id }) => id === draft().heatpumpId);
  const sensor = () => target()?.sensors.find(({ key }) => key === draft().key);
  const input = createMemo(() => inputOf(draft(), sensor()));
  return {
    ...issues,
    draft,
    change: (changes) => setDraft({ ...draft(), ...changes }),
    target,
    sensor,
    input,
    withInput: (use) => {
      const current = input();
      setLocal(current.ok ? [] : current.issues);
      if (current.ok) use(current.value);
    },
  };
}
