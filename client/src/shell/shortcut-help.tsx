import { onMount } from 'solid-js';
import { shellTexts } from './texts.ts';

/** A list of the keys. */
export default function ShortcutHelp(props: { onClose: () => void }) {
  const { t } = shellTexts.use();
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="keys-title" onClose={() => props.onClose()}>
      <h2 id="keys-title">{t('keys.title')}</h2>
      <dl class="keys">
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>{t('keys.search')}</dd>
        <dt>
          <kbd>{t('keys.control')} K</kbd>
        </dt>
        <dd>{t('keys.goTo')}</dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>{t('keys.help')}</dd>
        <dt>
          <kbd>←</kbd> <kbd>→</kbd>
        </dt>
        <dd>{t('keys.walk')}</dd>
        <dt>
          <kbd>Esc</kbd>
        </dt>
        <dd>{t('keys.escape')}</dd>
      </dl>
      <form method="dialog" class="dialog-actions">
        <button type="submit">{t('app.close')}</button>
      </form>
    </dialog>
  );
}
