import { Show } from 'solid-js';
import { errorCode, errorText } from '../../graphql/error-text.ts';
import { DeleteChannelDocument } from '../../graphql/generated/channels.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { channelsTexts } from './texts.ts';

/** Asks first, for the secret cannot be brought back. */
export function DeleteChannel(props: {
  channel: { readonly id: string; readonly name: string };
  onClose: () => void;
  onDeleted: () => void;
}) {
  const i18n = channelsTexts.use();
  const { t } = i18n;
  const deleting = createMutation(DeleteChannelDocument);
  const remove = async () => {
    if (!(await deleting.run({ input: { id: props.channel.id } }))) return;
    props.onClose();
    props.onDeleted();
  };
  return (
    <ConfirmDialog
      title={t('channels.deleteTitle', props.channel.name)}
      help={t('channels.deleteHelp')}
      confirm={t('channels.deleteConfirm')}
      isRunning={deleting.isRunning()}
      onConfirm={() => void remove()}
      onClose={props.onClose}
    >
      <Show when={deleting.error()}>
        {(error) => (
          <Notice
            kind="bad"
            title={errorCode(error()) === 'CONFLICT' ? t('channels.inUse') : errorText(i18n, error())}
          />
        )}
      </Show>
    </ConfirmDialog>
  );
}
