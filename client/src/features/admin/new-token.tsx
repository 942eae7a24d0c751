import { createSignal, Show } from 'solid-js';
import { Notice } from '../../ui/notice.tsx';
import { adminTexts } from './texts.ts';

/** A token as it is shown this once. */
export function NewToken(props: { token: string; name: string }) {
  const { t } = adminTexts.use();
  const [isCopied, setIsCopied] = createSignal(false);
  const copy = async () => {
    await navigator.clipboard.writeText(props.token);
    setIsCopied(true);
  };
  return (
    <Notice kind="good" title={t('token.made', props.name)}>
      <div class="new-token">
        <input
          type="text"
          readonly
          aria-label={props.name}
          value={props.token}
          onFocus={(event) => event.currentTarget.select()}
        />
        {/* Browsers offer it over HTTPS and on the own computer only. */}
        <Show when={navigator.clipboard}>
          <button type="button" onClick={() => void copy()}>
            {t(isCopied() ? 'token.copied' : 'token.copy')}
          </button>
        </Show>
      </div>
    </Notice>
  );
}
