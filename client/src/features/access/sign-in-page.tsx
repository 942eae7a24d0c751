import { useSearchParams } from '@solidjs/router';
import { createSignal } from 'solid-js';
import { Form } from '../../ui/form.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { type AuthOutcome, authRequest, wayBack } from './auth-request.ts';
import { DoorPage } from './door-page.tsx';
import { PasswordField } from './password-field.tsx';
import { accessTexts } from './texts.ts';

/** Signs somebody in, and leads back to the page they wanted. */
export default function SignInPage() {
  const { t } = accessTexts.use();
  const [search] = useSearchParams<{ to?: string }>();
  const [email, setEmail] = createSignal('');
  const [password, setPassword] = createSignal('');
  const [outcome, setOutcome] = createSignal<AuthOutcome>();
  const [isRunning, setIsRunning] = createSignal(false);
  const problem = () => {
    const last = outcome();
    return last && last !== 'OK' ? t(`signIn.${last}`) : undefined;
  };
  const submit = async () => {
    setIsRunning(true);
    const last = await authRequest('sign-in/email', { email: email().trim(), password: password() });
    setOutcome(last);
    // Everything is loaded anew, by whoever signed in.
    if (last === 'OK') location.replace(wayBack(search.to));
    else setIsRunning(false);
  };
  return (
    <DoorPage title={t('signIn.title')}>
      <Form
        issues={[]}
        problem={problem()}
        submitLabel={t(isRunning() ? 'signIn.working' : 'signIn.submit')}
        isSaving={isRunning()}
        onSubmit={() => void submit()}
      >
        <TextField
          label={t('signIn.email')}
          name="email"
          type="email"
          autocomplete="username"
          value={email()}
          onInput={setEmail}
        />
        <PasswordField
          label={t('signIn.password')}
          name="password"
          autocomplete="current-password"
          value={password()}
          onInput={setPassword}
        />
      </Form>
      <p class="muted small">{t('signIn.forgotten')}</p>
    </DoorPage>
  );
}
