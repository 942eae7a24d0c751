import { useNavigate } from '@solidjs/router';
import { Show } from 'solid-js';
import { errorText } from '../../graphql/error-text.ts';
import { RemoveHeatpumpDocument, SetHeatpumpEnabledDocument } from '../../graphql/generated/heatpump.ts';
import type { HeatpumpStateFragment } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { Notice } from '../../ui/notice.tsx';
import { heatpumpTexts } from './texts.ts';

/** Disable or enable, and remove; the last asks first, for it cannot be undone. */
export function HeatpumpActions(props: { heatpump: HeatpumpStateFragment }) {
  const i18n = heatpumpTexts.use();
  const { t } = i18n;
  const navigate = useNavigate();
  const enabling = createMutation(SetHeatpumpEnabledDocument);
  const removing = createMutation(RemoveHeatpumpDocument);
  const error = () => removing.error() ?? enabling.error();
  let dialog: HTMLDialogElement | undefined;
  const toggle = () => enabling.run({ input: { id: props.heatpump.id, enabled: !props.heatpump.enabled } });
  const remove = async () => {
    dialog?.close();
    const removed = await removing.run({ input: { id: props.heatpump.id } });
    if (removed) navigate('/');
  };
  return (
    <div class="heatpump-actions">
      <button type="button" disabled={enabling.isRunning()} onClick={() => void toggle()}>
        {t(props.heatpump.enabled ? 'heatpump.disable' : 'heatpump.enable')}
      </button>
      <button type="button" class="danger" disabled={removing.isRunning()} onClick={() => dialog?.showModal()}>
        {t('heatpump.remove')}
      </button>
      <div class="heatpump-actions-error" role="alert">
        <Show when={error()}>{(current) => <Notice kind="bad" title={errorText(i18n, current())} />}</Show>
      </div>
      <dialog ref={dialog} class="dialog" aria-labelledby="remove-title">
        <h2 id="remove-title">{t('heatpump.removeTitle', props.heatpump.name)}</h2>
        <p class="muted">{t('heatpump.removeHelp')}</p>
        <div class="dialog-actions">
          <button type="button" onClick={() => dialog?.close()}>
            {t('app.cancel')}
          </button>
          <button type="button" class="danger" onClick={() => void remove()}>
            {t('heatpump.removeConfirm')}
          </button>
        </div>
      </dialog>
    </div>
  );
}
