import { A, useParams, useSearchParams } from '@solidjs/router';
import { createMemo, lazy, Show, Suspense } from 'solid-js';
import { DashboardDetailDocument } from '../../graphql/generated/dashboards.ts';
import type { DashboardPartsFragment } from '../../graphql/generated/types.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { Icon } from '../../ui/icon.tsx';
import { Loading } from '../../ui/loading.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { createPageRange } from '../chart/page-range.ts';
import { RangePicker } from '../chart/range-picker.tsx';
import { chartTexts } from '../chart/texts.ts';
import { DashboardView } from './dashboard-view.tsx';
import { dashboardTexts } from './texts.ts';
import { withIds } from './widget.ts';
import './dashboards.css';

/** Loaded by those who edit only: it brings the library that drags and resizes. */
const DashboardEditor = lazy(() => import('./dashboard-editor.tsx'));

/** One dashboard: to look at, or with `?edit=1` to change. */
export default function DashboardPage() {
  const params = useParams<{ id: string }>();
  return (
    <chartTexts.Provider>
      <Show when={params.id} keyed>
        {(id) => <DashboardById id={id} />}
      </Show>
    </chartTexts.Provider>
  );
}

function DashboardById(props: { id: string }) {
  const { language } = dashboardTexts.use();
  const query = createPageQuery(DashboardDetailDocument, () => ({ id: props.id, language: language() }));
  return (
    <div class="page">
      <QueryState query={query}>
        {(data) => (
          <Show when={data().dashboard} fallback={<Gone />}>
            {(dashboard) => <Dashboard dashboard={dashboard()} onSaved={query.refetch} />}
          </Show>
        )}
      </QueryState>
    </div>
  );
}

function Dashboard(props: { dashboard: DashboardPartsFragment; onSaved: () => void }) {
  const { t } = dashboardTexts.use();
  const [params, setParams] = useSearchParams();
  const page = createPageRange();
  const { may } = useViewer();
  const isEditing = () => params.edit === '1' && may('ADMIN');
  const widgets = createMemo(() => withIds(props.dashboard.widgets));
  const home = () => props.dashboard.heatpump;
  return (
    <>
      <div class="dashboard-head">
        <A class="back-link small" href="/dashboards">
          <Icon name="back" />
          {t('dashboard.toList')}
        </A>
        <div class="dashboard-title">
          <div>
            <PageTitle text={props.dashboard.name} />
            <Show when={home()} fallback={<p class="muted">{t('dashboard.several')}</p>}>
              {(heatpump) => (
                <p>
                  <A href={`/heatpumps/${heatpump().id}`}>{heatpump().name}</A>
                </p>
              )}
            </Show>
          </div>
          <Show when={may('ADMIN')}>
            <button
              type="button"
              classList={{ primary: isEditing() }}
              onClick={() => setParams({ edit: isEditing() ? '' : '1' })}
            >
              {isEditing() ? t('dashboard.done') : t('dashboard.edit')}
            </button>
          </Show>
        </div>
      </div>
      <Show
        when={isEditing()}
        fallback={
          <>
            <RangePicker
              range={page.range()}
              hasOwn
              canGoBack={page.canGoBack()}
              onChange={page.select}
              onBack={page.back}
            />
            <Show when={widgets().length > 0} fallback={<Empty onEdit={() => setParams({ edit: '1' })} />}>
              <DashboardView dashboard={props.dashboard} widgets={widgets()} page={page} />
            </Show>
          </>
        }
      >
        <Suspense fallback={<Loading />}>
          <DashboardEditor dashboard={props.dashboard} page={page} onSaved={props.onSaved} />
        </Suspense>
      </Show>
    </>
  );
}

function Empty(props: { onEdit: () => void }) {
  const { t } = dashboardTexts.use();
  const { may } = useViewer();
  return (
    <section class="card dashboard-empty">
      <h2>{t('dashboard.empty')}</h2>
      <Show when={may('ADMIN')}>
        <p class="muted">{t('dashboard.emptyHelp')}</p>
        <button type="button" class="primary" onClick={() => props.onEdit()}>
          {t('dashboard.edit')}
        </button>
      </Show>
    </section>
  );
}

function Gone() {
  const { t } = dashboardTexts.use();
  return (
    <>
      <PageTitle text={t('dashboard.gone')} />
      <p class="muted">{t('dashboard.goneHelp')}</p>
      <p>
        <A class="button" href="/dashboards">
          {t('dashboard.toList')}
        </A>
      </p>
    </>
  );
}
