import { createMemo, Show } from 'solid-js';
import type { ConnectionState } from '../../graphql/generated/types.ts';
import { Icon } from '../../ui/icon.tsx';
import type { FleetEntry } from './fleet-entry.ts';
import { fleetTexts } from './texts.ts';

/** Whether everything is all right, in one line. */
export function FleetSummary(props: { entries: readonly FleetEntry[]; isKnown: boolean }) {
  const { t } = fleetTexts.use();
  const count = (state: ConnectionState) => props.entries.filter(({ connection }) => connection() === state).length;
  const troubled = createMemo(() => props.entries.filter(({ needsAttention }) => needsAttention()).length);
  const isWell = createMemo(
    () => troubled() === 0 && props.entries.every(({ connection }) => connection() === 'ONLINE'),
  );
  const sentences = () => [
    ...(isWell() ? [t('fleet.allWell', props.entries.length)] : []),
    ...(troubled() > 0 ? [t('fleet.attention', troubled(), props.entries.length)] : []),
    ...(count('CONNECTING') > 0 ? [t('fleet.connecting', count('CONNECTING'))] : []),
    ...(count('DISABLED') > 0 ? [t('fleet.disabled', count('DISABLED'))] : []),
  ];
  return (
    <p class="fleet-summary" classList={{ well: props.isKnown && isWell(), troubled: props.isKnown && troubled() > 0 }}>
      <Show when={props.isKnown} fallback={t('fleet.unseen')}>
        <Icon name={troubled() > 0 ? 'DEGRADED' : isWell() ? 'ONLINE' : 'CONNECTING'} />
        <span>{sentences().join(' ')}</span>
      </Show>
    </p>
  );
}
