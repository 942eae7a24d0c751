import type { CombinedError } from '@urql/core';
import { createSignal, For, Show } from 'solid-js';
import { createFormIssues } from '../../graphql/form-issues.ts';
import { LANGUAGE_NAMES } from '../../lib/i18n/i18n.tsx';
import { LANGUAGES } from '../../lib/preferences.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Form, FormPart } from '../../ui/form.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type ChannelDraft, type DraftInput, inputOf } from './channel-draft.ts';
import { ASSUMED_URLS, CHANNEL_FIELDS, CHANNEL_TYPES, type ChannelField, OPTIONAL_SECRETS } from './channel-fields.ts';
import { channelsTexts } from './texts.ts';

type Input = (DraftInput & { ok: true })['value'];

/** Asks where a channel leads, and hands over what was entered. */
export function ChannelForm(props: {
  initial: ChannelDraft;
  isNew: boolean;
  /** Whether there is a secret, which is never shown. */
  hasSecret: boolean;
  isSaving: boolean;
  error: CombinedError | undefined;
  onSubmit: (input: Input) => void;
}) {
  const i18n = channelsTexts.use();
  const { t } = i18n;
  const [draft, setDraft] = createSignal(props.initial);
  const change = (changes: Partial<ChannelDraft>) => setDraft({ ...draft(), ...changes });
  const { issues, issueAt, problem, setLocal } = createFormIssues(
    i18n,
    () => [props.error],
    () => t('form.refused'),
  );
  const submit = () => {
    const input = inputOf(draft());
    setLocal(input.ok ? [] : input.issues);
    if (input.ok) props.onSubmit(input.value);
  };
  return (
    <div class="form-page">
      <Form
        issues={issues()}
        problem={problem()}
        submitLabel={t(props.isSaving ? 'form.saving' : 'form.save')}
        isSaving={props.isSaving}
        onSubmit={submit}
      >
        <AboutPart draft={draft()} change={change} issueAt={issueAt} isNew={props.isNew} />
        <FormPart legend={t('form.where')}>
          <For each={CHANNEL_FIELDS[draft().type]}>
            {(field) => <SettingField field={field} draft={draft()} change={change} issueAt={issueAt} />}
          </For>
          <SecretField draft={draft()} change={change} issueAt={issueAt} hasSecret={props.hasSecret} />
        </FormPart>
      </Form>
    </div>
  );
}

interface PartProps {
  readonly draft: ChannelDraft;
  readonly change: (changes: Partial<ChannelDraft>) => void;
  readonly issueAt: (path: string, key?: string) => string | undefined;
}

function AboutPart(props: PartProps & { isNew: boolean }) {
  const { t } = channelsTexts.use();
  return (
    <FormPart legend={t('form.about')}>
      <TextField
        label={t('form.name')}
        name="name"
        value={props.draft.name}
        issue={props.issueAt('name')}
        onInput={(name) => props.change({ name })}
      />
      <SelectField
        label={t('form.type')}
        name="type"
        value={props.draft.type}
        choices={CHANNEL_TYPES.map((value) => ({ value, label: t(`type.${value}`) }))}
        help={t(`typeHelp.${props.draft.type}`)}
        disabled={!props.isNew}
        onChange={(type) => props.change({ type })}
      />
      <SelectField
        label={t('form.language')}
        name="language"
        value={props.draft.language}
        choices={LANGUAGES.map((value) => ({ value, label: LANGUAGE_NAMES[value] }))}
        onChange={(language) => props.change({ language })}
      />
      <CheckField
        label={t('form.enabled')}
        help={t('form.enabledHelp')}
        checked={props.draft.enabled}
        onChange={(enabled) => props.change({ enabled })}
      />
    </FormPart>
  );
}

function SettingField(props: PartProps & { field: ChannelField | 'security' }) {
  const { t } = channelsTexts.use();
  const security = () => (
    <SelectField
      label={t('field.security')}
      name="security"
      value={props.draft.security}
      choices={(['STARTTLS', 'TLS', 'NONE'] as const).map((value) => ({ value, label: t(`security.${value}`) }))}
      issue={props.issueAt('settings.security')}
      onChange={(value) => props.change({ security: value })}
    />
  );
  return (
    <Show when={props.field !== 'security' && props.field} fallback={security()}>
      {(field) => (
        <TextField
          label={t(`field.${field()}`)}
          name={field()}
          help={t(`fieldHelp.${field()}`) || undefined}
          placeholder={field() === 'url' ? ASSUMED_URLS[props.draft.type] : undefined}
          value={props.draft.fields[field()]}
          issue={props.issueAt(`settings.${field()}`)}
          onInput={(text) => props.change({ fields: { ...props.draft.fields, [field()]: text } })}
        />
      )}
    </Show>
  );
}

/** The secret can be set, changed and taken away, but is never shown. */
function SecretField(props: PartProps & { hasSecret: boolean }) {
  const { t } = channelsTexts.use();
  return (
    <>
      <TextField
        label={t(`secret.${props.draft.type}`)}
        name="secret"
        type="password"
        help={t(props.hasSecret ? 'form.kept' : 'form.writeOnly')}
        placeholder={props.hasSecret && !props.draft.isSecretRemoved ? '••••••••' : ''}
        value={props.draft.secret}
        issue={props.issueAt('secret', `secret.${props.draft.type}`)}
        onInput={(secret) => props.change({ secret, isSecretRemoved: false })}
      />
      <Show when={props.hasSecret && OPTIONAL_SECRETS.includes(props.draft.type)}>
        <CheckField
          label={t('form.removeSecret')}
          checked={props.draft.isSecretRemoved}
          onChange={(isSecretRemoved) => props.change({ isSecretRemoved, secret: '' })}
        />
      </Show>
    </>
  );
}
