import type { CombinedError } from '@urql/core';
import { createEffect, Show } from 'solid-js';
import { errorCode, errorText } from '../../graphql/error-text.ts';
import type { AddHeatpumpInput } from '../../graphql/generated/types.ts';
import { Notice } from '../../ui/notice.tsx';
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
  const i18n = setupTexts.use();
  const { t } = i18n;
  const state = createSetupState(props);
  const error = () => props.error ?? state.test.error();
  // Issues are shown at their fields; anything else is told here.
  const summary = (refusal: CombinedError | undefined) =>
    !refusal || errorCode(refusal) === 'BAD_USER_INPUT' ? t('setup.refused') : errorText(i18n, refusal);
  let form: HTMLFormElement | undefined;
  // Whoever was refused goes on at the first field that is wrong.
  createEffect(() => {
    if (state.issues().length > 0)
      queueMicrotask(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  });
  return (
    <div class="setup">
      <form
        ref={form}
        class="setup-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          state.withInput(props.onSubmit);
        }}
      >
        <MachinePart state={state} manufacturers={props.manufacturers} />
        <ConnectionPart state={state} />
        <Show when={state.model()?.configFields.length}>
          <fieldset class="card setup-part">
            <legend>{t('setup.equipment')}</legend>
            <ConfigFields
              fields={state.model()?.configFields ?? []}
              config={state.draft().config}
              issueAt={(key) => state.issues().find(({ path }) => path.startsWith(`config.${key}`))?.message}
              onChange={(key, value) => state.change({ config: { ...state.draft().config, [key]: value } })}
            />
          </fieldset>
        </Show>
        <BehaviourPart state={state} />
        <div role="alert">
          <Show when={state.issues().length > 0 || error()}>
            <Notice kind="bad" title={summary(error())} />
          </Show>
        </div>
        <button type="submit" class="primary setup-submit" disabled={props.isSaving}>
          {props.isSaving ? t('setup.saving') : props.submitLabel}
        </button>
      </form>
      <Show when={state.model()}>{(model) => <SetupInstructions steps={model().setupInstructions} />}</Show>
    </div>
  );
}
