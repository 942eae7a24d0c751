import { onCleanup, onMount } from 'solid-js';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { isTyping } from '../lib/keyboard.ts';

/** A list of the keys, shown by "?". */
export function ShortcutHelp() {
  const { t } = useI18n();
  let dialog: HTMLDialogElement | undefined;
  onMount(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key === '?' && !isTyping(event)) dialog?.showModal();
    };
    document.addEventListener('keydown', onKey);
    onCleanup(() => document.removeEventListener('keydown', onKey));
  });
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="keys-title">
      <h2 id="keys-title">{t('keys.title')}</h2>
      <dl class="keys">
        <dt>
          <kbd>/</kbd>
        </dt>
        <dd>{t('keys.search')}</dd>
        <dt>
          <kbd>?</kbd>
        </dt>
        <dd>{t('keys.help')}</dd>
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
