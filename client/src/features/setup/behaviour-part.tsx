import { CheckField } from '../../ui/check-field.tsx';
import { FormPart } from '../../ui/form.tsx';
import type { SetupState } from './setup-state.ts';
import { SetupTextInput } from './setup-text-input.tsx';
import { setupTexts } from './texts.ts';

/** How often the heat pump is read, and whether it may be written to. */
export function BehaviourPart(props: { state: SetupState }) {
  const { t } = setupTexts.use();
  return (
    <FormPart legend={t('setup.behaviour')}>
      <SetupTextInput
        state={props.state}
        field="pollIntervalMs"
        path="pollIntervalMs"
        label={t('setup.interval')}
        help={t('setup.intervalHelp')}
        isNumber
      />
      <CheckField
        label={t('setup.readOnly')}
        help={t('setup.readOnlyHelp')}
        checked={props.state.draft().readOnly}
        onChange={(readOnly) => props.state.change({ readOnly })}
      />
    </FormPart>
  );
}
