import { Show } from 'solid-js';
import type { Shown } from '../graphql/shown.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { operatingStateIn } from '../lib/operating-state.ts';
import { Icon } from './icon.tsx';
import './activity-value.css';

/** What a heat pump is doing: a shape, a word and a colour. Its age is expected nearby. */
export function ActivityValue(props: { shown: Shown }) {
  const { t } = useI18n();
  const state = () => operatingStateIn(props.shown);
  const isStale = () => props.shown.kind !== 'VALUE' || props.shown.isStale;
  return (
    <p class={`activity ${state()?.toLowerCase() ?? ''}`} classList={{ stale: isStale() }}>
      <span class="visually-hidden">{t('quantity.OPERATING_STATE')}: </span>
      <Show when={state()} fallback={<span>–</span>}>
        {(known) => (
          <>
            <Icon name={known()} />
            {t(`activity.${known()}`)}
          </>
        )}
      </Show>
    </p>
  );
}
