import { Show } from 'solid-js';
import type { ConnectionState } from '../../graphql/generated/types.ts';
import { Icon } from '../../ui/icon.tsx';
import { fleetTexts } from './texts.ts';

/** What the summary needs to know of a heat pump. */
export interface Wellbeing {
  readonly state: ConnectionState;
  /** It reports a fault or another message. */
  readonly hasFault: boolean;
}

/** Whether everything is all right, in one line. */
export function FleetSummary(props: { heatpumps: readonly Wellbeing[]; isKnown: boolean }) {
  const { t } = fleetTexts.use();
  const count = (state: ConnectionState) => props.heatpumps.filter((heatpump) => heatpump.state === state).length;
  const troubled = () => props.heatpumps.filter(needsAttention).length;
  const isWell = () => props.heatpumps.every(({ state, hasFault }) => state === 'ONLINE' && !hasFault);
  const sentences = () => [
    ...(isWell() ? [t('fleet.allWell', props.heatpumps.length)] : []),
    ...(troubled() > 0 ? [t('fleet.attention', troubled(), props.heatpumps.length)] : []),
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

function needsAttention({ state, hasFault }: Wellbeing): boolean {
  return state === 'OFFLINE' || state === 'DEGRADED' || hasFault;
}
