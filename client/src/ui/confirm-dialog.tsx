import { createUniqueId, onMount } from 'solid-js';
import { useI18n } from '../lib/i18n/i18n.tsx';

/** Asks before what cannot be undone. */
export function ConfirmDialog(props: {
  title: string;
  help: string;
  /** On the button that does it. */
  confirm: string;
  onConfirm: () => void;
  onClose: () => void;
}) {
  const { t } = useI18n();
  const id = createUniqueId();
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby={id} onClose={() => props.onClose()}>
      <h2 id={id}>{props.title}</h2>
      <p class="muted">{props.help}</p>
      <div class="dialog-actions">
        <button type="button" onClick={() => dialog?.close()}>
          {t('app.cancel')}
        </button>
        <button type="button" class="danger" onClick={() => props.onConfirm()}>
          {props.confirm}
        </button>
      </div>
    </dialog>
  );
}
