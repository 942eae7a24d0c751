import { For, Show } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import type { AlertStatePartsFragment, AlertsQuery } from '../../graphql/generated/types.ts';
import type { NamedSensor } from '../../graphql/sensor-book.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { useNow } from '../../lib/now.tsx';
import type { AlertActions } from './alert-actions.ts';
import { AlertBadge, shownAlertState } from './alert-badge.tsx';
import { valueText } from './rule-text.ts';
import { alertsTexts } from './texts.ts';

/** An alert as lists show it. */
export type ListedAlert = AlertsQuery['alerts'][number];

/** How an alert is doing: heat pumps that are fine are counted where there are several, all others are named. */
export function AlertStates(props: {
  alert: ListedAlert;
  sensor: NamedSensor | undefined;
  actions: AlertActions;
  isOfPage: boolean;
}) {
  const { t } = alertsTexts.use();
  const isSingle = () => props.alert.states.length === 1;
  const named = () => props.alert.states.filter((state) => isSingle() || shownAlertState(state) !== 'OK');
  const fine = () => props.alert.states.length - named().length;
  return (
    <Show when={props.alert.states.length > 0} fallback={<p class="muted small">{t('alerts.noHeatpump')}</p>}>
      <ul class="alert-states">
        <For each={named()}>{(state) => <StateRow {...props} state={state} />}</For>
        <Show when={fine() > 0}>
          <li class="alert-state">
            <AlertBadgeNow state="OK" />
            <span class="muted small">{t('alerts.others', fine())}</span>
          </li>
        </Show>
      </ul>
    </Show>
  );
}

function StateRow(props: {
  alert: ListedAlert;
  state: AlertStatePartsFragment;
  sensor: NamedSensor | undefined;
  actions: AlertActions;
  isOfPage: boolean;
}) {
  const i18n = alertsTexts.use();
  const { t, format } = i18n;
  const { may } = useViewer();
  const now = useNow();
  const value = () => valueText(props.alert.rule, props.state, props.sensor, i18n);
  const heatpump = () => props.state.heatpump;
  const acknowledge = () => props.actions.acknowledge(props.alert.id, heatpump().id);
  return (
    <li class="alert-state">
      <AlertBadgeNow state={shownAlertState(props.state)} />
      <Show when={!props.isOfPage}>
        <span>{heatpump().name}</span>
      </Show>
      <Show when={props.state.state !== 'OK' && value()}>{(text) => <strong>{text()}</strong>}</Show>
      <Show when={props.state.state !== 'OK' && props.state.since}>
        {(since) => (
          <time class="muted small" dateTime={since()}>
            {t('alerts.since', format().time(since(), now()))}
          </time>
        )}
      </Show>
      <Show when={props.state.acknowledgedAt}>
        {(at) => <span class="muted small">{t('alerts.acknowledgedAt', format().time(at(), now()))}</span>}
      </Show>
      <Show when={shownAlertState(props.state) === 'FIRING' && may('OPERATOR')}>
        <button
          type="button"
          class="alert-acknowledge"
          aria-label={t('alerts.acknowledgeOf', heatpump().name)}
          onClick={() => void acknowledge()}
        >
          {t('alerts.acknowledge')}
        </button>
      </Show>
    </li>
  );
}

function AlertBadgeNow(props: { state: ReturnType<typeof shownAlertState> }) {
  const { link } = useApi();
  return <AlertBadge state={props.state} isStale={link.state() === 'LOST'} />;
}
