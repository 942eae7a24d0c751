import { Show } from 'solid-js';
import { DeleteBackupDocument } from '../../graphql/generated/operations.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Refused } from './refused.tsx';
import { operationsTexts } from './texts.ts';

/** Asks first, for it cannot be undone. */
export function DeleteBackup(props: { name: string; onClose: () => void; onDeleted: () => void }) {
  const { t } = operationsTexts.use();
  const deleting = createMutation(DeleteBackupDocument);
  const remove = async () => {
    if (!(await deleting.run({ input: { name: props.name } }))) return;
    props.onClose();
    props.onDeleted();
  };
  return (
    <ConfirmDialog
      title={t('backups.deleteTitle')}
      subject={props.name}
      help={t('backups.deleteHelp')}
      confirm={t('backups.deleteConfirm')}
      isRunning={deleting.isRunning()}
      onConfirm={() => void remove()}
      onClose={props.onClose}
    >
      <Show when={deleting.error()}>{(error) => <Refused error={error()} />}</Show>
    </ConfirmDialog>
  );
}
