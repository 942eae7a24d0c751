import { createSignal, Show } from 'solid-js';
import { CheckBackupDocument } from '../../graphql/generated/operations.ts';
import type { BackupPartsFragment } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { useNow } from '../../lib/now.tsx';
import { Age } from '../../ui/age.tsx';
import { Entry } from '../../ui/entry.tsx';
import { Mark } from '../../ui/mark.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { CheckOutcome } from './check-outcome.tsx';
import { DeleteBackup } from './delete-backup.tsx';
import { Refused } from './refused.tsx';
import { RestoreBackup } from './restore-backup.tsx';
import { sizeText } from './size-text.ts';
import { operationsTexts } from './texts.ts';

/** One backup: when it was made, how large it is, whether it is whole, and what can be done with it. */
export function BackupCard(props: { backup: BackupPartsFragment; canRestart: boolean; onChanged: () => void }) {
  const { t, format } = operationsTexts.use();
  const now = useNow();
  const checking = createMutation(CheckBackupDocument);
  const [passphrase, setPassphrase] = createSignal('');
  const [asking, setAsking] = createSignal<'restore' | 'delete' | null>(null);
  const backup = () => props.backup;
  const check = () => checking.data()?.checkBackup.check;
  const needsPassphrase = () => ['PASSPHRASE_NEEDED', 'WRONG_PASSPHRASE'].includes(check()?.code ?? '');
  const look = () => checking.run({ input: { name: backup().name, passphrase: passphrase() || null } });
  return (
    <Entry
      name={format().time(backup().at, now())}
      state={
        <Show when={backup().isSealed}>
          <Mark kind="neutral" icon="BLOCKED" text={t('backups.isSealed')} />
        </Show>
      }
      actions={
        <>
          <a
            class="button"
            href={`/backups/download?name=${encodeURIComponent(backup().name)}`}
            download={backup().name}
          >
            {t('backups.download')}
          </a>
          <button type="button" disabled={checking.isRunning()} onClick={() => void look()}>
            {t(checking.isRunning() ? 'backups.checking' : 'backups.check')}
          </button>
          <button type="button" onClick={() => setAsking('restore')}>
            {t('backups.restore')}
          </button>
          <button type="button" class="danger" onClick={() => setAsking('delete')}>
            {t('backups.delete')}
          </button>
        </>
      }
    >
      <dl class="entry-facts">
        <dt>{t('backups.made')}</dt>
        <dd>
          {t(`origin.${backup().origin}`)} · <Age since={backup().at} />
        </dd>
        <dt>{t('backups.size')}</dt>
        <dd>{sizeText(format(), backup().bytes)}</dd>
      </dl>
      <Show when={needsPassphrase()}>
        <TextField
          type="password"
          label={t('backups.passphrase')}
          name="passphrase"
          value={passphrase()}
          onInput={setPassphrase}
        />
      </Show>
      <div role="status">
        <Show when={!checking.isRunning() && check()}>{(found) => <CheckOutcome check={found()} />}</Show>
        <Show when={checking.error()}>{(error) => <Refused error={error()} />}</Show>
      </div>
      <Show when={asking() === 'restore'}>
        <RestoreBackup
          backup={backup()}
          canRestart={props.canRestart}
          onClose={() => setAsking(null)}
          onRestored={props.onChanged}
        />
      </Show>
      <Show when={asking() === 'delete'}>
        <DeleteBackup name={backup().name} onClose={() => setAsking(null)} onDeleted={props.onChanged} />
      </Show>
    </Entry>
  );
}
