import { createEffect, type ParentProps, Show } from 'solid-js';
import type { FieldIssue } from '../graphql/error-text.ts';
import { Notice } from './notice.tsx';
import './form.css';

/** A form that tells its issues at the fields: whoever is refused goes on at the first field that is wrong. */
export function Form(
  props: ParentProps<{
    issues: readonly FieldIssue[];
    /** Why nothing was saved, as a whole; undefined: nothing is wrong. */
    problem: string | undefined;
    submitLabel: string;
    isSaving: boolean;
    onSubmit: () => void;
  }>,
) {
  let form: HTMLFormElement | undefined;
  createEffect(() => {
    if (props.issues.length > 0)
      queueMicrotask(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  });
  return (
    <form
      ref={form}
      class="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        props.onSubmit();
      }}
    >
      {props.children}
      <div role="alert">
        <Show when={props.problem}>{(title) => <Notice kind="bad" title={title()} />}</Show>
      </div>
      <button type="submit" class="primary form-submit" disabled={props.isSaving}>
        {props.submitLabel}
      </button>
    </form>
  );
}

/** Fields of a form that belong together. */
export function FormPart(props: ParentProps<{ legend: string }>) {
  return (
    <fieldset class="card form-part">
      <legend>{props.legend}</legend>
      {props.children}
    </fieldset>
  );
}
