import type { CreateJobInput } from '../../graphql/generated/types.ts';
import { Form } from '../../ui/form.tsx';
import { createJobFormState, type JobFormOptions } from './job-form-state.ts';
import { JobPreview } from './job-preview.tsx';
import { jobsTexts } from './texts.ts';
import { WhatPart } from './what-part.tsx';
import { WhenPart } from './when-part.tsx';

/** Asks all about a job, shows what it would do, and hands over what was entered. */
export function JobForm(
  props: JobFormOptions & {
    /** Undefined: a new one. */
    id?: string;
    isSaving: boolean;
    onSubmit: (input: CreateJobInput) => void;
  },
) {
  const { t } = jobsTexts.use();
  const state = createJobFormState(props);
  return (
    <div class="form-page">
      <Form
        issues={state.issues()}
        problem={state.problem()}
        submitLabel={t(props.isSaving ? 'form.saving' : 'form.save')}
        isSaving={props.isSaving}
        onSubmit={() => state.withInput(props.onSubmit)}
      >
        <WhatPart state={state} targets={props.targets} isNew={props.id === undefined} />
        <WhenPart state={state} />
      </Form>
      <JobPreview state={state} id={props.id} />
    </div>
  );
}
