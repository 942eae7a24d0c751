import { createSignal } from 'solid-js';
import { CheckField } from '../../ui/check-field.tsx';
import { type AutoFill, TextField } from '../../ui/text-field.tsx';
import { accessTexts } from './texts.ts';

/** A password, which can be shown while it is typed. */
export function PasswordField(props: {
  label: string;
  name: string;
  value: string;
  onInput: (value: string) => void;
  autocomplete: AutoFill;
  help?: string | undefined;
  issue?: string | undefined;
}) {
  const { t } = accessTexts.use();
  const [isShown, setIsShown] = createSignal(false);
  return (
    <div class="password-field">
      <TextField {...props} type={isShown() ? 'text' : 'password'} />
      <CheckField label={t('signIn.showPassword')} checked={isShown()} onChange={setIsShown} />
    </div>
  );
}
