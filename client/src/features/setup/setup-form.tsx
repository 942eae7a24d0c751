import type { CombinedError } from '@urql/core';
import { createEffect, createMemo, createSignal, For, type JSX, Show } from 'solid-js';
import { errorCode, errorText, type FieldIssue, fieldIssues } from '../../graphql/error-text.ts';
import { type AddHeatpumpInput, TestConnectionDocument } from '../../graphql/generated/documents.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { useI18n } from '../../lib/i18n/i18n.tsx';
import { Field } from '../../ui/field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { ConfigFields } from './config-fields.tsx';
import { ConnectionTestResult } from './connection-test-result.tsx';
import { defaultConfig, inputOf, type SetupDraft, type SetupManufacturer } from './setup-draft.ts';
import './setup.css';

/** Wide enough for the instructions to stand beside the form; as in setup.css. */
const WIDE = '(width >= 900px)';

/** The name of a text field of the draft. */
type TextField = 'name' | 'host' | 'port' | 'unitId' | 'timeoutMs' | 'pollIntervalMs';

/** Asks all about a heat pump, tests the connection, and hands over what was entered. */
export function SetupForm(props: {
  manufacturers: readonly SetupManufacturer[];
  initial: SetupDraft;
  /** The poll interval of a heat pump that exists. */
  pollIntervalBefore?: string;
  submitLabel: string;
  isSaving: boolean;
  error: CombinedError | undefined;
  onSubmit: (input: AddHeatpumpInput) => void;
}) {
  const i18n = useI18n();
  const { t, language } = i18n;
  const [draft, setDraft] = createSignal(props.initial);
  const [localIssues, setLocalIssues] = createSignal<readonly FieldIssue[]>([]);
  const test = createMutation(TestConnectionDocument);
  const change = (changes: Partial<SetupDraft>) => setDraft({ ...draft(), ...changes });
  const manufacturer = () => props.manufacturers.find(({ id }) => id === draft().manufacturer);
  const model = () => manufacturer()?.models.find(({ id }) => id === draft().model);
  const issues = createMemo(() => {
    const errors = [props.error, test.error()].filter((error) => error !== undefined);
    return [...localIssues(), ...errors.flatMap(fieldIssues)];
  });
  const issueAt = (path: string) => {
    const issue = issues().find((candidate) => candidate.path === path);
    return issue && i18n.textOr(`issue.${path}`, issue.message);
  };
  // Whoever was refused goes on at the first field that is wrong.
  let form: HTMLFormElement | undefined;
  createEffect(() => {
    if (issues().length > 0) queueMicrotask(() => form?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
  });
  const withInput = (use: (input: AddHeatpumpInput) => void) => {
    const input = inputOf(draft(), props.pollIntervalBefore);
    setLocalIssues(input.ok ? [] : input.issues);
    if (input.ok) use(input.value);
  };
  const testNow = () =>
    withInput(({ manufacturer: maker, model: type, connection, config }) => {
      const input = { manufacturer: maker, model: type, connection, config };
      void test.run({ input, language: language() });
    });
  const chooseManufacturer = (id: string) => {
    const first = props.manufacturers.find((candidate) => candidate.id === id)?.models[0];
    change({ manufacturer: id, model: first?.id ?? '', config: defaultConfig(first) });
  };
  const chooseModel = (id: string) => {
    const chosen = manufacturer()?.models.find((candidate) => candidate.id === id);
    change({ model: id, config: defaultConfig(chosen) });
  };
  const textInput = (field: TextField, path: string, label: string, more: TextInputOptions = {}): JSX.Element => (
    <Field label={label} help={more.help} issue={issueAt(path)}>
      {(control) => (
        <input
          {...control()}
          type="text"
          name={field}
          inputMode={more.isNumber ? 'numeric' : 'text'}
          autocomplete="off"
          autocapitalize="off"
          spellcheck={false}
          placeholder={more.placeholder ?? ''}
          value={draft()[field]}
          onInput={(event) => change({ [field]: event.currentTarget.value })}
        />
      )}
    </Field>
  );
  return (
    <div class="setup">
      <form
        ref={form}
        class="setup-form"
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          withInput(props.onSubmit);
        }}
      >
        <fieldset class="card setup-part">
          <legend>{t('setup.machine')}</legend>
          {textInput('name', 'name', t('setup.name'), { help: t('setup.nameHelp') })}
          <div class="setup-columns wide">
            <Field label={t('setup.manufacturer')} issue={issueAt('manufacturer')}>
              {(control) => (
                <select
                  {...control()}
                  value={draft().manufacturer}
                  onChange={(event) => chooseManufacturer(event.currentTarget.value)}
                >
                  <For each={props.manufacturers}>{({ id, name }) => <option value={id}>{name}</option>}</For>
                </select>
              )}
            </Field>
            <Field label={t('setup.model')} issue={issueAt('model')}>
              {(control) => (
                <select
                  {...control()}
                  value={draft().model}
                  onChange={(event) => chooseModel(event.currentTarget.value)}
                >
                  <For each={manufacturer()?.models}>{({ id, name }) => <option value={id}>{name}</option>}</For>
                </select>
              )}
            </Field>
          </div>
        </fieldset>
        <fieldset class="card setup-part">
          <legend>{t('setup.connection')}</legend>
          {textInput('host', 'connection.host', t('setup.host'), { help: t('setup.hostHelp') })}
          <div class="setup-columns">
            {textInput('port', 'connection.port', t('setup.port'), {
              isNumber: true,
              placeholder: String(model()?.defaultPort ?? ''),
            })}
            {textInput('unitId', 'connection.unitId', t('setup.unitId'), {
              isNumber: true,
              placeholder: String(model()?.defaultUnitId ?? ''),
            })}
            {textInput('timeoutMs', 'connection.timeoutMs', t('setup.timeout'), {
              isNumber: true,
              placeholder: '3000',
            })}
          </div>
          <Show when={issueAt('connection')}>
            {(text) => (
              <p class="field-issue" role="alert">
                {text()}
              </p>
            )}
          </Show>
          <div class="setup-test">
            <button type="button" disabled={test.isRunning()} onClick={testNow}>
              {t(test.isRunning() ? 'setup.testing' : 'setup.test')}
            </button>
            <span class="muted small">{t('setup.testHelp')}</span>
          </div>
          <div aria-live="polite">
            <Show when={!test.isRunning() && test.data()?.testConnection.result}>
              {(result) => <ConnectionTestResult result={result()} />}
            </Show>
          </div>
        </fieldset>
        <Show when={model()?.configFields.length}>
          <fieldset class="card setup-part">
            <legend>{t('setup.equipment')}</legend>
            <ConfigFields
              fields={model()?.configFields ?? []}
              config={draft().config}
              issueAt={(key) => issues().find(({ path }) => path.startsWith(`config.${key}`))?.message}
              onChange={(key, value) => change({ config: { ...draft().config, [key]: value } })}
            />
          </fieldset>
        </Show>
        <fieldset class="card setup-part">
          <legend>{t('setup.behaviour')}</legend>
          {textInput('pollIntervalMs', 'pollIntervalMs', t('setup.interval'), {
            isNumber: true,
            help: t('setup.intervalHelp'),
          })}
          <div class="field">
            <label class="check">
              <input
                type="checkbox"
                checked={draft().readOnly}
                onChange={(event) => change({ readOnly: event.currentTarget.checked })}
              />
              {t('setup.readOnly')}
            </label>
            <p class="muted small">{t('setup.readOnlyHelp')}</p>
          </div>
        </fieldset>
        <div role="alert">
          <Show when={issues().length > 0 || props.error || test.error()}>
            <Notice kind="bad" title={summaryOf(props.error ?? test.error())} />
          </Show>
        </div>
        <div class="setup-actions">
          <button type="submit" class="primary" disabled={props.isSaving}>
            {props.isSaving ? t('setup.saving') : props.submitLabel}
          </button>
        </div>
      </form>
      <Show when={model()}>
        {(current) => (
          <details class="setup-instructions" open={matchMedia(WIDE).matches}>
            <summary>{t('setup.instructions')}</summary>
            <ol>
              <For each={current().setupInstructions}>{(step) => <li>{step}</li>}</For>
            </ol>
          </details>
        )}
      </Show>
    </div>
  );

  /** Issues are shown at their fields; anything else is told here. */
  function summaryOf(error: CombinedError | undefined): string {
    return !error || errorCode(error) === 'BAD_USER_INPUT' ? t('setup.refused') : errorText(i18n, error);
  }
}

interface TextInputOptions {
  readonly isNumber?: boolean;
  readonly placeholder?: string;
  readonly help?: string;
}
