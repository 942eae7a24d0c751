import { For } from 'solid-js';
import { Field } from './field.tsx';

/** One of the choices of a field. */
export interface Choice<T extends string> {
  readonly value: T;
  readonly label: string;
}

/** A field for one of a few choices. */
export function SelectField<T extends string>(props: {
  label: string;
  name: string;
  value: T;
  choices: readonly Choice<T>[];
  onChange: (value: T) => void;
  help?: string | undefined;
  issue?: string | undefined;
  disabled?: boolean;
}) {
  return (
    <Field label={props.label} help={props.help} issue={props.issue}>
      {(control) => (
        <select
          {...control()}
          name={props.name}
          disabled={props.disabled}
          onChange={(event) => props.onChange(event.currentTarget.value as T)}
        >
          <For each={props.choices}>
            {({ value, label }) => (
              <option value={value} selected={value === props.value}>
                {label}
              </option>
            )}
          </For>
        </select>
      )}
    </Field>
  );
}
