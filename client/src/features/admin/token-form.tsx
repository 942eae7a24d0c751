import { createSignal } from 'solid-js';
import { createFormIssues } from '../../graphql/form-issues.ts';
import { CreateTokenDocument } from '../../graphql/generated/admin.ts';
import type { CreateTokenMutation } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { Form, FormPart } from '../../ui/form.tsx';
import { SelectField } from '../../ui/select-field.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type RightsDraft, rightsOf } from './rights.ts';
import { RightsFields } from './rights-fields.tsx';
import { adminTexts } from './texts.ts';

/** For how many days a token may be valid; empty: for ever. */
const LIVES = ['30', '90', '365', ''] as const;
const DAY_MS = 86_400_000;

/** Asks what a new token is for, and makes it. */
export function TokenForm(props: {
  heatpumps: readonly { readonly id: string; readonly name: string }[];
  onMade: (made: CreateTokenMutation['createApiToken']) => void;
  onClose: () => void;
}) {
  const i18n = adminTexts.use();
  const { t } = i18n;
  const [name, setName] = createSignal('');
  const [days, setDays] = createSignal<(typeof LIVES)[number]>('365');
  const [rights, setRights] = createSignal<RightsDraft>({ role: 'VIEWER', isLimited: false, heatpumpIds: [] });
  const creating = createMutation(CreateTokenDocument);
  const { issues, issueAt, problem } = createFormIssues(
    i18n,
    () => [creating.error()],
    () => t('user.refused'),
  );
  const lifeText = (life: (typeof LIVES)[number]) => {
    if (life === '') return t('token.never');
    return life === '365' ? t('token.year') : t('token.days', Number(life));
  };
  const submit = async () => {
    const expiresAt = days() ? new Date(Date.now() + Number(days()) * DAY_MS).toISOString() : null;
    const made = await creating.run({ input: { name: name(), ...rightsOf(rights()), expiresAt } });
    if (made) props.onMade(made.createApiToken);
  };
  return (
    <Form
      issues={issues()}
      problem={problem()}
      submitLabel={t(creating.isRunning() ? 'user.saving' : 'token.make')}
      isSaving={creating.isRunning()}
      onSubmit={() => void submit()}
    >
      <FormPart legend={t('token.add')}>
        <TextField
          label={t('token.name')}
          name="name"
          help={t('token.nameHelp')}
          value={name()}
          issue={issueAt('name')}
          onInput={setName}
        />
        <RightsFields
          rights={rights()}
          heatpumps={props.heatpumps}
          issue={issues().find(({ path }) => path.startsWith('heatpumpIds')) && t('issue.heatpumpIds')}
          onChange={setRights}
        />
        <SelectField
          label={t('token.expires')}
          name="expires"
          value={days()}
          choices={LIVES.map((value) => ({ value, label: lifeText(value) }))}
          issue={issueAt('expiresAt')}
          onChange={setDays}
        />
        <button type="button" class="entries-add" onClick={() => props.onClose()}>
          {t('app.cancel')}
        </button>
      </FormPart>
    </Form>
  );
}
