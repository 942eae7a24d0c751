import type { CombinedError } from '@urql/core';
import { Show } from 'solid-js';
import { errorText } from '../graphql/error-text.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { Notice } from './notice.tsx';

/** Above a list: what was deleted and can be brought back, and what was refused. */
export function Told(props: {
  /** That something was deleted, in words; undefined: nothing was. */
  deleted: string | undefined;
  /** What undoing does not bring back. */
  undoHelp?: string;
  error: CombinedError | undefined;
  onUndo: () => Promise<void>;
}) {
  const i18n = useI18n();
  const { t } = i18n;
  return (
    <>
      <div role="status">
        <Show when={props.deleted}>
          {(title) => (
            <Notice kind="info" title={title()}>
              <Show when={props.undoHelp}>{(help) => <p class="small muted">{help()}</p>}</Show>
              <button type="button" onClick={() => void props.onUndo()}>
                {t('app.undo')}
              </button>
            </Notice>
          )}
        </Show>
      </div>
      <div role="alert">
        <Show when={props.error}>
          {(error) => (
            <Notice kind="bad" title={errorText(i18n, error())}>
              <p lang="en">{error().graphQLErrors[0]?.message}</p>
            </Notice>
          )}
        </Show>
      </div>
    </>
  );
}
