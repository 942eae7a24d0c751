import { createUniqueId, type JSX, Show } from 'solid-js';
import './field.css';

/** What a field's input must carry to be named and described by it. */
export interface FieldControl {
  readonly id: string;
  readonly 'aria-describedby': string;
  readonly 'aria-invalid': boolean;
}

/** A field of a form: its label, an input, what to know, and what is wrong with it. */
export function Field(props: {
  label: string;
  help?: string | undefined;
  issue?: string | undefined;
  children: (control: () => FieldControl) => JSX.Element;
}) {
  const id = createUniqueId();
  const control = (): FieldControl => ({
    id,
    'aria-describedby': `${id}-help ${id}-issue`,
    'aria-invalid': props.issue !== undefined,
  });
  return (
    <div class="field">
      <label for={id}>{props.label}</label>
      {props.children(control)}
      <p id={`${id}-issue`} class="field-issue" aria-live="polite">
        {props.issue}
      </p>
      <Show when={props.help}>
        <p id={`${id}-help`} class="muted small">
          {props.help}
        </p>
      </Show>
    </div>
  );
}
