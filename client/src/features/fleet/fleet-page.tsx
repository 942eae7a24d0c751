import { A } from '@solidjs/router';
import { For, Show } from 'solid-js';
import { useApi } from '../../graphql/client.tsx';
import { FleetDocument } from '../../graphql/generated/fleet.ts';
import type { FleetQuery, Quantity } from '../../graphql/generated/types.ts';
import { createLiveReadings, createLiveStates } from '../../graphql/live.ts';
import { createPageQuery } from '../../graphql/page-query.ts';
import { shown } from '../../graphql/shown.ts';
import { PageTitle } from '../../ui/page-title.tsx';
import { QueryState } from '../../ui/query-state.tsx';
import { faultOf } from './fault.ts';
import { FleetCard } from './fleet-card.tsx';
import { FleetSummary } from './fleet-summary.tsx';
import './fleet.css';
import { fleetTexts } from './texts.ts';

/** What a card shows: the measured ones in this order. */
const MEASURED: readonly Quantity[] = [
  'OUTDOOR_TEMPERATURE',
  'HOT_WATER_TEMPERATURE',
  'FLOW_TEMPERATURE',
  'RETURN_TEMPERATURE',
  'THERMAL_POWER',
  'ELECTRICAL_POWER',
];
const QUANTITIES: readonly Quantity[] = ['OPERATING_STATE', 'FAULT', 'FAULT_CODE', ...MEASURED];

type FleetHeatpump = FleetQuery['heatpumps'][number];

/** All heat pumps: is everything all right, and what is each doing? */
export default function FleetPage() {
  const { t } = fleetTexts.use();
  const { link } = useApi();
  const query = createPageQuery(FleetDocument, () => ({ quantities: QUANTITIES }));
  const heatpumps = () => query.data()?.heatpumps ?? [];
  const states = createLiveStates(
    () => (query.data() ? {} : undefined),
    ({ id, updatedAt }) => {
      if (heatpumps().find((known) => known.id === id)?.updatedAt !== updatedAt) query.refetch();
    },
  );
  const live = createLiveReadings(() => (query.data() ? { keys: [], quantities: QUANTITIES } : undefined), states.take);
  const stateOf = (heatpump: FleetHeatpump) => states.of(heatpump.id) ?? heatpump;
  const quantityOf = (heatpump: FleetHeatpump) => (quantity: Quantity) => {
    const reading = live.quantity(heatpump.id, quantity);
    return { reading, shown: shown(reading, { link: link.state(), state: stateOf(heatpump).status.state }) };
  };
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
                hasFault: faultOf(quantityOf(heatpump)) !== null,
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
                        quantityOf={quantityOf(heatpump())}
                        isStale={link.state() === 'LOST'}
                        measured={MEASURED.filter((quantity) => hasQuantity(heatpump(), quantity))}
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

function hasQuantity({ quantities }: FleetHeatpump, quantity: Quantity): boolean {
  return quantities.some((reading) => reading.quantity === quantity && reading.circuit === null);
}

function EmptyFleet() {
  const { t } = fleetTexts.use();
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
