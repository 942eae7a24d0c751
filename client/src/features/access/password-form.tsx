import { createSignal, Show } from 'solid-js';
import { Form } from '../../ui/form.tsx';
import { Notice } from '../../ui/notice.tsx';
import { type AuthOutcome, authRequest } from './auth-request.ts';
import { PasswordField } from './password-field.tsx';
import { accessTexts } from './texts.ts';

const NEW_LENGTH = { min: 10, max: 128 };

/** Changes one's own password; whoever knew the old one is signed out elsewhere. */
export function PasswordForm(props: { email: string; onChanged: () => void }) {
  const { t } = accessTexts.use();
  const [current, setCurrent] = createSignal('');
  const [next, setNext] = createSignal('');
  const [outcome, setOutcome] = createSignal<AuthOutcome | 'TOO_SHORT'>();
  const [isRunning, setIsRunning] = createSignal(false);
  const issue = () => (outcome() === 'TOO_SHORT' ? t('account.tooShort') : undefined);
  const problem = () => {
    const last = outcome();
    if (last === 'WRONG') return t('account.wrong');
    return last && last !== 'OK' && last !== 'TOO_SHORT' ? t(`signIn.${last}`) : undefined;
  };
  const change = async () => {
    const { length } = next();
    if (length < NEW_LENGTH.min || length > NEW_LENGTH.max) {
      setOutcome('TOO_SHORT');
      return;
    }
    setIsRunning(true);
    const body = { currentPassword: current(), newPassword: next(), revokeOtherSessions: true };
    const last = await authRequest('change-password', body);
    setIsRunning(false);
    setOutcome(last);
    if (last !== 'OK') return;
    setCurrent('');
    setNext('');
    props.onChanged();
  };
  return (
    <section class="card account-part" aria-label={t('account.changePassword')}>
      <h2>{t('account.changePassword')}</h2>
      <Form
        issues={issue() ? [{ path: 'next', message: '' }] : []}
        problem={problem()}
        submitLabel={t(isRunning() ? 'signIn.working' : 'account.change')}
        isSaving={isRunning()}
        onSubmit={() => void change()}
      >
        {/* Tells password managers whose password it is. */}
        <input type="text" name="email" autocomplete="username" value={props.email} hidden readonly />
        <PasswordField
          label={t('account.current')}
          name="current"
          autocomplete="current-password"
          value={current()}
          onInput={setCurrent}
        />
        <PasswordField
          label={t('account.next')}
          name="next"
          autocomplete="new-password"
          help={t('account.nextHelp')}
          issue={issue()}
          value={next()}
          onInput={setNext}
        />
        <div role="status">
          <Show when={outcome() === 'OK'}>
            <Notice kind="good" title={t('account.changed')} />
          </Show>
        </div>
      </Form>
    </section>
  );
}
