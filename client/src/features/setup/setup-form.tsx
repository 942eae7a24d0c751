import { Show } from 'solid-js';
import type { AddHeatpumpInput } from '../../graphql/generated/types.ts';
import { Form, FormPart } from '../../ui/form.tsx';
import { BehaviourPart } from './behaviour-part.tsx';
import { ConfigFields } from './config-fields.tsx';
import { ConnectionPart } from './connection-part.tsx';
import { MachinePart } from './machine-part.tsx';
import { SetupInstructions } from './setup-instructions.tsx';
import { createSetupState, type SetupOptions } from './setup-state.ts';
import './setup.css';
import { setupTexts } from './texts.ts';

/** Asks all about a heat pump, tests the connection, and hands over what was entered. */
export function SetupForm(
  props: SetupOptions & { submitLabel: string; isSaving: boolean; onSubmit: (input: AddHeatpumpInput) => void },
) {
  const { t } = setupTexts.use();
  const state = createSetupState(props);
  return (
    <div class="form-page">
      <Form
        issues={state.issues()}
        problem={state.problem()}
        submitLabel={props.isSaving ? t('setup.saving') : props.submitLabel}
        isSaving={props.isSaving}
        onSubmit={() => state.withInput(props.onSubmit)}
      >
        <MachinePart state={state} manufacturers={props.manufacturers} />
        <ConnectionPart state={state} />
        <Show when={state.model()?.configFields.length}>
          <FormPart legend={t('setup.equipment')}>
            <ConfigFields
              fields={state.model()?.configFields ?? []}
              config={state.draft().config}
              issueAt={(key) => state.issues().find(({ path }) => path.startsWith(`config.${key}`))?.message}
              onChange={(key, value) => state.change({ config: { ...state.draft().config, [key]: value } })}
            />
          </FormPart>
        </Show>
        <BehaviourPart state={state} />
      </Form>
      <Show when={state.model()}>{(model) => <SetupInstructions steps={model().setupInstructions} />}</Show>
    </div>
  );
}
