import { createUniqueId, type JSX, onMount, Show } from 'solid-js';
import { useI18n } from '../lib/i18n/i18n.tsx';

/** Asks before what cannot be undone. */
export function ConfirmDialog(props: {
  title: string;
  /** The name of what it is done to, where the title does not tell. */
  subject?: string;
  help: string;
  /** On the button that does it. */
  confirm: string;
  isRunning?: boolean;
  /** Why it was refused. */
  children?: JSX.Element;
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
      <Show when={props.subject}>
        <p>
          <code>{props.subject}</code>
        </p>
      </Show>
      <p class="muted">{props.help}</p>
      <div role="alert">{props.children}</div>
      <div class="dialog-actions">
        <button type="button" onClick={() => dialog?.close()}>
          {t('app.cancel')}
        </button>
        <button type="button" class="danger" disabled={props.isRunning} onClick={() => props.onConfirm()}>
          {props.confirm}
        </button>
      </div>
    </dialog>
  );
}
