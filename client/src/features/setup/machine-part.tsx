import { For } from 'solid-js';
import { Field } from '../../ui/field.tsx';
import type { SetupManufacturer } from './setup-draft.ts';
import type { SetupState } from './setup-state.ts';
import { SetupTextInput } from './setup-text-input.tsx';
import { setupTexts } from './texts.ts';

/** What the heat pump is called, and what it is. */
export function MachinePart(props: { state: SetupState; manufacturers: readonly SetupManufacturer[] }) {
  const { t } = setupTexts.use();
  const draft = () => props.state.draft();
  return (
    <fieldset class="card setup-part">
      <legend>{t('setup.machine')}</legend>
      <SetupTextInput state={props.state} field="name" path="name" label={t('setup.name')} help={t('setup.nameHelp')} />
      <div class="setup-columns wide">
        <Field label={t('setup.manufacturer')} issue={props.state.issueAt('manufacturer')}>
          {(control) => (
            <select {...control()} onChange={(event) => props.state.chooseManufacturer(event.currentTarget.value)}>
              <For each={props.manufacturers}>
                {({ id, name }) => (
                  <option value={id} selected={id === draft().manufacturer}>
                    {name}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
        <Field label={t('setup.model')} issue={props.state.issueAt('model')}>
          {(control) => (
            <select {...control()} onChange={(event) => props.state.chooseModel(event.currentTarget.value)}>
              <For each={props.state.manufacturer()?.models}>
                {({ id, name }) => (
                  <option value={id} selected={id === draft().model}>
                    {name}
                  </option>
                )}
              </For>
            </select>
          )}
        </Field>
      </div>
    </fieldset>
  );
}
