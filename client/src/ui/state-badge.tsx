import { Show } from 'solid-js';
import type { ConnectionState } from '../graphql/generated/types.ts';
import { useI18n } from '../lib/i18n/i18n.tsx';
import { Icon } from './icon.tsx';
import './state-badge.css';

/** How far a heat pump can be reached: a shape, a word and a colour; grey where that is no longer known. */
export function StateBadge(props: { state: ConnectionState; isStale: boolean }) {
  const { t } = useI18n();
  return (
    <span
      class={`state-badge ${props.state.toLowerCase()}`}
      classList={{ stale: props.isStale }}
      title={t(`stateHelp.${props.state}`)}
    >
      <Icon name={props.state} />
      {t(`state.${props.state}`)}
      <Show when={props.isStale}>
        <span class="visually-hidden"> {t('quality.STALE')}</span>
      </Show>
    </span>
  );
}
