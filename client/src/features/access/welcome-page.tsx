import { useSearchParams } from '@solidjs/router';
import { createSignal } from 'solid-js';
import { errorCode } from '../../graphql/error-text.ts';
import { createFormIssues } from '../../graphql/form-issues.ts';
import { SetUpDocument } from '../../graphql/generated/access.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { authRequest, wayBack } from './auth-request.ts';
import { DoorPage } from './door-page.tsx';
import { PasswordField } from './password-field.tsx';
import { accessTexts } from './texts.ts';

/** Makes the first user, with the code in the log of the server, and signs them in. */
export default function WelcomePage() {
  const i18n = accessTexts.use();
  const { t } = i18n;
  const [search] = useSearchParams<{ to?: string }>();
  const [draft, setDraft] = createSignal({ code: '', name: '', email: '', password: '' });
  const setUp = createMutation(SetUpDocument);
  const { issues, issueAt, problem } = createFormIssues(
    i18n,
    () => [setUp.error()],
    () => t('welcome.refused'),
  );
  const text = () => {
    const error = setUp.error();
    const code = error && errorCode(error);
    if (code === 'FORBIDDEN') return t('welcome.wrongCode');
    return code === 'CONFLICT' ? t('welcome.done') : problem();
  };
  const field = (name: keyof ReturnType<typeof draft>) => ({
    name,
    value: draft()[name],
    issue: issueAt(name),
    onInput: (value: string) => setDraft({ ...draft(), [name]: value }),
  });
  const submit = async () => {
    if (!(await setUp.run({ input: draft() }))) return;
    const { email, password } = draft();
    const outcome = await authRequest('sign-in/email', { email: email.trim(), password });
    location.replace(outcome === 'OK' ? wayBack(search.to) : '/sign-in');
  };
  return (
    <DoorPage title={t('welcome.title')}>
      <p class="muted">{t('welcome.help')}</p>
      <Form
        issues={issues()}
        problem={text()}
        submitLabel={t(setUp.isRunning() ? 'signIn.working' : 'welcome.submit')}
        isSaving={setUp.isRunning()}
        onSubmit={() => void submit()}
      >
        <TextField
          {...field('code')}
          label={t('welcome.code')}
          help={t('welcome.codeHelp')}
          autocomplete="one-time-code"
        />
        <TextField {...field('name')} label={t('welcome.name')} autocomplete="name" />
        <TextField {...field('email')} label={t('signIn.email')} type="email" autocomplete="username" />
        <PasswordField {...field('password')} label={t('signIn.password')} autocomplete="new-password" />
      </Form>
    </DoorPage>
  );
}
