import { A } from '@solidjs/router';
import { Show } from 'solid-js';
import type { NamedSensor } from '../../graphql/sensor-book.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { lengthOfTime } from '../../lib/age.ts';
import { Entry } from '../../ui/entry.tsx';
import { Mark } from '../../ui/mark.tsx';
import type { AlertActions } from './alert-actions.ts';
import { AlertStates, type ListedAlert } from './alert-states.tsx';
import { ruleText } from './rule-text.ts';
import { alertsTexts } from './texts.ts';

/** One alert: when it fires, how it is doing, who is told, and what can be done with it. */
export function AlertCard(props: {
  alert: ListedAlert;
  sensor: NamedSensor | undefined;
  actions: AlertActions;
  /** The heat pump is told by the page already. */
  isOfPage: boolean;
}) {
  const i18n = alertsTexts.use();
  const { t } = i18n;
  const { may } = useViewer();
  const alert = () => props.alert;
  const told = () => {
    const names = alert().channels.map(({ name }) => name);
    if (names.length === 0) return t('alerts.nobody');
    const every = alert().repeatEveryMs;
    const over = `${t('alerts.toldOver')} ${names.join(', ')}`;
    return every === null ? over : `${over}, ${t('alerts.reminders', lengthOfTime(t, every))}`;
  };
  return (
    <Entry
      name={alert().name}
      isOff={!alert().enabled}
      state={
        <Show when={alert().enabled} fallback={<Mark kind="neutral" icon="DISABLED" text={t('alertState.DISABLED')} />}>
          <span class="muted small">{alert().heatpump?.name ?? t('alerts.every')}</span>
        </Show>
      }
      actions={
        <Show when={may('ADMIN')}>
          <button type="button" onClick={() => void props.actions.setEnabled(alert().id, !alert().enabled)}>
            {t(alert().enabled ? 'alerts.disable' : 'alerts.enable')}
          </button>
          <A class="button" href={`/alerts/${alert().id}`}>
            {t('alerts.edit')}
          </A>
          <button type="button" class="danger" onClick={() => void props.actions.remove(alert())}>
            {t('alerts.delete')}
          </button>
        </Show>
      }
    >
      <div>
        <p class="entry-sentence">{ruleText(alert().rule, props.sensor, i18n)}</p>
        <p class="muted small">{told()}</p>
      </div>
      <Show when={alert().enabled}>
        <AlertStates alert={alert()} sensor={props.sensor} actions={props.actions} isOfPage={props.isOfPage} />
      </Show>
    </Entry>
  );
}
