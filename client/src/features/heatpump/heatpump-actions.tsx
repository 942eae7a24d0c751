import { useNavigate } from '@solidjs/router';
import { createSignal, Show } from 'solid-js';
import { errorText } from '../../graphql/error-text.ts';
import { RemoveHeatpumpDocument, SetHeatpumpEnabledDocument } from '../../graphql/generated/heatpump.ts';
import type { HeatpumpStateFragment } from '../../graphql/generated/types.ts';
import { createMutation } from '../../graphql/mutation.ts';
import { ConfirmDialog } from '../../ui/confirm-dialog.tsx';
import { Notice } from '../../ui/notice.tsx';
import { heatpumpTexts } from './texts.ts';

/** Disable or enable, and remove; each with what it means. The last asks first, for it cannot be undone. */
export function HeatpumpActions(props: { heatpump: HeatpumpStateFragment }) {
  const i18n = heatpumpTexts.use();
  const { t } = i18n;
  const navigate = useNavigate();
  const enabling = createMutation(SetHeatpumpEnabledDocument);
  const removing = createMutation(RemoveHeatpumpDocument);
  const error = () => removing.error() ?? enabling.error();
  const [isAsking, setAsking] = createSignal(false);
  const toggle = () => enabling.run({ input: { id: props.heatpump.id, enabled: !props.heatpump.enabled } });
  const remove = async () => {
    setAsking(false);
    if (await removing.run({ input: { id: props.heatpump.id } })) navigate('/');
  };
  return (
    <section class="card heatpump-actions" aria-labelledby="actions-title">
      <h2 id="actions-title">{t('heatpump.actions')}</h2>
      <div class="heatpump-action">
        <p class="muted">{t(props.heatpump.enabled ? 'heatpump.disableHelp' : 'heatpump.enableHelp')}</p>
        <button type="button" disabled={enabling.isRunning()} onClick={() => void toggle()}>
          {t(props.heatpump.enabled ? 'heatpump.disable' : 'heatpump.enable')}
        </button>
      </div>
      <div class="heatpump-action">
        <p class="muted">{t('heatpump.removeHelp')}</p>
        <button type="button" class="danger" disabled={removing.isRunning()} onClick={() => setAsking(true)}>
          {t('heatpump.remove')}
        </button>
      </div>
      <div class="heatpump-actions-error" role="alert">
        <Show when={error()}>{(current) => <Notice kind="bad" title={errorText(i18n, current())} />}</Show>
      </div>
      <Show when={isAsking()}>
        <ConfirmDialog
          title={t('heatpump.removeTitle', props.heatpump.name)}
          help={t('heatpump.removeHelp')}
          confirm={t('heatpump.removeConfirm')}
          onConfirm={() => void remove()}
          onClose={() => setAsking(false)}
        />
      </Show>
    </section>
  );
}
