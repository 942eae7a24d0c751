import type { AlertStatePartsFragment } from '../../graphql/generated/types.ts';
import type { IconName } from '../../ui/icon.tsx';
import { Mark, type MarkKind } from '../../ui/mark.tsx';
import { alertsTexts } from './texts.ts';

/** How an alert is doing for a heat pump, as people are told. */
export type ShownAlertState = 'OK' | 'PENDING' | 'FIRING' | 'ACKNOWLEDGED' | 'UNKNOWN';

/** The shape and the meaning of each state. */
export const STATE_MARKS: Readonly<Record<ShownAlertState, { readonly kind: MarkKind; readonly icon: IconName }>> = {
  OK: { kind: 'good', icon: 'ONLINE' },
  PENDING: { kind: 'warning', icon: 'jobs' },
  FIRING: { kind: 'bad', icon: 'FAULT' },
  ACKNOWLEDGED: { kind: 'warning', icon: 'alerts' },
  UNKNOWN: { kind: 'neutral', icon: 'DISABLED' },
};

/** What fires goes on to fire until it is known to have ended; anything else is only told while it is known. */
export function shownAlertState({ state, acknowledgedAt, isKnown }: AlertStatePartsFragment): ShownAlertState {
  if (state === 'FIRING') return acknowledgedAt === null ? 'FIRING' : 'ACKNOWLEDGED';
  return isKnown ? state : 'UNKNOWN';
}

/** A state by its shape, word and colour; grey where the server is not connected. */
export function AlertBadge(props: { state: ShownAlertState; isStale: boolean }) {
  const { t } = alertsTexts.use();
  const mark = () => STATE_MARKS[props.state];
  return (
    <span title={t(`alertStateHelp.${props.state}`)}>
      <Mark kind={props.isStale ? 'neutral' : mark().kind} icon={mark().icon} text={t(`alertState.${props.state}`)} />
    </span>
  );
}
