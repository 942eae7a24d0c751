import { createSignal, Show } from 'solid-js';
import { CreateBackupDocument } from '../../graphql/generated/operations.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { TextField } from '../../ui/text-field.tsx';
import { Refused } from './refused.tsx';
import { operationsTexts } from './texts.ts';

const MIN_PASSPHRASE = 12;

/** Makes a backup now, with a passphrase of its own if one is entered. */
export function MakeBackup(props: { onMade: () => void }) {
  const { t } = operationsTexts.use();
  const making = createMutation(CreateBackupDocument);
  const [passphrase, setPassphrase] = createSignal('');
  const [issue, setIssue] = createSignal<string>();
  const make = async () => {
    const isShort = passphrase() !== '' && passphrase().length < MIN_PASSPHRASE;
    setIssue(isShort ? t('backups.passphraseShort') : undefined);
    if (isShort) return;
    if (!(await making.run({ input: { passphrase: passphrase() || null } }))) return;
    setPassphrase('');
    props.onMade();
  };
  return (
    <form
      class="card form-part"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void make();
      }}
    >
      <TextField
        type="password"
        label={t('backups.passphrase')}
        name="passphrase"
        value={passphrase()}
        help={t('backups.passphraseHelp')}
        issue={issue()}
        onInput={setPassphrase}
      />
      <div role="alert">
        <Show when={making.error()}>{(error) => <Refused error={error()} />}</Show>
      </div>
      <button type="submit" class="primary form-submit" disabled={making.isRunning()}>
        {t(making.isRunning() ? 'backups.making' : 'backups.make')}
      </button>
    </form>
  );
}
