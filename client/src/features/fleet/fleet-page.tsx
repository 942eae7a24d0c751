import { A } from '@solidjs/router';
import { createMemo, For, Show } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { FleetDocument, type FleetQuery, type Quantity } from '../../graphql/generated/documents.ts';
import { createLiveReadings, createLiveStates } from '../../graphql/live.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { shown } from '../../graphql/shown.ts';
import { useI18n } from '../../lib/i18n/i18n.tsx';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { FleetCard } from './fleet-card.tsx';
import { FleetSummary } from './fleet-summary.tsx';
import './fleet.css';

/** What a card shows, in this order. */
const QUANTITIES: readonly Quantity[] = [
  'OPERATING_STATE',
  'FAULT',
  'OUTDOOR_TEMPERATURE',
  'FLOW_TEMPERATURE',
  'HOT_WATER_TEMPERATURE',
  'THERMAL_POWER',
  'ELECTRICAL_POWER',
];

type FleetHeatpump = FleetQuery['heatpumps'][number];

/** All heat pumps: is everything all right, and what is each doing? */
export default function FleetPage() {
  const { t, language } = useI18n();
  const { link } = useApi();
  const query = createPageQuery(FleetDocument, () => ({ language: language(), quantities: QUANTITIES }));
  const heatpumps = () => query.data()?.heatpumps ?? [];
  // Compared as text, so that asking again does not subscribe again.
  const keys = createMemo(() =>
    [...new Set(heatpumps().flatMap(({ sensors }) => sensors.map(({ key }) => key)))].sort().join(' '),
  );
  const live = createLiveReadings(() => (keys() ? { keys: keys().split(' ') } : undefined));
  const liveState = createLiveStates(
    () => (query.data() ? {} : undefined),
    ({ id, updatedAt }) => {
      if (heatpumps().find((known) => known.id === id)?.updatedAt !== updatedAt) query.refetch();
    },
  );
  const stateOf = (heatpump: FleetHeatpump) => liveState(heatpump.id) ?? heatpump;
  const shownOf = (heatpump: FleetHeatpump) => (key: string) =>
    shown(live.reading(heatpump.id, key), {
      link: link.state(),
      state: stateOf(heatpump).status.state,
      observedAt: live.observedAt(heatpump.id),
    });
  return (
    <div class="page">
      <div class="fleet-head">
        <PageTitle text={t('fleet.title')} />
        <Show when={heatpumps().length > 0}>
          <A class="button" href="/heatpumps/new">
            {t('fleet.add')}
          </A>
        </Show>
      </div>
      <QueryState query={query}>
        {() => (
          <Show when={heatpumps().length > 0} fallback={<EmptyFleet />}>
            <FleetSummary
              heatpumps={heatpumps().map((heatpump) => ({
                state: stateOf(heatpump).status.state,
                fault: faultOf(heatpump, shownOf(heatpump)),
              }))}
              isKnown={link.state() !== 'LOST'}
            />
            <ul class="fleet-grid">
              <For each={heatpumps().map(({ id }) => id)}>
                {(id) => (
                  <Show when={heatpumps().find((heatpump) => heatpump.id === id)}>
                    {(heatpump) => (
                      <FleetCard
                        heatpump={heatpump()}
                        state={stateOf(heatpump())}
                        shown={shownOf(heatpump())}
                        quantities={QUANTITIES}
                      />
                    )}
                  </Show>
                )}
              </For>
            </ul>
          </Show>
        )}
      </QueryState>
    </div>
  );
}

/** The number of the message a heat pump reports; null if there is none, or none is known. */
function faultOf({ sensors }: FleetHeatpump, shownOf: (key: string) => ReturnType<typeof shown>): number | null {
  const sensor = sensors.find(({ quantity }) => quantity === 'FAULT');
  const value = sensor && shownOf(sensor.key);
  return value?.kind === 'VALUE' ? value.reading.value : null;
}

function EmptyFleet() {
  const { t } = useI18n();
  return (
    <section class="card fleet-empty">
      <h2>{t('fleet.empty')}</h2>
      <p class="muted">{t('fleet.emptyHelp')}</p>
      <A class="button primary" href="/heatpumps/new">
        {t('fleet.add')}
      </A>
    </section>
  );
}
