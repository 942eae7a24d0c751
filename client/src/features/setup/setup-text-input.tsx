import { Field } from '../../ui/field.tsx';
import type { SetupState } from './setup-state.ts';

/** A text or a number of the draft, with what is wrong with it. */
export function SetupTextInput(props: {
  state: SetupState;
  field: 'name' | 'host' | 'port' | 'unitId' | 'timeoutMs' | 'pollIntervalMs';
  /** Where the API reports what is wrong with it. */
  path: string;
  label: string;
  help?: string;
  isNumber?: boolean;
  /** What is assumed if nothing is entered. */
  assumed?: number | undefined;
}) {
  return (
    <Field label={props.label} help={props.help} issue={props.state.issueAt(props.path)}>
      {(control) => (
        <input
          {...control()}
          type="text"
          name={props.field}
          inputMode={props.isNumber ? 'numeric' : 'text'}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder={props.assumed === undefined ? '' : String(props.assumed)}
          value={props.state.draft()[props.field]}
          onInput={(event) => props.state.change({ [props.field]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
}
