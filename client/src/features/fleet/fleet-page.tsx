import { A } from '@solidjs/router';
import { createMemo, For, lazy, Show, Suspense } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { FleetDocument } from '../../graphql/generated/fleet.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { useViewer } from '../../graphql/viewer.tsx';
import { createShortcut, focusSearch } from '../../lib/keyboard.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { FleetCard } from './fleet-card.tsx';
import { createFleetEntries, QUANTITIES } from './fleet-entries.ts';
import { FleetSummary } from './fleet-summary.tsx';
import { createFleetView, viewed } from './fleet-view.ts';
import { fleetTexts } from './texts.ts';
import './fleet.css';

/** Loaded where there are many. */
const FleetToolbar = lazy(() => import('./fleet-toolbar.tsx'));

/** As many heat pumps are seen at a glance, without looking for one. */
const AT_A_GLANCE = 5;

/** All heat pumps: is everything all right, and what is each doing? */
export default function FleetPage() {
  const { t, language } = fleetTexts.use();
  const { link } = useApi();
  const { may } = useViewer();
  const query = createPageQuery(FleetDocument, () => ({ quantities: QUANTITIES }));
  const entries = createFleetEntries(query);
  const view = createFleetView();
  const found = createMemo(() => viewed(entries(), view.get(), language()));
  const isUnseen = () => link.state() === 'LOST';
  // The field may still be on its way when it is asked for.
  let isSearchAwaited = false;
  const search = () => {
    isSearchAwaited = !focusSearch();
  };
  createShortcut('/', search);
  return (
    <div class="page">
      <div class="fleet-head">
        <PageTitle text={t('fleet.title')} />
        <Show when={entries().length > 0 && may('ADMIN')}>
          <A class="button" href="/heatpumps/new">
            {t('fleet.add')}
          </A>
        </Show>
      </div>
      <QueryState query={query}>
        {() => (
          <Show when={entries().length > 0} fallback={<EmptyFleet />}>
            <FleetSummary entries={entries()} isKnown={!isUnseen()} />
            <Show when={entries().length > AT_A_GLANCE || found().length < entries().length}>
              <Suspense fallback={<div class="fleet-toolbar" />}>
                <FleetToolbar view={view} found={found().length} onReady={() => isSearchAwaited && search()} />
              </Suspense>
            </Show>
            <ul class="fleet-grid">
              <For each={found()}>{(entry) => <FleetCard entry={entry} isStale={isUnseen()} />}</For>
            </ul>
            <Show when={found().length === 0}>
              <p class="muted">{t('fleet.nothingFound')}</p>
              <p>
                <button type="button" onClick={() => view.set({ q: '', show: '' })}>
                  {t('fleet.showAll')}
                </button>
              </p>
            </Show>
          </Show>
        )}
      </QueryState>
    </div>
  );
}

function EmptyFleet() {
  const { t } = fleetTexts.use();
  const { may } = useViewer();
  return (
    <section class="card fleet-empty">
      <h2>{t('fleet.empty')}</h2>
      <Show when={may('ADMIN')}>
        <p class="muted">{t('fleet.emptyHelp')}</p>
        <A class="button primary" href="/heatpumps/new">
          {t('fleet.add')}
        </A>
      </Show>
    </section>
  );
}
