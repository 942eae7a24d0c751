import { createSignal, onMount, Show } from 'solid-js';
import { RestoreBackupDocument } from '../../graphql/generated/operations.ts';
import type { BackupPartsFragment } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { CheckField } from '../../ui/check-field.tsx';
import { Notice } from '../../ui/notice.tsx';
import { TextField } from '../../ui/text-field.tsx';
import { Refused } from './refused.tsx';
import { operationsTexts } from './texts.ts';

/** Asks first, tells what will happen, and checks the backup before anything does. */
export function RestoreBackup(props: {
  backup: BackupPartsFragment;
  canRestart: boolean;
  onClose: () => void;
  onRestored: () => void;
}) {
  const { t } = operationsTexts.use();
  const { viewer } = useViewer();
  const restoring = createMutation(RestoreBackupDocument);
  const [passphrase, setPassphrase] = createSignal('');
  const [history, setHistory] = createSignal(true);
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  const check = () => restoring.data()?.restoreBackup.check;
  const restore = async () => {
    const input = { name: props.backup.name, passphrase: passphrase() || null, history: history() };
    if (await restoring.run({ input })) props.onRestored();
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="restore-title" onClose={() => props.onClose()}>
      <h2 id="restore-title">{t('restore.title')}</h2>
      <p>{t('restore.help')}</p>
      <ul class="restore-facts muted">
        <li>{t('restore.wayBack')}</li>
        <li>{t('restore.missed')}</li>
        <Show when={!viewer()?.isOpen}>
          <li>{t('restore.signIn')}</li>
        </Show>
        <li>{t(props.canRestart ? 'restore.restart' : 'restore.noRestart')}</li>
      </ul>
      <CheckField
        label={t('restore.history')}
        help={t('restore.historyHelp')}
        checked={history()}
        onChange={setHistory}
      />
      <Show when={props.backup.isSealed}>
        <TextField
          type="password"
          label={t('backups.passphrase')}
          name="passphrase"
          value={passphrase()}
          onInput={setPassphrase}
        />
      </Show>
      <div role="alert">
        <Show when={!restoring.isRunning() && check()}>
          {(found) => (
            <Show when={found().ok} fallback={<Notice kind="bad" title={t(`backupCode.${found().code}`)} />}>
              <Notice kind="good" title={t(props.canRestart ? 'restore.restarting' : 'restore.staged')} />
            </Show>
          )}
        </Show>
        <Show when={restoring.error()}>{(error) => <Refused error={error()} />}</Show>
      </div>
      <div class="dialog-actions">
        <button type="button" onClick={() => props.onClose()}>
          {t(check()?.ok ? 'app.close' : 'app.cancel')}
        </button>
        <Show when={!check()?.ok}>
          <button type="button" class="danger" disabled={restoring.isRunning()} onClick={() => void restore()}>
            {t(restoring.isRunning() ? 'restore.running' : 'restore.confirm')}
          </button>
        </Show>
      </div>
    </dialog>
  );
}
