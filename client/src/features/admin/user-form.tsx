import type { CombinedError } from '@urql/core';
import { createSignal, Show, untrack } from 'solid-js';
import { errorCode } from '../../graphql/error-text.ts';
import { createFormIssues } from '../../graphql/form-issues.ts';
import type { CreateUserInput, UpdateUserInput, UserPartsFragment } from '../../graphql/generated/types.ts';
import { Form, FormPart } from '../../ui/form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type RightsDraft, rightsOf } from './rights.ts';
import { RightsFields } from './rights-fields.tsx';
import { adminTexts } from './texts.ts';

/** Asks all about a user, and hands over what was entered. */
export function UserForm(props: {
  /** Undefined: a new one. */
  user: UserPartsFragment | undefined;
  heatpumps: readonly { readonly id: string; readonly name: string }[];
  isSaving: boolean;
  error: CombinedError | undefined;
  onCreate: (input: CreateUserInput) => void;
  onUpdate: (input: UpdateUserInput) => void;
}) {
  const i18n = adminTexts.use();
  const { t } = i18n;
  const user = untrack(() => props.user);
  const [draft, setDraft] = createSignal({ name: user?.name ?? '', email: '', password: '' });
  const [rights, setRights] = createSignal<RightsDraft>({
    role: user?.role ?? 'VIEWER',
    isLimited: user?.seesAllHeatpumps === false,
    heatpumpIds: user?.heatpumpIds ?? [],
  });
  const { issues, issueAt, problem } = createFormIssues(
    i18n,
    () => [props.error],
    () => t('user.refused'),
  );
  const text = () => {
    if (!props.error || errorCode(props.error) !== 'CONFLICT') return problem();
    return t(user ? 'user.lastAdmin' : 'user.taken');
  };
  const field = (name: keyof ReturnType<typeof draft>) => ({
    name,
    value: draft()[name],
    issue: issueAt(name),
    onInput: (value: string) => setDraft({ ...draft(), [name]: value }),
  });
  const submit = () => {
    const { name, password } = draft();
    if (!user) return props.onCreate({ ...draft(), ...rightsOf(rights()) });
    props.onUpdate({ id: user.id, name, ...rightsOf(rights()), ...(password && { password }) });
  };
  return (
    <div class="form-page">
      <Form
        issues={issues()}
        problem={text()}
        submitLabel={t(props.isSaving ? 'user.saving' : 'user.save')}
        isSaving={props.isSaving}
        onSubmit={submit}
      >
        <FormPart legend={user ? t('user.editTitle', user.name) : t('user.addTitle')}>
          <TextField {...field('name')} label={t('user.name')} />
          <Show when={!user}>
            <TextField {...field('email')} label={t('user.email')} help={t('user.emailHelp')} type="email" />
          </Show>
          <TextField
            {...field('password')}
            label={t(user ? 'user.newPassword' : 'user.password')}
            help={t(user ? 'user.newPasswordHelp' : 'user.passwordHelp')}
            type="password"
          />
        </FormPart>
        <FormPart legend={t('rights.title')}>
          <RightsFields
            rights={rights()}
            heatpumps={props.heatpumps}
            issue={issues().find(({ path }) => path.startsWith('heatpumpIds')) && t('issue.heatpumpIds')}
            onChange={setRights}
          />
        </FormPart>
      </Form>
    </div>
  );
}
