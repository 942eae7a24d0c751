import { FormPart } from '../../ui/form.tsx';
import { type Choice, SelectField } from '../../ui/select-field.tsx';
import type { SetupManufacturer } from './setup-draft.ts';
import type { SetupState } from './setup-state.ts';
import { SetupTextInput } from './setup-text-input.tsx';
import { setupTexts } from './texts.ts';

/** What the heat pump is called, and what it is. */
export function MachinePart(props: { state: SetupState; manufacturers: readonly SetupManufacturer[] }) {
  const { t } = setupTexts.use();
  const draft = () => props.state.draft();
  return (
    <FormPart legend={t('setup.machine')}>
      <SetupTextInput state={props.state} field="name" path="name" label={t('setup.name')} help={t('setup.nameHelp')} />
      <div class="form-columns">
        <SelectField
          label={t('setup.manufacturer')}
          name="manufacturer"
          value={draft().manufacturer}
          choices={choicesOf(props.manufacturers)}
          issue={props.state.issueAt('manufacturer')}
          onChange={props.state.chooseManufacturer}
        />
        <SelectField
          label={t('setup.model')}
          name="model"
          value={draft().model}
          choices={choicesOf(props.state.manufacturer()?.models ?? [])}
          issue={props.state.issueAt('model')}
          onChange={props.state.chooseModel}
        />
      </div>
    </FormPart>
  );
}

function choicesOf(named: readonly { readonly id: string; readonly name: string }[]): Choice<string>[] {
  return named.map(({ id, name }) => ({ value: id, label: name }));
}
