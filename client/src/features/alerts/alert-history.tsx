import { For, Show } from 'solid-js';
import type { AlertHistoryQuery } from '../../graphql/generated/types.ts';
import type { SensorBook } from '../../graphql/sensor-book.ts';
import { useNow } from '../../lib/now.tsx';
import { Mark } from '../../ui/mark.tsx';
import { STATE_MARKS } from './alert-badge.tsx';
import { valueText } from './rule-text.ts';
import { alertsTexts } from './texts.ts';

type Event = AlertHistoryQuery['alertHistory'][number];

/** What has happened, newest first. */
export function AlertHistory(props: { events: readonly Event[]; sensors: SensorBook; isOfPage: boolean }) {
  const { t } = alertsTexts.use();
  return (
    <section class="card alert-history" aria-labelledby="alert-history-title">
      <h2 id="alert-history-title">{t('alerts.history')}</h2>
      <Show when={props.events.length > 0} fallback={<p class="muted small">{t('alerts.noHistory')}</p>}>
        <ol>
          <For each={props.events}>
            {(event) => <EventRow event={event} sensors={props.sensors} isOfPage={props.isOfPage} />}
          </For>
        </ol>
      </Show>
    </section>
  );
}

function EventRow(props: { event: Event; sensors: SensorBook; isOfPage: boolean }) {
  const i18n = alertsTexts.use();
  const { t, format } = i18n;
  const now = useNow();
  const event = () => props.event;
  // What fires and fired before was acknowledged.
  const kind = () => (event().state === 'FIRING' && event().previous === 'FIRING' ? 'ACKNOWLEDGED' : event().state);
  const sensor = () => {
    const { key } = event().alert.rule;
    return key === null ? undefined : props.sensors.find(event().heatpump.id, key);
  };
  const value = () => (kind() === 'ACKNOWLEDGED' ? null : valueText(event().alert.rule, event(), sensor(), i18n));
  return (
    <li>
      <time class="muted small" dateTime={event().at}>
        {format().time(event().at, now())}
      </time>
      <Mark {...STATE_MARKS[kind()]} text={t(`event.${kind()}`)} />
      <span>
        {event().alert.name}
        <Show when={!props.isOfPage}> · {event().heatpump.name}</Show>
        <Show when={value()}>
          {(text) => (
            <>
              {' '}
              <strong>{text()}</strong>
            </>
          )}
        </Show>
      </span>
    </li>
  );
}
