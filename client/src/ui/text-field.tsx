import { Show } from 'solid-js';
import { Field } from './field.tsx';

/** What a field is about, for browsers that fill it in. */
export type AutoFill = 'username' | 'current-password' | 'new-password' | 'name' | 'one-time-code';

/** A field for a line of text, or for a number with its unit. */
export function TextField(props: {
  label: string;
  name: string;
  value: string;
  onInput: (value: string) => void;
  help?: string | undefined;
  issue?: string | undefined;
  /** `password`: what is typed is not shown. */
  type?: 'text' | 'password' | 'email';
  /** What browsers and password managers may fill in; left out: nothing they know. */
  autocomplete?: AutoFill | undefined;
  isNumber?: boolean | undefined;
  unit?: string | null | undefined;
  /** What is assumed if nothing is entered. */
  placeholder?: string | undefined;
  /** Id of a datalist. */
  list?: string | undefined;
}) {
  return (
    <Field label={props.label} help={props.help} issue={props.issue}>
      {(control) => (
        <span class="text-field">
          <input
            {...control()}
            type={props.type ?? 'text'}
            name={props.name}
            inputMode={props.isNumber ? 'decimal' : 'text'}
            autocomplete={props.autocomplete ?? (props.type === 'password' ? 'new-password' : 'off')}
            autocapitalize="off"
            spellcheck={false}
            placeholder={props.placeholder ?? ''}
            list={props.list}
            value={props.value}
            onInput={(event) => props.onInput(event.currentTarget.value)}
          />
          <Show when={props.unit}>{(unit) => <span class="muted">{unit()}</span>}</Show>
        </span>
      )}
    </Field>
  );
}
