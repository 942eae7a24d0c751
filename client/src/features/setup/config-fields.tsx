import { For, Show } from 'solid-js';
import type { ConfigField, SetupDraft } from './setup-draft.ts';

/** What only this model asks: one of several options by radio buttons, any of them by check boxes. */
export function ConfigFields(props: {
  fields: readonly ConfigField[];
  config: SetupDraft['config'];
  issueAt: (key: string) => string | undefined;
  onChange: (key: string, value: unknown) => void;
}) {
  return (
    <For each={props.fields}>
      {(field) => (
        <fieldset class="config-field" aria-describedby={`config-${field.key}-help`}>
          <legend>{field.label}</legend>
          <p id={`config-${field.key}-help`} class="muted small">
            {field.help}
          </p>
          <div class="config-options">
            <For each={field.options}>
              {({ value, label }) => (
                <label class="check">
                  <input
                    type={field.type === 'CHOICE' ? 'radio' : 'checkbox'}
                    name={field.key}
                    checked={isChosen(field, props.config[field.key], value)}
                    onChange={(event) =>
                      props.onChange(
                        field.key,
                        changed(field, props.config[field.key], value, event.currentTarget.checked),
                      )
                    }
                  />
                  {label}
                </label>
              )}
            </For>
          </div>
          <Show when={props.issueAt(field.key)}>{(text) => <p class="field-issue">{text()}</p>}</Show>
        </fieldset>
      )}
    </For>
  );
}

function isChosen({ type }: ConfigField, current: unknown, option: unknown): boolean {
  return type === 'CHOICE' ? current === option : listOf(current).includes(option);
}

/** The answer after an option was chosen or not; several stay in the order they are offered. */
function changed({ type, options }: ConfigField, current: unknown, option: unknown, isOn: boolean): unknown {
  if (type === 'CHOICE') return option;
  const chosen = listOf(current);
  return options.map(({ value }) => value).filter((value) => (value === option ? isOn : chosen.includes(value)));
}

function listOf(value: unknown): readonly unknown[] {
  return Array.isArray(value) ? value : [];
}
