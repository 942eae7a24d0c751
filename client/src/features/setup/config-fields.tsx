import { For, Show } from 'solid-js';
import type { ConfigField, SetupDraft } from './setup-draft.ts';
import { setupTexts } from './texts.ts';

/** The answer that leaves a question to the device itself. */
const AUTO = 'auto';

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
          <Show when={field.allowsAuto}>
            <AutoChoice
              isAuto={props.config[field.key] === AUTO}
              onChange={(isAuto) => props.onChange(field.key, isAuto ? AUTO : [])}
            />
          </Show>
          <Show when={props.config[field.key] !== AUTO}>
            <Options
              field={field}
              answer={props.config[field.key]}
              onChange={(answer) => props.onChange(field.key, answer)}
            />
          </Show>
          <Show when={props.issueAt(field.key)}>{(text) => <p class="field-issue">{text()}</p>}</Show>
        </fieldset>
      )}
    </For>
  );
}

/** Whether the device says it by itself. */
function AutoChoice(props: { isAuto: boolean; onChange: (isAuto: boolean) => void }) {
  const { t } = setupTexts.use();
  return (
    <label class="check">
      <input type="checkbox" checked={props.isAuto} onChange={(event) => props.onChange(event.currentTarget.checked)} />
      {t('setup.auto')}
    </label>
  );
}

function Options(props: { field: ConfigField; answer: unknown; onChange: (answer: unknown) => void }) {
  return (
    <div class="config-options">
      <For each={props.field.options}>
        {({ value, label }) => (
          <label class="check">
            <input
              type={props.field.type === 'CHOICE' ? 'radio' : 'checkbox'}
              name={props.field.key}
              checked={isChosen(props.field, props.answer, value)}
              onChange={(event) =>
                props.onChange(changed(props.field, props.answer, value, event.currentTarget.checked))
              }
            />
            {label}
          </label>
        )}
      </For>
    </div>
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
