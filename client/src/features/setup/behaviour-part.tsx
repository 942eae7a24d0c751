import type { SetupState } from './setup-state.ts';
import { SetupTextInput } from './setup-text-input.tsx';
import { setupTexts } from './texts.ts';

/** How often the heat pump is read, and whether it may be written to. */
export function BehaviourPart(props: { state: SetupState }) {
  const { t } = setupTexts.use();
  return (
    <fieldset class="card setup-part">
      <legend>{t('setup.behaviour')}</legend>
      <SetupTextInput
        state={props.state}
        field="pollIntervalMs"
        path="pollIntervalMs"
        label={t('setup.interval')}
        help={t('setup.intervalHelp')}
        isNumber
      />
      <div class="field">
        <label class="check">
          <input
            type="checkbox"
            checked={props.state.draft().readOnly}
            onChange={(event) => props.state.change({ readOnly: event.currentTarget.checked })}
          />
          {t('setup.readOnly')}
        </label>
        <p class="muted small">{t('setup.readOnlyHelp')}</p>
      </div>
    </fieldset>
  );
}
