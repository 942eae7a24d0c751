import { createSignal, For, onMount, Show } from 'solid-js';
import { UndoRestoreDocument } from '../../graphql/generated/operations.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { useNow } from '../../lib/now.tsx';
import { Notice } from '../../ui/notice.tsx';
import { Refused } from './refused.tsx';
import { operationsTexts } from './texts.ts';

/** A way back is named after its time, e.g. `before-restore-20261124T233000Z`. */
const NAME = /^before-restore-(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z.*$/;

/** What was there before restores, each to be gone back to. */
export function WaysBack(props: { names: readonly string[]; onChanged: () => void }) {
  const { t, format } = operationsTexts.use();
  const now = useNow();
  const [asked, setAsked] = createSignal<string>();
  const timeOf = (name: string) => format().time(name.replace(NAME, '$1-$2-$3T$4:$5:$6Z'), now());
  return (
    <>
      <Show when={props.names.length > 0}>
        <div class="card form-part">
          <h2>{t('backups.waysBack')}</h2>
          <ul class="ways-back">
            <For each={props.names}>
              {(name) => (
                <li>
                  <span>{t('backups.wayBack', timeOf(name))}</span>
                  <button type="button" class="quiet" onClick={() => setAsked(name)}>
                    {t('backups.goBack')}
                  </button>
                </li>
              )}
            </For>
          </ul>
        </div>
      </Show>
      <Show when={asked()}>
        {(name) => <GoBack name={name()} onClose={() => setAsked(undefined)} onDone={props.onChanged} />}
      </Show>
    </>
  );
}

function GoBack(props: { name: string; onClose: () => void; onDone: () => void }) {
  const { t } = operationsTexts.use();
  const undoing = createMutation(UndoRestoreDocument);
  let dialog: HTMLDialogElement | undefined;
  onMount(() => dialog?.showModal());
  const done = () => undoing.data()?.undoRestore;
  const go = async () => {
    if (await undoing.run({ input: { name: props.name } })) props.onDone();
  };
  return (
    <dialog ref={dialog} class="dialog" aria-labelledby="back-title" onClose={() => props.onClose()}>
      <h2 id="back-title">{t('backups.goBackTitle')}</h2>
      <p class="muted">{t('backups.goBackHelp')}</p>
      <div role="alert">
        <Show when={done()}>
          {(result) => <Notice kind="good" title={t(result().restarts ? 'restore.restarting' : 'restore.staged')} />}
        </Show>
        <Show when={undoing.error()}>{(error) => <Refused error={error()} />}</Show>
      </div>
      <div class="dialog-actions">
        <button type="button" onClick={() => props.onClose()}>
          {t(done() ? 'app.close' : 'app.cancel')}
        </button>
        <Show when={!done()}>
          <button type="button" class="danger" disabled={undoing.isRunning()} onClick={() => void go()}>
            {t('backups.goBack')}
          </button>
        </Show>
      </div>
    </dialog>
  );
}
