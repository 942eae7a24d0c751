import { onMount, Show } from 'solid-js';
import { errorCode, errorText } from '../../graphql/error-text.ts';
import { DeleteChannelDocument } from '../../graphql/generated/channels.ts';
import { createMutation } from '../../graphql/mutation.ts';
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
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  const remove = async () => {
    if (!(await deleting.run({ input: { id: props.channel.id } }))) return;
    props.onClose();
    props.onDeleted();
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="delete-title" onClose={() => props.onClose()}>
      <h2 id="delete-title">{t('channels.deleteTitle', props.channel.name)}</h2>
      <p class="muted">{t('channels.deleteHelp')}</p>
      <div role="alert">
        <Show when={deleting.error()}>
          {(error) => (
            <Notice
              kind="bad"
              title={errorCode(error()) === 'CONFLICT' ? t('channels.inUse') : errorText(i18n, error())}
            />
          )}
        </Show>
      </div>
      <div class="dialog-actions">
        <button type="button" onClick={() => props.onClose()}>
          {t('app.cancel')}
        </button>
        <button type="button" class="danger" disabled={deleting.isRunning()} onClick={() => void remove()}>
          {t('channels.deleteConfirm')}
        </button>
      </div>
    </dialog>
  );
}
