import type { CreateAlertInput } from '../../graphql/generated/types.ts';
import { Form } from '../../ui/form.tsx';
import { type AlertFormOptions, createAlertFormState } from './alert-form-state.ts';
import { RulePart } from './rule-part.tsx';
import { TellingPart } from './telling-part.tsx';
import { alertsTexts } from './texts.ts';

/** Asks all about an alert, and hands over what was entered. */
export function AlertForm(
  props: AlertFormOptions & { isNew: boolean; isSaving: boolean; onSubmit: (input: CreateAlertInput) => void },
) {
  const { t } = alertsTexts.use();
  const state = createAlertFormState(props);
  return (
    <div class="form-page">
      <Form
        issues={state.issues()}
        problem={state.problem()}
        submitLabel={t(props.isSaving ? 'form.saving' : 'form.save')}
        isSaving={props.isSaving}
        onSubmit={() => state.withInput(props.onSubmit)}
      >
        <RulePart state={state} heatpumps={props.targets.heatpumps} isNew={props.isNew} />
        <TellingPart state={state} targets={props.targets} />
      </Form>
    </div>
  );
}
