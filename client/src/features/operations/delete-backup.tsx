import { onMount, Show } from 'solid-js';
import { DeleteBackupDocument } from '../../graphql/generated/operations.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { Refused } from './refused.tsx';
import { operationsTexts } from './texts.ts';

/** Asks first, for it cannot be undone. */
export function DeleteBackup(props: { name: string; onClose: () => void; onDeleted: () => void }) {
  const { t } = operationsTexts.use();
  const deleting = createMutation(DeleteBackupDocument);
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  const remove = async () => {
    if (!(await deleting.run({ input: { name: props.name } }))) return;
    props.onClose();
    props.onDeleted();
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="delete-title" onClose={() => props.onClose()}>
      <h2 id="delete-title">{t('backups.deleteTitle')}</h2>
      <p>
        <code>{props.name}</code>
      </p>
      <p class="muted">{t('backups.deleteHelp')}</p>
      <div role="alert">
        <Show when={deleting.error()}>{(error) => <Refused error={error()} />}</Show>
      </div>
      <div class="dialog-actions">
        <button type="button" onClick={() => props.onClose()}>
          {t('app.cancel')}
        </button>
        <button type="button" class="danger" disabled={deleting.isRunning()} onClick={() => void remove()}>
          {t('backups.deleteConfirm')}
        </button>
      </div>
    </dialog>
  );
}
