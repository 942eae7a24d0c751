import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { createSensorBook } from '../../graphql/sensor-book.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { Told } from '../../ui/told.tsx';
import { createAlertActions } from './alert-actions.ts';
import { AlertCard } from './alert-card.tsx';
import { AlertHistory } from './alert-history.tsx';
import { createLiveAlerts } from './live-alerts.ts';
import { alertsTexts } from './texts.ts';
import './alerts.css';
import '../../ui/entry.css';

/** The alerts of one heat pump, or of all, and what has happened. */
export function AlertList(props: { heatpumpId?: string }) {
  const { t, language } = alertsTexts.use();
  const live = createLiveAlerts(() => props.heatpumpId);
  const actions = createAlertActions(live.refetch);
  const alerts = () => live.alerts.data()?.alerts ?? [];
  const events = () => live.history.data()?.alertHistory ?? [];
  // Cards go by id, so that they stay as they are when the alerts are asked for anew.
  const byId = createMemo(() => new Map(alerts().map((alert) => [alert.id, alert])));
  const rules = () => [...alerts(), ...events().map(({ alert }) => alert)].map(({ rule }) => rule);
  const sensors = createSensorBook(() => rules().flatMap(({ key }) => key ?? []), language);
  const addAddress = () => (props.heatpumpId ? `/alerts/new?heatpump=${props.heatpumpId}` : '/alerts/new');
  const isOfPage = () => props.heatpumpId !== undefined;
  const deletedText = () => {
    const alert = actions.deleted();
    return alert && t('alerts.deleted', alert.name);
  };
  return (
    <div class="entries">
      <Told deleted={deletedText()} undoHelp={t('alerts.undoHelp')} error={actions.error()} onUndo={actions.undo} />
      <QueryState query={live.alerts}>
        {() => (
          <Show when={alerts().length > 0} fallback={<NoAlerts addAddress={addAddress()} />}>
            <AddLinks addAddress={addAddress()} />
            <For each={[...byId().keys()]}>
              {(id) => (
                <Show when={byId().get(id)}>
                  {(alert) => (
                    <AlertCard
                      alert={alert()}
                      sensor={sensors.find(alert().heatpump?.id ?? null, alert().rule.key ?? '')}
                      actions={actions}
                      isOfPage={isOfPage()}
                    />
                  )}
                </Show>
              )}
            </For>
            <QueryState query={live.history}>
              {() => <AlertHistory events={events()} sensors={sensors} isOfPage={isOfPage()} />}
            </QueryState>
          </Show>
        )}
      </QueryState>
    </div>
  );
}

function NoAlerts(props: { addAddress: string }) {
  const { t } = alertsTexts.use();
  return (
    <div class="card entries-empty">
      <div>
        <h2>{t('alerts.none')}</h2>
        <p class="muted">{t('alerts.noneHelp')}</p>
      </div>
      <AddLinks addAddress={props.addAddress} />
    </div>
  );
}

function AddLinks(props: { addAddress: string }) {
  const { t } = alertsTexts.use();
  const { may } = useViewer();
  return (
    <Show when={may('ADMIN')}>
      <div class="entries-head">
        <A class="button primary" href={props.addAddress}>
          {t('alerts.add')}
        </A>
        <A class="button" href="/channels">
          {t('alerts.channels')}
        </A>
      </div>
    </Show>
  );
}
