import { Show } from 'solid-js';
import { FormPart } from '../../ui/form.tsx';
import { ConnectionTestResult } from './connection-test-result.tsx';
import type { SetupState } from './setup-state.ts';
import { SetupTextInput } from './setup-text-input.tsx';
import { setupTexts } from './texts.ts';

/** Where the heat pump is reached, and whether it is. */
export function ConnectionPart(props: { state: SetupState }) {
  const { t } = setupTexts.use();
  const test = () => props.state.test;
  return (
    <FormPart legend={t('setup.connection')}>
      <SetupTextInput
        state={props.state}
        field="host"
        path="connection.host"
        label={t('setup.host')}
        help={t('setup.hostHelp')}
      />
      <div class="setup-columns">
        <SetupTextInput
          state={props.state}
          field="port"
          path="connection.port"
          label={t('setup.port')}
          assumed={props.state.model()?.defaultPort}
          isNumber
        />
        <SetupTextInput
          state={props.state}
          field="unitId"
          path="connection.unitId"
          label={t('setup.unitId')}
          assumed={props.state.model()?.defaultUnitId}
          isNumber
        />
        <SetupTextInput
          state={props.state}
          field="timeoutMs"
          path="connection.timeoutMs"
          label={t('setup.timeout')}
          assumed={props.state.model()?.defaultTimeoutMs}
          isNumber
        />
      </div>
      <Show when={props.state.issueAt('connection')}>
        {(text) => (
          <p class="field-issue" role="alert">
            {text()}
          </p>
        )}
      </Show>
      <div class="setup-test">
        <button type="button" disabled={test().isRunning()} onClick={() => props.state.testConnection()}>
          {t(test().isRunning() ? 'setup.testing' : 'setup.test')}
        </button>
        <span class="muted small">{t('setup.testHelp')}</span>
      </div>
      <div aria-live="polite">
        <Show when={!test().isRunning() && test().data()?.testConnection.result}>
          {(result) => <ConnectionTestResult result={result()} />}
        </Show>
      </div>
    </FormPart>
  );
}
