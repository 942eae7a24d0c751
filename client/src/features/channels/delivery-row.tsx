import { Show } from 'solid-js';
import type { DeliveryPartsFragment, DeliveryState } from '../../graphql/generated/types.ts';
import { useNow } from '../../lib/now.tsx';
import type { IconName } from '../../ui/icon.tsx';
import { Mark, type MarkKind } from '../../ui/mark.tsx';
import { channelsTexts } from './texts.ts';

const MARKS = {
  DELIVERED: { kind: 'good', icon: 'ONLINE', text: 'channels.delivered' },
  FAILED: { kind: 'bad', icon: 'OFFLINE', text: 'channels.failed' },
  PENDING: { kind: 'warning', icon: 'jobs', text: 'channels.waiting' },
} as const satisfies Record<DeliveryState, { kind: MarkKind; icon: IconName; text: string }>;

/** One message: what became of it, when, and why it did not go. */
export function DeliveryRow(props: { delivery: DeliveryPartsFragment }) {
  const { t, textOr, format } = channelsTexts.use();
  const now = useNow();
  const mark = () => MARKS[props.delivery.state];
  const at = () => props.delivery.lastAttemptAt ?? props.delivery.createdAt;
  return (
    <span class="delivery">
      <Mark kind={mark().kind} icon={mark().icon} text={t(mark().text)} />
      <time class="muted small" dateTime={at()}>
        {format().time(at(), now())}
      </time>
      <span class="small">{props.delivery.title}</span>
      <Show when={props.delivery.attempts > 1}>
        <span class="muted small">{t('channels.attempts', props.delivery.attempts)}</span>
      </Show>
      <Show when={props.delivery.error}>
        {(error) => (
          <span class="small delivery-error" title={error().message}>
            {textOr(`deliveryError.${error().code}`, error().message)}
          </span>
        )}
      </Show>
    </span>
  );
}
