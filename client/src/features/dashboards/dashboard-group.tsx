import { A } from '@solidjs/router';
import { createUniqueId, For, Show } from 'solid-js';
import { useViewer } from '../../graphql/viewer.tsx';
import type { DashboardActions, ListedDashboard } from './dashboard-actions.ts';
import { dashboardTexts } from './texts.ts';

/** The dashboards of one heat pump, or those about several. */
export function DashboardGroup(props: {
  /** Null: about several. */
  heatpumpId: string | null;
  name: string;
  dashboards: readonly ListedDashboard[];
  actions: DashboardActions;
  onImport: (file: File) => void;
}) {
  const { t } = dashboardTexts.use();
  const { may } = useViewer();
  const id = createUniqueId();
  const takeFile = (input: HTMLInputElement) => {
    const file = input.files?.[0];
    if (file) props.onImport(file);
    input.value = '';
  };
  return (
    <section class="card dashboard-group" aria-labelledby={id}>
      <div class="dashboard-group-head">
        <h2 id={id}>{props.name}</h2>
        <Show when={may('ADMIN')}>
          <div class="editor-actions">
            <button
              type="button"
              class="quiet"
              onClick={() => void props.actions.create(t('dashboard.newName'), props.heatpumpId)}
            >
              {t('dashboard.create')}
            </button>
            <label class="button quiet file-button">
              {t('dashboard.import')}
              <input
                type="file"
                class="visually-hidden"
                accept="application/json,.json"
                onChange={(event) => takeFile(event.currentTarget)}
              />
            </label>
          </div>
        </Show>
      </div>
      <Show when={props.dashboards.length > 0} fallback={<p class="muted">{t('dashboard.none')}</p>}>
        <ul class="dashboard-list">
          <For each={props.dashboards}>
            {(dashboard, index) => (
              <li>
                <A href={`/dashboards/${dashboard.id}`}>{dashboard.name}</A>
                <span class="muted small">{t('dashboard.widgets', dashboard.widgets.length)}</span>
                <span class="dashboard-list-actions">
                  <Show when={may('ADMIN')}>
                    <button
                      type="button"
                      class="quiet"
                      aria-label={t('dashboard.up', dashboard.name)}
                      disabled={index() === 0}
                      onClick={() => void props.actions.move(dashboard, props.dashboards, -1)}
                    >
                      ↑
                    </button>
                    <button
                      type="button"
                      class="quiet"
                      aria-label={t('dashboard.down', dashboard.name)}
                      disabled={index() === props.dashboards.length - 1}
                      onClick={() => void props.actions.move(dashboard, props.dashboards, 1)}
                    >
                      ↓
                    </button>
                  </Show>
                  <button type="button" class="quiet" onClick={() => void props.actions.download(dashboard)}>
                    {t('dashboard.export')}
                  </button>
                  <Show when={may('ADMIN')}>
                    <button
                      type="button"
                      class="quiet"
                      onClick={() => void props.actions.remove(dashboard, props.dashboards)}
                    >
                      {t('dashboard.delete')}
                    </button>
                  </Show>
                </span>
              </li>
            )}
          </For>
        </ul>
      </Show>
    </section>
  );
}
